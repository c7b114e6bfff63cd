import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EMPTY_LOG_DIGEST } from '../log-digest.js';
import { IndexBeside } from './index-beside.js';
import { KeptIndex } from './kept-index.js';
import { LogIndex } from './log-index.js';

const identity = { namespace: '', prefixes: ['journey-'] };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'event-log-index-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What stands on disk is compared with an index by its last entry, each time anew. */
async function untilLookedAt(index: LogIndex): Promise<void> {
  const looks = jest.spyOn(index, 'at');
  while (looks.mock.calls.length < 3) await new Promise((seen) => setTimeout(seen, 1));
}

function add(index: LogIndex, from: number, until: number): void {
  for (let ordinal = from; ordinal < until; ordinal++) {
    index.add({
      stream: `journey-${ordinal % 90}`,
      revision: Math.floor(ordinal / 90),
      position: BigInt(ordinal * 100),
      moment: ordinal,
      contentHash: EMPTY_LOG_DIGEST,
    });
  }
}

it('gives back an index of any length without its last entry, and goes on from there', async () => {
  const whole = new LogIndex();
  add(whole, 0, 70_500);
  const first = KeptIndex.claim(folder, identity);
  const index = new LogIndex();
  add(index, 0, 70_000);
  await first.release(index);

  const second = KeptIndex.claim(folder, identity);
  const again = second.read();
  expect(again.length).toBe(69_999);
  expect(second.agrees(again)).toBe(false);
  add(again, 69_999, 70_500);
  expect(second.agrees(again)).toBe(true);
  expect(again.of('journey-17')).toEqual(whole.of('journey-17'));
  await second.release(again);

  const third = KeptIndex.claim(folder, identity);
  const last = third.read();
  add(last, 70_499, 70_500);
  expect(last.head()).toEqual(whole.head());
  expect(last.of('journey-89')).toEqual(whole.of('journey-89'));
  expect(last.names.of('journey')).toEqual(whole.names.of('journey'));
  await third.release();
});

it('is not taken for that of other streams', async () => {
  const kept = KeptIndex.claim(folder, identity);
  const index = new LogIndex();
  add(index, 0, 5);
  await kept.release(index);
  for (const other of [
    { ...identity, namespace: 'x.' },
    { ...identity, prefixes: ['journey-', 'ruleset-'] },
  ]) {
    const another = KeptIndex.claim(folder, other);
    expect(another.read().length).toBe(0);
    await another.release();
  }
});

it('lets whoever reads beside set aside what stands on disk, also after it was begun anew', async () => {
  const claimed = KeptIndex.claim(folder, identity);
  const [kept, keptAnew] = [new LogIndex(), new LogIndex()];
  const [read, whole] = [new LogIndex(), new LogIndex()];
  for (const index of [kept, keptAnew, read, whole]) add(index, 0, 5_000);
  const beside = new IndexBeside(folder, identity);
  expect(beside.read().length).toBe(0);
  await claimed.release(kept);

  beside.keepUpWith(read, 1);
  const asides = jest.spyOn(read, 'setAside');
  while (asides.mock.calls.length === 0) await new Promise((seen) => setTimeout(seen, 1));
  expect(read.bytes(0, 5_000)).toEqual(whole.bytes(0, 5_000));

  const again = KeptIndex.claim(folder, identity);
  await again.forget();
  expect(read.of('journey-3')).toEqual(whole.of('journey-3'));
  for (const index of [keptAnew, read, whole]) add(index, 5_000, 6_000);
  await again.release(keptAnew);
  await untilLookedAt(read);
  expect(read.bytes(0, 6_000)).toEqual(whole.bytes(0, 6_000));
  await beside.release();
});

it('loses nothing when its files are deleted while it is kept, and is then made anew', async () => {
  const claimed = KeptIndex.claim(folder, identity);
  const [kept, whole] = [new LogIndex(), new LogIndex()];
  for (const index of [kept, whole]) add(index, 0, 5_000);
  claimed.keepUpWith(kept, 1);
  const asides = jest.spyOn(kept, 'setAside');
  while (asides.mock.calls.length === 0) await new Promise((seen) => setTimeout(seen, 1));
  for (const name of ['entries.bin', 'streams.ndjson', 'mark.json']) rmSync(join(folder, name));
  for (const index of [kept, whole]) add(index, 5_000, 7_000);
  while (asides.mock.calls.length === 1) await new Promise((seen) => setTimeout(seen, 1));
  expect(kept.bytes(0, 7_000)).toEqual(whole.bytes(0, 7_000));
  await claimed.release(kept);
  expect(new IndexBeside(folder, identity).read().length).toBe(0);
});

it('is not set aside for a file in which something was changed', async () => {
  const claimed = KeptIndex.claim(folder, identity);
  const [kept, read, whole] = [new LogIndex(), new LogIndex(), new LogIndex()];
  for (const index of [kept, read, whole]) add(index, 0, 5_000);
  await claimed.release(kept);
  const file = openSync(join(folder, 'entries.bin'), 'r+');
  writeSync(file, Buffer.alloc(8, 9), 0, 8, 56 * 100);
  closeSync(file);
  const beside = new IndexBeside(folder, identity);
  expect(beside.read().length).toBe(0);
  beside.keepUpWith(read, 1);
  await untilLookedAt(read);
  expect(read.bytes(0, 5_000)).toEqual(whole.bytes(0, 5_000));
  await beside.release();
});
