import { contains, formatDay, OPEN_END, type Day } from '@domeinbrug/calendar';
import { latestBegun, type Bridging, type Fact } from '@domeinbrug/journey';
import type { Because, EventRef, ParameterRead } from './coverage-timeline.js';
import { levelCode } from './codes.js';
import { codesOn, RESIDENCE, type Evaluation } from './evaluation.js';
import { topics, type Reads } from './look.js';
import type { Payment } from './outcome.js';
import { readParameter, type CompiledParameter } from './parameter.js';
import type { Run } from './run.js';

/** One piece of a row: days on which the same was read. */
export interface RowPiece extends Reads {
  from: Day;
  until: Day;
  run: Run | null;
}

/**
 * Why a row begins, ends and is what it is: the events of the facts read that begin on its first day or ended the
 * day before (else those that give need, basis and payer), the events that end it, and every parameter read.
 *
 * @param pieces of one row, ascending, at least one
 */
export function becauseOf(
  evaluation: Evaluation,
  service: number,
  pieces: readonly RowPiece[],
  payment: Payment | null,
): Because {
  const first = pieces[0]!;
  const last = pieces.at(-1)!;
  const begins = eventsAt(evaluation, service, first, first.from);
  return {
    opened: references(
      evaluation,
      begins.length > 0 ? begins : standing(evaluation, service, first, payment),
    ),
    closed: references(evaluation, eventsAt(evaluation, service, last, last.until)),
    parameters: parametersOf(evaluation, service, pieces),
  };
}

/**
 * Places of the events that, of the kinds of facts a piece looked at, begin one on the day or ended one the day before.
 * Written out kind by kind: it is asked twice a row, and most clients have facts of a few kinds.
 */
function eventsAt(evaluation: Evaluation, service: number, piece: RowPiece, day: Day): number[] {
  const events: number[] = [];
  if (day >= OPEN_END) return events; // most rows go on, and no event makes them
  const { facts } = evaluation;
  const needs = evaluation.needs[service]!;
  const { topics: read, run } = piece;
  if (read & topics.home) addEvents(events, facts.homes, day);
  if (read & topics.insured) addEvents(events, facts.insured, day);
  if (read & topics.careOffice) addEvents(events, facts.careOffices, day);
  if (read & topics.entitlement) addEvents(events, facts.entitlements, day);
  if (read & topics.delivery) {
    addEvents(events, facts.deliveries, day);
    addEvents(events, facts.treatments, day);
  }
  if (read & topics.bridging) addEventsOfBridgings(events, facts.bridgings, day);
  if (read & topics.claim) addEvents(events, needs.claims, day);
  if (read & topics.stay) addEvents(events, needs.stays, day);
  if (read & topics.suspension) addEvents(events, needs.suspensions, day);
  if (read & topics.pool) addEvents(events, needs.joint, day);
  if (read & topics.absence) {
    addEvents(events, facts.absences, day);
    addEvents(events, facts.consents, day);
  }
  if (read & topics.completion) {
    const own = facts.completions.filter((fact) => fact.service === service);
    addEvents(events, own, day);
  }
  if (read & topics.carer) addEvents(events, facts.carers, day);
  if (read & topics.death && facts.death) addEvents(events, [facts.death], day);
  if (run) addEventsOfRun(events, evaluation, piece, run, day);
  return events;
}

function addEvents(events: number[], facts: readonly Fact[], day: Day): void {
  for (let at = 0; at < facts.length; at++) {
    const fact = facts[at]!;
    if (fact.from === day) events.push(fact.opened);
    if (fact.until === day && fact.ended >= 0) events.push(fact.ended);
  }
}

/** A term runs out on a day of its own. */
function addEventsOfBridgings(events: number[], bridgings: readonly Bridging[], day: Day): void {
  addEvents(events, bridgings, day);
  for (const { until, termUntil, termSetBy } of bridgings) {
    if (termUntil === day && day <= until) events.push(termSetBy);
  }
}

/**
 * A window may go on with the care of another service; and who was bound at the trigger may merge on a day on which
 * the client has nothing to do with it any more.
 */
