import { rmSync } from 'node:fs';
import type { Operation } from './description.js';
import { Client, endAll, type Service, startService } from './service.js';

let service: Service;
let client: Client;
let operations: [string, Operation][];

beforeAll(async () => {
  service = await startService();
  client = new Client(service);
  operations = (await client.description()).operations.map(({ name, operation }) => [name, operation]);
}, 30_000);

afterAll(async () => {
  await service.end('SIGTERM');
  endAll();
  rmSync(service.dataDir, { recursive: true });
});

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
});
