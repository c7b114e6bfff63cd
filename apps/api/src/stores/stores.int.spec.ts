import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKeyStore } from '@domeinbrug/privacy';
import { replayVersion, type AnsweredReplay } from '@domeinbrug/replay';
import { readConfig } from '@domeinbrug/settings';

const { openStores } = jest.requireActual<typeof import('./stores.js')>(
  '../../../../dist/apps/api/src/stores/stores.js',
);

test('stores of which the last cannot be opened are all closed, so that they can be opened again', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'domeinbrug-stores-'));
  const config = readConfig({ DOMEINBRUG_DATA_DIR: dataDir });
  const key = join(dataDir, 'keys', 'replay.key');
  mkdirSync(join(dataDir, 'keys'), { mode: 0o700 });
  writeFileSync(key, 'no key');
  await expect(openStores(config)).rejects.toThrow('holds no key');
  rmSync(key);
  const stores = await openStores(config); // refused while anything of the folder is held
  await stores.close();
  rmSync(dataDir, { recursive: true });
});

test('replays forget at the start whom another service has erased, or this one before it was broken off', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'domeinbrug-stores-'));
  const answered = { id: 'one', engine: replayVersion, differing: ['CLIENT0A', 'CLIENT0B', 'CLIENT0C'] };
  mkdirSync(join(dataDir, 'replays'));
  writeFileSync(join(dataDir, 'replays', 'one.json'), JSON.stringify(answered));
  const keys = openKeyStore({ kind: 'folder', dataDir });
  const erasure = { at: 1_000, by: 'operator', reason: 'asked by the client' };
  await keys.erase({ ...erasure, client: 'CLIENT0A', person: '' });
  await keys.erase({ ...erasure, client: 'CLIENT0B', person: 'f'.repeat(32) }); // a carer: the client stays
  await keys.close();
  const stores = await openStores(readConfig({ DOMEINBRUG_DATA_DIR: dataDir }));
  const { differing } = stores.replays.answered('one') as AnsweredReplay;
  await stores.close();
  expect(differing).toEqual(['CLIENT0B', 'CLIENT0C']);
  expect(readFileSync(join(dataDir, 'replays', 'one.json'), 'utf8')).not.toContain('CLIENT0A');
  rmSync(dataDir, { recursive: true });
});
