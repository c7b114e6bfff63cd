import { OPEN_END, type Day } from '@domeinbrug/calendar';
import {
  codeOn,
  milestoneKinds,
  NONE,
  stretchIndexOn,
  type JourneyFacts,
  type MilestoneKind,
  type StateStretch,
} from '@domeinbrug/journey';
import { deliveryForms, services } from '@domeinbrug/terms';

/** What waiting times are read from: facts as the fold or the archive gives them. */
export type WaitingFacts = Pick<
  JourneyFacts,
  'milestones' | 'claims' | 'bridgings' | 'successions' | 'death' | 'state' | 'triggers'
>;

/** One client's wait. */
export interface Wait {
  from: Day;
  /** The day on which it came to what was waited for; OPEN_END while it has not. */
  came: Day;
  /** The last day on which it could have come: that of death, or before a move; OPEN_END when nothing stands in the way. */
  lastDay: Day;
}

export interface WaitFigure {
  name: string;
  from: string;
  to: string;
  /** More days than these are too many; `null` where there is no norm. */
  normDays: number | null;
  waits(facts: WaitingFacts): Wait[];
}

/** `from` and `to` are milestones, or what facts begin with. */
export const waitFigures = [
  {
    name: 'wait-for-case-manager',
    from: 'case-management-referred',
    to: 'case-management-started',
    normDays: 42, // six weeks: Treeknorm for care at home
    waits: waitsForCaseManager,
  },
  {
    name: 'case-management-until-admission',
    from: 'case-management-started',
    to: 'admission',
    normDays: null,
    waits: waitsForAdmission,
  },
  {
    name: 'wmo-report-to-decision',
    from: 'wmo-reported',
    to: 'wmo-decided',
    normDays: 56, // six weeks to look into it (Wmo 2.3.2) and two to decide (Wmo 2.3.5)
    waits: (facts) => waitsForMunicipality(facts, 'wmo-reported'),
  },
  {
    name: 'wmo-request-to-decision',
    from: 'wmo-requested',
    to: 'wmo-decided',
    normDays: 14, // Wmo 2.3.5
    waits: (facts) => waitsForMunicipality(facts, 'wmo-requested'),
  },
  {
    name: 'wlz-request-to-decision',
    from: 'wlz-requested',
    to: 'wlz-decided',
    normDays: 42, // Blz 3.2.4
    waits: waitsForIndication,
  },
  {
    name: 'entitlement-to-delivery',
    from: 'entitlement-start',
    to: 'delivery-start',
    normDays: 91, // thirteen weeks of bridging: Wlz 3.3.6
    waits: waitsForDelivery,
  },
] as const satisfies readonly WaitFigure[];

const CASE_MANAGEMENT = services.indexOf('case-management');
const RESIDENCE = deliveryForms.indexOf('residence');

/** Who has a case manager and is referred to another does not wait. */
function waitsForCaseManager(facts: WaitingFacts): Wait[] {
  const cared = facts.claims.filter(({ service }) => service === CASE_MANAGEMENT);
  const referred = daysOf(facts, 'case-management-referred').filter(
    (day) => !cared.some(({ from, until }) => from < day && day < until),
  );
  const started = cared.map(({ from }) => from);
  return waitsFrom(
    referred,
    (day) => firstFrom(started, day),
    () => lastDayOfLife(facts),
  );
}

/** Of several case managers one after the other the first counts; who lives in a residence already waits for none. */
function waitsForAdmission(facts: WaitingFacts): Wait[] {
  return waitsFrom(
    startsOfCaseManagement(facts),
    (day) => firstFrom(facts.triggers.admission, day),
    () => lastDayOfLife(facts),
  );
}

/** The days on which a case manager began with somebody who still lived at home; ascending. */
export function startsOfCaseManagement({ claims, state }: WaitingFacts): Day[] {
  return claims
    .filter(({ service, from }) => service === CASE_MANAGEMENT && formOn(state, from - 1) !== RESIDENCE)
    .map(({ from }) => from)
    .sort(ascending);
}

/**
 * Of each municipality for itself: who moves away waits no longer. A grant whose day of decision was not told shows that
 * it was decided and not when; the wait is counted until its first day.
 */
