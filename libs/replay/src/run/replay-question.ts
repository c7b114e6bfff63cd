import type { DayRange } from '@domeinbrug/calendar';
import type { KnownAt } from '@domeinbrug/coverage';
import type { RuleSet } from '@domeinbrug/rules';

/** Goes up when the same question over the same facts gives another answer, or one of another form. */
export const replayVersion = 'replay 4';

/** Profiles of what may leave: `k10` for everybody, `none` for an auditor. */
export const privacyProfiles = ['k10', 'none'] as const;
export type PrivacyProfile = (typeof privacyProfiles)[number];

/**
 * Who takes part: clients who, on at least one day of the period, meet all that is named here at once, on the same
 * day. A client who takes part does so with all days of the period, so that both rule sets are about the same people.
 */
export interface Population {
  /** CBS code, 4 digits. */
  municipality?: string;
  /** Code of the care office, 4 digits. */
  careOffice?: string;
  /** UZOVI code, 4 digits. */
  insurer?: string;
  /** COD163, the care profile of the Wlz entitlement. */
  profile?: string;
  /** Years of birth, both included; who was never said to be born in any year takes no part. */
  birthYear?: { min?: number; max?: number };
}

/** One parameter of the alternative, at each of these values instead of its own, everywhere and at all times. */
export interface Vary {
  parameter: string;
  /** Ascending, in the parameter's unit. */
  values: readonly number[];
}

/** What a replay answers: plain values, all that its identity is made of. */
export interface ReplayQuestion {
  baseline: RuleSet;
  alternative: RuleSet;
  /** Must have an end. */
  period: DayRange;
  knownAt: KnownAt;
  /** SHA-256 (hex) over the event log up to the position, which tells one history from another. */
  digest: string;
  population: Population;
  vary: Vary | null;
  privacy: PrivacyProfile;
}
