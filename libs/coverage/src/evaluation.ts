import { contains, OPEN_END, type Day } from '@domeinbrug/calendar';
import {
  beganLater,
  latestBegun,
  NONE,
  withOneMore,
  type Claim,
  type JointFunding,
  type JourneyFacts,
  type StateStretch,
  type Stay,
} from '@domeinbrug/journey';
import { services, stayKinds } from '@domeinbrug/terms';
import type { CompiledRuleSet } from './compile.js';
import { mayChangeOn, mayChangeWith, type Look } from './look.js';
import { readParameter, type Codes, type CompiledParameter, type Reading } from './parameter.js';
import type { Run } from './run.js';

/** One client under one rule set. Answers are derived from it; only what was derived before is kept in it. */
export interface Evaluation {
  facts: JourneyFacts;
  rules: CompiledRuleSet;
  /** By service. */
  needs: ServiceNeeds[];
  /** Mask of the services that facts are about, in a service's own list or by a delivery. */
  needed: number;
  /** Few claims lapse. */
  lapses: Lapse[];
  /** Runs by the window's place for the service (its `slots`), once opened. */
  runs: (readonly Run[] | undefined)[];
  /** By service: mask of every parameter read for this client's service, also where nothing was paid. */
  footprints: readonly number[];
  /** The stretch of the state line that was looked at last; the next day asked about lies near. */
  stretchAt: number;
}

/** The facts of one service. */
export interface ServiceNeeds {
  claims: Claim[];
  stays: Stay[];
  /** Claims and stays together, for "the latest begun of the service"; without stays the very list of claims. */
  claimsAndStays: (Claim | Stay)[];
  joint: JointFunding[];
  suspensions: Suspension[];
}

/** The regime took over the care of a claim: from this day on its basis no longer counts. */
export interface Lapse {
  claim: Claim;
  on: Day;
}

/** The days of a stay on which it keeps a service from being needed. */
export type Suspension = Stay;

export const RESIDENCE = services.indexOf('residence');
const suspendedServices = ['household-help', 'guidance', 'district-nursing'].map((name) =>
  (services as readonly string[]).indexOf(name),
);
const RESPITE = stayKinds.indexOf('respite');

/** Most clients have facts of a few services only; the others share this, and its lists. */
const noNeeds: ServiceNeeds = { claims: [], stays: [], claimsAndStays: [], joint: [], suspensions: [] };
const noNeedsAtAll = services.map(() => noNeeds);
const nothingRead: readonly number[] = services.map(() => 0);
const noLapses: Lapse[] = [];

export function evaluationOf(facts: JourneyFacts, rules: CompiledRuleSet): Evaluation {
  const evaluation: Evaluation = {
    facts,
    rules,
    needs: noNeedsAtAll.slice(),
    needed: facts.deliveries.length > 0 ? 1 << RESIDENCE : 0,
    lapses: noLapses,
    runs: rules.noRuns.slice(),
    footprints: nothingRead,
    stretchAt: 0,
  };
  addNeeds(evaluation);
  return evaluation;
}

function addNeeds(evaluation: Evaluation): void {
  const { facts } = evaluation;
  for (const claim of facts.claims) {
    const own = ownNeeds(evaluation, claim.service);
    own.claimsAndStays = own.claims = withOneMore(own.claims, claim);
  }
  for (const stay of facts.stays) {
    const own = ownNeeds(evaluation, stay.service);
    own.stays = withOneMore(own.stays, stay);
    own.claimsAndStays = [...own.claims, ...own.stays];
    if (stay.kind !== RESPITE) addSuspension(evaluation, stay);
  }
  for (const fact of facts.joint) {
    const own = ownNeeds(evaluation, fact.service);
    own.joint = withOneMore(own.joint, fact);
  }
}

function ownNeeds(evaluation: Evaluation, service: number): ServiceNeeds {
  const { needs } = evaluation;
  const own = needs[service]!;
  if (own !== noNeeds) return own;
  const { claims, stays, claimsAndStays, joint, suspensions } = noNeeds;
  evaluation.needed |= 1 << service;
  return (needs[service] = { claims, stays, claimsAndStays, joint, suspensions });
}

