import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyKeys } from './copy-keys.js';
import type { Erasure, Hold, KeyStore, WrappedKey } from './key-store.js';
import { openKeyStore } from './open-keys.js';

const carer = 'f'.repeat(32);
const key = (client: string, person = ''): WrappedKey => ({
  client,
  person,
  wrapped: Buffer.from(`key of ${client} ${person}`),
});
const erasure = (client: string, person = ''): Erasure => ({
  client,
  person,
  at: 1_000,
  by: 'operator',
  reason: 'asked by the client',
});
const hold = (client: string, at: number): Hold => ({ client, at, by: 'lawyer', reason: 'case 2025-7' });

let dataDir: string;
let source: KeyStore;
let target: KeyStore;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'domeinbrug-copied-keys-'));
  [source, target] = ['source', 'target'].map((name) =>
    openKeyStore({ kind: 'folder', dataDir: join(dataDir, name) }),
  ) as [KeyStore, KeyStore];
});
afterEach(async () => {
  await source.close();
  await target.close();
  rmSync(dataDir, { recursive: true });
});

describe('keys that are copied', () => {
  beforeEach(() => source.add([key('CLIENT0A'), key('CLIENT0B'), key('CLIENT0B', carer)]));

  it('of somebody who was erased since an earlier copy go from the target too, a client’s and a carer’s', async () => {
    expect(await copyKeys(source, target)).toBe(3);
    await source.erase(erasure('CLIENT0A'));
    await source.erase(erasure('CLIENT0B', carer));
    expect(await copyKeys(source, target)).toBe(1);
    expect(await target.page(null, 10)).toEqual([key('CLIENT0B')]);
    expect(await target.erasures()).toEqual([erasure('CLIENT0A'), erasure('CLIENT0B', carer)]);
  });

  it('go with an erasure that came after the hold, which was over by then', async () => {
    await source.hold(hold('CLIENT0A', 500));
    await copyKeys(source, target);
    await source.release('CLIENT0A');
    await source.erase(erasure('CLIENT0A'));
    await copyKeys(source, target);
    expect([await target.holds(), await target.erasures()]).toEqual([[], [erasure('CLIENT0A')]]);
  });

  it('stay where the target has a hold that came after the erasure, and who holds the client is told', async () => {
    await copyKeys(source, target);
    await target.hold(hold('CLIENT0A', 2_000));
    await source.erase(erasure('CLIENT0A'));
    await expect(copyKeys(source, target)).rejects.toThrow(/by lawyer \(case 2025-7\)/);
    expect(await target.holds()).toEqual([hold('CLIENT0A', 2_000)]);
    expect((await target.find(['CLIENT0A'])).keys).toEqual([key('CLIENT0A')]);
  });

  it('of a carer stay where the target has a hold that came after the erasure', async () => {
    await copyKeys(source, target);
    await source.erase(erasure('CLIENT0B', carer));
    await target.hold(hold('CLIENT0B', 2_000));
    await expect(copyKeys(source, target)).rejects.toThrow(/by lawyer \(case 2025-7\)/);
    expect((await target.find(['CLIENT0B'])).keys).toEqual([key('CLIENT0B'), key('CLIENT0B', carer)]);
  });

  it('of a carer go under a hold from before the erasure, which holds what is left', async () => {
    await copyKeys(source, target);
    await source.erase(erasure('CLIENT0B', carer));
    await target.hold(hold('CLIENT0B', 500));
    await copyKeys(source, target);
    expect((await target.find(['CLIENT0B'])).keys).toEqual([key('CLIENT0B')]);
    expect(await target.holds()).toEqual([hold('CLIENT0B', 500)]);
  });

  it('are copied again where a client came to be held after a carer was erased', async () => {
    await source.erase(erasure('CLIENT0B', carer));
    await source.hold(hold('CLIENT0B', 2_000));
    await copyKeys(source, target);
    expect(await copyKeys(source, target)).toBe(2);
    expect(await target.holds()).toEqual([hold('CLIENT0B', 2_000)]);
  });
});
