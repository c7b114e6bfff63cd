import { rmSync } from 'node:fs';
import { problemCodes } from '@domeinbrug/problems';
import {
  bsnNumber,
  Client,
  clientIdIn,
  event,
  insurer,
  provider,
  serviceOfThisFile,
  startService,
} from './service.js';

const { service, client } = serviceOfThisFile();

const registered = (seed: number): Record<string, unknown> =>
  event(provider, 'client-registered', 'reg', {
    bsn: bsnNumber(seed),
    firstDay: '2023-01-01',
    municipality: '0363',
  });

test.each([
  '/',
  '/v1/openapi.json',
  '/v1/schemas/client-died.v1.json',
  '/health/live',
  '/health/ready',
  '/metrics',
])('%s needs no token', async (path) => {
  const answer = await client.ask(null, path);
  expect([answer.status, answer.headers.get('api-version')]).toEqual([200, '1.0.0']);
});

test.each([
  ['GET', '/v1/rule-sets'],
  ['POST', '/v1/rule-sets'],
  ['POST', '/v1/rule-sets/_validate'],
  ['GET', '/v1/rule-sets/sharp-cut/versions/2026.1'],
  ['POST', '/v1/events'],
  ['POST', '/v1/clients/_search'],
  ['GET', '/v1/clients/SOMECLIENT/events'],
  ['GET', '/v1/clients/SOMECLIENT/coverage'],
  ['POST', '/v1/clients/SOMECLIENT/coverage/_preview'],
  ['GET', '/v1/clients/SOMECLIENT/settlement'],
  ['GET', '/v1/funders/insurer:3311/coverage'],
  ['POST', '/v1/replays'],
  ['GET', '/v1/replays/SOMEREPLAY'],
  ['GET', '/v1/replays/SOMEREPLAY/progress'],
  ['GET', '/v1/replays/SOMEREPLAY/results'],
  ['GET', '/v1/replays/SOMEREPLAY/journeys'],
  ['GET', '/v1/replays/SOMEREPLAY/difference'],
  ['DELETE', '/v1/replays/SOMEREPLAY'],
])('%s %s needs a token', async (method, path) => {
  const body = method === 'POST' ? '{}' : undefined;
  const headers = { 'content-type': 'application/json' };
  const missing = await client.ask(null, path, { method, body, headers });
  expect([missing.status, missing.body.code]).toEqual([401, 'token-missing']);
  expect(missing.headers.get('www-authenticate')).toMatch(/^Bearer /);
  const invalid = await client.ask(null, path, {
    method,
    body,
    headers: { ...headers, authorization: 'Bearer abc.def.ghi' },
  });
  expect([invalid.status, invalid.body.code]).toEqual([401, 'token-invalid']);
  expect(invalid.headers.get('www-authenticate')).toContain('error="invalid_token"');
});

test.each(['{"specversion"', 'x'.repeat(1_100_000)])('a body from nobody is not read', async (body) => {
  const { status, body: problem } = await client.post(null, '/v1/events', body);
  expect([status, problem.code]).toEqual([401, 'token-missing']);
});

test.each([
  ['GET', '/v1/rule-sets/', 404, 'no-such-path'],
  ['GET', '/v1/nothing', 404, 'no-such-path'],
  ['GET', '/v1/schemas/nothing.v1.json', 404, 'schema-unknown'],
  ['GET', '/v1/rule-sets/sharp-cut/versions/0', 404, 'rule-set-unknown'],
  ['DELETE', '/v1/rule-sets', 405, 'method-not-allowed'],
  ['GET', '/v1/events', 405, 'method-not-allowed'],
  ['GET', '/v1/%zz', 400, 'invalid-request'],
  ['GET', `/v1/rule-sets/${'x'.repeat(600)}/versions/1`, 400, 'invalid-request'],
  ['GET', '/v1/rule-sets?page=2', 400, 'invalid-request'],
])('%s %s is a problem %d %s', async (method, path, status, code) => {
  const answer = await client.ask('policy', path, { method });
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.headers.get('api-version')).toBe('1.0.0');
  expect(answer.body).toMatchObject({
    type: `https://domeinbrug.example/problems/${code}`,
    title: problemCodes[code as keyof typeof problemCodes].title,
    status,
    detail: expect.any(String),
    instance: path.split('?')[0],
  });
  expect(JSON.stringify(answer.body)).not.toContain('node_modules');
});

test('the allowed methods are named', async () => {
  expect((await client.ask(null, '/v1/events', { method: 'PUT' })).headers.get('allow')).toBe('POST');
});

test('rule sets are listed and read by any token', async () => {
  for (const as of ['policy', insurer, provider]) {
    const { body } = await client.ask(as, '/v1/rule-sets');
    expect(body.ruleSets.filter(({ active }) => active).map(({ id }) => id)).toEqual(['six-weeks']);
  }
  const { body } = await client.ask('policy', '/v1/rule-sets/six-weeks/versions/2026.1');
  expect(body).toMatchObject({
    id: 'six-weeks',
    base: { id: 'sharp-cut' },
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    cover: { guidance: { outside: 'wmo', entitled: 'undelivered' } },
  });
  expect(Object.values(body.parameters['handoverLength']!.national)).toEqual([42]);
});

