import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventLog } from '@domeinbrug/event-store';
import { applyErasures, erase, readErasures } from './erasure-list.js';
import type { Erasure, KeyStore } from './key-store.js';
import { openKeyStore } from './open-keys.js';
import { openSealedLogInProcess } from './open-sealed-log.js';

const erasure = (client: string): Erasure => ({
  client,
  person: '',
  at: Date.UTC(2025, 2, 4),
  by: 'operator',
  reason: 'asked by the client',
});

let dataDir: string;
let list: string;
let log: EventLog;
let store: KeyStore;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'domeinbrug-erasures-'));
  list = join(dataDir, 'keys', 'erasures.ndjson');
  log = await openSealedLogInProcess({ kind: 'folder', dataDir, keys: { kind: 'folder', dataDir } });
  store = openKeyStore({ kind: 'folder', dataDir });
});
afterEach(async () => {
  await store.close();
  await log.close();
  rmSync(dataDir, { recursive: true });
});

const eraseClient = (client: string): Promise<Erasure> => erase({ store, log, dataDir }, erasure(client));
const clientsIn = (path: string | number): string[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as Erasure).client);

describe('the list of erasures', () => {
  it('has a line for each, and is never seen half: who has it open reads on what it was', async () => {
    await eraseClient('CLIENT0A');
    const reader = openSync(list, 'r');
    await eraseClient('CLIENT0B');
    expect(clientsIn(reader)).toEqual(['CLIENT0A']);
    closeSync(reader);
    expect(readErasures(list)).toEqual([erasure('CLIENT0A'), erasure('CLIENT0B')]);
    expect(readdirSync(join(dataDir, 'keys')).filter((name) => name.startsWith('erasures'))).toEqual([
      'erasures.ndjson',
    ]);
  });

  it('stays as it was when it cannot be written, and the next start does the rest', async () => {
    await eraseClient('CLIENT0A');
    const inTheWay = `${list}.draft`;
    mkdirSync(inTheWay);
    await expect(eraseClient('CLIENT0B')).rejects.toThrow('EISDIR');
    expect(clientsIn(list)).toEqual(['CLIENT0A']);
    rmSync(inTheWay, { recursive: true });
    await applyErasures({ store, log, dataDir });
    expect(clientsIn(list)).toEqual(['CLIENT0A', 'CLIENT0B']);
    expect((await log.readAll('0', 10)).map(({ stream }) => stream)).toEqual([
      'journey-CLIENT0A',
      'journey-CLIENT0B',
    ]);
  });

  it('is written over what a power cut left of a draft', async () => {
    await eraseClient('CLIENT0A');
    writeFileSync(`${list}.draft`, '{"client":"CLIENT0B","per');
    await eraseClient('CLIENT0B');
    expect(clientsIn(list)).toEqual(['CLIENT0A', 'CLIENT0B']);
  });

  it.each([
    ['a torn line', '{"client":"CLIENT0B","per'],
    ['a line without a reason', '{"client":"CLIENT0B","person":"","at":1,"by":"operator"}'],
    ['no object', 'null'],
  ])('with %s is refused with its file and line, and nothing is erased by it', async (_, line) => {
    await eraseClient('CLIENT0A');
    writeFileSync(list, `${readFileSync(list, 'utf8')}${line}\n`);
    const before = readFileSync(list, 'utf8');
    await expect(applyErasures({ store, log, dataDir })).rejects.toMatchObject({
      name: 'KeysRefused',
      message: expect.stringContaining(`${list}, line 2 is no erasure.`),
    });
    expect(await store.erasures()).toEqual([erasure('CLIENT0A')]);
    expect(readFileSync(list, 'utf8')).toBe(before);
  });
});
