import type { Problem, ProblemError } from '@domeinbrug/problems';
import 'reflect-metadata';
import { AskedDay, AskedList, AskedMoment, AskedNumber, AskedPosition, AskedWord } from './field-checks.js';
import { inputChecks } from './input-checks.js';

class Question {
  @AskedDay('Only this day.') on?: string;
  @AskedMoment('As known then.') knownAt?: string;
  @AskedPosition('As known there.') position?: string;
  @AskedList(['guidance', 'residence'], 'services', 'Only these.') services?: string[];
  @AskedWord(['effect'], 'Also this.') echo?: string;
  @AskedNumber(1, 1000, 'At most so many.') limit: number = 100;
}

const read = (query: object): Promise<Question> =>
  inputChecks().transform(query, { type: 'query', metatype: Question }) as Promise<Question>;

const refusalOf = async (reading: Promise<unknown>): Promise<Problem | undefined> =>
  reading.then(
    () => undefined,
    (thrown: Problem) => thrown,
  );

test('values are read into what they mean', async () => {
  const question = await read({
    on: '2024-02-29',
    services: 'guidance,residence',
    echo: 'effect',
    limit: '7',
  });
  expect(question).toMatchObject({ on: '2024-02-29', services: ['guidance', 'residence'], limit: 7 });
  expect((await read({})).limit).toBe(100);
});

test('every problem is named, unknown keys among them', async () => {
  const wrong = {
    on: '2023-02-29',
    knownAt: '2024-03-10T23:59:59',
    position: '-1',
    services: 'guidance,gardening',
    echo: 'efect',
    limit: '0',
    lastday: '2024-01-01',
  };
  const problem = await read(wrong).then(
    () => undefined,
    (thrown: Problem) => thrown,
  );
  expect(problem?.errors?.map(({ pointer, code }) => `${pointer} ${code}`).sort()).toEqual([
    '/echo unknown-value',
    '/knownAt invalid-instant',
    '/lastday unknown-field',
    '/limit invalid-number',
    '/on invalid-day',
    '/position invalid-position',
    '/services unknown-value',
  ]);
});

test.each(['', 'guidance,guidance', 'guidance,'])('a list of known words is not "%s"', async (services) => {
  const problem = await refusalOf(read({ services }));
  expect(problem?.errors?.[0]).toMatchObject({
    pointer: '/services',
    detail: expect.stringContaining('each once') as string,
  });
});

test.each(['2024-03-10T23:59:59Z', '2024-03-10T23:59:59.5+01:00'])('%s is a moment', async (knownAt) => {
  expect((await read({ knownAt })).knownAt).toBe(knownAt);
});

test('what only the service knows is told with the form, and not twice of one field', async () => {
  const known = (): ProblemError[] => [
    { pointer: '/on', code: 'unknown', detail: 'No such day.' },
    { pointer: '/ruleSet', code: 'unknown', detail: 'No such rule set.' },
  ];
  const checks = inputChecks(known);
  const metadata = { type: 'query', metatype: Question } as const;
  const refused = await refusalOf(checks.transform({ on: 'x', limit: '0' }, metadata));
  expect(refused?.errors?.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
    '/on invalid-day',
    '/limit invalid-number',
    '/ruleSet unknown',
  ]);
  await expect(checks.transform({}, metadata)).resolves.toBeInstanceOf(Question);
});

test.each([[[]], ['x'], [null], [undefined], [7]])('a body of %p is no object', async (body) => {
  const refused = await refusalOf(inputChecks().transform(body, { type: 'body', metatype: Question }));
  expect(refused?.errors).toMatchObject([{ pointer: '', code: 'body-not-object' }]);
});
