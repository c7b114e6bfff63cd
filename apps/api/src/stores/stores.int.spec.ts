import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
