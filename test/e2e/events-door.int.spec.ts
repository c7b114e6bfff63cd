import {
  admissionHistory,
  bsnNumber,
  clientIdIn,
  event,
  municipality,
  provider,
  serviceOfThisFile,
  sourceOf,
  tell,
} from './service.js';

const { service, client } = serviceOfThisFile();

const registered = (id: string, bsn: string, extra: object = {}): Record<string, unknown> =>
  event(provider, 'client-registered', id, { bsn, firstDay: '2023-01-01', municipality: '0363', ...extra });

const send = (body: unknown, headers = {}, as = provider) => client.post(as, '/v1/events', body, headers);

test('a single event is recorded once, known when sent again, and refused with other content', async () => {
  const bsn = bsnNumber(1);
  const first = await send(registered('one', bsn));
  expect(first.status).toBe(201);
  expect(first.body).toEqual({
    position: expect.stringMatching(/^\d+$/),
    results: [
      {
        source: sourceOf(provider),
        id: 'one',
        clientId: expect.stringMatching(/^[A-Z2-7]{26}$/),
        status: 'recorded',
        position: first.body.position,
      },
    ],
  });
  const again = await send({
    ...registered('one', bsn),
    sequence: '7',
    dataschema: 'https://example.org/other',
  });
  expect([again.status, again.body.results[0]!.status, again.body.position]).toEqual([
    200,
    'known',
    first.body.position,
  ]);
  const other = await send(registered('one', bsn, { insurer: '3311' }));
  expect([other.status, other.body.code]).toEqual([409, 'content-differs']);
});

test('the client may be named by BSN or by the id that an answer gave', async () => {
  const bsn = bsnNumber(2);
  const clientId = clientIdIn(await send(registered('two', bsn)));
  const byId = await send(
    event(provider, 'client-moved', 'two-b', { clientId, municipality: '0518', firstDay: '2024-01-01' }),
  );
  expect(byId.body.results[0]).toMatchObject({ clientId, status: 'recorded' });
  const found = await client.post(provider, '/v1/clients/_search', { bsn });
  expect(found.body).toEqual({ clientId });
});

test('a batch has one result per event and stores what it can', async () => {
  const bsn = bsnNumber(3);
  await send(registered('known', bsn));
  const batch = [
    registered('new', bsn),
    registered('known', bsn),
    registered('known', bsn, { insurer: '3311' }),
    registered('new', bsn),
    event(provider, 'client-registered', 'bad', { bsn: '123456789', firstDay: '2023-02-30', lastday: 1 }),
    { ...registered('foreign', bsn), source: sourceOf('provider:12121212') },
    event(provider, 'insurance-changed', 'not-mine', { bsn, insurer: '3311', firstDay: '2024-01-01' }),
    'no event',
  ];
  const answer = await send(batch, { 'content-type': 'application/cloudevents-batch+json' });
  expect(answer.status).toBe(200);
  const results = answer.body.results;
  expect(results.map(({ status, code }) => code ?? status)).toEqual([
    'recorded',
    'known',
    'content-differs',
    'known',
    'invalid-event',
    'source-foreign',
    'type-not-allowed',
    'invalid-event',
  ]);
  expect(results[4]!.errors!.map(({ pointer }) => pointer).sort()).toEqual(
    ['/data/bsn', '/data/firstDay', '/data/lastday', '/data/municipality'].sort(),
  );
});

test('binary mode carries the envelope in headers', async () => {
  const answer = await send(
    { bsn: bsnNumber(4), firstDay: '2023-01-01', municipality: '0363' },
    {
      'ce-specversion': '1.0',
      'ce-id': 'binary',
      'ce-source': sourceOf(provider),
      'ce-type': 'nl.domeinbrug.client-registered.v1',
      'ce-time': '2024-03-05T08:12:00Z',
    },
  );
  expect([answer.status, answer.body.results[0]!.id]).toEqual([201, 'binary']);
});

