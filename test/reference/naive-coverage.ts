import { OPEN_END, tryParseDay, type Day, type Instant } from '@domeinbrug/calendar';
import type { CoverRow, GapReason, GapRow, MinutesRow, UnpaidReason } from '@domeinbrug/coverage';
import type { CodeSuccession, JourneyEvent } from '@domeinbrug/journey';
import type { RuleSet } from '@domeinbrug/rules';
import { services, type Funder, type Service } from '@domeinbrug/terms';
import { dayStates } from './day-states.js';
import type { Facts } from './fact-types.js';
import { endedByDeath, factsOf } from './facts.js';
import { findingsOf } from './findings.js';
import { knownEvents } from './known-events.js';
import { lastWords } from './mergers.js';
import { minutesRows } from './minutes.js';
import { parameterReader } from './parameters.js';
import { joined, sortedBy, type OnDay } from './rows.js';
import { lapseOf, tableOutcome, transitionPayment, type Situation, type TableOutcome } from './table.js';
import { triggerDays } from './triggers.js';
import { windowRuns, type Run } from './windows.js';

/**
 * The meaning of coverage once more, written day by day without regard for speed and without any code of the
 * engine, so that two independent readings of the same page can be compared on random histories.
 */
export interface NaiveQuestion {
  events: readonly JourneyEvent[];
  ruleSet: RuleSet;
  /** Events recorded at or before this moment take part. */
  knownAt: Instant;
  /** Mergers of organisations; left out: none. */
  successions?: readonly CodeSuccession[];
}

export interface NaiveAnswer {
  cover: Omit<CoverRow, 'because'>[];
  gaps: Omit<GapRow, 'because'>[];
  minutes: MinutesRow[];
  /** Finding codes, sorted, each once. */
  findings: string[];
}

/** One needed day of one service, as the table alone has it. */
export interface TableDay {
  service: Service;
  day: Day;
  outcome: TableOutcome;
  /** Whether the transition day makes yesterday's payer pay once more. */
  transition: boolean;
}

export function naiveCoverage(question: NaiveQuestion): NaiveAnswer {
  const client = prepared(question);
  const covered = coverDays(client);
  const gaps = gapDays(client);
  return {
    cover: sortedBy(
      joined(covered, client.horizon),
      (row) => row.service,
      (row) => row.firstDay,
      (row) => row.funder,
      (row) => row.rule,
    ),
    gaps: sortedBy(
      joined(gaps, client.horizon),
      (row) => row.service,
      (row) => row.firstDay,
    ),
    minutes: minutesRows(client.situation, {
      coveredByOther: (service, day) => client.tableFunders(service, day).length > 0,
      whyNot: (service, day) => reasonOf(client.tableOn(service, day).outcome),
      runs: client.runs,
    }),
    findings: client.findings,
  };
}

function reasonOf(outcome: TableOutcome): UnpaidReason {
  return outcome.what === 'gap' ? outcome.reason : (outcome.what as UnpaidReason);
}

/** What the table alone says of every needed service and day up to the horizon. */
export function naiveTableDays(question: NaiveQuestion): TableDay[] {
  const client = prepared(question);
  return eachServiceAndDay(client, (service, day) => {
    const { outcome, extra } = client.tableOn(service, day);
    return outcome.what === 'not-needed' ? [] : [{ service, day, outcome, transition: extra !== null }];
  });
}

/** The first and the last day that the reference looks at; what is so on the last is so for ever. */
export function naiveDays({
  events,
  ruleSet,
  knownAt,
  successions = [],
}: NaiveQuestion): [first: Day, last: Day] {
  const days = daysWorthAsking(knownEvents(events, knownAt).events, ruleSet, successions);
  return [days[0]!, days.at(-1)!];
}

interface TablePayments {
  outcome: TableOutcome;
  extra: ReturnType<typeof transitionPayment>;
}

interface PreparedClient {
  situation: Situation;
  days: Day[];
  horizon: Day;
  tableOn: (service: Service, day: Day) => TablePayments;
  tableFunders: (service: Service, day: Day) => Funder[];
  runs: Run[];
  findings: string[];
}

function prepared({ events, ruleSet, knownAt, successions = [] }: NaiveQuestion): PreparedClient {
  const known = knownEvents(events, knownAt);
  const unclipped = factsOf(known.events, lastWords(successions, knownAt));
  const facts = endedByDeath(unclipped);
  const stateOn = dayStates(facts);
  const read = parameterReader(ruleSet, facts, stateOn);
  const situation: Situation = { facts, ruleSet, stateOn, read, lapses: new Map() };
  const days = daysWorthAsking(known.events, ruleSet, successions);
  const horizon = days.at(-1)!;
  for (const claim of facts.claims) {
    const day = lapseOf(situation, claim, horizon);
    if (day !== null) situation.lapses.set(claim, day);
  }
  const tableOn = oncePerDay((service, day) => ({
    outcome: tableOutcome(situation, service, day),
    extra: transitionPayment(situation, service, day),
  }));
  const tableFunders = (service: Service, day: Day): Funder[] => fundersOf(tableOn(service, day));
  const triggers = triggerDays(facts, stateOn, days[0]!, horizon);
  const runs = windowRuns({ situation, triggers, tableFunders, from: days[0]!, horizon });
  const noticed = findingsOf(known.events, situation, days, tableFunders);
  const findings = [...new Set([...known.codes, ...unclipped.codes, ...noticed])].sort();
  return { situation, days, horizon, tableOn, tableFunders, runs, findings };
}

