import { rmSync } from 'node:fs';
import { Client, endAll, type Service, startService } from './service.js';

interface Operation {
  summary?: string;
  tags?: string[];
  security?: object[];
  parameters?: { name: string; description?: string; example?: unknown }[];
  requestBody?: { content: Record<string, { schema: object; example?: unknown; examples?: object }> };
  responses: Record<string, { description: string; headers?: object; content?: object }>;
}

interface Description {
  paths: Record<string, Record<string, Operation>>;
}

let service: Service;
let client: Client;
let operations: [string, Operation][];

beforeAll(async () => {
  service = await startService();
  client = new Client(service);
  const { body } = await client.ask(null, '/v1/openapi.json');
  operations = Object.entries((body as unknown as Description).paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => method !== 'servers')
      .map(([method, operation]): [string, Operation] => [`${method} ${path}`, operation]),
  );
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
