import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { erase, openKeyStore, openSealedLogInProcess, type KeyStore } from '@domeinbrug/privacy';
import type { EventLog, NewEvent } from '@domeinbrug/event-store';
import type { Terminal } from '../terminal.js';
import { copy } from './copy.js';

const registered = (id: string): NewEvent => {
  const content = { specversion: '1.0', id, source: 'urn:nld:agb:65656055:systeem:test', data: {} };
  const personal = { birthYear: 1941 };
  const contentHash = createHash('sha256').update(JSON.stringify({ content, personal })).digest('hex');
  return { id, type: 'client-registered', contentHash, content, personal, metadata: {} };
};

let scratch: string;
let from: string;
let to: string;
let log: EventLog;
let source: KeyStore;

const logIn = (dataDir: string): Promise<EventLog> =>
  openSealedLogInProcess({ kind: 'folder', dataDir, keys: { kind: 'folder', dataDir } });

beforeEach(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'domeinbrug-copy-'));
  [from, to] = [join(scratch, 'from'), join(scratch, 'to')];
  log = await logIn(from);
  source = openKeyStore({ kind: 'folder', dataDir: from });
  for (const client of ['CLIENT0A', 'CLIENT0B'])
    await log.append({ stream: `journey-${client}`, expectedRevision: 'any', events: [registered(client)] });
});
afterEach(async () => {
  await source.close();
  await log.close();
  rmSync(scratch, { recursive: true });
});

/** Of nobody who looks. Whether somebody does is asked when the keys are copied and the events are about to be. */
function terminal(beforeEvents: () => void): Terminal {
  return {
    out: () => undefined,
    err: () => undefined,
    columns: 80,
    output: process.stdout,
    get interactive() {
      beforeEvents();
      return false;
    },
    readInput: () => Promise.resolve(''),
  };
}

/** Whose keys and whose erasures a data folder has, and of whom its log still tells. */
async function peopleIn(dataDir: string): Promise<object> {
  const [keys, copied] = [openKeyStore({ kind: 'folder', dataDir }), await logIn(dataDir)];
  const told = await copied.readStreams('journey', null, 10);
  const found = {
    keys: (await keys.page(null, 10)).map(({ client }) => client),
    erased: (await keys.erasures()).map(({ client }) => client),
    told: told.filter(({ events }) => events.length > 0).map(({ stream }) => stream),
  };
  await keys.close();
  await copied.close();
  return found;
}

const others = { keys: ['CLIENT0B'], erased: ['CLIENT0A'], told: ['journey-CLIENT0B'] };
const erasure = { client: 'CLIENT0A', person: '', at: 1_000, by: 'operator', reason: 'asked by the client' };

describe('a client who is erased in the source', () => {
  it('while a copy is under way is erased in the copy too', async () => {
    let erasing: Promise<unknown> | undefined;
    await copy(
      terminal(() => void (erasing ??= source.erase(erasure))),
      { from, to },
    );
    await erasing;
    expect(await peopleIn(to)).toEqual(others);
  });

  it('after an earlier copy had brought the key is erased in the copy once it is copied again', async () => {
    await copy(
      terminal(() => undefined),
      { from, to },
    );
    await erase({ store: source, log, dataDir: from }, erasure);
    await copy(
      terminal(() => undefined),
      { from, to },
    );
    expect(await peopleIn(to)).toEqual(others);
  });
});
