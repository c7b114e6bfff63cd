import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { START } from '@domeinbrug/event-store';
import { ArchiveReader, readArchive } from '@domeinbrug/archive';
import { openLogReaderAt } from '@domeinbrug/privacy';
import {
  admissionHistory,
  bsnNumber,
  Client,
  clientIdIn,
  event,
  insurer,
  municipality,
  provider,
  startService,
  tell,
  type Service,
} from '../service.js';
import { domeinbrug, scratchFolder } from './run-domeinbrug.js';

/** One person is erased and another stays; each test begins where the one before ended. */

const scratch = scratchFolder();
const dataDir = scratch.path('data');
const bsn = bsnNumber(71);
const reference = 'dossier-of-the-erased';
const carerId = 'carer-of-the-erased';
let service: Service;
let client: Client;
let erased: string;
let other: string;

jest.setTimeout(180_000);

const onFolder = (...args: string[]) => domeinbrug([...args, '--data-dir', dataDir]);
const reason = ['--reason', 'asked by the client, letter 7'];
const erase = (...args: string[]) => onFolder('erase', ...args, ...reason);

async function start(folder = dataDir): Promise<void> {
  service = await startService(folder);
  client = new Client(service);
}

beforeAll(async () => {
  await start();
  erased = clientIdIn(await tell(client, admissionHistory(bsn)));
  other = clientIdIn(await tell(client, admissionHistory(bsnNumber(72))));
  const personal = { bsn, firstDay: '2023-02-01', municipality: '0363', birthYear: 1941, reference };
  const carer = { bsn, carerId, relationship: '3', firstDay: '2023-02-01', municipality: '0599' };
  await tell(client, [
    [provider, event(provider, 'client-registered', 'personal', personal)],
    [provider, event(provider, 'carer-registered', 'carer', carer)],
  ]);
  await service.end('SIGTERM');
});
afterAll(async () => {
  await service.end('SIGTERM');
  scratch.remove();
});

/** Every byte of a data folder but the lists of who was erased, the keys' store and the trail, which name the pseudonym. */
function bytesOf(folder: string, skip: RegExp = /^(keys|audit)$/): Buffer {
  return Buffer.concat(
    readdirSync(folder).flatMap((name) => {
      if (skip.test(name)) return [];
      const path = join(folder, name);
      return statSync(path).isDirectory() ? [bytesOf(path, skip)] : [readFileSync(path)];
    }),
  );
}

async function coverageOf(clientId: string, folder = dataDir): Promise<string> {
  const { out, err } = await domeinbrug(['coverage', clientId, '--data-dir', folder]);
  return out + err;
}

const unknown = /Nothing is known of a client/;

test('what tells something of a person lies nowhere in plain', () => {
  const bytes = bytesOf(dataDir, /^keys$/);
  for (const text of [reference, carerId, '"birthYear":1941', '"birthYear"', bsn]) {
    expect([text, bytes.includes(text)]).toEqual([text, false]);
  }
});

test('a client that is held is not erased, and who holds it and why is told', async () => {
  await onFolder('backup', scratch.path('before'));
  const held = await onFolder('retention', 'hold', erased, '--by', 'lawyer of 0363', '--reason', 'case 25-7');
  expect(held).toMatchObject({ code: 0, err: '' });
  const refused = await erase(erased);
  expect([refused.code, refused.err]).toEqual([
    1,
    expect.stringMatching(/held since .* by lawyer of 0363 \(case 25-7\)/),
  ]);
  const lines = await onFolder('audit', 'extract', erased);
  expect(lines.out).toMatch(/verwijderde persoonlijke gegevens +geweigerd/);
  expect(await coverageOf(erased)).not.toMatch(unknown);
  expect(await onFolder('retention', 'release', erased)).toMatchObject({ code: 0 });
  expect((await onFolder('retention', 'release', erased)).code).toBe(1);
});

test('an erased client is gone from every answer at every moment, and asked again nothing changes', async () => {
  const known = await coverageOf(erased);
  expect(known).not.toMatch(unknown);
  const done = await erase(erased, '--json');
  expect(done.err).toBe('');
  expect(JSON.parse(done.out)).toMatchObject({ clientId: erased, status: 'erased' });
  expect(await coverageOf(erased)).toMatch(unknown);
  expect((await onFolder('coverage', erased, '--known-at', '3')).err).toMatch(unknown);
  const extract = await onFolder('audit', 'extract', erased);
  expect(extract.out).toMatch(/geen zorg bekend[^]*beheerder .* verwijderde persoonlijke gegevens/);
  expect((await onFolder('audit', 'extract', 'NEVER00001')).err).toMatch(unknown);
  const day = await onFolder('funder', municipality, '--on', '2023-08-01');
  expect(day.out).not.toContain(erased);
  expect(day.out).toContain(other);
  expect(JSON.parse((await erase(erased, '--json')).out)).toMatchObject({ status: 'known' });
  expect(await coverageOf(other)).not.toMatch(unknown);
});

