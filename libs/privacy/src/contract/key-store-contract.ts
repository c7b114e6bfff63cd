import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Erasure, KeyStore, WrappedKey } from '../key-store.js';

/** A store of its own for one test. */
export interface KeyStoreUnderTest {
  /** Opens the store, as often as is asked: each as another process would. */
  open(): KeyStore;
  /** Closes what is still open and throws the store away. */
  discard(): Promise<void>;
}

const key = (client: string, person = '', text = `key of ${client} ${person}`): WrappedKey => ({
  client,
  person,
  wrapped: Buffer.from(text),
});
const erasure = (client: string, person = '', at = 1_000): Erasure => ({
  client,
  person,
  at,
  by: 'operator',
  reason: 'asked by the client',
});

/** Registers, as Jest tests, everything that the port promises. */
export function describeKeyStore(name: string, openFresh: () => Promise<KeyStoreUnderTest>): void {
  describe(`keys in ${name}`, () => {
    let underTest: KeyStoreUnderTest;
    beforeEach(async () => {
      underTest = await openFresh();
    });
    afterEach(() => underTest.discard());
    describeKeys(() => underTest.open());
    describeErasing(() => underTest.open());
  });
}

/** @param open as another process would; all are closed after the test */
function describeKeys(open: () => KeyStore): void {
  let store: KeyStore;
  beforeEach(() => {
    store = open();
  });

  it('are none at first, nor erasures, nor holds', async () => {
    expect(await store.find(['CLIENT0A'])).toEqual({ keys: [], erasures: [] });
    expect([await store.erasures(), await store.holds(), await store.page(null, 10)]).toEqual([[], [], []]);
    expect(await store.release('CLIENT0A')).toBeNull();
  });

  it('are found by client, with those of whoever stands beside, by every process', async () => {
    const keys = [key('CLIENT0A'), key('CLIENT0A', 'carer'), key('CLIENT0B')];
    await store.add(keys);
    const found = await open().find(['CLIENT0A']);
    expect(found.keys.sort((a, b) => (a.person < b.person ? -1 : 1))).toEqual(keys.slice(0, 2));
  });

  it('stay what they were when another is added, also at the same moment', async () => {
    const stores = Array.from({ length: 4 }, open);
    await Promise.all(stores.map((each, at) => each.add([key('CLIENT0A', '', `made by ${at}`)])));
    const found = await Promise.all(stores.map((each) => each.find(['CLIENT0A'])));
    expect(new Set(found.map(({ keys }) => keys.map(({ wrapped }) => String(wrapped)).join())).size).toBe(1);
    await store.add([key('CLIENT0A', '', 'later')]);
    expect((await store.find(['CLIENT0A'])).keys).toEqual(found[0]!.keys);
  });

  it('are paged in order, for copying', async () => {
    await store.add([key('CLIENT0B'), key('CLIENT0A', 'carer'), key('CLIENT0A')]);
    const first = await store.page(null, 2);
    expect(first).toEqual([key('CLIENT0A'), key('CLIENT0A', 'carer')]);
    expect(await store.page(first[1]!, 2)).toEqual([key('CLIENT0B')]);
  });

  it('may be of nobody, found and never paged', async () => {
    await store.add([key(''), key('CLIENT0A')]);
    expect((await store.find([''])).keys).toEqual([key('')]);
    expect(await store.page(null, 2)).toEqual([key('CLIENT0A')]);
  });
}

function describeErasing(open: () => KeyStore): void {
  let store: KeyStore;
  beforeEach(() => {
    store = open();
  });

  it('are gone with a client, and those beside it, and never come again', async () => {
    await store.add([key('CLIENT0A'), key('CLIENT0A', 'carer'), key('CLIENT0B')]);
    expect(await store.erase(erasure('CLIENT0A'))).toEqual(erasure('CLIENT0A'));
    await open().add([key('CLIENT0A'), key('CLIENT0A', 'carer'), key('CLIENT0A', 'other')]);
    expect(await store.find(['CLIENT0A', 'CLIENT0B'])).toEqual({
      keys: [key('CLIENT0B')],
      erasures: [erasure('CLIENT0A')],
    });
  });

  it('of one beside a client are gone alone', async () => {
    await store.add([key('CLIENT0A'), key('CLIENT0A', 'carer')]);
    await store.erase(erasure('CLIENT0A', 'carer'));
    await store.add([key('CLIENT0A', 'carer')]);
    expect(await store.find(['CLIENT0A'])).toEqual({
      keys: [key('CLIENT0A')],
      erasures: [erasure('CLIENT0A', 'carer')],
    });
  });

  it('are not there after adding and erasing at once, whichever came first', async () => {
    for (let round = 0; round < 10; round++) {
      const client = `CLIENT${String(round).padStart(2, '0')}`;
      await Promise.all([
        open().add([key(client)]),
        open().erase(erasure(client)),
        store.add([key(client, 'carer')]),
      ]);
      expect(await store.find([client])).toEqual({ keys: [], erasures: [erasure(client)] });
    }
  });

  it('are erased once: the first erasure counts', async () => {
    await store.erase(erasure('CLIENT0B', '', 2_000));
    expect(await store.erase(erasure('CLIENT0B', '', 3_000))).toEqual(erasure('CLIENT0B', '', 2_000));
    await store.erase(erasure('CLIENT0A', '', 1_000));
    expect(await open().erasures()).toEqual([erasure('CLIENT0A', '', 1_000), erasure('CLIENT0B', '', 2_000)]);
  });

  it('are not erased while something holds the client, by whom and why is told', async () => {
    const hold = { client: 'CLIENT0A', at: 5, by: 'lawyer', reason: 'case 2025-7' };
    await store.add([key('CLIENT0A')]);
    await store.hold({ ...hold, reason: 'said first' });
    await store.hold(hold);
    await expect(open().erase(erasure('CLIENT0A'))).rejects.toThrow(
      /by lawyer \(case 2025-7\)\. Nothing was erased/,
    );
    const former = { ...hold, at: 4 };
    await expect(open().erase(erasure('CLIENT0A'), former)).rejects.toThrow(/by lawyer/);
    expect(await store.find(['CLIENT0A'])).toEqual({ keys: [key('CLIENT0A')], erasures: [] });
    expect(await open().holds()).toEqual([hold]);
    expect(await store.release('CLIENT0A')).toEqual(hold);
    expect(await store.erase(erasure('CLIENT0A'))).toEqual(erasure('CLIENT0A'));
  });

  it('are erased over a hold that is named, which stays', async () => {
    const hold = { client: 'CLIENT0A', at: 5, by: 'lawyer', reason: 'case 2025-7' };
    await store.add([key('CLIENT0A'), key('CLIENT0A', 'carer')]);
    await store.hold(hold);
    const carer = erasure('CLIENT0A', 'carer');
    expect(await open().erase(carer, hold)).toEqual(carer);
    expect(await store.find(['CLIENT0A'])).toEqual({ keys: [key('CLIENT0A')], erasures: [carer] });
    expect(await store.holds()).toEqual([hold]);
  });
}
