import { contains, OPEN_END, type Day } from '@domeinbrug/calendar';
import {
  latestBegun,
  NONE,
  stretchIndexOn,
  type Claim,
  type Fact,
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
  needs: ServiceNeeds[];
  /** Runs by window and service, once opened. */
  runs: Map<number, readonly Run[]>;
  /** By service: mask of every parameter read for this client's service, also where nothing was paid. */
  footprints: number[];
}

/** The facts of one service. */
export interface ServiceNeeds {
  claims: LapsingClaim[];
  stays: Stay[];
  /** Claims and stays together, for "the latest begun of the service". */
  claimsAndStays: (Claim | Stay)[];
  joint: JointFunding[];
  suspensions: Suspension[];
}

export interface LapsingClaim extends Claim {
  /** The first day on which its basis no longer counts; OPEN_END while the regime never took it over. */
  lapsesOn: Day;
}

/** Days on which a stay keeps a service from being needed. */
export type Suspension = Fact;

export const RESIDENCE = services.indexOf('residence');
const suspendedServices = ['household-help', 'guidance', 'district-nursing'].map((name) =>
  (services as readonly string[]).indexOf(name),
);
const RESPITE = stayKinds.indexOf('respite');

/** Most clients have facts of a few services only; the others share this. */
const noNeeds: ServiceNeeds = { claims: [], stays: [], claimsAndStays: [], joint: [], suspensions: [] };

export function evaluationOf(facts: JourneyFacts, rules: CompiledRuleSet): Evaluation {
  const suspensions = suspensionsBy(facts.stays);
  const concerned = new Set([...facts.claims, ...facts.stays, ...facts.joint].map(({ service }) => service));
  if (suspensions.length > 0) suspendedServices.forEach((service) => concerned.add(service));
  const needs = services.map((_, service) =>
    concerned.has(service) ? needsOf(facts, service, suspensions) : noNeeds,
  );
  return { facts, rules, needs, runs: new Map(), footprints: services.map(() => 0) };
}

function needsOf(facts: JourneyFacts, service: number, suspensions: Suspension[]): ServiceNeeds {
  const claims = facts.claims
    .filter((claim) => claim.service === service)
    .map((claim) => ({ ...claim, lapsesOn: OPEN_END }));
  const stays = facts.stays.filter((stay) => stay.service === service);
  return {
    claims,
    stays,
    claimsAndStays: [...claims, ...stays],
    joint: facts.joint.filter((fact) => fact.service === service),
    suspensions: suspendedServices.includes(service) ? suspensions : [],
  };
}

/** From the first day of a stay through the day before its last day; respite suspends nothing. */
function suspensionsBy(stays: readonly Stay[]): Suspension[] {
  return stays
    .filter((stay) => stay.kind !== RESPITE)
    .map((stay) => ({ ...stay, until: stay.until === OPEN_END ? OPEN_END : stay.until - 1 }));
}

/** Mask of every parameter read for this client. */
export function footprintOf({ footprints }: Evaluation): number {
  return footprints.reduce((mask, ofService) => mask | ofService, 0);
}

export function stretchOn(evaluation: Evaluation, day: Day): StateStretch | undefined {
  const at = stretchIndexOn(evaluation.facts.state, day);
  return at === undefined ? undefined : evaluation.facts.state[at];
}

/** Of the service's latest begun claim or stay in force, lapsed or not; of residence, of the delivery. */
export function providerOn(evaluation: Evaluation, service: number, day: Day): number {
  if (service === RESIDENCE) return stretchOn(evaluation, day)?.provider ?? NONE;
  return latestBegun(evaluation.needs[service]!.claimsAndStays, day)?.provider ?? NONE;
}

/** Reads a parameter with the client's codes of that day, and remembers that it was read. */
export function read(
  evaluation: Evaluation,
  parameter: CompiledParameter,
  service: number,
  day: Day,
  look: Look,
): Reading {
  const reading = readParameter(parameter, codesOn(evaluation, service, day), day);
  evaluation.footprints[service]! |= parameter.bit;
  look.parameters |= parameter.bit;
  mayChangeOn(look, reading.until);
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
  const unsettled = evaluation.needs[service]!.joint.filter((fact) => !fact.settled);
  return latestBegun(unsettled, day);
}

export function isSuspendedOn(evaluation: Evaluation, service: number, day: Day): boolean {
  return evaluation.needs[service]!.suspensions.some((suspension) => contains(suspension, day));
}
