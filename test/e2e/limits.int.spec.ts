import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { deepestBody } from '@domeinbrug/platform';
import { careOffice, endAll, insurer, municipality, provider, serviceOfThisFile } from './service.js';

const { service, client } = serviceOfThisFile({
  DOMEINBRUG_REQUESTS_PER_MINUTE: '30',
  DOMEINBRUG_REQUESTS_AT_ONCE: '2',
  DOMEINBRUG_STREAMS_AT_ONCE: '1',
  DOMEINBRUG_REQUEST_SECONDS: '2',
  DOMEINBRUG_IDLE_SECONDS: '4',
});
afterAll(endAll);

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((later) => setTimeout(later, 100));
}

function open(): Socket {
  const { hostname, port } = new URL(service.address);
  return connect(Number(port), hostname);
}

/** What comes back until the service ends the connection. */
async function answerTo(sent: string): Promise<string> {
  const socket = open();
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  socket.write(sent);
  await once(socket, 'close');
  return answer;
}

test('one organisation asks so many times a minute, whatever it asks; another is not hindered', async () => {
  for (let asked = 0; asked < 29; asked++) {
    expect((await client.ask(careOffice, '/v1/rule-sets')).status).toBe(200);
  }
  expect((await client.post(careOffice, '/v1/events', {})).status).toBe(400);
  const get = await client.ask(careOffice, '/v1/rule-sets');
  expect([get.status, get.body.code]).toEqual([429, 'too-many-requests']);
  expect(get.body.detail).toMatch(
    /^urn:nld:zorgkantoor:5515 may ask 30 times a minute\. Ask again in \d+ s;/,
  );
  expect(Number(get.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(Number(get.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  const post = await client.post(careOffice, '/v1/events', {});
  expect([post.status, post.body.code]).toEqual([429, 'too-many-requests']);
  expect((await client.ask(insurer, '/v1/rule-sets')).status).toBe(200);
  expect((await client.ask(null, '/health/live')).status).toBe(200);
});

test('one organisation has so many requests under way, until they are answered', async () => {
  // Each waits up to two seconds for an event that does not come.
  const waiting = `/v1/funders/${municipality}/coverage?on=2024-03-01&atLeast=999999`;
  const held = [client.ask(municipality, waiting), client.ask(municipality, waiting)];
  const more = (): Promise<Awaited<(typeof held)[0]>> => client.ask(municipality, '/v1/rule-sets');
  await until(async () => (await more()).status === 429);
  const { body, headers } = await more();
  expect([body.code, headers.get('retry-after')]).toEqual(['too-many-at-once', '1']);
  expect(body.detail).toContain('may have 2 requests under way at a time');
  expect((await client.ask(insurer, '/v1/rule-sets')).status).toBe(200);
  expect((await Promise.all(held)).map(({ status }) => status)).toEqual([503, 503]);
  expect((await more()).status).toBe(200);
});

test('one organisation follows so many live streams, which are no requests under way', async () => {
  const feed = `/v1/funders/${insurer}/changes`;
  const headers = { accept: 'text/event-stream', authorization: `Bearer ${await client.token(insurer)}` };
  const over = new AbortController();
  const stream = await fetch(service.address + feed, { headers, signal: over.signal });
  expect(stream.headers.get('content-type')).toBe('text/event-stream');
  const second = await client.ask(insurer, feed, { headers });
  expect([second.status, second.body.code]).toEqual([429, 'too-many-streams']);
  expect(second.body.detail).toContain('may follow 1 live streams at a time');
  const pages = await Promise.all([client.ask(insurer, feed), client.ask(insurer, feed)]);
  expect(pages.map(({ status }) => status)).toEqual([200, 200]);
  over.abort();
  await until(async () => {
    const again = new AbortController();
    const { status } = await fetch(service.address + feed, { headers, signal: again.signal });
    again.abort();
    return status === 200;
  });
});

describe('who sends slowly is cut off', () => {
  const said = { status: 408, code: 'request-timeout', detail: 'A request has to come in whole within 2 s.' };

  test('in the head', async () => {
    const answer = await answerTo('GET /health/live HTTP/1.1\r\nHost: x\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject(said);
  });

  test('in the body', async () => {
    const head = [
      'POST /v1/events HTTP/1.1',
      'Host: x',
      `Authorization: Bearer ${await client.token(provider)}`,
      'Content-Type: application/json',
      'Content-Length: 1000',
    ];
    const answer = await answerTo(`${head.join('\r\n')}\r\n\r\n{"specversion"`);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject(said);
  });
});

test('who does not read what it asked for is cut off', async () => {
  /** How many connections the service has beside the one that asks. */
  const others = async (): Promise<number> => {
    const figures = await answerTo('GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    const [, count] = /^nodejs_active_resources\{type="TCPSocketWrap"\} (\d+)$/m.exec(figures) ?? [];
    return Number(count) - 1;
  };
  await until(async () => (await others()) === 0); // those of the tests before
  const socket = open();
  socket.on('error', () => undefined); // that it was cut off
  socket.pause();
  socket.write('GET /v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(40));
  const asked = (): number => service.log().split('"route":"/v1/openapi.json"').length;
  const before = asked();
  await until(() => Promise.resolve(asked() > before)); // the first answers were taken by the connection
  await until(async () => (await others()) === 0);
  socket.destroy();
}, 90_000);

test.each([
  ['/v1/events', provider, 'application/cloudevents+json'],
  ['/v1/events', provider, 'application/cloudevents-batch+json'],
  ['/v1/clients/_search', insurer, 'application/json'],
  ['/v1/rule-sets/_validate', 'policy', 'application/json'],
])('a body of %s that nests too deeply is not read', async (path, as, mediaType) => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  const answer = await client.post(as, path, deep, { 'content-type': mediaType });
  expect([answer.status, answer.body.code]).toEqual([413, 'too-deep']);
  expect(answer.body.detail).toBe(`Lists and objects of a body nest at most ${deepestBody} deep.`);
});

test('a body that is too large is told how large it may be', async () => {
  const { status, body } = await client.post(provider, '/v1/events', `"${'x'.repeat(1_100_000)}"`);
  expect([status, body.code, body.detail]).toEqual([
    413,
    'too-large',
    'A body is at most 1 MiB; send it in parts.',
  ]);
});
