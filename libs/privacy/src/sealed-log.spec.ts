import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openSqliteEventLogInProcess, START, type EventLog, type NewEvent } from '@domeinbrug/event-store';
import { erase } from './erasure-list.js';
import { openKeyStore } from './open-keys.js';
import { openLogReaderAt, openSealedLogInProcess } from './open-sealed-log.js';
import { PersonErased, type OpenedEvent } from './sealed-events.js';
import type { SealedPlace } from './sealed-log.js';

const stream = 'journey-CLIENT0A';
const hashOf = (event: object): string => createHash('sha256').update(JSON.stringify(event)).digest('hex');

function told(id: string, personal: object | null, type = 'client-registered'): NewEvent {
  const content = { specversion: '1.0', id, source: 'urn:nld:agb:65656055:systeem:test', data: {} };
  return { id, type, contentHash: hashOf({ content, personal }), content, personal, metadata: {} };
}

const year = told('year', { birthYear: 1941, reference: 'dossier 7' });
const carer = told('carer', { carerId: 'mary', relationship: '3', municipality: '0599', reference: 'r' });
const corrected = told('corrected', { data: { carerId: 'mary', relationship: '4' } }, 'event-corrected');
const ended = told('ended', { carerId: 'mary' }, 'carer-ended');
const plain = told('plain', null, 'client-admitted');

let dataDir: string;
let log: EventLog;

const place = (): SealedPlace => ({ kind: 'folder', dataDir, keys: { kind: 'folder', dataDir } });
const masterKey = (): string => join(dataDir, 'keys', 'clients.key');

async function open(): Promise<void> {
  log = await openSealedLogInProcess(place());
}
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'domeinbrug-sealed-'));
  await open();
});
afterEach(async () => {
  await log.close();
  rmSync(dataDir, { recursive: true });
});

const append = (...events: NewEvent[]) => log.append({ stream, expectedRevision: 'any', events });
const personals = async () => (await log.readStream(stream)).map(({ personal }) => personal);

/** Changes the log's file behind its back. */
async function tamper(change: string): Promise<void> {
  await log.close();
  const file = new Database(join(dataDir, 'log.db'));
  file.exec(change);
  file.close();
  await open();
}

async function eraseOwner(person: string): Promise<void> {
  const store = openKeyStore({ kind: 'folder', dataDir });
  const erasure = { client: 'CLIENT0A', person, at: Date.UTC(2025, 2, 4), by: 'test', reason: 'asked' };
  await erase({ store, log, dataDir }, erasure);
  await store.close();
}

/** As the store of keys names the carer. */
function carerOf(): string {
  const keys = new Database(join(dataDir, 'keys', 'clients.db'), { readonly: true });
  const person = keys.prepare("SELECT person FROM keys WHERE person <> ''").pluck().get() as string;
  keys.close();
  return person;
}

