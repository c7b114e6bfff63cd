/** The languages in which sentences for people exist. */
export const languages = ['en', 'nl'] as const;
export type Language = (typeof languages)[number];

/**
 * The language that an `Accept-Language` prefers of those there are; English when it wants neither (RFC 9110,
 * 12.5.4). Of two equally wanted the first named.
 */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? '').split(',').map(readRange);
  const weightOf = (language: Language): number =>
    Math.max(0, ...wanted.filter(({ range }) => primaryOf(range) === language).map(({ weight }) => weight));
  const firstNamed = (language: Language): number =>
    wanted.findIndex(({ range }) => primaryOf(range) === language);
  const known = languages.filter((language) => weightOf(language) > 0);
  known.sort((a, b) => weightOf(b) - weightOf(a) || firstNamed(a) - firstNamed(b));
  return known[0] ?? 'en';
}

function readRange(text: string): { range: string; weight: number } {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const q = parameters.find((each) => each.startsWith('q='))?.slice('q='.length);
  const weight = q === undefined ? 1 : Number(q);
  return { range, weight: weight >= 0 && weight <= 1 ? weight : 0 };
}

/** `nl-BE` -> `nl`. */
function primaryOf(range: string): string {
  return range.split('-')[0]!;
}
