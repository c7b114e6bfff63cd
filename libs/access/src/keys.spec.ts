import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadOrCreateKey, loadOrCreateKeys, rotateKey } from './keys.js';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'keys-'));
});

describe('loadOrCreateKey', () => {
  it('makes a key once, readable by its owner only', async () => {
    const key = await loadOrCreateKey(dataDir, 'pseudonym');
    expect(key).toHaveLength(32);
    expect((await stat(join(dataDir, 'keys', 'pseudonym.key'))).mode & 0o777).toBe(0o600);
    expect(await loadOrCreateKey(dataDir, 'pseudonym')).toEqual(key);
    expect(await loadOrCreateKey(dataDir, 'other')).not.toEqual(key);
  });

  it('gives everyone the same key when many ask at once, and leaves no drafts', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => loadOrCreateKey(dataDir, 'pseudonym')));
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
    expect(await readdir(join(dataDir, 'keys'))).toEqual(['pseudonym.key']);
  });

  it('refuses a file that holds no whole key instead of making a new one', async () => {
    await loadOrCreateKey(dataDir, 'pseudonym');
    await writeFile(join(dataDir, 'keys', 'pseudonym.key'), 'abcd');
    await expect(loadOrCreateKey(dataDir, 'pseudonym')).rejects.toThrow('backup');
  });

  it.each(['../outside', 'A', '', 'x/y'])('refuses the name %p', async (name) => {
    await expect(loadOrCreateKey(dataDir, name)).rejects.toThrow(RangeError);
  });
});

describe('rotateKey', () => {
  it('puts another key in use and keeps those before it, the latest first', async () => {
    const made = [await loadOrCreateKey(dataDir, 'alias')];
    for (let former = 1; former <= 11; former++) {
      expect(await rotateKey(dataDir, 'alias')).toBe(former);
      made.unshift(await loadOrCreateKey(dataDir, 'alias'));
    }
    expect(await loadOrCreateKeys(dataDir, 'alias')).toEqual(made);
    expect(new Set(made.map(String)).size).toBe(12);
  });

  it('leaves keys of other names alone, also where one begins like another', async () => {
    const other = await loadOrCreateKey(dataDir, 'alias2');
    await rotateKey(dataDir, 'alias2');
    await rotateKey(dataDir, 'alias');
    expect(await loadOrCreateKeys(dataDir, 'alias')).toHaveLength(2);
    expect((await loadOrCreateKeys(dataDir, 'alias2'))[1]).toEqual(other);
  });

  it('broken off before the new key is there, one is made when it is asked for', async () => {
    const former = await loadOrCreateKey(dataDir, 'pseudonym');
    await rotateKey(dataDir, 'pseudonym');
    await rm(join(dataDir, 'keys', 'pseudonym.key'));
    const [current, ...before] = await loadOrCreateKeys(dataDir, 'pseudonym');
    expect([current.equals(former), before]).toEqual([false, [former]]);
  });
});
