import { yearOf, type Day } from '@domeinbrug/calendar';
import type { GapReason } from '@domeinbrug/coverage';
import type { Cell, RuleSet } from '@domeinbrug/rules';
import { columns, type Column, type Funder, type Law, type Level, type Service } from '@domeinbrug/terms';
import type { DayState } from './day-states.js';
import type { Absence, Claim, Facts, JointFunding } from './fact-types.js';
import { latestBegun } from './lines.js';
import { providerOf, type ReadParameter } from './parameters.js';

/** Everything that the rules may look at for one client. */
export interface Situation {
  facts: Facts;
  ruleSet: RuleSet;
  stateOn: (day: Day) => DayState;
  read: ReadParameter;
  /** By claim: the day on which its basis lapsed for good. */
  lapses: Map<Claim, Day>;
}

/** One payer of one service on one day. */
export interface Payment {
  funder: Funder;
  share: number;
  law: Law | null;
  kind: 'regular' | 'retained' | 'joint';
  rule: 'table' | 'absence-retained' | 'joint-funding';
  provider: string | null;
}

/** What the table says of one service on one day, before windows. */
export type TableOutcome =
  | { what: 'not-needed' | 'suspended' | 'absorbed' | 'ended' }
  | { what: 'pooled' | 'cover'; payment: Payment }
  | { what: 'gap'; reason: GapReason };

type Resolved =
  { cell: Law } | { cell: 'absorbed' | 'ended' } | { cell: 'none'; level: Level } | { cell: 'excluded' };

/** Suspension goes before joint funding, joint funding before the table; only needed services have an outcome. */
export function tableOutcome(situation: Situation, service: Service, day: Day): TableOutcome {
  const { facts } = situation;
  const state = situation.stateOn(day);
  if (state.regime === 'deceased' || !isNeeded(facts, state, service, day)) return { what: 'not-needed' };
  if (isSuspended(facts, service, day)) return { what: 'suspended' };
  const pool = poolOf(facts, service, day);
  if (pool) return { what: 'pooled', payment: jointPayment(pool) };
  if (state.regime === 'awaiting-indication' && service === 'residence') {
    return { what: 'gap', reason: 'awaiting-indication' };
  }
  return withAbsence(situation, service, day, cellOutcome(situation, service, day));
}

/** A service is needed on the days of its claims, stays and joint funding; residence on the days of a delivery that houses. */
export function isNeeded(facts: Facts, state: DayState, service: Service, day: Day): boolean {
  const holds = ({ first, last }: { first: Day; last: Day }): boolean => first <= day && day <= last;
  return (
    facts.claims.some((claim) => claim.service === service && holds(claim)) ||
    facts.stays.some((stay) => stay.service === service && holds(stay)) ||
    facts.jointFunding.some((joint) => joint.services.includes(service) && holds(joint)) ||
    (service === 'residence' &&
      (state.delivery?.form === 'residence' || state.delivery?.form === 'part-time-residence'))
  );
}

/** Help at home rests during a stay elsewhere, from its first day through the day before its last. */
export function isSuspended(facts: Facts, service: Service, day: Day): boolean {
  const rests = service === 'household-help' || service === 'guidance' || service === 'district-nursing';
  return rests && facts.stays.some((stay) => stay.kind !== 'respite' && stay.first <= day && day < stay.last);
}

/** The pool that alone pays, as long as nobody has settled. */
export function poolOf(facts: Facts, service: Service, day: Day): JointFunding | null {
  const open = facts.jointFunding.filter((joint) => !joint.settled && joint.services.includes(service));
  return latestBegun(open, day);
}

function jointPayment(joint: JointFunding): Payment {
  const funder: Funder = `pool:${joint.pool}`;
  return { funder, share: 100, law: null, kind: 'joint', rule: 'joint-funding', provider: null };
}

/** The cell first, then the basis, then the payer. */
function cellOutcome(situation: Situation, service: Service, day: Day): TableOutcome {
  const resolved = resolvedCell(situation, service, day);
  if (resolved.cell === 'absorbed' || resolved.cell === 'ended') return { what: resolved.cell };
  const reason = gapOf(situation, service, day, resolved);
  if (reason)
    return { what: 'gap', reason: inExpiredBridging(situation, service, day) ? 'bridging-expired' : reason };
  const law = resolved.cell as Law;
  return { what: 'cover', payment: tablePayment(situation, service, day, law) };
}

