import type { Operation } from './description.js';
import { serviceOfThisFile } from './service.js';

const { client } = serviceOfThisFile();
let operations: [string, Operation][];

beforeAll(async () => {
  operations = (await client.description()).operations.map(({ name, operation }) => [name, operation]);
}, 30_000);

describe('every door declares', () => {
  const lacking = (lacks: (operation: Operation) => unknown): string[] =>
    operations.filter(([, operation]) => lacks(operation)).map(([name]) => name);

  test('what it is for, under a tag', () => {
    expect(lacking(({ summary, tags }) => !summary || tags?.length !== 1)).toEqual([]);
  });

  test('who may come in', () => {
    expect(lacking(({ security }) => !security)).toEqual([]);
  });

  test('what it answers and what it refuses, each status by itself', () => {
    const complete = ({ responses }: Operation): boolean =>
      Object.keys(responses).some((status) => /^2\d\d$/.test(status)) &&
      Object.keys(responses).every((status) => /^\d{3}$/.test(status)) &&
      Object.values(responses).every(
        ({ description, headers, content }) => description && headers && content,
      );
    expect(lacking((operation) => !complete(operation))).toEqual([]);
  });

  test('what each parameter means, with an example', () => {
    const unsaid = operations.flatMap(([name, { parameters = [] }]) =>
      parameters
        .filter(({ description, example }) => !description || example === undefined)
        .map((parameter) => `${name} ${parameter.name}`),
    );
    expect(unsaid).toEqual([]);
  });

  test('an example of each body it takes', () => {
    const unsaid = operations.flatMap(([name, { requestBody }]) =>
      Object.entries(requestBody?.content ?? {})
        .filter(([, { example, examples }]) => example === undefined && examples === undefined)
        .map(([mediaType]) => `${name} ${mediaType}`),
    );
    expect(unsaid).toEqual([]);
  });

  test('every sentence in Dutch too', async () => {
    const read = async (language: string): Promise<string[]> => {
      const headers = { 'accept-language': language };
      const { headers: answered, body } = await client.ask(null, '/v1/openapi.json', { headers });
      expect(answered.get('content-language')).toBe(language);
      return sentencesIn(body);
    };
    const [english, dutch] = [await read('en'), await read('nl')];
    expect(dutch).toHaveLength(english.length);
    const sameInBoth = ['Domeinbrug', 'OpenAPI 3.1.', 'JSON Schema 2020-12.'];
    const untold = english.filter((sentence, at) => dutch[at] === sentence && !sameInBoth.includes(sentence));
    expect([...new Set(untold)]).toEqual([]);
  });
});

/** Titles, summaries and descriptions, in the order of the document; fields of those names are no sentences. */
function sentencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (['example', 'examples', 'value'].includes(key)) return [];
    const isSentence = ['title', 'summary', 'description'].includes(key) && typeof inner === 'string';
    return isSentence ? [inner] : sentencesIn(inner);
  });
}