test('nothing of it is left in read models and archive, and the log is whole', async () => {
  const views = readdirSync(dataDir).filter((name) => name.startsWith('views-') || name === 'archive');
  expect(views.length).toBeGreaterThanOrEqual(2);
  const derived = bytesOf(dataDir, /^(keys|audit|log\.db.*)$/);
  expect(derived.includes(other)).toBe(true);
  expect(derived.includes(erased)).toBe(false);
  expect(await onFolder('verify')).toMatchObject({ code: 0, err: '' });
});

test('the archive knows nobody by the id, and has the other still', () => {
  const archive = new ArchiveReader(readArchive({ dataDir, foldVersion: 'fold 2' })!);
  expect(archive.numberOf(erased)).toBeUndefined();
  const number = archive.numberOf(other)!;
  expect(archive.clientAt(number)).toBe(other);
  const all = Array.from({ length: archive.clients }, (_, at) => archive.clientAt(at));
  expect(all).not.toContain(erased);
  const home = [...archive.candidates({ level: 'municipality', code: 363 })];
  expect(home).toEqual([number]);
});

test('a rebuild does not bring the person back', async () => {
  expect(await onFolder('projections', 'rebuild')).toMatchObject({ code: 0 });
  expect(bytesOf(dataDir, /^(keys|audit|log\.db.*)$/).includes(erased)).toBe(false);
  expect(await coverageOf(erased)).toMatch(unknown);
  expect(await onFolder('verify')).toMatchObject({ code: 0 });
});

test('events that come in later are refused, those of others are not', async () => {
  await start();
  const about = { bsn, firstDay: '2025-01-01', municipality: '0363' };
  const late = event(provider, 'client-registered', 'late', about);
  const sent = await client.post(provider, '/v1/events', late);
  expect([sent.status, sent.body.code]).toEqual([410, 'client-erased']);
  const again = await client.post(provider, '/v1/events', admissionHistory(bsn)[0]![1]);
  expect([again.status, again.body.code]).toEqual([410, 'client-erased']);
  const batch = await client.post(provider, '/v1/events', [
    late,
    event(provider, 'client-registered', 'later', { ...about, bsn: bsnNumber(72) }),
  ]);
  expect(batch.body.results.map(({ status }) => status)).toEqual(['rejected', 'recorded']);
  const found = await client.post(provider, '/v1/clients/_search', { bsn });
  expect([found.status, found.body.code]).toEqual([404, 'client-unknown']);
  const feed = await client.ask(municipality, `/v1/funders/${municipality}/changes`);
  expect(JSON.stringify(feed.body)).toContain(other);
  expect(JSON.stringify(feed.body)).not.toContain(erased);
  await service.end('SIGTERM');
});

test('a copy of the log carries the erasure and no key', async () => {
  const copied = scratch.path('copied');
  expect(await domeinbrug(['copy', '--from', dataDir, '--to', copied])).toMatchObject({ code: 0 });
  expect(await coverageOf(erased, copied)).toMatch(unknown);
  const keys = new Database(join(copied, 'keys', 'clients.db'), { readonly: true });
  expect(keys.prepare('SELECT count(*) FROM keys WHERE client = ?').pluck().get(erased)).toBe(0);
  expect(keys.prepare('SELECT count(*) FROM keys WHERE client = ?').pluck().get(other)).toBe(1);
  keys.close();
  const log = await openLogReaderAt({ kind: 'folder', dataDir: copied });
  const types = (await log.readStream(`journey-${erased}`)).map(({ type }) => type);
  expect(types.at(-1)).toBe('client-erased');
  await log.close();
});

test('a restored backup from before does not bring the person back, and without the list it is not restored', async () => {
  const backup = scratch.path('before');
  const restored = scratch.path('restored');
  const restore = (...args: string[]) => domeinbrug(['restore', backup, ...args, '--data-dir', restored]);
  expect(await restore()).toMatchObject({ code: 2, err: expect.stringContaining('--erasures <file>') });
  const done = await restore('--erasures', dataDir);
  expect(done).toMatchObject({ code: 0, out: expect.stringContaining('1 erasure of the list applied') });
  expect(await coverageOf(erased, restored)).toMatch(unknown);
  expect(await coverageOf(other, restored)).not.toMatch(unknown);
  await start(restored);
  const sent = await client.post(provider, '/v1/events', admissionHistory(bsn)[0]![1]);
  expect([sent.status, sent.body.code]).toEqual([410, 'client-erased']);
  expect((await client.ask(insurer, `/v1/clients/${other}/coverage`)).status).toBe(200);
  await service.end('SIGTERM');
  expect(bytesOf(restored, /^(keys|audit|log\.db.*)$/).includes(erased)).toBe(false);
  expect(await domeinbrug(['verify', '--data-dir', restored])).toMatchObject({ code: 0 });
});

