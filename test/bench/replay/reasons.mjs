// What reasons cost: the rows of a live answer with what lies behind each, and the same rows without.
import { tellPerson } from '../../../dist/apps/cli/src/generate/population.js';
import { formatDay, lastDayOf, parseDay } from '../../../dist/libs/calendar/src/index.js';
import { collectingSink } from '../../../dist/libs/coverage/src/collecting-sink.js';
import {
  compileRuleSet,
  coverFacts,
  funderName,
  providerCode,
} from '../../../dist/libs/coverage/src/index.js';
import { eventTypeOf, foldJourney } from '../../../dist/libs/journey/src/index.js';
import { services } from '../../../dist/libs/terms/src/index.js';
import { people } from '../invented-people.mjs';
import { named } from './rule-sets.mjs';
import { bestOfFive, report } from './timing.mjs';

export async function reasons() {
  const folded = Array.from({ length: people }, (_, number) => foldedPerson(number));
  const rules = compileRuleSet(named('six-weeks'));
  const over = (newSink) => () => {
    for (const facts of folded) {
      const sink = newSink();
      sink.finish(coverFacts(facts, rules, sink));
    }
  };
  // Both are warm before either is measured: the engine is compiled for both kinds of sink.
  await bestOfFive(over(plainSink));
  const withThem = await bestOfFive(over(collectingSink));
  const without = await bestOfFive(over(plainSink));
  report('collected without reasons', without, people);
  report('collected with reasons', withThem, people);
  console.log(`reasons cost ${Math.round((withThem.best / without.best - 1) * 100)}% (aim at most 20%)`);
}

/** With the events, which reasons name. */
function foldedPerson(number) {
  const period = { firstDay: parseDay('2022-01-01'), lastDay: parseDay('2025-12-31') };
  const events = tellPerson(1, number, period).told.map(({ recordedAt, line }) => {
    const { source, id, type, data } = JSON.parse(line);
    return { source, id, type: eventTypeOf(type), recordedAt, data };
  });
  return foldJourney(events, Math.max(...events.map(({ recordedAt }) => recordedAt)));
}

/** The rows of the collecting sink, made in the same way, without what is behind them. */
function plainSink() {
  const rows = [];
  const latest = new Map();
  const extend = (key, service, from, until, payment, reason) => {
    const open = latest.get(key);
    if (open?.until === from) {
      open.until = until;
      return;
    }
    const row = { service, from, until, payment, reason };
    latest.set(key, row);
    rows.push(row);
  };
  return {
    piece(_evaluation, service, from, until, { payments, gap }) {
      for (const payment of payments) {
        const { funderKind, code, share, law, kind, rule, provider } = payment;
        const key = [service, funderKind, code, share, law, kind, rule, provider].join(' ');
        extend(key, service, from, until, payment, null);
      }
      if (gap) extend(`${service} ${gap}`, service, from, until, null, gap);
    },
    minutes() {},
    finding() {},
    finish({ facts }) {
      this.rows = rows.map((row) => rowOf(row, facts)).sort(byServiceAndDay);
    },
  };
}

function rowOf({ service, from, until, payment, reason }, { pools }) {
  const days = { service: services[service], firstDay: formatDay(from), lastDay: lastDayOf(until) };
  if (!payment) return { ...days, reason };
  const { share, law, kind, rule } = payment;
  const funder = funderName(payment.funderKind, payment.code, pools);
  return { ...days, funder, share, law, kind, provider: providerCode(payment.provider), rule };
}

function byServiceAndDay(a, b) {
  return services.indexOf(a.service) - services.indexOf(b.service) || (a.firstDay < b.firstDay ? -1 : 1);
}