/** From the first day of a stay through the day before its last day. */
function addSuspension(evaluation: Evaluation, stay: Stay): void {
  const suspension = { ...stay, until: stay.until === OPEN_END ? OPEN_END : stay.until - 1 };
  for (const service of suspendedServices) {
    const own = ownNeeds(evaluation, service);
    own.suspensions = withOneMore(own.suspensions, suspension);
  }
}

/** Remembers a parameter as read. Most clients read none, and share the list that says so. */
export function leaveTrace(evaluation: Evaluation, service: number, { bit }: CompiledParameter): void {
  if ((evaluation.footprints[service]! & bit) === bit) return;
  const footprints = evaluation.footprints.slice();
  footprints[service]! |= bit;
  evaluation.footprints = footprints;
}

/** Mask of every parameter read for this client. */
export function footprintOf({ footprints }: Evaluation): number {
  return footprints.reduce((mask, ofService) => mask | ofService, 0);
}

/** Whether the basis of a claim has lapsed by a day. */
export function hasLapsed({ lapses }: Evaluation, claim: Claim, day: Day): boolean {
  for (const lapse of lapses) if (lapse.claim === claim) return day >= lapse.on;
  return false;
}

/** The stretch of a day; `undefined` after the day of death. Looked for from where the last one was found. */
export function stretchOn(evaluation: Evaluation, day: Day): StateStretch | undefined {
  const { state } = evaluation.facts;
  let at = evaluation.stretchAt;
  while (at > 0 && day < state[at]!.from) at--;
  while (at < state.length - 1 && day >= state[at]!.until) at++;
  evaluation.stretchAt = at;
  const stretch = state[at]!;
  return day < stretch.until ? stretch : undefined;
}

/** Of the service's latest begun claim or stay in force, lapsed or not; of residence, of the delivery. */
export function providerOn(evaluation: Evaluation, service: number, day: Day): number {
  if (service === RESIDENCE) return stretchOn(evaluation, day)?.provider ?? NONE;
  return inForceOn(evaluation.needs[service]!, day)?.provider ?? NONE;
}

/** The latest begun claim or stay of a day. */
export function inForceOn({ claimsAndStays }: ServiceNeeds, day: Day): Claim | Stay | undefined {
  let found: Claim | Stay | undefined;
  for (const fact of claimsAndStays) {
    if (fact.from <= day && day < fact.until && (!found || beganLater(fact, found))) found = fact;
  }
  return found;
}

/** Reads a parameter with the client's codes of that day, and remembers that it was read. */
export function read(
  evaluation: Evaluation,
  parameter: CompiledParameter,
  service: number,
  day: Day,
  look: Look,
): Reading {
  leaveTrace(evaluation, service, parameter);
  look.parameters |= parameter.bit;
  if (parameter.always) return parameter.always;
  const reading = readParameter(parameter, codesOn(evaluation, service, day), day);
  mayChangeOn(look, reading.until);
  if (parameter.local.length === 0) return reading; // whoever the client's organisations are
  mayChangeOn(look, stretchOn(evaluation, day)?.until ?? OPEN_END);
  mayChangeWith(look, evaluation.needs[service]!.claimsAndStays, day);
  return reading;
}

/** The client's codes on a day; after death there are none. */
export function codesOn(evaluation: Evaluation, service: number, day: Day): Codes {
  const stretch = stretchOn(evaluation, day);
  return {
    provider: stretch ? providerOn(evaluation, service, day) : NONE,
    insurer: stretch?.insurer ?? NONE,
    municipality: stretch?.municipality ?? NONE,
    'care-office': stretch?.careOffice ?? NONE,
  };
}

/** The pool that pays a service: of several the latest begun; a settled one pays nothing. */
export function poolOn(evaluation: Evaluation, service: number, day: Day): JointFunding | undefined {
  const { joint } = evaluation.needs[service]!;
  return joint.length === 0
    ? undefined
    : latestBegun(
        joint.filter((fact) => !fact.settled),
        day,
      );
}

export function isSuspendedOn(evaluation: Evaluation, service: number, day: Day): boolean {
  const { suspensions } = evaluation.needs[service]!;
  return suspensions.length > 0 && suspensions.some((suspension) => contains(suspension, day));
}
