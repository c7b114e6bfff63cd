import { formatDay, parseDay, type Day } from '@domeinbrug/calendar';
import { levels, type Level } from '@domeinbrug/terms';
import type { DatedValue, Parameter, ParameterValue, Provenance } from './rule-set.js';

/** A value as it stands in a text: bare, or with where it comes from. */
export type WithProvenance<T> = T | { value: T; provenance?: Provenance };

export type DatedText = Record<string, WithProvenance<ParameterValue | null>>;
/** Dated values per level as they stand in a text; below national per code. */
export type LevelsText = { national?: DatedText } & {
  [level in Exclude<Level, 'national'>]?: Record<string, DatedText>;
};

export const localLevels = levels.filter((level) => level !== 'national');

/** Takes a value out of `{value, provenance}` and keeps where it comes from under its path. */
export function bareValue<T>(
  written: WithProvenance<T>,
  path: string,
  provenance: Record<string, Provenance>,
): T {
  const isPair =
    typeof written === 'object' &&
    written !== null &&
    !Array.isArray(written) &&
    Object.hasOwn(written, 'value');
  if (!isPair) return written as T;
  const pair = written as { value: T; provenance?: Provenance };
  if (pair.provenance) provenance[path] = pair.provenance;
  return pair.value;
}

/** `path` = that of the parameter or price, such as `parameters.handoverLength`. */
export function readLevels(
  written: LevelsText,
  path: string,
  provenance: Record<string, Provenance>,
): Pick<Parameter, 'national' | 'local'> {
  const local = noLocalValues();
  for (const level of localLevels) {
    for (const [code, dated] of Object.entries(written[level] ?? {})) {
      local[level][code] = readDated(dated, `${path}.${level}.${code}`, provenance);
    }
  }
  return { national: readDated(written.national ?? {}, `${path}.national`, provenance), local };
}

export function noLocalValues(): Parameter['local'] {
  return { provider: {}, insurer: {}, municipality: {}, 'care-office': {} };
}

function readDated(written: DatedText, path: string, provenance: Record<string, Provenance>): DatedValue[] {
  return Object.entries(written)
    .map(([day, value]) => ({ since: parseDay(day), value: bareValue(value, `${path}.${day}`, provenance) }))
    .sort((a, b) => a.since - b.since);
}

/** The values of `over` beside those of `under`; on one day that of `over` counts. */
export function mergeDated(under: readonly DatedValue[], over: readonly DatedValue[]): DatedValue[] {
  const bySince = new Map<Day, DatedValue>();
  for (const dated of [...under, ...over]) bySince.set(dated.since, dated);
  return [...bySince.values()].sort((a, b) => a.since - b.since);
}

/** Each value with where it stands: `['national', '2015-01-01']` or `['insurer', '3311', '2015-01-01']`. */
export interface PlacedValue {
  path: string[];
  value: ParameterValue | null;
}

export function placedValues({ national, local }: Pick<Parameter, 'national' | 'local'>): PlacedValue[] {
  const placed = (path: string[], dated: readonly DatedValue[]): PlacedValue[] =>
    dated.map(({ since, value }) => ({ path: [...path, formatDay(since)], value }));
  return [
    ...placed(['national'], national),
    ...localLevels.flatMap((level) =>
      Object.entries(local[level]).flatMap(([code, dated]) => placed([level, code], dated)),
    ),
  ];
}