function addEventsOfRun(
  events: number[],
  { facts, needs }: Evaluation,
  { topics: read }: RowPiece,
  { window }: Run,
  day: Day,
): void {
  if (read & topics.claim && window.withinService !== null)
    addEvents(events, needs[window.withinService]!.claims, day);
  const ofPayers = topics.home | topics.insured | topics.careOffice;
  if (read & ofPayers && window.payer === 'at-trigger') addEvents(events, facts.successions, day);
}

/** What gives need, basis and payer on a day on which nothing begins: a parameter changed, or a window goes on. */
function standing(
  evaluation: Evaluation,
  service: number,
  piece: RowPiece,
  payment: Payment | null,
): number[] {
  const { facts } = evaluation;
  const day = piece.from;
  const payer = {
    municipality: facts.homes,
    insurer: facts.insured,
    'care-office': facts.careOffices,
    pool: [],
  }[payment?.funderKind ?? 'pool'];
  const payerDay = piece.run?.window.payer === 'at-trigger' ? piece.run.trigger : day;
  const found = [latestBegun<Fact>(payer, payerDay)];
  const opened = piece.run
    ? eventsAt(evaluation, service, piece, piece.run.trigger)
    : needAndRight(evaluation, service, day, payment);
  return [...opened, ...found.flatMap((fact) => fact?.opened ?? [])];
}

function needAndRight(evaluation: Evaluation, service: number, day: Day, payment: Payment | null): number[] {
  const { facts } = evaluation;
  const needs = evaluation.needs[service]!;
  const wlz = payment === null || payment.law === 'wlz';
  const giving: readonly Fact[] = [
    ...needs.claimsAndStays,
    ...needs.joint,
    ...(service === RESIDENCE || wlz ? facts.deliveries : []),
    ...(wlz ? [...facts.entitlements, ...facts.bridgings] : []),
  ];
  return giving.filter((fact) => contains(fact, day)).map((fact) => fact.opened);
}

function references({ facts }: Evaluation, places: number[]): EventRef[] {
  const ordered = places.length < 2 ? places : [...new Set(places)].sort((a, b) => a - b);
  return ordered.map((place) => referenceTo(facts.events[place]!));
}

function referenceTo({ source, id, type }: EventRef): EventRef {
  return { source, id, type };
}

function parametersOf(evaluation: Evaluation, service: number, pieces: readonly RowPiece[]): ParameterRead[] {
  const found: ParameterRead[] = [];
  for (const piece of pieces) {
    if (piece.parameters === 0) continue;
    for (const parameter of evaluation.rules.parameters) {
      if (!(piece.parameters & parameter.bit)) continue;
      const read = readingOf(evaluation, service, parameter, readingDay(evaluation, parameter, piece));
      if (!found.some((other) => sameReading(read, other))) found.push(read);
    }
  }
  return found.sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : a.since < b.since ? -1 : a.since > b.since ? 1 : 0,
  );
}

function readingOf(
  evaluation: Evaluation,
  service: number,
  parameter: CompiledParameter,
  day: Day,
): ParameterRead {
  const { name, always } = parameter;
  const { value, level, code, since } =
    always ?? readParameter(parameter, codesOn(evaluation, service, day), day);
  return { name, value, level, code: levelCode(level, code), since: formatDay(since) };
}

/** What a level says to a code since a day is one value. */
function sameReading(a: ParameterRead, b: ParameterRead): boolean {
  return a.name === b.name && a.since === b.since && a.level === b.level && a.code === b.code;
}

/** Most are read on the day; a run's own on the trigger day, an absence's allowance on the day of departure. */
function readingDay(evaluation: Evaluation, parameter: CompiledParameter, piece: RowPiece): Day {
  if (piece.run && piece.run.parameters & parameter.bit) return piece.run.trigger;
  const { hospital, leave } = evaluation.rules.absenceDays;
  if (parameter !== hospital && parameter !== leave) return piece.from;
  return latestBegun(evaluation.facts.absences, piece.from)?.departure ?? piece.from;
}
