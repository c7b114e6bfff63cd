import type { Asker } from '@domeinbrug/access';
import { formatDay, parseDay, untilOf, type Day } from '@domeinbrug/calendar';
import {
  compileRuleSet,
  determineCoverage,
  type CoverageTimeline,
  type CoverRow,
} from '@domeinbrug/coverage';
import { foldJourney, type Journey, type JourneyEvent, type JourneyFacts } from '@domeinbrug/journey';
import type { ParameterValue, RuleSet } from '@domeinbrug/rules';
import { isFunder, seeTimeline, type SeenEvent, type SeenTimeline } from '@domeinbrug/sight';
import { services } from '@domeinbrug/terms';
import fc from 'fast-check';
import { isOn } from './asking.js';
import { codes } from './event-drafts.js';
import { histories, type History } from './histories.js';
import { ruleSets } from './rule-sets.js';

/**
 * Nobody sees a day, row or reason beyond its own. What may be seen is worked out here a second time, day by day from
 * the whole timeline and the facts, without the tables that the product cuts by.
 */

/** Of each history every asker reads once: 8 of each. */
const runs = Number(process.env.LAWS_RUNS ?? 300);
const seed = Number(process.env.LAWS_SEED ?? 20240304);
jest.setTimeout(600_000);

const clinics = ['hospital-care', 'mental-health-care', 'geriatric-rehabilitation', 'short-stay'];
const unknownProvider = '99999999';
const askers: Asker[] = [
  ['municipality', codes.municipalities[0]],
  ['municipality', codes.municipalities[1]],
  ['insurer', codes.insurers[0]],
  ['insurer', codes.insurers[1]],
  ['care-office', codes.careOffices[0]],
  ['provider', codes.providers[0]],
  ['provider', codes.providers[1]],
  ['provider', unknownProvider],
].map(([kind, code]) => ({ kind, code, scopes: [], purpose: 'care' }) as unknown as Asker);

const urns = {
  municipality: 'gemeentecode',
  insurer: 'uzovi',
  'care-office': 'zorgkantoor',
  provider: 'agb',
};
const sourceOf = ({ kind, code }: Asker): string =>
  `urn:nld:${urns[kind as keyof typeof urns]}:${code}:systeem:a`;
const senders = [
  ...askers.map(sourceOf),
  'urn:nld:agb:06290000:systeem:epd',
  'urn:nld:oin:00000003123456780000:systeem:ciz',
];

/** Everybody has told of something: each original gets a sender of its own, and what revises it the same. */
function toldByMany({ events, knownAt }: History): History {
  const senderOf = (id: string): string => senders[Number(/\d+/.exec(id)?.[0] ?? 0) % senders.length]!;
  return {
    knownAt,
    events: events.map((event) => {
      const target = targetOf(event);
      if (!target) return { ...event, source: senderOf(event.id) };
      const moved = { ...target, source: senderOf(target.id) };
      const data =
        event.type === 'event-corrected'
          ? { ...event.data, corrects: moved }
          : { ...event.data, retracts: moved };
      return { ...event, source: moved.source, data } as unknown as JourneyEvent;
    }),
  };
}

function targetOf(event: JourneyEvent): { source: string; id: string } | null {
  if (event.type === 'event-corrected') return event.data.corrects;
  return event.type === 'event-retracted' ? event.data.retracts : null;
}

interface Read {
  asker: Asker;
  ruleSet: RuleSet;
  journey: Journey;
  facts: JourneyFacts;
  whole: CoverageTimeline;
  seen: SeenTimeline;
}

function reads(history: History, ruleSet: RuleSet): Read[] {
  const { events, knownAt } = toldByMany(history);
  const journey = { clientId: 'client0001', events } as Journey;
  const rules = compileRuleSet(ruleSet);
  const at = { instant: knownAt, position: '1' };
  const facts = foldJourney(events, knownAt);
  const whole = determineCoverage(journey, rules, at);
  const nothing = { ...whole, cover: [], gaps: [], minutes: [], findings: [] };
  return askers.map((asker) => ({
    asker,
    ruleSet,
    journey,
    facts,
    whole,
    seen: seeTimeline(asker, whole, { journey, rules, knownAt: at }) ?? nothing,
  }));
}

const isOwn = ({ asker }: Read, row: Pick<CoverRow, 'funder' | 'provider'>): boolean =>
  isFunder(asker) ? row.funder === `${asker.kind}:${asker.code}` : row.provider === asker.code;

