import { connect } from 'node:net';
import {
  admissionHistory,
  bsnNumber,
  clientIdIn,
  insurer,
  provider,
  serviceOfThisFile,
  sourceOf,
  tell,
} from './service.js';

/** What the design rules ask of answers and no linter of a description can see. */

const { service, client } = serviceOfThisFile();
let clientId: string;

beforeAll(async () => {
  clientId = clientIdIn(await tell(client, admissionHistory(bsnNumber(1))));
}, 30_000);

/** Bytes as they are, for what no HTTP client would send; gives the whole answer. */
function sendRaw(text: string): Promise<string> {
  const { hostname, port } = new URL(service.address);
  return new Promise((answered, failed) => {
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.on('close', () => answered(answer)).on('error', failed);
  });
}

describe('addresses', () => {
  test.each(['/v1/rule-sets/', '/v1/openapi.json/', '/health/live/', '/v1/events/', '//v1/rule-sets'])(
    '%s with a slash too many is nowhere, and leads nowhere else',
    async (path) => {
      const { status, headers, body } = await client.ask('policy', path, { redirect: 'manual' });
      expect([status, body.code, headers.get('location')]).toEqual([404, 'no-such-path', null]);
    },
  );

  test('capitals are another address', async () => {
    expect((await client.ask('policy', '/v1/Rule-Sets')).status).toBe(404);
  });
});

