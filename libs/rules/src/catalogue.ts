import { lintRuleSet, type RuleSetWarning } from './lint.js';
import { readDraft, type ParseOptions } from './parse-rule-set.js';
import {
  formatReference,
  parseReference,
  type ParsedRuleSet,
  type RuleSetReference,
} from './parsed-rule-set.js';
import { inReadingOrder, type Checked, type RuleSetProblem } from './problem.js';
import { resolveRuleSet, type RuleSetLookup } from './resolve-rule-set.js';
import type { RuleSet } from './rule-set.js';

/** The rule sets that can be named, all resolved. Never changed: publishing gives a new catalogue. */
export interface RuleSetCatalogue {
  /** By id, and of one id the earliest first. */
  readonly ruleSets: readonly RuleSet[];
}

export const emptyCatalogue: RuleSetCatalogue = { ruleSets: [] };

/** A text and the name to tell its problems under, such as that of its file. */
export interface NamedText {
  name: string;
  text: string;
}

/** `six-weeks` or `{id, version: null}` = the latest of that id; `six-weeks@2026.1` = that one. */
export function findRuleSet(
  catalogue: RuleSetCatalogue,
  name: string | RuleSetReference,
): RuleSet | undefined {
  const { id, version } = typeof name === 'string' ? parseReference(name) : name;
  return catalogue.ruleSets.findLast((one) => one.id === id && (version === null || one.version === version));
}

/**
 * The catalogue with one more rule set. The same content again changes nothing.
 * @returns problem `version-exists` when that version is there with another meaning
 */
export function addRuleSet(catalogue: RuleSetCatalogue, ruleSet: RuleSet): Checked<RuleSetCatalogue> {
  const { id, version } = ruleSet;
  const known = findRuleSet(catalogue, { id, version });
  if (known?.hash === ruleSet.hash) return { ok: true, value: catalogue };
  if (known) return { ok: false, problems: [versionExists({ id, version })] };
  return { ok: true, value: { ruleSets: [...catalogue.ruleSets, ruleSet].sort(byIdThenAge) } };
}

function versionExists(name: RuleSetReference): RuleSetProblem {
  return {
    path: 'version',
    pointer: '/version',
    line: null,
    column: null,
    code: 'version-exists',
    message: `${formatReference(name)} is published with other rules, and what is published stays. Give this one a new version.`,
  };
}

function byIdThenAge(a: RuleSet, b: RuleSet): number {
  if (a.id !== b.id) return a.id < b.id ? -1 : 1;
  return byAge(a, b);
}

/** The day of publication first; of one day, and without one, the version. */
function byAge(a: ParsedRuleSet | RuleSet, b: ParsedRuleSet | RuleSet): number {
  const [publishedA, publishedB] = [a.publishedOn ?? '', b.publishedOn ?? ''];
  if (publishedA !== publishedB) return publishedA < publishedB ? -1 : 1;
  return compareVersions(a.version, b.version);
}

/** Number by number: 2026.9 comes before 2026.10. */
export function compareVersions(a: string, b: string): number {
  const [partsA, partsB] = [a.split(/[.+_-]/), b.split(/[.+_-]/)];
  for (let index = 0; index < Math.max(partsA.length, partsB.length); index++) {
    const order = compareParts(partsA[index] ?? '', partsB[index] ?? '');
    if (order !== 0) return order;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareParts(a: string, b: string): number {
  const areNumbers = /^\d+$/.test(a) && /^\d+$/.test(b);
  if (areNumbers && Number(a) !== Number(b)) return Number(a) - Number(b);
  return areNumbers || a === b ? 0 : a < b ? -1 : 1;
}

/** What became of a text: the rule set, or why not; and what is allowed but probably not meant. */
export interface RuleSetReading {
  ruleSet: RuleSet | null;
  problems: RuleSetProblem[];
  warnings: RuleSetWarning[];
}

/**
 * Reads one rule set over the bases of a catalogue, with every problem of form and meaning at once. A base named by
 * its id alone is the latest one; where that id is the rule set's own, the version before it.
 * @param source YAML or JSON text, or what a JSON body already is
 */
export function readRuleSet(
  source: unknown,
  catalogue: RuleSetCatalogue,
  options: ParseOptions = {},
): RuleSetReading {
  const { parsed, readable } = readDraft(source, options);
  if (!readable) return { ruleSet: null, problems: inReadingOrder(parsed.problems), warnings: [] };
  const resolved = resolveRuleSet(parsed, lookupAmong([], catalogue));
  if (!resolved.ok) return { ruleSet: null, problems: resolved.problems, warnings: [] };
  return { ruleSet: resolved.value, problems: [], warnings: lintRuleSet(resolved.value) };
}

/**
 * Reads texts that may be each other's bases, in any order, and adds them to a catalogue. Either all of them, or every
 * problem with the name of its text.
 */
export function loadRuleSets(
  texts: readonly NamedText[],
  catalogue: RuleSetCatalogue = emptyCatalogue,
): Checked<RuleSetCatalogue> {
  const drafts = texts.map(({ name, text }) => ({ name, ...readDraft(text, {}) }));
  const readable = drafts.filter((draft) => draft.readable).map(({ parsed }) => parsed);
  const problems: RuleSetProblem[] = [];
  let loaded = catalogue;
  for (const { name, parsed, ...draft } of drafts) {
    const resolved: Checked<RuleSet> = draft.readable
      ? resolveRuleSet(parsed, lookupAmong(readable, catalogue))
      : { ok: false, problems: inReadingOrder(parsed.problems) };
    const added = resolved.ok ? addRuleSet(loaded, resolved.value) : resolved;
    if (added.ok) loaded = added.value;
    else problems.push(...added.problems.map((problem) => ({ ...problem, file: name })));
  }
  return problems.length === 0 ? { ok: true, value: loaded } : { ok: false, problems };
}

/** The named version; of an id alone the latest, and of the asking rule set's own id the one before it. */
function lookupAmong(texts: readonly ParsedRuleSet[], catalogue: RuleSetCatalogue): RuleSetLookup {
  return ({ id, version }, asking) =>
    [...catalogue.ruleSets, ...texts]
      .filter((one) => one.id === id && (version === null || one.version === version))
      .filter((one) => version !== null || id !== asking.id || byAge(one, asking) < 0)
      .sort(byAge)
      .at(-1);
}