function fundersOf({ outcome, extra }: TablePayments): Funder[] {
  const own = outcome.what === 'cover' || outcome.what === 'pooled' ? [outcome.payment.funder] : [];
  return extra ? [...own, extra.funder] : own;
}

function coverDays(client: PreparedClient): OnDay<Omit<CoverRow, 'because' | 'firstDay' | 'lastDay'>>[] {
  const byTable = eachServiceAndDay(client, (service, day) => {
    const { outcome, extra } = client.tableOn(service, day);
    const own = outcome.what === 'cover' || outcome.what === 'pooled' ? [outcome.payment] : [];
    return [...own, ...(extra ? [extra] : [])].map((payment) => ({ day, what: { service, ...payment } }));
  });
  const byWindows = client.runs.flatMap(({ service, paid }) =>
    [...paid].flatMap(([day, payments]) =>
      payments.map((payment) => ({ day, what: { service, ...payment } })),
    ),
  );
  return [...byTable, ...byWindows];
}

/** A gap of the table stays where neither a window nor a transition payment fills it. */
function gapDays(client: PreparedClient): OnDay<{ service: Service; reason: GapReason }>[] {
  return eachServiceAndDay(client, (service, day) => {
    const { outcome, extra } = client.tableOn(service, day);
    const filled = extra !== null || client.runs.some((run) => run.service === service && run.paid.has(day));
    return outcome.what === 'gap' && !filled ? [{ day, what: { service, reason: outcome.reason } }] : [];
  });
}

/** Services that nobody ever claimed, stayed for, pooled or lived in have no days; the others are asked every day. */
function eachServiceAndDay<T>(client: PreparedClient, ask: (service: Service, day: Day) => T[]): T[] {
  const everNeeded = services.filter((service) => isEverNeeded(client.situation.facts, service));
  return everNeeded.flatMap((service) => client.days.flatMap((day) => ask(service, day)));
}

function isEverNeeded({ claims, stays, jointFunding }: Facts, service: Service): boolean {
  return (
    service === 'residence' ||
    [...claims, ...stays].some((fact) => fact.service === service) ||
    jointFunding.some((joint) => joint.services.includes(service))
  );
}

function oncePerDay(ask: (service: Service, day: Day) => TablePayments): PreparedClient['tableOn'] {
  const known = new Map(services.map((service) => [service, new Map<Day, TablePayments>()]));
  return (service, day) => {
    const ofService = known.get(service)!;
    const answer = ofService.get(day) ?? ask(service, day);
    ofService.set(day, answer);
    return answer;
  };
}

/**
 * Every day on which something can differ from the day before, and some more: from the first date in the events
 * less the longest length, to the last date in events and parameters plus the longest length. What is
 * so on the last of these days is so for ever.
 */
function daysWorthAsking(
  events: readonly JourneyEvent[],
  ruleSet: RuleSet,
  successions: readonly CodeSuccession[],
): Day[] {
  const inEvents = events.flatMap(({ data }) => Object.values(data)).flatMap(dayIn);
  const inParameters = Object.values(ruleSet.parameters).flatMap(({ national, local }) =>
    [national, ...Object.values(local).flatMap((byCode) => Object.values(byCode))]
      .flat()
      .map(({ since }) => since),
  );
  const slack = longestLength(ruleSet) + 3;
  const first = Math.min(...inEvents) - slack;
  const last = Math.max(...inEvents, ...inParameters, ...successions.map(({ firstDay }) => firstDay)) + slack;
  const days: Day[] = [];
  if (inEvents.length === 0) return [OPEN_END];
  for (let day = first; day <= last; day += 1) days.push(day);
  return days;
}

function dayIn(value: unknown): Day[] {
  const day = typeof value === 'string' ? tryParseDay(value) : undefined;
  return day === undefined ? [] : [day];
}

/** In days, generously: of every parameter, every window and the 91 days of bridging. */
function longestLength({ parameters, windows }: RuleSet): number {
  const inParameters = Object.values(parameters).flatMap(({ unit, national, local }) =>
    [national, ...Object.values(local).flatMap((byCode) => Object.values(byCode))]
      .flat()
      .map(({ value }) => (typeof value === 'number' ? daysOf(unit, value) : 0)),
  );
  const inWindows = windows.map(({ length }) => {
    if ('days' in length) return length.days;
    if ('weeks' in length) return 7 * length.weeks;
    return 'months' in length ? 31 * length.months : 0;
  });
  return Math.max(91, ...inParameters, ...inWindows);
}

function daysOf(unit: string, value: number): number {
  if (unit === 'weeks') return 7 * value;
  if (unit === 'months') return 31 * value;
  return unit === 'days' ? value : 0;
}