test('every door is described', async () => {
  const { body } = await client.ask(null, '/v1/openapi.json');
  expect(body.openapi).toMatch(/^3\.1/);
  expect(Object.keys(body.paths)).toEqual(
    expect.arrayContaining(['/events', '/clients/{clientId}/coverage', '/funders/{funder}/coverage']),
  );
  const parameters = body.paths['/clients/{clientId}/coverage']!.get.parameters.map(({ name }) => name);
  expect(parameters).toEqual([
    'clientId',
    'on',
    'firstDay',
    'lastDay',
    'knownAt',
    'knownAtPosition',
    'ruleSet',
    'services',
    'atLeast',
    'Audit-Reason',
  ]);
});

test('readiness tells the lag and the parked', async () => {
  await client.post(provider, '/v1/events', registered(1));
  const { body } = await client.ask(null, '/health/ready');
  expect(body).toMatchObject({
    status: 'ready',
    lag: { events: expect.any(Number), ms: expect.any(Number) },
    parked: 0,
  });
  const figures = (await client.ask(null, '/metrics')).body as unknown as string;
  expect(figures).toContain('domeinbrug_events_total{status="recorded"} 1');
  expect(figures).toMatch(/^domeinbrug_projection_lag_events \d+$/m);
  expect(figures).toMatch(/^domeinbrug_archive_lag_events \d+$/m);
  expect(figures).toMatch(/^domeinbrug_archive_bytes [1-9]\d+$/m);
});

test('asked to stop, it answers what it took, stores it, and takes no more', async () => {
  const stopping = await startService();
  const sender = new Client(stopping);
  await sender.post(provider, '/v1/events', registered(1));
  const inFlight = Array.from({ length: 40 }, (_, index) =>
    sender.post(provider, '/v1/events', registered(100 + index)).catch(() => undefined),
  );
  await inFlight[0];
  const code = await stopping.end('SIGTERM');
  expect(code).toBe(0);
  const answers = await Promise.all(inFlight);
  const recorded = answers.filter((answer) => answer?.status === 201);
  expect(recorded.length).toBeGreaterThan(0);
  expect(answers.every((answer) => answer === undefined || [201, 503].includes(answer.status))).toBe(true);
  expect(stopping.log()).toContain('"stopped"');
  const again = await startService(stopping.dataDir);
  const auditor = new Client(again);
  for (const answer of recorded) {
    const clientId = clientIdIn(answer!);
    expect((await auditor.ask('auditor', `/v1/clients/${clientId}/events`)).body.events).toHaveLength(1);
  }
  await again.end('SIGTERM');
  rmSync(stopping.dataDir, { recursive: true });
}, 60_000);

test('killed at once, it loses nothing that it answered and its read models catch up', async () => {
  const first = await startService();
  const sender = new Client(first);
  const funder = 'municipality:0363';
  const decision = (seed: number): Record<string, unknown> =>
    event(funder, 'wmo-decision-issued', 'wmo', {
      bsn: bsnNumber(seed),
      decisionId: 'D',
      municipality: '0363',
      services: ['guidance'],
      firstDay: '2023-05-01',
    });
  let last = '0';
  for (let seed = 0; seed < 30; seed++) {
    await sender.post(provider, '/v1/events', registered(seed));
    last = (await sender.post(funder, '/v1/events', decision(seed))).body.position;
  }
  await first.end('SIGKILL');
  const second = await startService(first.dataDir);
  const { status, body } = await new Client(second).ask(
    funder,
    `/v1/funders/${funder}/coverage?on=2024-01-01&atLeast=${last}`,
  );
  expect([status, body.totals?.clients]).toEqual([200, 30]);
  await second.end('SIGTERM');
  rmSync(first.dataDir, { recursive: true });
}, 60_000);

test('a second service on the same data folder says what to do', async () => {
  await expect(startService(service.dataDir)).rejects.toThrow(/in use by process \d+/);
}, 30_000);

test('a port in use, and a host that is not of this machine, are told as settings', async () => {
  const { port } = new URL(service.address);
  await expect(startService(undefined, { PORT: port })).rejects.toThrow(
    /ended with 2[\s\S]*PORT: \d+ is in use/,
  );
  await expect(startService(undefined, { HOST: 'nowhere.invalid' })).rejects.toThrow(
    /ended with 2[\s\S]*HOST: "nowhere.invalid" is no address/,
  );
}, 30_000);

test('wrong settings are all named before anything starts', async () => {
  await expect(
    startService(undefined, { PORT: 'x', LOG_LEVEL: 'loud', DOMEINBRUG_RULE_SET: 'No Rules' }),
  ).rejects.toThrow(/PORT[\s\S]*DOMEINBRUG_RULE_SET[\s\S]*LOG_LEVEL/);
  await expect(startService(undefined, { DOMEINBRUG_RULE_SET: 'no-such-rules' })).rejects.toThrow(
    /There is no rule set "no-such-rules"/,
  );
}, 30_000);