function gapOf(situation: Situation, service: Service, day: Day, resolved: Resolved): GapReason | null {
  if (resolved.cell === 'excluded') return 'excluded-by-wlz';
  if (resolved.cell === 'none') return resolved.level === 'national' ? 'not-covered' : 'refused';
  if (resolved.cell === 'absorbed' || resolved.cell === 'ended') return null;
  if (!hasBasis(situation, service, resolved.cell, day)) return 'no-decision';
  if (payerOf(situation.stateOn(day), resolved.cell)) return null;
  return ({ wmo: 'no-municipality', zvw: 'no-policy', wlz: 'no-care-office' } as const)[resolved.cell];
}

/** After the term of a bridging any gap in an undelivered cell is blamed on that term. */
function inExpiredBridging(situation: Situation, service: Service, day: Day): boolean {
  const state = situation.stateOn(day);
  return (
    state.regime === 'bridging-expired' &&
    cellValue(situation, service, state.column, day).value === 'undelivered'
  );
}

function tablePayment(situation: Situation, service: Service, day: Day, law: Law): Payment {
  const state = situation.stateOn(day);
  const provider = providerOf(situation.facts, state, service, day);
  return { funder: payerOf(state, law)!, share: 100, law, kind: 'regular', rule: 'table', provider };
}

/** Municipality, insurer or care office of that very day. */
export function payerOf(state: DayState, law: Law): Funder | null {
  if (law === 'wmo') return state.municipality === null ? null : `municipality:${state.municipality}`;
  if (law === 'zvw') return state.insurer === null ? null : `insurer:${state.insurer}`;
  return state.careOffice === null ? null : `care-office:${state.careOffice}`;
}

/** What the table's cell of the day's column comes down to. */
export function resolvedCell(situation: Situation, service: Service, day: Day): Resolved {
  const { column } = situation.stateOn(day);
  const cell = cellValue(situation, service, column, day);
  if (cell.value !== 'undelivered') return resolvedFrom(cell);
  const outside = cellValue(situation, service, 'outside', day);
  const reading = readingOfUndelivered(situation, service, day, outside.value);
  if (reading === 'until-delivery') return resolvedFrom(outside);
  return reading === 'wlz-pays' ? { cell: 'wlz' } : { cell: 'excluded' };
}

/** A municipality that stops at delivery makes a Wmo row run on, whatever else is said of undelivered care. */
function readingOfUndelivered(situation: Situation, service: Service, day: Day, outside: string): string {
  const stops = outside === 'wmo' ? situation.read('wmoStops', service, day).value : null;
  if (stops === 'at-delivery') return 'until-delivery';
  return String(situation.read('undelivered', service, day).value);
}

function cellValue(
  situation: Situation,
  service: Service,
  column: Column,
  day: Day,
): { value: string; level: Level } {
  const row = situation.ruleSet.cover[service];
  if (!row) throw new Error(`The cover table has no row "${service}"; add one.`);
  const cell: Cell = row[columns.indexOf(column)]!;
  if (!cell.startsWith('$')) return { value: cell, level: 'national' };
  const { value, level } = situation.read(cell.slice(1), service, day);
  return { value: String(value), level };
}

function resolvedFrom({ value, level }: { value: string; level: Level }): Resolved {
  return value === 'none' ? { cell: 'none', level } : { cell: value as Law | 'absorbed' | 'ended' };
}

/** The Wlz needs no basis; a stay is one for the Zvw; else a claim under the law whose basis has not lapsed. */
function hasBasis(situation: Situation, service: Service, law: Law, day: Day): boolean {
  if (law === 'wlz' || validClaims(situation, service, law, day).length > 0) return true;
  return (
    law === 'zvw' &&
    latestBegun(
      situation.facts.stays.filter((stay) => stay.service === service),
      day,
    ) !== null
  );
}

/** Claims of a service under a law that hold on a day with a basis that has not lapsed. */
export function validClaims(situation: Situation, service: Service, law: Law, day: Day): Claim[] {
  return situation.facts.claims.filter(
    (claim) =>
      claim.service === service &&
      claim.law === law &&
      claim.first <= day &&
      day <= claim.last &&
      (situation.lapses.get(claim) ?? Infinity) > day,
  );
}

