import { contains, formatDay, OPEN_END, type Day } from '@domeinbrug/calendar';
import { latestBegun, type Fact } from '@domeinbrug/journey';
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

type FactsOfKind = (evaluation: Evaluation, service: number, piece: RowPiece) => readonly Fact[];

const factsByTopic: readonly [number, FactsOfKind][] = [
  [topics.home, ({ facts }) => facts.homes],
  [topics.insured, ({ facts }) => facts.insured],
  [topics.careOffice, ({ facts }) => facts.careOffices],
  [topics.entitlement, ({ facts }) => facts.entitlements],
  [topics.delivery, ({ facts }) => facts.deliveries],
  [topics.delivery, ({ facts }) => facts.treatments],
  [topics.bridging, ({ facts }) => facts.bridgings],
  [topics.claim, ({ needs }, service) => needs[service]!.claims],
  [topics.claim, claimsOfSoughtService],
  [topics.stay, ({ needs }, service) => needs[service]!.stays],
  [topics.suspension, ({ needs }, service) => needs[service]!.suspensions],
  [topics.pool, ({ needs }, service) => needs[service]!.joint],
  [topics.absence, ({ facts }) => facts.absences],
  [topics.absence, ({ facts }) => facts.consents],
  [topics.completion, ({ facts }, service) => facts.completions.filter((fact) => fact.service === service)],
  [topics.carer, ({ facts }) => facts.carers],
  [topics.death, ({ facts }) => (facts.death ? [facts.death] : [])],
  [topics.home | topics.insured | topics.careOffice, mergersOfBoundPayers],
];

/** A window may go on with the care of another service. */
function claimsOfSoughtService({ needs }: Evaluation, _service: number, { run }: RowPiece): readonly Fact[] {
  const sought = run?.window.withinService ?? null;
  return sought === null ? [] : needs[sought]!.claims;
}

/** Who was bound at the trigger may merge on a day on which the client has nothing to do with it any more. */
function mergersOfBoundPayers({ facts }: Evaluation, _service: number, { run }: RowPiece): readonly Fact[] {
  return run?.window.payer === 'at-trigger' ? facts.successions : [];
}

/** Places of the events that, of the kinds of facts a piece looked at, begin one on the day or ended one the day before. */
function eventsAt(evaluation: Evaluation, service: number, piece: RowPiece, day: Day): number[] {
  const events: number[] = [];
  if (day >= OPEN_END) return events; // most rows go on, and no event makes them
  for (const [topic, factsOf] of factsByTopic) {
    if ((piece.topics & topic) === 0) continue;
    for (const fact of factsOf(evaluation, service, piece)) {
      if (fact.from === day) events.push(fact.opened);
      if (fact.until === day && fact.ended >= 0) events.push(fact.ended);
    }
  }
  if ((piece.topics & topics.bridging) === 0) return events;
  for (const { until, termUntil, termSetBy } of evaluation.facts.bridgings) {
    if (termUntil === day && day <= until) events.push(termSetBy);
  }
  return events;
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
  return ordered.map((place) => {
    const { source, id, type } = facts.events[place]!;
    return { source, id, type };
  });
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