/** Whose a gap day is: who would pay if the client had no Wlz. */
function isOwnGapDay({ asker, ruleSet, facts }: Read, service: string, day: Day): boolean {
  const law = lawOutside(ruleSet, facts, service, day);
  const place = {
    wmo: ['municipality', facts.homes],
    zvw: ['insurer', facts.insured],
    wlz: ['care-office', facts.careOffices],
  } as const;
  if (!(law in place)) return false;
  const [kind, held] = place[law as keyof typeof place];
  return asker.kind === kind && codeOn(held, day) === Number(asker.code);
}

function codeOn(held: JourneyFacts['homes'], day: Day): number {
  const inForce = held.filter(({ from, until }) => from <= day && day < until);
  return inForce.sort((a, b) => b.from - a.from || a.opened - b.opened)[0]?.code ?? -1;
}

function lawOutside({ cover, parameters }: RuleSet, facts: JourneyFacts, service: string, day: Day): string {
  const cell = cover[service as keyof typeof cover]?.[0] ?? 'none';
  if (!cell.startsWith('$')) return cell;
  const { national, local } = parameters[cell.slice(1)]!;
  const latest = (values: readonly { since: Day; value: ParameterValue | null }[] = []) =>
    values.filter(({ since }) => since <= day).at(-1)?.value;
  const four = (code: number): string => String(code).padStart(4, '0');
  const law =
    latest(local.insurer[four(codeOn(facts.insured, day))]) ??
    latest(local.municipality[four(codeOn(facts.homes, day))]) ??
    latest(local['care-office'][four(codeOn(facts.careOffices, day))]) ??
    latest(national) ??
    national[0]!.value;
  return String(law);
}

function hasInCareOn({ asker, facts }: Read, day: Day): boolean {
  const agb = Number(asker.code);
  const lasting = [...facts.claims, ...facts.deliveries, ...facts.stays];
  return (
    lasting.some(({ provider, from, until }) => provider === agb && from <= day && day < until) ||
    facts.activities.some((each) => each.provider === agb && each.day === day)
  );
}

/** Whether the asker may look beside its own rows on a day. */
function isOwnDay(read: Read, text: string): boolean {
  const { whole, asker } = read;
  if (whole.cover.some((row) => isOwn(read, row) && isOn(row, text))) return true;
  const day = parseDay(text);
  if (!isFunder(asker)) return hasInCareOn(read, day);
  return whole.gaps.some((gap) => isOn(gap, text) && isOwnGapDay(read, gap.service, day));
}

/** The days on which anything begins or ends, and those beside them: between them nothing differs. */
function turns({ whole, facts }: Read): string[] {
  const rows = [...whole.cover, ...whole.gaps];
  const ofRows = rows.flatMap(({ firstDay, lastDay }) => [parseDay(firstDay), untilOf(lastDay)]);
  const ofFacts = [...facts.claims, ...facts.deliveries, ...facts.stays].flatMap(({ from, until }) => [
    from,
    until,
  ]);
  const ofActivities = facts.activities.flatMap(({ day }) => [day, day + 1]);
  const days = [...ofRows, ...ofFacts, ...ofActivities].flatMap((day) => [day - 1, day, day + 1]);
  return [...new Set(days)].filter((day) => day > 0 && day < parseDay('2100-01-01')).map(formatDay);
}

const essence = ({ because: _, ...rest }: CoverRow): string => JSON.stringify(rest);
const isWhole = (row: SeenTimeline['cover'][number], read: Read): row is CoverRow =>
  row.funder !== null && isOwn(read, row as CoverRow);

function forEachRead(check: (read: Read) => void): void {
  fc.assert(
    fc.property(histories, ruleSets, (history, ruleSet) => {
      for (const read of reads(history, ruleSet)) if (!isAllOwn(read)) check(read);
    }),
    { numRuns: runs, seed },
  );
}

/** Of a journey that nobody else has told of, a provider sees all. */
function isAllOwn({ asker, journey }: Read): boolean {
  return asker.kind === 'provider' && journey.events.every(({ source }) => source === sourceOf(asker));
}

it('shows every row of one’s own with the days it has, and no other as one’s own', () => {
  forEachRead((read) => {
    const own = read.whole.cover.filter((row) => isOwn(read, row));
    const shown = read.seen.cover.filter((row) => isWhole(row, read));
    expect(shown.map((row) => essence(row)).sort()).toEqual(own.map(essence).sort());
  });
});