test('a backup restored past the list is put right by it when the service starts', async () => {
  const restored = scratch.path('restored-past-the-list');
  const done = await domeinbrug(['restore', scratch.path('before'), '--no-erasures', '--data-dir', restored]);
  expect(done.code).toBe(0);
  expect(await coverageOf(erased, restored)).not.toMatch(unknown);
  const list = readFileSync(join(dataDir, 'keys', 'erasures.ndjson'), 'utf8');
  scratch.write('restored-past-the-list/keys/erasures.ndjson', list);
  await start(restored);
  expect(await coverageOf(erased, restored)).toMatch(unknown);
  await service.end('SIGTERM');
});

test('what was erased stands in the audit trail and in the log', async () => {
  const { out } = await onFolder('audit', 'verify', '--json');
  expect(JSON.parse(out)).toMatchObject({ broken: [], changed: [] });
  const trail = await openLogReaderAt({ kind: 'folder', dataDir: join(dataDir, 'audit') });
  const lines = (await trail.readStream(`client-${erased}`)).map(({ content }) => content);
  await trail.close();
  expect(lines).toContainEqual(
    expect.objectContaining({
      event: expect.objectContaining({ action: 'delete', outcome: 'allowed' }),
      object: expect.objectContaining({ kind: 'erasure', client: erased }),
    }),
  );
  const log = await openLogReaderAt({ kind: 'folder', dataDir });
  const stored = (await log.readAll(START, 1_000)).filter(({ type }) => type === 'client-erased');
  expect(stored.map(({ stream, personal }) => [stream, personal])).toEqual([[`journey-${erased}`, null]]);
  await log.close();
});

test('events past their term are told with what to do, and those that are held are let be', async () => {
  const due = (...args: string[]) => onFolder('retention', '--due', ...args);
  expect(await due('--on', '2026-01-01')).toMatchObject({ code: 0, err: '' });
  const all = await due('--on', '2100-01-01', '--json');
  expect(all.code).toBe(1);
  const { clients } = JSON.parse(all.out) as { clients: { clientId: string; keptThrough: string | null }[] };
  expect(clients.map(({ clientId }) => clientId)).toEqual([other]);
  expect(clients[0]).toMatchObject({ keptThrough: null, held: null, withoutTerm: 0 });
  expect((await due('--on', '2100-01-01')).out).toContain(`domeinbrug erase ${other} --reason`);
  await onFolder('retention', 'hold', other, '--by', 'archive', '--reason', 'transfer');
  expect(await due('--on', '2100-01-01')).toMatchObject({
    code: 0,
    out: expect.stringContaining('held by archive: transfer'),
  });
  expect((await onFolder('retention')).out).toMatch(/provider +\* +20 years .*7:454/);
  expect((await due('--terms', 'package.json')).code).toBe(2);
});

test('a running service erases for who has the scope, and holds count there too', async () => {
  await start();
  const taken = await erase(other);
  expect(taken).toMatchObject({ code: 1, err: expect.stringContaining('token --as operator') });
  const door = `/v1/clients/${other}/_erase`;
  const why = { reason: 'asked by the client' };
  expect((await client.post(provider, door, why)).body.code).toBe('scope-missing');
  expect((await client.post('operator', door, {})).status).toBe(400);
  const held = await client.post('operator', door, why);
  expect([held.status, held.body.code]).toEqual([409, 'client-held']);
  await onFolder('retention', 'release', other);
  const token = (await onFolder('token', '--as', 'operator')).out.trim();
  const ended = await domeinbrug(['erase', other, '--url', service.address, ...reason, '--json'], {
    env: { DOMEINBRUG_TOKEN: token },
  });
  expect(ended).toMatchObject({ code: 0, err: '' });
  const done = JSON.parse(ended.out) as { position: string };
  const feed = `/v1/funders/${municipality}/changes?atLeast=${done.position}`;
  expect(JSON.stringify((await client.ask(municipality, feed)).body)).not.toContain(other);
  expect((await client.ask(municipality, `/v1/clients/${other}/coverage`)).status).toBe(404);
  await service.end('SIGTERM');
  expect(await onFolder('verify')).toMatchObject({ code: 0 });
});
