import { join } from 'node:path';
import Database from 'better-sqlite3';
import { auditOfClient, type AuditRecord } from '@domeinbrug/audit';
import { openEventLogReader } from '@domeinbrug/event-store';
import { domeinbrug } from './command-line/run-domeinbrug.js';
import {
  admissionHistory,
  bsnNumber,
  clientIdIn,
  insurer,
  municipality,
  provider,
  serviceOfThisFile,
  tell,
} from './service.js';

/** Each test begins where the one before ended: lines are only ever added. */

const { service, client } = serviceOfThisFile();
let clientId: string;

beforeAll(async () => {
  clientId = clientIdIn(await tell(client, admissionHistory(bsnNumber(61))));
}, 60_000);

async function lines(of = clientId): Promise<AuditRecord[]> {
  const trail = await openEventLogReader({ kind: 'folder', dataDir: join(service.dataDir, 'audit') });
  try {
    return await auditOfClient(trail, of);
  } finally {
    await trail.close();
  }
}

const saidOf = ({ event, user, object }: AuditRecord): string =>
  [event.action, object.kind, event.outcome, event.status, event.problem, user.organisation].join(' ');

test('each event that was sent stands there, with who sent it', async () => {
  expect((await lines()).map(saidOf)).toEqual([
    'create events allowed 201  urn:nld:agb:65656055',
    'create events allowed 201  urn:nld:agb:65656055',
    'create events allowed 201  urn:nld:gemeentecode:0363',
    'create events allowed 201  urn:nld:oin:00000001112223330000',
    'create events allowed 201  urn:nld:agb:65656055',
  ]);
});

/** The newest line, whomever it is about. */
function lastLine(): AuditRecord {
  const trail = new Database(join(service.dataDir, 'audit', 'log.db'), { readonly: true });
  const content = trail.prepare('SELECT content FROM events ORDER BY position DESC').pluck().get();
  trail.close();
  return JSON.parse(content as string) as AuditRecord;
}

test('a look stands there with what was asked, why, by which rule and in which trace, also when it was refused', async () => {
  const before = (await lines()).length;
  const at = `/v1/clients/${clientId}/coverage`;
  const headers = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
  await client.ask(municipality, `${at}?on=2023-08-01`, { headers });
  await client.ask('insurer:9999', at);
  await client.ask('policy', at);
  await client.ask(municipality, `${at}?on=yesterday`);
  await client.post(insurer, '/v1/clients/_search', { bsn: bsnNumber(61) });
  await client.ask(provider, `/v1/clients/${clientId}/events`);
  const added = (await lines()).slice(before);
  expect(added.map(saidOf)).toEqual([
    'read coverage allowed 200  urn:nld:gemeentecode:0363',
    'read coverage refused 404 client-unknown urn:nld:uzovi:9999',
    'read coverage refused 403 scope-missing urn:nld:oin:00000003999999990000',
    'read coverage failed 400 invalid-request urn:nld:gemeentecode:0363',
    'read identity allowed 200  urn:nld:uzovi:3311',
    'read journey allowed 200  urn:nld:agb:65656055',
  ]);
  expect(added[0]).toMatchObject({
    event: { code: '110110' },
    user: { role: 'municipality', actedBy: null, accessPoint: 'GET /v1/clients/:clientId/coverage' },
    object: { question: 'on=2023-08-01', purpose: 'funding', reason: null, policy: 'rows-and-days 3' },
    log: { source: 'domeinbrug', traceId: '0af7651916cd43dd8448eb211c80319c' },
  });
});

test('who was looked for stands there, also when nothing was told, or nothing is known of such a person', async () => {
  const search = (as: string, bsn: string): Promise<unknown> =>
    client.post(as, '/v1/clients/_search', { bsn });
  const before = (await lines()).length;
  await search('insurer:9999', bsnNumber(61));
  await search(provider, '123456789');
  const [refused, ...more] = (await lines()).slice(before);
  expect([saidOf(refused!), more]).toEqual([
    'read identity refused 404 client-unknown urn:nld:uzovi:9999',
    [],
  ]);
  await search(provider, bsnNumber(62));
  const later = clientIdIn(await tell(client, admissionHistory(bsnNumber(62))));
  expect(saidOf((await lines(later))[0]!)).toBe(
    'read identity refused 404 client-unknown urn:nld:agb:65656055',
  );
});

test('an event that is refused stands there under the client that it named, sent alone or in a batch', async () => {
  const [[, first]] = admissionHistory(bsnNumber(61)) as [[string, Record<string, unknown>]];
  const other = { ...first, time: '2025-01-01T00:00:00Z' };
  const before = (await lines()).length;
  expect((await client.post(provider, '/v1/events', other)).status).toBe(409);
  expect((await client.post(provider, '/v1/events', [other])).status).toBe(200);
  expect((await lines()).slice(before).map(saidOf)).toEqual([
    'create events refused 409 content-differs urn:nld:agb:65656055',
    'create events refused 409 content-differs urn:nld:agb:65656055',
  ]);
});

test('an event of a client who was erased stands there under the client too', async () => {
  const history = admissionHistory(bsnNumber(63));
  const erased = clientIdIn(await tell(client, history));
  await client.post('operator', `/v1/clients/${erased}/_erase`, { reason: 'asked by the client' });
  const before = (await lines(erased)).length;
  const [[, late]] = history as [[string, Record<string, unknown>]];
  expect((await client.post(provider, '/v1/events', late)).status).toBe(410);
  await client.post(provider, '/v1/events', [late]);
  expect((await lines(erased)).slice(before).map(saidOf)).toEqual([
    'create events refused 410 client-erased urn:nld:agb:65656055',
    'create events refused 410 client-erased urn:nld:agb:65656055',
  ]);
});

