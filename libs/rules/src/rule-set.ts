import type { Day } from '@domeinbrug/calendar';
import type { Column, Law, Level, Service } from '@domeinbrug/terms';

/**
 * A resolved rule set: overlays applied, every omitted key filled in with its default, dates as epoch days.
 * Immutable. What each part means stands in `docs/coverage.md`.
 */
export interface RuleSet {
  /** kebab-case, unique together with `version`. */
  id: string;
  version: string;
  title: string;
  status: RuleSetStatus;
  publishedOn: string | null;
  source: string;
  /** The rule set this one was an overlay of, already applied. */
  base: { id: string; version: string } | null;
  parameters: Record<string, Parameter>;
  /** One row per service, one cell per column in the order of `columns` in `@domeinbrug/terms`. */
  cover: Partial<Record<Service, Cell[]>>;
  /** In the order in which they apply. */
  windows: Window[];
  assumedUse: Record<string, AssumedUse>;
  prices: Record<string, Price>;
  /** Cases in the format of `libs/cases`, as read; not part of the meaning. */
  examples: unknown[];
  /** Where each part comes from, by path such as `cover.guidance` or `parameters.handoverLength.national.2015-01-01`. */
  provenance: Record<string, Provenance>;
  /** SHA-256 (hex) over the RFC 8785 form of parameters, cover, windows, assumedUse and prices. */
  hash: string;
}

export const ruleSetStatuses = ['law', 'reading', 'policy', 'agreement', 'pilot', 'hypothetical'] as const;
export type RuleSetStatus = (typeof ruleSetStatuses)[number];

export interface Provenance {
  source?: string;
  article?: string;
  certainty?: 'text' | 'reading' | 'agreement' | 'pilot' | 'assumption';
  owner?: string;
  decidedOn?: string;
}

/** What a cell can resolve to. */
export const cellValues = ['wmo', 'zvw', 'wlz', 'none', 'absorbed', 'ended', 'undelivered'] as const;
export type CellValue = (typeof cellValues)[number];
/** A value, or `$name`: the dated parameter of that name. */
export type Cell = CellValue | `$${string}`;

export const units = [
  'days',
  'weeks',
  'months',
  'percent',
  'minutes',
  'cent-per-day',
  'cent-per-hour',
  'choice',
  'boolean',
] as const;
export type Unit = (typeof units)[number];
export type ParameterValue = string | number | boolean;

export interface Parameter {
  unit: Unit;
  /** The values that may be set: ends of a range (inclusive) with step, or a list. */
  allowed: { min: number; max: number; step: number } | { oneOf: ParameterValue[] } | null;
  /** Sorted by `since`, ascending; never null; before its first date the first value holds. */
  national: DatedValue[];
  /** Per level below national and per code: sorted by `since`; `value: null` hands on to the next level. */
  local: Record<Exclude<Level, 'national'>, Record<string, DatedValue[]>>;
}

export interface DatedValue {
  /** The first day on which it holds. */
  since: Day;
  value: ParameterValue | null;
}

export const windowKinds = ['handover', 'aftercare', 'run-out', 'vacancy', 'lead-in', 'continuity'] as const;
export type WindowKind = (typeof windowKinds)[number];

export const triggers = [
  'admission',
  'delivery-start',
  'entitlement-start',
  'bridging-start',
  'discharge',
  'move',
  'death',
] as const;
export type Trigger = (typeof triggers)[number];

/** A length in a unit, fixed or by parameter (`$name`; then the parameter's unit counts). */
export type Length = { days: number } | { weeks: number } | { months: number } | { parameter: string };

export interface WindowShare {
  law: Law;
  /** Percent; the shares of one day sum to 100. */
  share: number;
}

/** `days` = how many days the phase lasts, counted from the window's start; `null` = to the end. */
export interface WindowPhase {
  days: number | null;
  pays: WindowShare[];
}

export interface WindowRequirements {
  /** A claim of `service` (default: the window's own) on one of the `days` days before the trigger. */
  claimWithin?: { days: number | { parameter: string }; service?: Service };
  carer?: 'at-death' | 'recorded-before-death';
  sameProvider?: boolean;
  minDaysInService?: number;
  /** COD163 codes of the entitlement on the trigger day. */
  profile?: string[];
  /** Columns of the trigger day. */
  deliveryForm?: Column[];
}

export interface Window {
  id: string;
  kind: WindowKind;
  source: string | null;
  trigger: Trigger;
  side: 'after' | 'before';
  starts: 'trigger-day' | 'day-after';
  length: Length;
  services: Service[];
  requires: WindowRequirements;
  /** `pays` of the text is one phase without end. */
  phases: WindowPhase[];
  payer: 'per-day' | 'at-trigger';
  parametersAs: 'at-trigger' | 'per-day';
  cutBy: ('discharge' | 'move' | 'completed')[];
  repeat: 'once' | 'restart' | 'continue';
  /** Per run; splits recorded minutes, never shortens a row. */
  cap: { minutes: number } | null;
}

/** What a window is taken to cost where no minutes were recorded. */
export interface AssumedUse {
  minutes: { low: number; mid: number; high: number };
  per: 'window' | 'day' | 'week' | 'month';
  source: string;
}

/** A price per service, dated per level like a parameter; whole cents. */
export interface Price extends Omit<Parameter, 'unit' | 'allowed'> {
  unit: 'cent-per-day' | 'cent-per-hour';
}