function waitsForMunicipality(facts: WaitingFacts, kind: MilestoneKind): Wait[] {
  const steps = stepsOf(facts, kind);
  const decided = stepsOf(facts, 'wmo-decided');
  const waits = new Map<number, Wait[]>();
  for (const step of steps) {
    const isTheirs = (code: number, day: Day): boolean =>
      isOneMunicipality(facts, step.municipality, code, day);
    const came = firstFrom(
      decided.filter(({ municipality, from }) => isTheirs(municipality, from)).map(({ from }) => from),
      step.from,
    );
    const granted = facts.claims
      .filter(({ municipality, from }) => municipality !== NONE && isTheirs(municipality, from))
      .map(({ from }) => from);
    const lastDay = Math.min(
      lastDayOfLife(facts),
      firstFrom(facts.triggers.move, step.from + 1) - 1,
      came === OPEN_END ? firstFrom(granted, step.from) : OPEN_END,
    );
    const holder = codeOn(facts.successions, 'municipality', step.municipality, step.from);
    const known = waits.get(holder) ?? [];
    addWait(known, { from: step.from, came, lastDay });
    waits.set(holder, known);
  }
  return [...waits.values()].flat();
}

function isOneMunicipality({ successions }: WaitingFacts, a: number, b: number, day: Day): boolean {
  return codeOn(successions, 'municipality', a, day) === codeOn(successions, 'municipality', b, day);
}

function waitsForIndication(facts: WaitingFacts): Wait[] {
  const decided = daysOf(facts, 'wlz-decided');
  return waitsFrom(
    daysOf(facts, 'wlz-requested'),
    (day) => firstFrom(decided, day),
    () => lastDayOfLife(facts),
  );
}

/** Bridging care is what is given while one waits, so it ends no wait. The end of the right does, uncounted. */
export function waitsForDelivery({ state, triggers }: WaitingFacts): Wait[] {
  return triggers['entitlement-start'].map((from) => {
    let at = stretchIndexOn(state, from)!;
    let lastDay = OPEN_END;
    for (; at < state.length && state[at]!.profile !== NONE; at++) {
      if (state[at]!.form !== NONE) return { from, came: state[at]!.from, lastDay: OPEN_END };
      lastDay = state[at]!.until === OPEN_END ? OPEN_END : state[at]!.until - 1;
    }
    return { from, came: OPEN_END, lastDay };
  });
}

/** Of begins that are days of one wait the first counts. */
function waitsFrom(
  begins: readonly Day[],
  cameOf: (from: Day) => Day,
  lastDayOf: (from: Day) => Day,
): Wait[] {
  const waits: Wait[] = [];
  for (const from of begins) addWait(waits, { from, came: cameOf(from), lastDay: lastDayOf(from) });
  return waits;
}

function addWait(waits: Wait[], wait: Wait): void {
  const before = waits.at(-1);
  if (!before || wait.from > Math.min(before.came, before.lastDay)) waits.push(wait);
}

function stepsOf({ milestones }: WaitingFacts, kind: MilestoneKind): WaitingFacts['milestones'] {
  const place = milestoneKinds.indexOf(kind);
  const steps = milestones.filter((milestone) => milestone.kind === place);
  return steps.length < 2 ? steps : steps.sort((a, b) => a.from - b.from);
}

function daysOf(facts: WaitingFacts, kind: MilestoneKind): Day[] {
  return stepsOf(facts, kind).map(({ from }) => from);
}

function lastDayOfLife({ death }: WaitingFacts): Day {
  return death?.from ?? OPEN_END;
}

/** OPEN_END when none is on or after the day. */
function firstFrom(days: readonly Day[], day: Day): Day {
  return days.reduce((first, other) => (other >= day && other < first ? other : first), OPEN_END);
}

/** The form of delivery on a day, or NONE. */
export function formOn(state: readonly StateStretch[], day: Day): number {
  const at = stretchIndexOn(state, day);
  return at === undefined ? NONE : state[at]!.form;
}

/** The care office on a day, or NONE. */
export function regionOn(state: readonly StateStretch[], day: Day): number {
  const at = stretchIndexOn(state, day);
  return at === undefined ? NONE : state[at]!.careOffice;
}

function ascending(a: number, b: number): number {
  return a - b;
}
