import { mkdtemp, readdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadOrCreateKey } from './keys.js';

describe('loadOrCreateKey', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'keys-'));
  });

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
