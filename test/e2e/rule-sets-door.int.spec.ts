import {
  admissionHistory,
  type Answer,
  bsnNumber,
  clientIdIn,
  insurer,
  provider,
  serviceOfThisFile,
  tell,
} from './service.js';

const { service, client } = serviceOfThisFile();

const yaml = { 'content-type': 'application/yaml' };

/** A rule set in which the case manager stays on for so many days. */
const handover = (id: string, days: number, more = ''): string => `
# Invented for a test.
schema: domeinbrug/rule-set/1
id: ${id}
version: "1"
title: Een verzonnen regelset
status: hypothetical
base: six-weeks
parameters:
  handoverLength: { national: { 2015-01-01: ${days} } }
${more}`;

const publish = (text: string, headers: Record<string, string> = yaml): Promise<Answer> =>
  client.post('policy', '/v1/rule-sets', text, headers);

async function eventsInLog(): Promise<string> {
  return (await client.ask(null, '/health/ready')).body['logPosition' as 'position'];
}

describe('publishing', () => {
  test('gives a rule set that every question can name at once, also after a restart', async () => {
    const { status, headers, body } = await publish(handover('eight-weeks', 56));
    expect([status, headers.get('location')]).toEqual([201, '/v1/rule-sets/eight-weeks/versions/1']);
    expect(body).toMatchObject({
      status: 'published',
      position: await eventsInLog(),
      ruleSet: { id: 'eight-weeks', base: { id: 'six-weeks', version: '2026.1' }, origin: 'published' },
      warnings: [],
    });
    const clientId = clientIdIn(await tell(client, admissionHistory(bsnNumber(1))));
    const lastDays = async (): Promise<(string | null)[]> => {
      const asked = `/v1/clients/${clientId}/coverage?ruleSet=eight-weeks@1&services=case-management`;
      const answer = await client.ask('auditor', asked);
      return answer.body.cover.filter(({ rule }) => rule === 'handover').map(({ lastDay }) => lastDay);
    };
    expect(await lastDays()).toEqual(['2024-04-28']);
    await service.restart('SIGTERM');
    expect(await lastDays()).toEqual(['2024-04-28']);
  }, 30_000);

  test('is done once, however often it is asked', async () => {
    const text = handover('asked-twice', 49);
    const answers = await Promise.all([1, 2, 3, 4].map(() => publish(text)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body.position)).size).toBe(1);
    const before = await eventsInLog();
    const again = await publish(text.replace('Een verzonnen', 'Dezelfde'));
    expect([again.status, again.body]).toMatchObject([
      200,
      { status: 'known', ruleSet: { title: 'Een verzonnen regelset' } },
    ]);
    expect(await eventsInLog()).toBe(before);
  });

  test('of two with one name lets one win, and tells the other', async () => {
    const answers = await Promise.all([30, 31, 32].map((days) => publish(handover('contested', days))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const refused = answers.find(({ status }) => status === 409)!;
    expect(refused.body).toMatchObject({
      code: 'version-exists',
      errors: [{ pointer: '/version', detail: expect.stringContaining('Give this one a new version') }],
    });
    const shipped = handover('six-weeks', 1)
      .replace('"1"', '"2026.1"')
      .replace('base: six-weeks', 'base: sharp-cut');
    expect((await publish(shipped)).body.code).toBe('version-exists');
  });

  test('reads JSON too', async () => {
    const json = {
      schema: 'domeinbrug/rule-set/1',
      id: 'from-json',
      version: '1',
      title: 'Uit JSON',
      status: 'hypothetical',
      base: 'sharp-cut',
    };
    expect((await client.post('policy', '/v1/rule-sets', json)).status).toBe(201);
    const broken = await client.post('policy', '/v1/rule-sets', '{"id": ');
    expect([broken.status, broken.body.code]).toEqual([400, 'malformed-body']);
  });

  test('refuses with every problem at once, by place and line', async () => {
    const wrong = handover('Wrong_Id', 999, 'colour: red\nparametres: {}');
    const { status, body } = await publish(wrong);
    expect([status, body.code]).toEqual([400, 'invalid-rule-set']);
    expect(body.errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ pointer: '/id', line: 4 }),
        expect.objectContaining({ pointer: '/colour', code: 'unknown-key', line: 11 }),
        expect.objectContaining({ pointer: '/parametres', code: 'unknown-key', line: 12 }),
        expect.objectContaining({ pointer: '/parameters/handoverLength/national/2015-01-01', line: 10 }),
      ]),
    );
    const reserved = await publish(handover('active', 42));
    expect([reserved.status, reserved.body.errors.map(({ pointer }) => pointer)]).toEqual([400, ['/id']]);
  });

  test('refuses a rule set that contradicts its own examples', async () => {
    const example = `
examples:
  - id: nobody-pays
    title: nothing came in, and somebody is expected to pay
    events: []
    expect: { cover: [{ service: guidance, firstDay: 2024-01-01, lastDay: 2024-01-02, payer: wmo }] }`;
    const { status, body } = await publish(handover('contradicts-itself', 42, example));
    expect([status, body.errors.map(({ pointer, code }) => [pointer, code])]).toEqual([
      400,
      [['/examples/0', 'example-fails']],
    ]);
  });

  test.each(['text/plain', 'application/xml', 'application/yaml-seq'])('does not read %s', async (type) => {
    const { status, body } = await publish(handover('x-y', 1), { 'content-type': type });
    expect([status, body.code]).toEqual([415, 'unsupported-media-type']);
  });

  test('is for policy staff only', async () => {
    for (const as of [insurer, provider, 'auditor']) {
      const paths = ['/v1/rule-sets', '/v1/rule-sets/_validate'];
      for (const path of paths) {
        const { status, body } = await client.post(as, path, handover('not-mine', 1), yaml);
        expect([status, body.code]).toEqual([403, 'scope-missing']);
      }
    }
  });
});

