import { link, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
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

  it('asked for by many at once adds a former key for each change that was made, and loses none', async () => {
    const changed: number[] = [];
    for (let round = 0; round < 20; round++) {
      const before = await loadOrCreateKeys(dataDir, 'pseudonym');
      const changes = await Promise.allSettled(Array.from({ length: 8 }, (_, turns) => rotateAfter(turns)));
      changed.push(changes.filter(({ status }) => status === 'fulfilled').length);
      const keys = (await loadOrCreateKeys(dataDir, 'pseudonym')).map((key) => key.toString('hex'));
      expect(keys).toEqual(expect.arrayContaining(before.map((key) => key.toString('hex'))));
      expect(new Set(keys).size).toBe(before.length + changed.at(-1)!);
    }
    expect(Math.min(...changed)).toBeGreaterThan(0);
    const drafts = (await readdir(join(dataDir, 'keys'))).filter((file) => !file.endsWith('.key'));
    expect(drafts).toEqual([]);
  });

  it('refuses to go on where another is half done, and changes nothing', async () => {
    const former = await loadOrCreateKey(dataDir, 'alias');
    const half = join(dataDir, 'keys', 'alias.former-1.key');
    await link(join(dataDir, 'keys', 'alias.key'), half);
    await expect(rotateKey(dataDir, 'alias')).rejects.toThrow(
      /being changed by somebody else.*former-1.key away/,
    );
    expect(await loadOrCreateKeys(dataDir, 'alias')).toEqual([former, former]);
    await rm(half);
    expect(await rotateKey(dataDir, 'alias')).toBe(1);
    expect((await loadOrCreateKeys(dataDir, 'alias'))[1]).toEqual(former);
  });
});

/** Begins so many turns of the event loop later, so that changes meet each other at every step. */
async function rotateAfter(turns: number): Promise<number> {
  for (let turn = 0; turn < turns; turn++) await setImmediate();
  return rotateKey(dataDir, 'pseudonym');
}