test.each([
  [
    'source of another',
    () => ({ ...registered('x', bsnNumber(5)), source: sourceOf(municipality) }),
    403,
    'source-foreign',
  ],
  [
    'type of others',
    () => event(provider, 'insurance-ended', 'x', { bsn: bsnNumber(5), lastDay: '2024-01-01' }),
    403,
    'type-not-allowed',
  ],
  ['misspelt field', () => registered('x', bsnNumber(5), { insurr: '3311' }), 400, 'invalid-event'],
  ['no JSON', () => '{"specversion"', 400, 'malformed-body'],
  ['empty batch', () => [], 400, 'invalid-request'],
  ['too many', () => Array.from({ length: 1001 }, () => 1), 413, 'too-large'],
  ['too large', () => `"${'x'.repeat(1_100_000)}"`, 413, 'too-large'],
])('%s is refused', async (_, body, status, code) => {
  const answer = await send(body());
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
});

test('a batch of which nothing is taken in answers where the log stands', async () => {
  const { body } = await send([registered('last', bsnNumber(8))]);
  expect((await send(['no event'])).body.position).toBe(body.position);
});

test('one event that is too large is refused as such', async () => {
  const { status, body } = await send(
    registered('large', bsnNumber(7), { municipality: 'x'.repeat(70_000) }),
  );
  expect([status, body.code, body.errors[0]!.code]).toEqual([413, 'too-large', 'event-too-large']);
});

test('a body that is not JSON is refused by its kind', async () => {
  const answer = await send('<event/>', { 'content-type': 'application/xml' });
  expect([answer.status, answer.body.code]).toEqual([415, 'unsupported-media-type']);
});

test('many senders about one client at once lose and double nothing', async () => {
  const bsn = bsnNumber(6);
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, index) => send(registered(`at-once-${index % 40}`, bsn))),
  );
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(40);
  expect(statuses.filter((status) => status === 200)).toHaveLength(20);
  const clientId = clientIdIn(answers[0]!);
  const { events } = (await client.ask('auditor', `/v1/clients/${clientId}/events`)).body;
  expect(new Set(events.map(({ id }) => id)).size).toBe(40);
  expect(events).toHaveLength(40);
});

test('a journey shows corrections and retractions, and what was known before them', async () => {
  const bsn = bsnNumber(7);
  const history = await tell(client, admissionHistory(bsn));
  const clientId = clientIdIn(history);
  const target = { source: sourceOf(provider), id: 'adm' };
  const corrected = await tell(client, [
    [
      provider,
      event(provider, 'event-corrected', 'fix', {
        clientId,
        corrects: target,
        data: { firstDay: '2024-03-11', provider: '65656055' },
      }),
    ],
  ]);
  const residence = async (query: string) =>
    (await client.ask(provider, `/v1/clients/${clientId}/coverage?services=residence${query}`)).body.cover[0]
      ?.firstDay;
  expect(await residence('')).toBe('2024-03-11');
  expect(await residence(`&knownAtPosition=${history.body.position}`)).toBe('2024-03-04');
  await tell(client, [
    [provider, event(provider, 'event-retracted', 'undo', { clientId, retracts: target, reason: 'mistake' })],
  ]);
  expect(await residence('')).toBeUndefined();
  expect(await residence(`&knownAtPosition=${corrected.body.position}`)).toBe('2024-03-11');
  const { events } = (await client.ask(provider, `/v1/clients/${clientId}/events`)).body;
  expect(events.find(({ id }) => id === 'adm')).toMatchObject({
    type: 'nl.domeinbrug.client-admitted.v1',
    correctedBy: [{ source: sourceOf(provider), id: 'fix' }],
    retractedBy: [{ source: sourceOf(provider), id: 'undo' }],
    inForce: false,
  });
});

test('no citizen service number reaches the data folder’s log of events or the service’s log', async () => {
  const bsn = bsnNumber(8);
  await send(registered('private', bsn));
  await client.ask(provider, `/v1/clients/${bsn}/coverage?on=2024-01-01`);
  await client.ask(provider, `/v1/rule-sets?bsn=${bsn}`);
  expect(service.log()).toContain('"route":"/v1/events"');
  expect(service.log()).not.toContain(bsn);
  expect(service.log()).not.toMatch(/[A-Z2-7]{26}/);
});