/** The first day of the claim on which the regime takes its care over: another column than outside, and a cell of neither its law nor nobody. */
export function lapseOf(situation: Situation, claim: Claim, horizon: Day): Day | null {
  for (let day = claim.first; day <= Math.min(claim.last, horizon); day += 1) {
    if (situation.stateOn(day).column === 'outside') continue;
    const { cell } = resolvedCell(situation, claim.service, day);
    if (cell !== claim.law && cell !== 'none') return day;
  }
  return null;
}

/** The bed of somebody who is away is kept as long as the allowance lasts; then nobody pays it. */
function withAbsence(situation: Situation, service: Service, day: Day, outcome: TableOutcome): TableOutcome {
  if (service !== 'residence' || outcome.what !== 'cover') return outcome;
  const absence = latestBegun(situation.facts.absences, day);
  if (!absence) return outcome;
  if (!isRetained(situation, absence, day)) return { what: 'gap', reason: 'absence-cap' };
  return { what: 'cover', payment: { ...outcome.payment, kind: 'retained', rule: 'absence-retained' } };
}

/** Within the allowance, or beyond it with a consent given between departure and the last retained day. */
function isRetained(situation: Situation, absence: Absence, day: Day): boolean {
  const lastRetained = absence.departure + allowanceOf(situation, absence);
  const consented = situation.facts.consents.some(
    (consent) => consent >= absence.departure && consent <= lastRetained,
  );
  return day <= lastRetained || consented;
}

/** Days that the bed is kept, fixed at departure: per absence for a hospital, per calendar year for leave. */
function allowanceOf(situation: Situation, absence: Absence): number {
  const name = absence.reason === 'hospital' ? 'hospitalAbsenceDays' : 'leaveAbsenceDays';
  const days = Number(situation.read(name, 'residence', absence.departure).value);
  return absence.reason === 'hospital' ? days : Math.max(0, days - leaveTaken(situation.facts, absence));
}

/** Days of leave in the calendar year of departure, through the day of departure, of leave that began earlier. */
function leaveTaken(facts: Facts, absence: Absence): number {
  const taken = new Set<Day>();
  for (const earlier of facts.absences) {
    if (earlier.reason !== 'leave' || earlier.departure >= absence.departure) continue;
    for (let day = earlier.first; day <= Math.min(earlier.last, absence.departure); day += 1) {
      if (yearOf(day) === yearOf(absence.departure)) taken.add(day);
    }
  }
  return taken.size;
}

/** On the first day of a new column the payer of the day before may pay once more, beside the new one. */
export function transitionPayment(situation: Situation, service: Service, day: Day): Payment | null {
  const [before, today] = [situation.stateOn(day - 1), situation.stateOn(day)];
  if (today.regime === 'deceased' || before.column === today.column) return null;
  if (today.regime === 'bridging-expired' && before.regime === 'bridged') return null;
  if (isSuspended(situation.facts, service, day) || poolOf(situation.facts, service, day)) return null;
  if (situation.read('transitionDay', service, day).value !== 'both') return null;
  const yesterday = tableOutcome(situation, service, day - 1);
  if (yesterday.what !== 'cover') return null;
  const law = yesterday.payment.law!;
  const funder = payerOf(today, law);
  if (!funder || !stillHolds(situation, service, law, day)) return null;
  const now = tableOutcome(situation, service, day);
  if (now.what === 'cover' && now.payment.funder === funder) return null;
  return { ...yesterday.payment, funder, provider: providerOf(situation.facts, today, service, day) };
}

/** Whether that for which yesterday's payer paid is still there: the claim or stay, or entitlement and need. */
function stillHolds(situation: Situation, service: Service, law: Law, day: Day): boolean {
  const { facts } = situation;
  const state = situation.stateOn(day);
  if (law === 'wlz') return state.entitlement !== null && isNeeded(facts, state, service, day);
  const claimGoesOn = validClaims(situation, service, law, day - 1).some(({ last }) => last >= day);
  const stayGoesOn = facts.stays.some(
    (stay) => stay.service === service && stay.first < day && day <= stay.last,
  );
  return claimGoesOn || (law === 'zvw' && stayGoesOn);
}
