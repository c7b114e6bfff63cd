import { contains, type Day, type DayRange } from '@domeinbrug/calendar';
import type { Volume } from './event-catalogue.js';
import type { JourneyEvent } from './journey-event.js';
import type { CodeLevel } from './reference.js';
import type { ReferenceEventType } from './reference-events.js';

/**
 * What the events say, rule-free: dated facts in whole numbers. Days are epoch days, ranges half-open. Codes of
 * organisations are their digits as a number (`0363` = 363), services, laws and forms their place in the word
 * lists of `@domeinbrug/terms`, and {@link NONE} stands for "not known" or "not said".
 */
export const NONE = -1;

/** A dated fact with the events that began and ended it, as places among the events that count. */
export interface Fact extends DayRange {
  opened: number;
  /** {@link NONE} while nothing has ended it. */
  ended: number;
}

/** Municipality, insurer or care office in force. */
export interface CodeFact extends Fact {
  code: number;
}

/** A decision or indication for one service: need on its days, and a basis until it lapses. */
export interface Claim extends Fact {
  service: number;
  law: number;
  /** The municipality that decided; {@link NONE} under the Zvw. */
  municipality: number;
  provider: number;
  /** How much was granted; `null` when it was not said. */
  volume: Volume | null;
}

export interface Entitlement extends Fact {
  profile: number;
}

export interface Delivery extends Fact {
  form: number;
  provider: number;
  withTreatment: boolean;
}

export interface Bridging extends Fact {
  form: number;
  /** The exclusive end of its term: 91 days from the first day of the chain, or later by extension (Wlz 3.3.6). */
  termUntil: Day;
  /** The event that gave the term its end: the start of the chain, or the extension. */
  termSetBy: number;
}

export interface Treatment extends Fact {
  withTreatment: boolean;
}

export interface Stay extends Fact {
  kind: number;
  /** The service a stay is a need and a basis for. */
  service: number;
  provider: number;
}

/** Days away from a residence: `from` is the day after departure, `until` the day of return. */
export interface Absence extends Fact {
  reason: 'hospital' | 'leave';
  departure: Day;
  /** For leave: days of leave taken in the departure's calendar year, up to the departure. */
  leaveTaken: number;
}

export interface Carer extends Fact {
  /** The day in Amsterdam on which the original registration was recorded. */
  recordedOn: Day;
}

export interface JointFunding extends Fact {
  service: number;
  /** Place among the names of the journey’s pools. */
  pool: number;
  /** A settled pool pays nothing more, also for days gone by. */
  settled: boolean;
}

/** A handover of a service that was reported done; one day. */
export interface Completion extends Fact {
  service: number;
}

/** A merger of organisations that touches a code of this client's: from its first day the holder goes under another. */
export interface Succession extends Fact {
  level: CodeLevel;
  code: number;
  by: number;
}

export interface Activity {
  day: Day;
  service: number;
  minutes: number;
  provider: number;
  subject: 'client' | 'carer';
  opened: number;
}

/** Steps that no rule reads; figures count the days from one to another. The order is stored: add at the end. */
export const milestoneKinds = [
  'case-management-referred',
  'wmo-reported',
  'wmo-drafted',
  'wmo-requested',
  'wmo-decided',
  'wmo-started',
  'wmo-paused',
  'wlz-requested',
  'wlz-decided',
  'waiting-status',
  'group-assigned',
  'group-ended',
] as const;
export type MilestoneKind = (typeof milestoneKinds)[number];

/** One step on the way to care; one day. Decisions stand on the day on which they were taken. */
export interface Milestone extends Fact {
  /** Place in {@link milestoneKinds}. */
  kind: number;
  /** Whose step it is under the Wmo; {@link NONE} for other kinds. */
  municipality: number;
  /** COD167 of a waiting status; {@link NONE} for other kinds. */
  status: number;
}

/** Something that contradicts something, found by the fold. */
export interface FoldFinding {
  code: FindingCode;
  text: string;
  events: readonly EventReference[];
}

export interface EventReference {
  source: string;
  id: string;
  type: JourneyEvent['type'] | ReferenceEventType;
}

export type FindingCode =
  | 'after-death'
  | 'delivery-without-indication'
  | 'end-without-start'
  | 'overlapping-deliveries'
  | 'retroactive-decision'
  | 'delivery-unknown'
  | 'contradicting-deaths'
  | 'correction-of-retracted'
  | 'wrong-target'
  | 'unknown-target'
  | 'unknown-code'
  | 'duplicate-key';

/**
 * The list with one more at its end: a new list when it was short, else the same. Most clients have facts of a few
 * kinds only; so one empty list, which stays empty, may stand for all others of all clients.
 */
export function withOneMore<T>(list: T[], one: T): T[] {
  if (list.length === 0) return [one];
  if (list.length === 1) return [list[0]!, one]; // a list that grows takes room for many
  list.push(one);
  return list;
}

/** Of those in force on the day the latest begun; of two begun on one day the first in (source, id) order. */
export function latestBegun<F extends Fact>(facts: readonly F[], day: Day): F | undefined {
  let found: F | undefined;
  for (const fact of facts) {
    if (contains(fact, day) && (!found || beganLater(fact, found))) found = fact;
  }
  return found;
}

/** Events stand in (source, id) order, so the place of the opening event decides between two of one day. */
export function beganLater(fact: Fact, other: Fact): boolean {
  return fact.from > other.from || (fact.from === other.from && fact.opened < other.opened);
}
