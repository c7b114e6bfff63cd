import { canonicalForm, type Meaning } from './hash.js';

/** One thing that two rule sets say differently. */
export interface RuleSetDifference {
  /**
   * Where, in the form that the hash is over: `['parameters', 'handoverLength', 'national', '2015-01-01']`,
   * `['cover', 'guidance', 'outside']`, `['windows', 'handover', 'length']`. Windows stand by id; `['windows']` alone
   * is about the order of those that both have.
   */
  path: string[];
  /** `undefined` where the first does not say it. */
  before: unknown;
  /** `undefined` where the second does not say it. */
  after: unknown;
}

/** How deep a part is taken apart before what is left counts as one thing. */
const depths: Record<string, number> = { parameters: 5, cover: 3, windows: 3, assumedUse: 3, prices: 5 };

/** All that two rule sets say differently, in the order of their parts: none exactly when their hashes are the same. */
export function compareRuleSets(before: Meaning, after: Meaning): RuleSetDifference[] {
  const [a, b] = [canonicalForm(before), canonicalForm(after)];
  return Object.keys(a).flatMap((part) => {
    const depth = depths[part]!;
    if (part !== 'windows') return differencesIn(a[part], b[part], [part], depth);
    const [windowsA, windowsB] = [a[part] as WindowForm[], b[part] as WindowForm[]];
    return [
      ...differencesIn(byId(windowsA), byId(windowsB), [part], depth),
      ...orderDifference(windowsA, windowsB),
    ];
  });
}

interface WindowForm {
  id: string;
}

function byId(windows: readonly WindowForm[]): Record<string, unknown> {
  return Object.fromEntries(windows.map(({ id, ...keys }) => [id, keys]));
}

/** Windows apply in their order, so it means something between those that both have. */
function orderDifference(a: readonly WindowForm[], b: readonly WindowForm[]): RuleSetDifference[] {
  const shared = (some: readonly WindowForm[], others: readonly WindowForm[]): string[] =>
    some.map(({ id }) => id).filter((id) => others.some((other) => other.id === id));
  const [before, after] = [shared(a, b), shared(b, a)];
  return isSame(before, after) ? [] : [{ path: ['windows'], before, after }];
}

function differencesIn(a: unknown, b: unknown, path: string[], depth: number): RuleSetDifference[] {
  if (isSame(a, b)) return [];
  if (path.length === depth || !isMap(a) || !isMap(b)) return [{ path, before: a, after: b }];
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return keys.flatMap((key) => differencesIn(a[key], b[key], [...path, key], depth));
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two values as read from a file say the same: by content; the order of keys means nothing. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((each, index) => isSame(each, b[index]));
  }
  if (!isMap(a) || !isMap(b)) return a === b;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => isSame(a[key], b[key]));
}