describe('API-Version and problem details', () => {
  test.each([
    ['GET', '/v1/nothing', 404],
    ['PATCH', '/v1/events', 405],
    ['TRACE', '/v1/events', 405],
    ['GET', '/v1/%zz', 400],
    ['GET', '/v1/funders/insurer:3311/coverage?on=2024-01-01&atLeast=99999999', 503],
  ])('%s %s answers %d with both', async (method, path, status) => {
    // fetch refuses to send TRACE
    const text = await sendRaw(
      `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: ${await bearer(insurer)}\r\n\r\n`,
    );
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(text).toMatch(/^api-version: 1\.0\.0\r$/im);
    expect(text).toMatch(/^content-type: application\/problem\+json/im);
    expect(text).toMatch(/^x-content-type-options: nosniff\r$/im);
  });

  test.each([
    ['GARBAGE\r\n\r\n', 400, 'invalid-request'],
    ['GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'invalid-request'],
    ['GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: much\r\n\r\n', 404, 'no-such-path'],
    [`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers-too-large'],
    [`GET /v1/rule-sets?${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431, 'headers-too-large'],
  ])('also what never becomes a request', async (text, status, code) => {
    const answer = await sendRaw(text);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('api-version: 1.0.0\r\n');
    expect(answer).toMatch(/^content-type: application\/problem\+json/m);
    expect(answer).toContain('x-content-type-options: nosniff\r\n');
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({ status, code });
  });

  test('titles are in the language asked for', async () => {
    const titled = async (language: string): Promise<unknown> =>
      (await client.ask(null, '/v1/nothing', { headers: { 'accept-language': language } })).body;
    expect(await titled('nl-NL, en;q=0.5')).toMatchObject({ title: 'Op dit adres is niets' });
    expect(await titled('de')).toMatchObject({ title: 'There is nothing at this address' });
  });

  async function bearer(as: string): Promise<string> {
    return `Bearer ${await client.token(as)}`;
  }
});

describe('methods', () => {
  test('HEAD is GET without the body', async () => {
    for (const path of ['/v1/openapi.json', '/health/live', `/v1/clients/${clientId}/coverage`]) {
      const { status, headers, body } = await client.ask(provider, path, { method: 'HEAD' });
      expect([status, body]).toEqual([200, '']);
      expect(Number(headers.get('content-length'))).toBeGreaterThan(0);
    }
  });

  test.each([
    ['/v1/events', 'POST, OPTIONS'],
    [`/v1/clients/AAAAAAAA/coverage`, 'GET, HEAD, OPTIONS'],
    ['/v1/openapi.json', 'GET, HEAD, OPTIONS'],
  ])('OPTIONS on %s names %s', async (path, allowed) => {
    const { status, headers } = await client.ask(null, path, { method: 'OPTIONS' });
    expect([status, headers.get('allow'), headers.get('api-version')]).toEqual([204, allowed, '1.0.0']);
  });

  test('OPTIONS on nothing finds nothing', async () => {
    expect((await client.ask(null, '/v1/nothing', { method: 'OPTIONS' })).status).toBe(404);
  });
});

describe('a page of another origin', () => {
  const origin = { origin: 'https://editor.example', 'access-control-request-method': 'GET' };

  test.each(['/v1/openapi.json', '/v1/schemas/client-died.v1.json'])('may read %s', async (path) => {
    const asked = await client.ask(null, path, { method: 'OPTIONS', headers: origin });
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    expect(asked.headers.get('access-control-allow-methods')).toBe('GET, HEAD');
    const read = await client.ask(null, path, { headers: { origin: origin.origin } });
    expect([read.status, read.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
  });

  test('may read nothing about a client', async () => {
    const path = `/v1/clients/${clientId}/coverage`;
    const asked = await client.ask(null, path, { method: 'OPTIONS', headers: origin });
    expect(asked.headers.get('access-control-allow-origin')).toBeNull();
    const read = await client.ask(provider, path, { headers: { origin: origin.origin } });
    expect(read.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('bodies', () => {
  const search = (body: string, contentType: string) =>
    client.ask(provider, '/v1/clients/_search', {
      method: 'POST',
      body,
      headers: { 'content-type': contentType },
    });
  const bsn = JSON.stringify({ bsn: bsnNumber(1) });

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;charset=UTF-8',
    'application/cloudevents+json',
  ])('as %s are read', async (contentType) => {
    expect((await search(bsn, contentType)).body).toEqual({ clientId });
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', 'garbage', '*/*'])(
    'as %s are not',
    async (contentType) => {
      const { status, body } = await search(bsn, contentType);
      expect([status, body.code]).toEqual([415, 'unsupported-media-type']);
    },
  );

  test.each(['[]', '"x"', 'null', '7', '[{}]'])('%s is no object of fields', async (text) => {
    const { status, body } = await search(text, 'application/json');
    expect([status, body.code]).toEqual([400, 'invalid-request']);
    expect(body.errors).toMatchObject([{ pointer: '', code: 'body-not-object' }]);
  });

  test.each(['', '{', '{"bsn":}', '\u0000', "{'bsn':1}"])('%j is no JSON', async (text) => {
    const { status, body } = await search(text, 'application/json');
    expect([status, body.code]).toEqual([400, 'malformed-body']);
  });

  test('what it says of a bad body quotes none of it', async () => {
    const { body } = await search(`{"bsn": ${bsnNumber(5)}x}`, 'application/json');
    expect(JSON.stringify(body)).not.toContain(bsnNumber(5));
  });

  test('prototypes cannot be reached through names', async () => {
    const { status } = await search('{"__proto__": {"bsn": "1"}, "constructor": 1}', 'application/json');
    expect(status).toBe(400);
    expect((await search(bsn, 'application/json')).body).toEqual({ clientId });
  });
});

describe('questions', () => {
  test.each([
    [`/v1/clients/CLIENT/coverage?on=x&firstDay=y&ruleSet=none&Services=z&atLeast=-1`, 5],
    [`/v1/clients/CLIENT/events?knownAt=x&knownAtPosition=y&page=1`, 3],
    [`/v1/clients/CLIENT/settlement?fromRuleSet=none&toRuleSet=NONE!&lastday=x&services=`, 4],
    [`/v1/rule-sets?a=1&b=2`, 2],
  ])('%s names all %d problems', async (path, count) => {
    const { status, body } = await client.ask(provider, path.replace('CLIENT', clientId));
    expect(status).toBe(400);
    expect(new Set(body.errors.map(({ pointer }) => pointer)).size).toBe(count);
  });

  test('an id of another form is nobody’s, as one that is not there', async () => {
    for (const id of [
      'x',
      'a-b-c-d-e',
      encodeURIComponent('../../events'),
      bsnNumber(1),
      '%20%20%20%20%20%20%20%20',
    ]) {
      const { status, body } = await client.ask(provider, `/v1/clients/${id}/coverage`);
      expect([id, status, body.code]).toEqual([id, 404, 'client-unknown']);
    }
  });
});

test('every moment in an answer is in UTC', async () => {
  const answers = [
    await client.ask(provider, `/v1/clients/${clientId}/coverage?knownAt=2099-01-01T00:00:00%2B02:00`),
    await client.ask(provider, `/v1/clients/${clientId}/events`),
  ];
  for (const { body } of answers) {
    // what a source wrote as its own time is given back as it was sent
    const ours = JSON.stringify(body).replaceAll(/"time":"[^"]*"/g, '');
    const moments = ours.match(/\d{4}-\d{2}-\d{2}T[^"]*/g)!;
    expect(moments.length).toBeGreaterThan(0);
    for (const moment of moments) expect(moment).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
  }
});

test('no nine digits of an address reach the log', async () => {
  const bsn = bsnNumber(9);
  const paths = [
    `/v1/clients/${bsn}/coverage`,
    `/v1/clients/_search?bsn=${bsn}`,
    `/v1/${bsn}`,
    `/${bsn}/%zz`,
    `/v1/rule-sets/${bsn}/versions/${bsn}`,
    `/v1/schemas/${bsn}.v1.json`,
    `/v1/funders/${bsn}/coverage`,
    `/v1/rule-sets;bsn=${bsn}`,
    `/v1/rule-sets?x=${bsn}#${bsn}`,
  ];
  for (const path of paths) {
    for (const method of ['GET', 'POST', 'OPTIONS', 'DELETE']) {
      await client.ask(provider, path, {
        method,
        headers: { referer: `https://x.example/${bsn}`, 'ce-id': bsn },
      });
    }
  }
  await sendRaw(`GET /${bsn} GARBAGE\r\n\r\n`);
  const event = { specversion: '1.0', id: bsn, source: sourceOf(provider), subject: bsn };
  await client.post(provider, '/v1/events', event);
  await client.ask(null, '/health/live');
  expect(service.log()).not.toContain(bsn);
});
