import canonicalize from 'canonicalize';
import type { SealedQuestion, SealedReplay } from './sealed-replay.js';

/** Something that was not asked the same everywhere, with what each place was asked. */
export interface QuestionDifference {
  what: keyof SealedQuestion | 'place';
  asked: readonly { value: string; places: readonly string[] }[];
  message: string;
}

type KeyOf = (question: SealedQuestion, sweep: SealedReplay['sweep']) => { key: string; value: string };

/** What of a question must be the same. Of rule sets only what they mean counts; the id is told along. */
const compared: {
  [What in keyof SealedQuestion]: KeyOf;
} = {
  engine: ({ engine }) => same(engine),
  baseline: ({ baseline: { id, hash } }) => ({ key: hash, value: `${id} (${hash})` }),
  alternative: ({ alternative: { id, hash } }) => ({ key: hash, value: `${id} (${hash})` }),
  period: ({ period: { firstDay, lastDay } }) => same(`${firstDay} through ${lastDay}`),
  population: ({ population }) => same(canonicalize(population)!),
  vary: ({ vary }, sweep) =>
    same(vary === null ? 'nothing' : `${canonicalize(vary)!}, in ${sweep?.unit}, by ${sweep?.method}`),
  privacy: ({ privacy }) => same(privacy),
  dimensions: ({ dimensions }) => same(dimensions.join(', ')),
};

function same(value: string): { key: string; value: string } {
  return { key: value, value };
}

/** Everything in which the questions of sealed replays differ, and places that come twice. Files sorted by place. */
export function compareQuestions(files: readonly SealedReplay[]): QuestionDifference[] {
  const differences = Object.entries(compared).flatMap(([what, keyOf]) =>
    differenceIn(what as keyof SealedQuestion, files, keyOf),
  );
  const twice = [
    ...new Set(files.map(({ place }) => place).filter((place, at, all) => all.indexOf(place) !== at)),
  ];
  return [
    ...differences,
    ...twice.map((place) => ({
      what: 'place' as const,
      asked: [],
      message: `${place} is there more than once, and would count more than once. Give one file of each place.`,
    })),
  ];
}

function differenceIn(
  what: keyof SealedQuestion,
  files: readonly SealedReplay[],
  keyOf: KeyOf,
): QuestionDifference[] {
  const asked = new Map<string, { value: string; places: string[] }>();
  for (const { place, question, sweep } of files) {
    const { key, value } = keyOf(question, sweep);
    const other = asked.get(key);
    if (other) other.places.push(place);
    else asked.set(key, { value, places: [place] });
  }
  if (asked.size < 2) return [];
  const told = [...asked.values()].map(({ value, places }) => `${value} (${places.join(', ')})`).join('; ');
  const message = `The places differ in ${what}: ${told}. Run the replay again where it differs, and ask the same.`;
  return [{ what, asked: [...asked.values()], message }];
}
