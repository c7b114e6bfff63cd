import { columns, tableServices, type Column, type TableService } from '@domeinbrug/terms';
import { checkForm } from './check-form.js';
import {
  parseReference,
  type ParsedRuleSet,
  type RuleSetReference,
  type WindowPatch,
} from './parsed-rule-set.js';
import { inReadingOrder, mostProblems, reportAt, type Checked, type ProblemReport } from './problem.js';
import { bareValue, readLevels, type LevelsText, type WithProvenance } from './read-dated-values.js';
import { readWindow, type WindowText } from './read-window.js';
import { readRuleSetText } from './rule-set-text.js';
import type { AssumedUse, Cell, Parameter, Price, Provenance, RuleSetStatus } from './rule-set.js';

export interface ParseOptions {
  /** An overlay inside a case: `id`, `version`, `title` and `status` may be left out. */
  inline?: boolean;
}

/**
 * Reads a rule set from YAML or JSON text, or from what a JSON body already is. Refuses what has not the right form,
 * with every problem at once; what depends on its base is told by `resolveRuleSet`.
 */
export function parseRuleSet(source: unknown, options: ParseOptions = {}): Checked<ParsedRuleSet> {
  const { parsed } = readDraft(source, options);
  return parsed.problems.length === 0
    ? { ok: true, value: parsed }
    : { ok: false, problems: inReadingOrder(parsed.problems) };
}

/**
 * As `parseRuleSet`, but what can be read is there even when there are problems, so that the rest can be checked too.
 * Where not even a map could be read, `readable` is false.
 */
export function readDraft(
  source: unknown,
  options: ParseOptions,
): { parsed: ParsedRuleSet; readable: boolean } {
  const read =
    typeof source === 'string' ? readRuleSetText(source) : { tree: source, positions: {}, problems: [] };
  const report = reportAt(read.positions);
  report.problems.push(...read.problems);
  const isYaml = !read.problems.some((problem) => problem.code === 'yaml-syntax');
  const { tree, removed } = isYaml
    ? checkForm(read.tree, options.inline ?? false, report)
    : { tree: {}, removed: [] };
  const draft = draftOf(tree as RuleSetTree, report);
  const parsed = { ...draft, positions: read.positions, problems: report.problems, removed };
  return { parsed, readable: isYaml && isMap(read.tree) && report.problems.length <= mostProblems };
}

function isMap(tree: unknown): boolean {
  return typeof tree === 'object' && tree !== null && !Array.isArray(tree);
}

/** A rule set as it stands in a text, where the schema holds; parts that did not have the right form are absent. */
interface RuleSetTree {
  id?: string;
  version?: string;
  title?: string;
  status?: RuleSetStatus;
  publishedOn?: string;
  source?: string;
  base?: string | { id: string; version?: string };
  parameters?: Record<string, LevelsText & Partial<Pick<Parameter, 'unit'>> & { allowed?: AllowedText }>;
  cover?: CoverText;
  windows?: (WindowText | undefined)[];
  assumedUse?: Record<string, Partial<AssumedUse>>;
  prices?: Record<string, LevelsText & Partial<Pick<Price, 'unit'>> & { provenance?: Provenance }>;
  examples?: unknown[];
}

type AllowedText = { min: number; max: number; step?: number } | { oneOf: (string | number | boolean)[] };
type CoverText = { columns?: Column[] } & {
  [service in TableService]?: WithProvenance<WithProvenance<Cell>[]>;
};

function draftOf(
  tree: RuleSetTree,
  report: ProblemReport,
): Omit<ParsedRuleSet, 'positions' | 'problems' | 'removed'> {
  const provenance: Record<string, Provenance> = {};
  return {
    id: tree.id ?? 'inline',
    version: tree.version ?? '0',
    title: tree.title ?? tree.id ?? 'inline',
    status: tree.status ?? 'hypothetical',
    publishedOn: tree.publishedOn ?? null,
    source: tree.source ?? '',
    base: baseOf(tree.base),
    parameters: parametersOf(tree, provenance),
    cover: coverOf(tree.cover ?? {}, provenance),
    windows: windowsOf(tree.windows ?? [], provenance, report),
    assumedUse: tree.assumedUse ?? {},
    prices: pricesOf(tree, provenance),
    examples: tree.examples ?? [],
    provenance,
  };
}

function baseOf(written: RuleSetTree['base']): RuleSetReference | null {
  if (written === undefined) return null;
  if (typeof written === 'object') return { id: written.id, version: written.version ?? null };
  return parseReference(written);
}

function parametersOf(
  tree: RuleSetTree,
  provenance: Record<string, Provenance>,
): ParsedRuleSet['parameters'] {
  return mapValues(tree.parameters ?? {}, ({ unit, allowed, ...levels }, name) => ({
    ...(unit && { unit }),
    ...(allowed && { allowed: 'oneOf' in allowed ? allowed : { step: 1, ...allowed } }),
    ...readLevels(levels, `parameters.${name}`, provenance),
  }));
}

function pricesOf(tree: RuleSetTree, provenance: Record<string, Provenance>): ParsedRuleSet['prices'] {
  return mapValues(tree.prices ?? {}, ({ unit, provenance: source, ...levels }, name) => {
    if (source) provenance[`prices.${name}`] = source;
    return { ...(unit && { unit }), ...readLevels(levels, `prices.${name}`, provenance) };
  });
}

/** Rows with their cells in the order of `columns` in `@domeinbrug/terms`, whatever order the text has. */
function coverOf(written: CoverText, provenance: Record<string, Provenance>): ParsedRuleSet['cover'] {
  const order = written.columns ?? columns;
  const cover: ParsedRuleSet['cover'] = {};
  for (const service of tableServices) {
    if (written[service] === undefined) continue;
    const row = bareValue(written[service], `cover.${service}`, provenance);
    cover[service] = columns.map((column) =>
      bareValue(row[order.indexOf(column)]!, `cover.${service}.${column}`, provenance),
    );
  }
  return cover;
}

function windowsOf(
  written: readonly (WindowText | undefined)[],
  provenance: Record<string, Provenance>,
  report: ProblemReport,
): WindowPatch[] {
  const windows: WindowPatch[] = [];
  written.forEach((window, place) => {
    if (!window) return;
    if (windows.some(({ id }) => id === window.id)) {
      report.add(
        ['windows', place],
        'duplicate-window',
        `There is a window ${window.id} above. Put both under one, or give this one another id.`,
      );
      return;
    }
    if (window.provenance) provenance[`windows.${window.id}`] = window.provenance;
    windows.push(readWindow(window, place, report));
  });
  return windows;
}

function mapValues<T, R>(record: Record<string, T>, change: (value: T, key: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