it('shows of others what they pay on one’s own days, no other day, and no clinic', () => {
  forEachRead((read) => {
    const others = read.whole.cover.filter((row) => !isOwn(read, row) && !clinics.includes(row.service));
    const shown = read.seen.cover.filter((row) => !isWhole(row, read) && row.provider === null);
    expect(
      read.seen.cover.filter((row) => !isWhole(row, read)).some((row) => clinics.includes(row.service)),
    ).toBe(false);
    const paired = read.seen.cover.filter((row) => !isWhole(row, read) && row.provider !== null);
    const looks = (row: Pick<CoverRow, 'service' | 'law' | 'kind' | 'share'>): string =>
      [row.service, row.law, row.kind, row.share].join(' ');
    for (const day of turns(read)) {
      const may = isOwnDay(read, day);
      const expected = may
        ? others.filter(
            (row) =>
              isOn(row, day) &&
              !paired.some(
                (each) => each.provider === row.provider && looks(each) === looks(row) && isOn(each, day),
              ),
          )
        : [];
      const got = shown.filter((row) => isOn(row, day));
      expect([...new Set(got.map(looks))].sort()).toEqual([...new Set(expected.map(looks))].sort());
    }
  });
});

it('names no organisation but the asker, and who it deals with', () => {
  forEachRead((read) => {
    const { asker, seen } = read;
    const own = seen.cover.filter((row) => isWhole(row, read));
    const text = JSON.stringify(seen);
    if (isFunder(asker)) {
      const named = text.match(/"(municipality|insurer|care-office|pool):[^"]+"/g) ?? [];
      expect(new Set(named).size).toBeLessThanOrEqual(1);
      for (const name of named) expect(name).toBe(`"${asker.kind}:${asker.code}"`);
    }
    const dealt = new Set([
      asker.code,
      ...own.map(({ provider }) => provider),
      ...seen.minutes.map(({ provider }) => provider),
      ...handovers(read),
    ]);
    for (const [, agb] of text.matchAll(/urn:nld:agb:(\d{8})|"provider":"(\d{8})"/g)) {
      if (agb) expect(dealt).toContain(agb);
    }
  });
});

/** Providers on the other side of a handover of the asker’s. */
function handovers(read: Read): (string | null)[] {
  if (isFunder(read.asker)) return [];
  const { cover } = read.whole;
  const mine = cover.filter((row) => isOwn(read, row));
  return cover
    .filter((row) =>
      mine.some((own) => (own.kind === 'handover') !== (row.kind === 'handover') && meets(own, row)),
    )
    .map(({ provider }) => provider);
}

function meets(a: CoverRow, b: CoverRow): boolean {
  const [from, until] = [a, b].map(
    ({ firstDay, lastDay }) => [parseDay(firstDay), untilOf(lastDay)] as const,
  );
  return Math.max(from![0], until![0]) < Math.min(from![1], until![1]);
}

it('says of a break in care for a stay that other care came between, and nothing more', () => {
  forEachRead((read) => {
    for (const { row, event } of reasonsIn(read)) {
      if (event.type?.startsWith('stay-') && event.source !== sourceOf(read.asker))
        expect([...clinics, 'respite-care']).toContain(row.service);
    }
  });
});

it('shows of events of others no sender but the row’s provider or a register, and none of another law', () => {
  const lawsOf: Record<string, RegExp> = {
    municipality: /^(client-(registered|moved|died)|wmo-|joint-funding-|activity-)/,
    insurer:
      /^(client-(registered|moved|died)|insurance-|zvw-|case-management-|handover-|carer-|joint-funding-|activity-|stay-)/,
    'care-office':
      /^(client-|care-office-|wlz-|treatment-|bridging-|absence-|handover-|joint-funding-|activity-|stay-)/,
    provider: /^client-(registered|moved|died)/,
  };
  forEachRead((read) => {
    for (const { row, event } of reasonsIn(read)) {
      if (event.source === null || event.source === sourceOf(read.asker)) continue;
      const isOwnStay =
        event.type.startsWith('stay-') &&
        [...clinics, 'respite-care'].includes(row.service) &&
        isOwnRow(read, row);
      if (!isOwnStay) expect(event.type).toMatch(lawsOf[read.asker.kind]!);
      const isRowsProvider = 'provider' in row && event.source.startsWith(`urn:nld:agb:${row.provider}:`);
      expect(isRowsProvider || event.source.startsWith('urn:nld:oin:')).toBe(true);
    }
  });
});

