/**
 * The media type that an `Accept` wants most of those there are; the first of them when it wants none, or each as much
 * as the others (RFC 9110, 12.5.1).
 */
export function mediaTypeOf<T extends string>(accept: string | undefined, known: readonly [T, ...T[]]): T {
  const ranges = (accept ?? '*/*').split(',').map(readRange);
  const weightOf = (type: T): number =>
    ranges
      .filter(({ range }) => covers(range, type))
      .sort((a, b) => precisionOf(b.range) - precisionOf(a.range))[0]?.weight ?? 0;
  return known.reduce((best, type) => (weightOf(type) > weightOf(best) ? type : best), known[0]);
}

interface Range {
  range: string;
  weight: number;
}

function readRange(text: string): Range {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const q = parameters.find((each) => each.startsWith('q='))?.slice('q='.length);
  return { range, weight: q === undefined ? 1 : Number(q) || 0 };
}

function covers(range: string, type: string): boolean {
  return range === '*/*' || range === type || range === `${type.split('/')[0]}/*`;
}

/** `text/csv` says more than `text/*`, and that more than any. */
function precisionOf(range: string): number {
  return range === '*/*' ? 0 : range.endsWith('/*') ? 1 : 2;
}
