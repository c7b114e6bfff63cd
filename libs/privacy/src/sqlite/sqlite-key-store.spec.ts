import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeKeyStore } from '../contract/key-store-contract.js';
import type { KeyStore } from '../key-store.js';
import { SqliteKeyStore } from './sqlite-key-store.js';

describeKeyStore('a file of the data folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'domeinbrug-keys-'));
  const opened: KeyStore[] = [];
  return Promise.resolve({
    open() {
      const store = new SqliteKeyStore(join(folder, 'keys', 'clients.db'));
      opened.push(store);
      return store;
    },
    async discard() {
      await Promise.all(opened.map((store) => store.close()));
      rmSync(folder, { recursive: true });
    },
  });
});

describe('the file of keys', () => {
  it('is its owner’s only, and holds nothing more of a key that was erased', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'domeinbrug-keys-'));
    const store = new SqliteKeyStore(join(folder, 'clients.db'));
    const wrapped = Buffer.from('wrapped key of the client');
    await store.add([{ client: 'CLIENT0A', person: '', wrapped }]);
    expect(statSync(join(folder, 'clients.db')).mode & 0o777).toBe(0o600);
    const everything = (): Buffer =>
      Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
    expect(everything().includes(wrapped)).toBe(true);
    await store.erase({ client: 'CLIENT0A', person: '', at: 1, by: 'operator', reason: 'asked' });
    expect(everything().includes(wrapped)).toBe(false);
    await store.close();
    rmSync(folder, { recursive: true });
  });
});