test('a body that cannot be read is a question that failed; what was asked beside it is not kept', async () => {
  await client.post(insurer, `/v1/clients/_search?bsn=${bsnNumber(61)}`, '{"bsn":');
  expect(saidOf(lastLine())).toBe('read identity failed 400 malformed-body urn:nld:uzovi:3311');
  await client.post(provider, `/v1/clients/${clientId}/coverage/_preview`, '{', {
    'content-type': 'text/plain',
  });
  expect(saidOf((await lines()).at(-1)!)).toBe(
    'read preview failed 415 unsupported-media-type urn:nld:agb:65656055',
  );
  await client.ask('policy', `/v1/clients/${clientId}/coverage?bsn=${bsnNumber(61)}`);
  expect(saidOf(lastLine())).toContain('403 scope-missing');
  expect(JSON.stringify(await lines())).not.toContain(bsnNumber(61));
});

test('a page of clients is a line for each of them, and no BSN stands in any', async () => {
  const before = (await lines()).length;
  const { body } = await client.ask(municipality, '/v1/funders/municipality:0363/coverage?on=2023-08-01');
  expect(body.clients.map((each) => each.clientId)).toContain(clientId);
  const [line] = (await lines()).slice(before);
  expect(line).toMatchObject({ object: { kind: 'coverage', question: 'on=2023-08-01' } });
  expect(JSON.stringify(await lines())).not.toContain(bsnNumber(61));
});

test('an auditor says why, or sees nothing', async () => {
  const at = `/v1/clients/${clientId}/coverage`;
  const without = await client.ask('auditor', at, { headers: { 'audit-reason': 'short' } });
  expect([without.status, without.body.code]).toEqual([400, 'reason-missing']);
  await client.ask('auditor', at, { headers: { 'audit-reason': 'complaint 2025-0113' } });
  expect((await lines()).at(-1)!.object.reason).toBe('complaint 2025-0113');
});

test('an auditor that reads figures about single people says why, and which ones it read stands there', async () => {
  const at = `/v1/replays/${'a'.repeat(64)}/results`;
  const without = await client.ask('auditor', at, { headers: { 'audit-reason': '' } });
  expect([without.status, without.body.code]).toEqual([400, 'reason-missing']);
  expect((await client.ask('auditor', at)).body.code).toBe('replay-unknown');
  const { event, object } = lastLine();
  expect([event.code, event.outcome, object.kind, object.client]).toEqual([
    '110110',
    'refused',
    'replay',
    null,
  ]);
  expect([object.question, object.reason]).toEqual([`replay=${'a'.repeat(64)}`, 'a test of this service']);
});

test('what may be a citizen service number is left out of what was asked', async () => {
  await client.ask(provider, `/v1/clients/${clientId}/coverage?on=2023-08-01&atLeast=${bsnNumber(62)}`);
  const { object } = (await lines()).at(-1)!;
  expect([object.question, JSON.stringify(object)]).toEqual([
    'on=2023-08-01',
    expect.not.stringContaining(bsnNumber(62)),
  ]);
});

test('the client reads in Dutch who pays and who looked', async () => {
  const { out } = await domeinbrug(['audit', 'extract', clientId, '--data-dir', service.dataDir]);
  expect(out).toMatch(/Wie betaalt mijn zorg\n {2}\S.* betaalt /);
  expect(out).toMatch(/Wie heeft gekeken\n/);
  expect(out).toMatch(/gemeente 0363 +bekeek wie de zorg betaalt +toegestaan +bekostiging/);
});

test('what cannot be written down is not shown', async () => {
  const trail = new Database(join(service.dataDir, 'audit', 'log.db'));
  trail.exec('BEGIN IMMEDIATE');
  const [, known] = admissionHistory(bsnNumber(61))[0]!;
  const [refused, sent] = await Promise.all([
    client.ask(municipality, `/v1/clients/${clientId}/coverage`),
    client.post(provider, '/v1/events', known),
  ]);
  expect([sent.status, sent.body.detail]).toEqual([503, expect.stringContaining('may have been done')]);
  expect([refused.status, refused.body.code]).toEqual([503, 'audit-failed']);
  expect(refused.headers.get('retry-after')).toBe('5');
  expect(refused.body.cover).toBeUndefined();
  trail.exec('ROLLBACK');
  trail.close();
  expect((await client.ask(municipality, `/v1/clients/${clientId}/coverage`)).status).toBe(200);
}, 60_000);

test('a line that was changed, or taken away, is noticed', async () => {
  const verify = ['audit', 'verify', '--data-dir', service.dataDir];
  expect(await domeinbrug(verify)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^The audit trail is whole: \d+ events,/) as string,
  });
  const trail = new Database(join(service.dataDir, 'audit', 'log.db'));
  trail.exec("UPDATE events SET content = replace(content, '0363', '0599') WHERE position = 3");
  trail.exec('DELETE FROM events WHERE position = 5');
  trail.close();
  const { code, out } = await domeinbrug(verify);
  expect(code).toBe(1);
  expect(out).toContain('The events at positions 3 are not what was stored.');
  expect(out).toContain('The digests at positions 6 do not follow from the events before them.');
});