describe('a log under keys', () => {
  it('gives back what was told, holds none of it in plain, and none of its hashes', async () => {
    expect((await append(year, carer, corrected, plain)).status).toBe('appended');
    const read: OpenedEvent[] = await log.readStream(stream);
    expect(read.map(({ personal }) => personal)).toEqual(
      [year, carer, corrected, plain].map((event) => event.personal),
    );
    expect(read.map(({ toldHash }) => toldHash)).toEqual([
      year.contentHash,
      carer.contentHash,
      corrected.contentHash,
      undefined,
    ]);
    expect((await log.readAll(START, 10)).map(({ personal }) => personal)).toEqual(await personals());
    const bytes = Buffer.concat(
      readdirSync(dataDir)
        .filter((name) => name.startsWith('log.db'))
        .map((name) => readFileSync(join(dataDir, name))),
    );
    for (const text of ['birthYear', 'dossier 7', 'mary', '0599'])
      expect([text, bytes.includes(text)]).toEqual([text, false]);
    for (const { contentHash } of [year, carer, corrected])
      expect(bytes.includes(Buffer.from(contentHash, 'hex'))).toBe(false);
    expect(bytes.includes(Buffer.from(plain.contentHash, 'hex'))).toBe(true);
  });

  it('hands appends over in the order in which they were asked for, whatever each takes', async () => {
    const events = [carer, year, plain, corrected, ended, told('last', null)];
    const appended = await Promise.all(
      events.map((event, at) =>
        log.append({
          stream: `journey-CLIENT0${at}`,
          expectedRevision: 'any',
          events: [event],
          recordedAt: [1_000 + at],
        }),
      ),
    );
    expect(appended.map(({ status }) => status)).toEqual(events.map(() => 'appended'));
    expect((await log.readAll(START, 10)).map(({ id }) => id)).toEqual(events.map(({ id }) => id));
  });

  it('goes on after an append that was refused, and none comes before its turn', async () => {
    await append(year);
    await eraseOwner('');
    const [refused, next] = await Promise.allSettled([
      append(plain),
      log.append({ stream: 'journey-CLIENT0B', expectedRevision: 'any', events: [carer] }),
    ]);
    expect([refused.status, next.status]).toEqual(['rejected', 'fulfilled']);
  });

  it('refuses keys whose master key is gone, and those that another one has wrapped', async () => {
    await append(year);
    await log.close();
    const reader = await openLogReaderAt(place());
    rmSync(masterKey());
    await expect(open()).rejects.toThrow(/clients.key, which opens them, is not there/);
    await expect(reader.readStream(stream)).rejects.toThrow(/clients.key, which opens them, is not there/);
    writeFileSync(masterKey(), '0'.repeat(64));
    await expect(open()).rejects.toThrow(/another keys\/clients.key/);
    await expect(reader.readStream(stream)).rejects.toThrow(/another keys\/clients.key/);
    await reader.close();
  });

  it('refuses another master key from before there is any client', async () => {
    await log.close();
    writeFileSync(masterKey(), '0'.repeat(64));
    await expect(open()).rejects.toThrow(/another keys\/clients.key/);
  });

  it('is refused beside a folder that never held its keys', async () => {
    await append(year);
    await log.close();
    rmSync(join(dataDir, 'keys'), { recursive: true });
    await expect(open()).rejects.toThrow(/has no keys of clients/);
  });

  it('stores nothing when no key can be made', async () => {
    const keys = new Database(join(dataDir, 'keys', 'clients.db'));
    keys.exec('DROP TABLE keys');
    keys.close();
    await expect(append(year)).rejects.toMatchObject({ name: 'AppendFailed', outcome: 'not-stored' });
    expect((await log.head()).position).toBe(START);
  });

  it('knows an event that is sent again, and one that says something else', async () => {
    await append(year, carer, plain);
    expect((await append(year)).status).toBe('known');
    expect((await append(carer, plain, year)).status).toBe('known');
    const other = told('year', { birthYear: 1942 });
    expect(await append(other)).toEqual({ status: 'conflict', ids: ['year'] });
  });

  it('reads and knows what was recorded before there were keys', async () => {
    await log.close();
    const before = await openSqliteEventLogInProcess({ dataDir });
    await before.append({ stream, expectedRevision: 'no-stream', events: [year] });
    await before.close();
    await open();
    expect(await personals()).toEqual([year.personal]);
    expect((await append(year)).status).toBe('known');
    expect(await append(year, carer)).toMatchObject({ status: 'appended', fresh: [false, true] });
    expect(await append(told('year', { birthYear: 1942 }))).toEqual({ status: 'conflict', ids: ['year'] });
  });

  it.each([
    [
      'changed',
      `UPDATE events SET personal = replace(personal, substr(personal, 40, 1), '_') WHERE id = 'year'`,
    ],
    [
      'moved',
      `UPDATE events SET personal = (SELECT personal FROM events WHERE id = 'carer') WHERE id = 'year'`,
    ],
    ['given another hash', `UPDATE events SET content_hash = zeroblob(32) WHERE id = 'year'`],
  ])('leaves sealed what was %s, and opens the others', async (_, change) => {
    await append(year, carer);
    await tamper(change);
    expect(await personals()).toEqual([{ sealed: expect.any(String) }, carer.personal]);
  });

  it('opens nothing under a key that is gone without an erasure', async () => {
    await append(year);
    const keys = new Database(join(dataDir, 'keys', 'clients.db'));
    keys.exec('DELETE FROM keys');
    keys.close();
    expect(await personals()).toEqual([{ sealed: expect.any(String) }]);
  });
});

describe('a client who was erased', () => {
  it('has no events at any position, and each place of the log tells of nobody', async () => {
    const { positions } = (await append(year, plain)) as { positions: string[] };
    await eraseOwner('');
    expect(await log.readStream(stream)).toEqual([]);
    expect(await log.readStream(stream, positions[0])).toEqual([]);
    expect(await log.readStreams('journey', null, 10)).toEqual([{ stream, events: [] }]);
    const all = await log.readAll(START, 10);
    expect(all.map(({ type, stream: of }) => [type, of])).toEqual([
      ['erased', 'erased'],
      ['erased', 'erased'],
      ['client-erased', stream],
    ]);
    expect(all[2]!.content).toMatchObject({ data: { day: '2025-03-04' } });
    expect(JSON.stringify(all.slice(0, 2))).not.toMatch(/CLIENT0A|sealed|65656055/);
  });

  it('is erased by the event alone where the keys did not come along', async () => {
    await append(year, plain);
    await eraseOwner('');
    rmSync(join(dataDir, 'keys', 'clients.db'));
    expect(await log.readStream(stream)).toEqual([]);
    expect(await log.readStreams('journey', null, 10)).toEqual([{ stream, events: [] }]);
  });

  it('is told of no more: late events, and those sent again, are refused', async () => {
    await append(year, plain);
    await eraseOwner('');
    for (const event of [year, plain, told('late', null)])
      await expect(append(event)).rejects.toThrow(PersonErased);
    await expect(append(plain)).rejects.toThrow(/^This client was erased on 2025-03-04/);
  });
});

describe('a carer who was erased', () => {
  it('leaves days and a name that leads to nobody, in corrections too', async () => {
    await append(year, carer, corrected, ended);
    const person = carerOf();
    await eraseOwner(person);
    const standIn = { carerId: `erased-${person}` };
    expect(await personals()).toEqual([
      year.personal,
      { reference: 'r', ...standIn },
      { data: standIn },
      standIn,
    ]);
    expect(((await log.readStream(stream)) as OpenedEvent[]).map(({ toldHash }) => toldHash)).toEqual([
      year.contentHash,
      null,
      null,
      null,
    ]);
    await expect(append(told('again', { carerId: 'mary' }))).rejects.toThrow(/carer .* was erased/);
    expect((await append(told('other', { carerId: 'john' }))).status).toBe('appended');
  });
});
