import { formatDay } from '@domeinbrug/calendar';
import { columns } from '@domeinbrug/terms';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import { localLevels } from './read-dated-values.js';
import type { AssumedUse, Cell, DatedValue, Parameter, Price, RuleSet, Window } from './rule-set.js';

export type Meaning = Pick<RuleSet, 'parameters' | 'cover' | 'windows' | 'assumedUse' | 'prices'>;

/** Whether two rule sets mean the same: then no history can tell them apart. Titles, sources and examples do not count. */
export function sameMeaning(one: Pick<RuleSet, 'hash'>, other: Pick<RuleSet, 'hash'>): boolean {
  return one.hash === other.hash;
}

/** SHA-256 (hex) over the RFC 8785 form of what a rule set means. */
export function hashOf(meaning: Meaning): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalize(canonicalForm(meaning))!)));
}

/**
 * What counts in a hash, written one way: titles, sources, provenance, examples and what is allowed do not; nor does
 * whether a default was written, or six weeks as 42 days.
 */
export function canonicalForm(meaning: Meaning): Record<string, unknown> {
  return {
    parameters: mapRecord(meaning.parameters, levelsForm),
    cover: mapRecord(meaning.cover as Record<string, Cell[]>, (row) =>
      Object.fromEntries(columns.map((column, index) => [column, row[index]])),
    ),
    windows: meaning.windows.map(windowForm),
    assumedUse: mapRecord(meaning.assumedUse, ({ minutes, per }: AssumedUse) => ({ minutes, per })),
    prices: mapRecord(meaning.prices, levelsForm),
  };
}

function levelsForm({ unit, national, local }: Parameter | Price): unknown {
  const codes = localLevels.map((level) => {
    const values = Object.entries(local[level])
      .map(([code, dated]) => [code, datedForm(withoutIdleNulls(dated))] as const)
      .filter(([, dated]) => Object.keys(dated).length > 0);
    return [level, Object.fromEntries(values)] as const;
  });
  return { unit, national: datedForm(national), ...Object.fromEntries(codes) };
}

/** A null before any value, or after another null, hands on what is handed on already. */
function withoutIdleNulls(dated: readonly DatedValue[]): DatedValue[] {
  return dated.filter(({ value }, index) => value !== null || (dated[index - 1]?.value ?? null) !== null);
}

function datedForm(dated: readonly DatedValue[]): Record<string, unknown> {
  return Object.fromEntries(dated.map(({ since, value }) => [formatDay(since), value]));
}

/** What of a window counts in a hash. */
export function windowForm({ source: _, length, requires, ...window }: Window): Record<string, unknown> {
  const { claimWithin, ...others } = requires;
  const isOwnService = window.services.length === 1 && claimWithin?.service === window.services[0];
  return {
    ...window,
    length: 'weeks' in length ? { days: length.weeks * 7 } : length,
    requires: {
      ...others,
      ...(claimWithin && { claimWithin: isOwnService ? { days: claimWithin.days } : claimWithin }),
    },
  };
}

function mapRecord<T>(
  record: Readonly<Record<string, T>>,
  change: (value: T) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
