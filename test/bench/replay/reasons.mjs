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
import { bestOfFiveEach, report } from './timing.mjs';

export async function reasons() {
  const folded = Array.from({ length: people }, (_, number) => foldedPerson(number));
  const rules = compileRuleSet(named('six-weeks'));
  const over = (newSink) => () => {
    for (const facts of folded) {
      const sink = newSink();
      sink.finish(coverFacts(facts, rules, sink));
    }
  };
  const [without, withThem] = await bestOfFiveEach([over(plainSink), over(collectingSink)]);
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
  if (!payment)
    return { service: services[service], firstDay: formatDay(from), lastDay: lastDayOf(until), reason };
  return {
    service: services[service],
    firstDay: formatDay(from),
    lastDay: lastDayOf(until),
    funder: funderName(payment.funderKind, payment.code, pools),
    share: payment.share,
    law: payment.law,
    kind: payment.kind,
    provider: providerCode(payment.provider),
    rule: payment.rule,
  };
}

function byServiceAndDay(a, b) {
  return byText(a.service, b.service) || byText(a.firstDay, b.firstDay);
}

function byText(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
