import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sendNdjson } from './send-events.js';

const folder = mkdtempSync(join(tmpdir(), 'send-events-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('sending a file to a service', () => {
  let server: Server;
  let answers: ((batch: unknown[], response: ServerResponse) => void)[];
  let batches: unknown[][];

  beforeEach(async () => {
    [answers, batches] = [[], []];
    server = createServer((request, response) => void take(request, response)).listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
  });
  afterEach(() => void server.close());

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const batch = JSON.parse(Buffer.concat(chunks).toString()) as unknown[];
    batches.push(batch);
    (answers.shift() ?? recorded)(batch, response);
  }

  function recorded(batch: unknown[], response: ServerResponse): void {
    response.end(JSON.stringify({ results: batch.map(() => ({ status: 'recorded' })) }));
  }

  async function send(lines: string[]) {
    const file = join(folder, 'events.ndjson');
    writeFileSync(file, lines.join('\n'));
    const { port } = server.address() as AddressInfo;
    const parts = [];
    for await (const part of sendNdjson(createReadStream(file), {
      url: `http://127.0.0.1:${port}`,
      token: 't',
    }))
      parts.push(part);
    return parts;
  }

  it('sends at most a thousand events and a megabyte at once, with the lines in order', async () => {
    const parts = await send(Array.from({ length: 1_500 }, (_, n) => JSON.stringify({ n })));
    expect(batches.map((batch) => batch.length)).toEqual([1_000, 500]);
    expect(parts.map(({ line, counts }) => [line, counts.recorded])).toEqual([
      [1_000, 1_000],
      [1_500, 500],
    ]);
    batches = [];
    await send(Array.from({ length: 40 }, (_, n) => JSON.stringify({ n, filler: 'x'.repeat(60_000) })));
    expect(batches.map((batch) => batch.length)).toEqual([17, 17, 6]);
  });

  it('sends again when the service is busy', async () => {
    answers.push((_, response) => response.writeHead(503, { 'retry-after': '1' }).end());
    const [part] = await send(['{"n":1}']);
    expect(part!.counts.recorded).toBe(1);
    expect(batches).toHaveLength(2);
  });

  it('names the line of each reject, also of what was never sent', async () => {
    const errors = [{ pointer: '/data/day', code: 'day-invalid', detail: 'Not a day.' }];
    answers.push((_, response) =>
      response.end(JSON.stringify({ results: [{ status: 'known' }, { status: 'rejected', errors }] })),
    );
    const [part] = await send(['{"n":1}', '', '[]', '{"n":2}']);
    expect(part!.counts).toMatchObject({ recorded: 0, known: 1, rejected: 2 });
    expect(part!.rejects).toEqual([
      { where: 'line 3', code: 'json-invalid', detail: 'Write one whole JSON object per line.' },
      { where: 'line 4', ...errors[0] },
    ]);
  });

  it('stops with what the service says when it refuses', async () => {
    const problem = { title: 'The token is not valid', detail: 'It has expired.' };
    answers.push((_, response) => response.writeHead(401).end(JSON.stringify(problem)));
    await expect(send(['{"n":1}', '{"n":2}'])).rejects.toThrow(
      'The service refused lines 1 to 2 with 401: The token is not valid: It has expired. What came before is stored',
    );
  });
});
