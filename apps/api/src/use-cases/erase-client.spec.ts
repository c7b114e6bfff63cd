import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventLog } from '@domeinbrug/event-store';
import { serviceEvent, toNewEvent, type IdentifiedEvent } from '@domeinbrug/intake';
import { streamOfClient } from '@domeinbrug/journey';
import { openKeyStore, openSealedLogInProcess, type KeyStore } from '@domeinbrug/privacy';
import { ReferenceBook, ViewsNotReady } from '@domeinbrug/projections';
import { Replays } from '@domeinbrug/replay';
import type { Stores } from '../stores/stores.js';
import { eraseClient } from './erase-client.js';

const sent = (type: IdentifiedEvent['type'], clientId: string, data: object): IdentifiedEvent =>
  ({
    id: `${type}-${clientId}`,
    source: 'urn:nld:agb:65656055:systeem:ecd',
    type,
    time: '2024-03-05T08:12:00+01:00',
    extensions: {},
    clientId,
    data,
  }) as IdentifiedEvent;
const registered = { firstDay: '2024-03-04', municipality: '0363', birthYear: 1941 };
const carer = { carerId: 'mary', relationship: '3', firstDay: '2024-03-04', municipality: '0599' };
const reason = 'asked by the client, letter 2025-0113';

let dataDir: string;
let log: EventLog;
let keys: KeyStore;
let stores: Stores;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'domeinbrug-erasing-'));
  log = await openSealedLogInProcess({ kind: 'folder', dataDir, keys: { kind: 'folder', dataDir } });
  keys = openKeyStore({ kind: 'folder', dataDir });
  for (const clientId of ['CLIENT0A', 'CLIENT0B', 'CLIENT0C']) {
    const events = [
      sent('client-registered', clientId, registered),
      sent('carer-registered', clientId, carer),
    ];
    await append(
      streamOfClient(clientId),
      ...events.map((event) => toNewEvent(event, { organisation: 'provider' })),
    );
  }
  const data = { from: 'CLIENT0A', into: 'CLIENT0B', day: '2024-04-01' };
  const merge = { type: 'client-merged', id: 'merge', time: Date.UTC(2024, 3, 1), data } as const;
  await append('reference-clients', serviceEvent('reference-clients', merge, { organisation: 'import' }));
  stores = {
    config: { dataDir, databaseUrl: null, databaseSchema: 'domeinbrug' },
    log,
    keys,
    references: new ReferenceBook(log),
    replays: new Replays({ folder: null, archive: () => null, pseudonymKey: Buffer.alloc(32, 1) }),
    projections: { views: viewsBeingBuilt },
  } as unknown as Stores;
});
afterEach(async () => {
  await stores.replays.close();
  await keys.close();
  await log.close();
  rmSync(dataDir, { recursive: true });
});

async function append(stream: string, ...events: Parameters<EventLog['append']>[0]['events']): Promise<void> {
  const { status } = await log.append({ stream, expectedRevision: 'any', events });
  if (status !== 'appended') throw new Error(status);
}

function viewsBeingBuilt(): never {
  throw new ViewsNotReady('They are being built.');
}

const personals = async (clientId: string): Promise<object[]> =>
  (await log.readStream(streamOfClient(clientId))).map(({ personal }) => personal!);

describe('a person who is kept under two ids that were merged', () => {
  it.each(['CLIENT0A', 'CLIENT0B'])('is not erased under any while %s is held', async (held) => {
    await keys.hold({
      client: held,
      at: Date.UTC(2025, 0, 1),
      by: 'legal department',
      reason: 'case 2025-7',
    });
    const before = await Promise.all(['CLIENT0A', 'CLIENT0B'].map(personals));
    await expect(eraseClient(stores, 'CLIENT0B', { reason }, 'operator')).rejects.toMatchObject({
      code: 'client-held',
      message: expect.stringContaining('by legal department (case 2025-7)'),
    });
    expect(await keys.erasures()).toEqual([]);
    expect(await Promise.all(['CLIENT0A', 'CLIENT0B'].map(personals))).toEqual(before);
  });

  it('is erased under both when only somebody else is held', async () => {
    await keys.hold({ client: 'CLIENT0C', at: 1, by: 'legal department', reason: 'another case' });
    expect(await eraseClient(stores, 'CLIENT0B', { reason }, 'operator')).toMatchObject({ status: 'erased' });
    expect(await Promise.all(['CLIENT0A', 'CLIENT0B'].map(personals))).toEqual([[], []]);
    expect(await personals('CLIENT0C')).toHaveLength(2);
  });

  it('has a carer erased under both, and nobody else’s carer of that name', async () => {
    await eraseClient(stores, 'CLIENT0B', { reason, carerId: 'mary' }, 'operator');
    for (const clientId of ['CLIENT0A', 'CLIENT0B']) {
      const [own, theCarers] = await personals(clientId);
      expect(own).toMatchObject({ birthYear: 1941 });
      expect(theCarers).toEqual({ carerId: expect.stringMatching(/^erased-/) });
    }
    expect((await personals('CLIENT0C'))[1]).toMatchObject({ carerId: 'mary', relationship: '3' });
  });

  it('has no carer erased while one of the ids is held', async () => {
    await keys.hold({ client: 'CLIENT0A', at: 1, by: 'legal department', reason: 'case 2025-7' });
    await expect(
      eraseClient(stores, 'CLIENT0B', { reason, carerId: 'mary' }, 'operator'),
    ).rejects.toMatchObject({ code: 'client-held' });
    expect(await keys.erasures()).toEqual([]);
  });
});
