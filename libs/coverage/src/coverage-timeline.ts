import type { EventReference } from '@domeinbrug/journey';
import { windowKinds, type ParameterValue } from '@domeinbrug/rules';
import type { Funder, Law, Level, Service } from '@domeinbrug/terms';

/** The answer for one client. Days are `YYYY-MM-DD`, `firstDay` and `lastDay` both inclusive, `lastDay: null` = open. */
export interface CoverageTimeline {
  clientId: string;
  ruleSet: { id: string; version: string; hash: string };
  /** RFC 3339, UTC: events recorded later took no part. */
  knownAt: string;
  /** The log position that `knownAt` stands for. */
  position: string;
  /** Who pays. Sorted by service, firstDay, funder; maximal: no two rows that touch are alike. */
  cover: CoverRow[];
  /** Needed days on which nobody pays. Sorted by service, firstDay. */
  gaps: GapRow[];
  minutes: MinutesRow[];
  findings: Finding[];
}

export const coverKinds = ['regular', 'retained', 'joint', ...windowKinds] as const;
export type CoverKind = (typeof coverKinds)[number];

export interface CoverRow {
  service: Service;
  firstDay: string;
  lastDay: string | null;
  funder: Funder;
  /** Percent of the service on these days. */
  share: number;
  /** `null` for a joint-funding pool: which law applies is not settled. */
  law: Law | null;
  kind: CoverKind;
  /** AGB code. */
  provider: string | null;
  /** `table`, `absence-retained`, `joint-funding` or the window's id. */
  rule: string;
  because: Because;
}

export const gapReasons = [
  'excluded-by-wlz',
  'bridging-expired',
  'not-covered',
  'refused',
  'awaiting-indication',
  'no-decision',
  'no-municipality',
  'no-policy',
  'no-care-office',
  'absence-cap',
] as const;
export type GapReason = (typeof gapReasons)[number];

export interface GapRow {
  service: Service;
  firstDay: string;
  lastDay: string | null;
  reason: GapReason;
  because: Because;
}

/** The events and parameters that made a row begin, end and be what it is. */
export interface Because {
  opened: EventRef[];
  closed: EventRef[];
  parameters: ParameterRead[];
}

/**
 * Why recorded minutes are not paid: the gap of that day, or why there is none. `carer-minutes`: time for the carer
 * of a living client, which the rules do not pay.
 */
export const unpaidReasons = [
  ...gapReasons,
  'carer-minutes',
  'after-death',
  'not-needed',
  'absorbed',
  'ended',
  'suspended',
] as const;
export type UnpaidReason = (typeof unpaidReasons)[number];

/** Minutes of one service, day, provider and subject; whole minutes. */
export interface MinutesRow {
  service: Service;
  day: string;
  provider: string;
  subject: 'client' | 'carer';
  funded: number;
  overCap: number;
  outside: number;
  /** Why there are minutes outside; `null` when there are none. */
  reason: UnpaidReason | null;
}

export interface EventRef {
  source: string;
  id: string;
  type: EventReference['type'];
}

export interface ParameterRead {
  name: string;
  value: ParameterValue;
  level: Level;
  /** The code on that level; `null` for national. */
  code: string | null;
  /** The first day of the value, `YYYY-MM-DD`. */
  since: string;
}

export interface Finding {
  code: string;
  text: string;
  events: EventRef[];
}