/** Gaps show to whom they are owed, or on days in care. */
function isOwnRow(read: Read, row: object): boolean {
  return !('provider' in row) || isOwn(read, row as CoverRow);
}

function reasonsIn({
  seen,
}: Read): { row: SeenTimeline['cover'][number] | SeenTimeline['gaps'][number]; event: SeenEvent }[] {
  return [...seen.cover, ...seen.gaps].flatMap((row) =>
    [...row.because.opened, ...row.because.closed].map((event) => ({ row, event })),
  );
}

it('shows gaps on one’s own days, all of them', () => {
  forEachRead((read) => {
    const { asker, whole, seen } = read;
    for (const day of turns(read)) {
      const mine = (service: string): boolean =>
        isFunder(asker)
          ? isOwnGapDay(read, service, parseDay(day))
          : isOwnDay(read, day) && !clinics.includes(service);
      const expected = whole.gaps.filter((gap) => isOn(gap, day) && mine(gap.service));
      const shown = seen.gaps.filter((gap) => isOn(gap, day));
      const name = ({ service, reason }: (typeof whole.gaps)[number]): string => `${service} ${reason}`;
      expect(shown.map((gap) => `${gap.service} ${gap.reason}`).sort()).toEqual(expected.map(name).sort());
    }
  });
});

it('shows minutes of care that one pays or gives, and findings about events that one sent or sees', () => {
  forEachRead((read) => {
    const { asker, whole, seen } = read;
    const paid = whole.minutes.filter(({ service, day, provider }) =>
      isFunder(asker)
        ? whole.cover.some((row) => isOwn(read, row) && row.service === service && isOn(row, day))
        : provider === asker.code && (!clinics.includes(service) || isGiven(read, service, day)),
    );
    expect(seen.minutes).toEqual(paid);
    const named = new Set(
      reasonsIn(read).flatMap(({ event }) => (event.source === null ? [] : [`${event.source} ${event.id}`])),
    );
    for (const { events } of seen.findings) {
      for (const { source, id } of events)
        expect(source === sourceOf(asker) || (isFunder(asker) && named.has(`${source} ${id}`))).toBe(true);
    }
  });
});

function isGiven(read: Read, service: string, day: string): boolean {
  return read.whole.cover.some((row) => isOwn(read, row) && row.service === service && isOn(row, day));
}

it('tells nobody but the clinic and who pays it which clinic it was', () => {
  const inHospital = (event: JourneyEvent): JourneyEvent =>
    event.type === 'stay-started' || event.type === 'stay-ended'
      ? ({ ...event, data: { ...event.data, kind: 'hospital' } } as JourneyEvent)
      : event;
  const inPsychiatry = (event: JourneyEvent): JourneyEvent => {
    const hospital = inHospital(event);
    return hospital === event
      ? event
      : ({ ...hospital, data: { ...hospital.data, kind: 'mental-health' } } as JourneyEvent);
  };
  const isCare = (row: { service: string }): boolean => clinics.includes(row.service);
  fc.assert(
    fc.property(histories, ruleSets, (history, ruleSet) => {
      fc.pre(history.events.every(({ type }) => type !== 'event-corrected'));
      const hospital = reads({ ...history, events: history.events.map(inHospital) }, ruleSet);
      const psychiatry = reads({ ...history, events: history.events.map(inPsychiatry) }, ruleSet);
      hospital.forEach((read, at) => {
        const other = psychiatry[at]!;
        const isConcerned = [read, other].some(
          (each) =>
            isAllOwn(each) || [...each.seen.cover, ...each.seen.gaps, ...each.seen.minutes].some(isCare),
        );
        if (!isConcerned) expect(other.seen).toEqual(read.seen);
      });
    }),
    { numRuns: runs, seed },
  );
});

it('shows nothing to those who have no care and no cover', () => {
  forEachRead(({ asker, seen }) => {
    if (asker.code !== unknownProvider) return;
    expect([seen.cover, seen.gaps, seen.minutes]).toEqual([[], [], []]);
  });
  expect(services.filter((service) => clinics.includes(service))).toHaveLength(clinics.length);
});
