import { formatDay } from '@domeinbrug/calendar';
import {
  replayVersion,
  type Population,
  type PrivacyProfile,
  type ReplayQuestion,
  type ReplayStatus,
  type Vary,
} from '@domeinbrug/replay';
import { sameMeaning } from '@domeinbrug/rules';
import { coordinatesOf, type Coordinates } from './funder-page.js';

/** What was asked, with what its names and moments were found to stand for: all that the id is made of. */
export interface ReplayAsked extends Omit<Coordinates, 'ruleSet'> {
  engine: string;
  baseline: Coordinates['ruleSet'];
  alternative: Coordinates['ruleSet'];
  /** Both days inclusive. */
  firstDay: string;
  lastDay: string;
  /** Of the log up to the position. */
  digest: string;
  population: Population;
  vary: { parameter: string; values: number[] } | null;
  privacy: PrivacyProfile;
}

/** A value as JSON gives it: what may not be changed here can be there. */
export type OnTheWire<T> = T extends readonly (infer Each)[]
  ? OnTheWire<Each>[]
  : T extends object
    ? { -readonly [Key in keyof T]: OnTheWire<T[Key]> }
    : T;

/** How far a replay is. */
export interface ReplayProgress extends Pick<ReplayStatus, 'state' | 'failure'> {
  /** The part of the clients that is done, from 0 to 1: how many there are would tell of a small population. */
  progress: number;
}

/** How far a replay is, and of what. */
export interface ReplayTold extends ReplayProgress {
  id: string;
  /** Both rule sets mean the same: nothing can differ, unless a parameter is varied. */
  sameMeaning: boolean;
  asked: ReplayAsked;
}

export function replayToldOf(status: ReplayStatus, question: ReplayQuestion): ReplayTold {
  const { baseline, alternative } = question;
  const { id } = status;
  return {
    id,
    ...progressOf(status),
    sameMeaning: sameMeaning(baseline, alternative),
    asked: askedOf(question),
  };
}

export function progressOf({ state, done, clients, failure }: ReplayStatus): ReplayProgress {
  // All clients may be done before the answer is.
  const part = clients === 0 ? 0 : Math.min(99, Math.floor((100 * done) / clients)) / 100;
  return { state, progress: state === 'done' ? 1 : part, failure };
}

export function askedOf(question: ReplayQuestion): ReplayAsked {
  const { baseline, alternative, period, knownAt: at, digest, population, privacy } = question;
  const { ruleSet, knownAt, position } = coordinatesOf({ at, ruleSet: baseline });
  return {
    engine: replayVersion,
    baseline: ruleSet,
    alternative: coordinatesOf({ at, ruleSet: alternative }).ruleSet,
    firstDay: formatDay(period.from),
    lastDay: formatDay(period.until - 1),
    knownAt,
    position,
    digest,
    population,
    vary: varyTold(question.vary),
    privacy,
  };
}

function varyTold(vary: Vary | null): ReplayAsked['vary'] {
  return vary && { parameter: vary.parameter, values: [...vary.values] };
}
