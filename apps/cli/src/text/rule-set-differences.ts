import type { Length, RuleSet, RuleSetDifference, WindowPhase } from '@domeinbrug/rules';

const parts: Record<string, string> = {
  parameters: 'Parameters',
  cover: 'Table',
  windows: 'Windows',
  assumedUse: 'Assumed use',
  prices: 'Prices',
};

const arrow = '→';
const absent = 'not said';

/** What two rule sets say differently, for a reader: per part a heading, and a line each. */
export function describeDifferences(
  differences: readonly RuleSetDifference[],
  before: RuleSet,
  after: RuleSet,
): string[] {
  return Object.entries(parts).flatMap(([part, heading]) => {
    const some = differences.filter(({ path }) => path[0] === part);
    if (some.length === 0) return [];
    return ['', heading, ...some.flatMap((each) => lineOf(each, before, after)).map((line) => `  ${line}`)];
  });
}

function lineOf(
  { path, before: was, after: is }: RuleSetDifference,
  before: RuleSet,
  after: RuleSet,
): string {
  const [part, name, ...place] = path as [string, string?, ...string[]];
  if (name === undefined) return `applied in the order ${inWords(was)} ${arrow} ${inWords(is)}`;
  const unit = unitOf(part, name, before) ?? unitOf(part, name, after);
  if (place.length === 0 && (was === undefined || is === undefined)) {
    const only = is === undefined ? before : after;
    return `${name}: only in ${only.id}@${only.version}: ${inWords(was ?? is, unit)}`;
  }
  return `${[name, ...placeInWords(part, place)].join(', ')}: ${keyInWords(place[0], was, unit)} ${arrow} ${keyInWords(place[0], is, unit)}`;
}

/** `insurer`, `3311`, `2025-01-01` reads `insurer 3311 from 2025-01-01`. */
function placeInWords(part: string, place: readonly string[]): string[] {
  if (place.length === 0 || (part !== 'parameters' && part !== 'prices')) return [...place];
  const day = /^\d{4}-\d{2}-\d{2}$/;
  return [place.map((each) => (day.test(each) ? `from ${each}` : each)).join(' ')];
}

function unitOf(part: string, name: string, { parameters, prices }: RuleSet): string | undefined {
  const dated = part === 'parameters' ? parameters[name] : part === 'prices' ? prices[name] : undefined;
  return dated?.unit;
}

/** A value as one would say it: numbers with their unit, maps as `key value`, lists with commas. */
function inWords(value: unknown, unit?: string): string {
  if (value === undefined) return absent;
  if (value === null) return unit === undefined ? 'none' : 'left to the next level';
  if (typeof value === 'number') return unit === undefined ? String(value) : `${value} ${unit}`;
  if (Array.isArray(value))
    return value.length === 0 ? 'none' : value.map((each) => inWords(each)).join(', ');
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).filter(([key, inner]) => key !== 'unit' && !isEmpty(inner));
  if (entries.length === 0) return 'nothing';
  return entries.map(([key, inner]) => `${key} ${keyInWords(key, inner, unit)}`).join('; ');
}

function keyInWords(key: string | undefined, value: unknown, unit?: string): string {
  if (key === 'phases' && Array.isArray(value)) return value.map(phaseInWords).join(', then ');
  if (key === 'length' && value !== undefined) return lengthInWords(value as Length);
  return inWords(value, unit);
}

function phaseInWords({ days, pays }: WindowPhase): string {
  const payers = pays.map(({ law, share }) => (share === 100 ? law : `${law} ${share}%`)).join(' and ');
  return days === null ? payers : `${payers} for ${days} days`;
}

function lengthInWords(length: Length): string {
  if ('parameter' in length) return `$${length.parameter}`;
  return Object.entries(length)
    .map(([unit, count]) => `${count} ${unit}`)
    .join('');
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
