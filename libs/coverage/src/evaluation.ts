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
  /** Those of all services. */
  claims: LapsingClaim[];
  /** Runs by the window's place for the service (its `slots`), once opened. */
  runs: (readonly Run[] | undefined)[];
  /** By service: mask of every parameter read for this client's service, also where nothing was paid. */
  footprints: number[];
  /** The stretch of the state line that was looked at last; the next day asked about lies near. */
  stretchAt: number;
}

/** The facts of one service. */
export interface ServiceNeeds {
  claims: LapsingClaim[];
  stays: Stay[];
  /** Claims and stays together, for "the latest begun of the service". */
  claimsAndStays: (LapsingClaim | Stay)[];
  joint: JointFunding[];
  suspensions: Suspension[];
}

export interface LapsingClaim extends Claim {
  /** The first day on which its basis no longer counts; OPEN_END while the regime never took it over. */
  lapsesOn: Day;
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
const nothingRead = services.map(() => 0);

export function evaluationOf(facts: JourneyFacts, rules: CompiledRuleSet): Evaluation {
  const claims = facts.claims.map(lapsingClaim);
  return {
    facts,
    rules,
    needs: needsByService(facts, claims),
    claims,
    runs: rules.noRuns.slice(),
    footprints: nothingRead.slice(),
    stretchAt: 0,
  };
}

function needsByService(facts: JourneyFacts, claims: readonly LapsingClaim[]): ServiceNeeds[] {
  const needs = noNeedsAtAll.slice();
  for (const claim of claims) {
    const own = ownNeeds(needs, claim.service);
    own.claims = withOneMore(own.claims, claim);
    own.claimsAndStays = withOneMore(own.claimsAndStays, claim);
  }
  for (const stay of facts.stays) {
    const own = ownNeeds(needs, stay.service);
    own.stays = withOneMore(own.stays, stay);
    own.claimsAndStays = withOneMore(own.claimsAndStays, stay);
    if (stay.kind !== RESPITE) addSuspension(needs, stay);
  }
  for (const fact of facts.joint) {
    const own = ownNeeds(needs, fact.service);
    own.joint = withOneMore(own.joint, fact);
  }
  return needs;
}

function ownNeeds(needs: ServiceNeeds[], service: number): ServiceNeeds {
  const own = needs[service]!;
  if (own !== noNeeds) return own;
  const { claims, stays, claimsAndStays, joint, suspensions } = noNeeds;
  return (needs[service] = { claims, stays, claimsAndStays, joint, suspensions });
}

/** Fields are written out, because spreading is slow, and claims are what clients have most of. */
function lapsingClaim(claim: Claim): LapsingClaim {
  const { from, until, opened, ended, service, law, municipality, provider, volume } = claim;
  return { from, until, opened, ended, service, law, municipality, provider, volume, lapsesOn: OPEN_END };
}

/** From the first day of a stay through the day before its last day. */
function addSuspension(needs: ServiceNeeds[], stay: Stay): void {
  const suspension = { ...stay, until: stay.until === OPEN_END ? OPEN_END : stay.until - 1 };
  for (const service of suspendedServices) {
    const own = ownNeeds(needs, service);
    own.suspensions = withOneMore(own.suspensions, suspension);
  }
}

/** Mask of every parameter read for this client. */
export function footprintOf({ footprints }: Evaluation): number {
  return footprints.reduce((mask, ofService) => mask | ofService, 0);
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
export function inForceOn({ claimsAndStays }: ServiceNeeds, day: Day): LapsingClaim | Stay | undefined {
  let found: LapsingClaim | Stay | undefined;
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
  evaluation.footprints[service]! |= parameter.bit;
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