test('YAML is read at no other door', async () => {
  const { status, body } = await client.post(provider, '/v1/events', 'id: 1', yaml);
  expect([status, body.code]).toEqual([415, 'unsupported-media-type']);
});

test('checking stores nothing, and tells what publishing would', async () => {
  const before = await eventsInLog();
  const check = async (text: string): Promise<Answer['body']> =>
    (await client.post('policy', '/v1/rule-sets/_validate', text, { 'content-type': 'text/yaml' })).body;
  const sound = await check(handover('checked', 42));
  expect(sound).toEqual({ problems: [], warnings: [], hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const unread = 'lonely: { unit: days, allowed: { min: 0, max: 9 }, national: { 2015-01-01: 3 } }';
  expect(await check(handover('checked', 42, `  ${unread}`))).toMatchObject({
    problems: [],
    warnings: [{ pointer: '/parameters/lonely', code: 'parameter-unread' }],
  });
  expect(await check('id: [')).toMatchObject({ problems: [{ code: 'yaml-syntax', line: 1 }], hash: null });
  const taken = handover('six-weeks', 1)
    .replace('"1"', '"2026.1"')
    .replace('base: six-weeks', 'base: sharp-cut');
  expect(await check(taken)).toMatchObject({ problems: [{ pointer: '/version', code: 'version-exists' }] });
  expect(await eventsInLog()).toBe(before);
});

test('a rule set is asked for again only when something about it changed', async () => {
  const path = '/v1/rule-sets/six-weeks/versions/2026.1';
  const { headers, body } = await client.ask(insurer, path);
  expect(body).toMatchObject({
    origin: 'shipped',
    publishedAt: null,
    active: true,
    activation: { state: 'in-force' },
  });
  const tag = headers.get('etag')!;
  expect(tag).toMatch(/^"[0-9a-f]{64}-in-force"$/);
  const held = await client.ask(insurer, path, { headers: { 'if-none-match': `"other", ${tag}` } });
  expect([held.status, held.body, held.headers.get('etag')]).toEqual([304, '', tag]);
  expect((await client.ask(insurer, path, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
});
