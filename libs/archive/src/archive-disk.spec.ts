import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { applied, logs, type Step } from '../../../test/laws/logs.js';
import { ArchiveFiles, readArchive } from './archive-files.js';
import { ArchiveReader } from './archive-reader.js';
import { ArchiveWriter } from './archive-writer.js';
import { Generation, nothing } from './generation.js';
import { roomFor } from './room.js';

const runs = Number(process.env.ARCHIVE_RUNS ?? 25);
const seed = 20240304;
const foldVersion = '1';
jest.setTimeout(60_000);

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'archive-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const inMemory = (log: readonly Step[]): ArchiveWriter => {
  const archive = ArchiveWriter.empty();
  for (const step of log) applied(archive, step);
  return archive;
};

/** A fresh data folder with the archive of a log, closed. */
async function onDisk(log: readonly Step[], dataDir = mkdtempSync(join(folder, 'data-'))): Promise<string> {
  const { archive } = ArchiveWriter.open({ dataDir, foldVersion });
  for (const step of log) {
    applied(archive, step);
    await Promise.resolve();
  }
  await archive.close();
  expect(archive.fault).toBeNull();
  return dataDir;
}

/** What an archive says of every client after every event. */
function everything(archive: ArchiveWriter | ArchiveReader): unknown {
  const reader = archive instanceof ArchiveReader ? archive : new ArchiveReader(archive.shared());
  const clients = Array.from({ length: reader.clients }, (_, number) => number);
  return {
    upTo: reader.upTo,
    clients: clients.map((number) => reader.clientAt(number)),
    numbers: clients.map((number) => reader.numberOf(reader.clientAt(number))),
    municipalities: [363, 384].map((code) => [...reader.candidates({ level: 'municipality', code })].sort()),
    events: Array.from({ length: reader.lastEvent }, (_, event) => ({
      moment: reader.momentOf(event + 1),
      facts: clients.map((number) => reader.factsAt(number, event + 1)),
    })),
  };
}

function fileIn(dataDir: string): string {
  const files = readdirSync(join(dataDir, 'archive'));
  expect(files).toHaveLength(1);
  return join(dataDir, 'archive', files[0]!);
}

describe('an archive on disk', () => {
  it('says after a restart what it said before', async () => {
    await fc.assert(
      fc.asyncProperty(logs, fc.nat(), async (log, split) => {
        const half = split % (log.length + 1);
        const dataDir = await onDisk(log.slice(0, half));
        await onDisk(log.slice(half), dataDir);
        const { archive, refused } = ArchiveWriter.open({ dataDir, foldVersion });
        expect(refused).toBeNull();
        expect(everything(archive)).toEqual(everything(inMemory(log)));
        await archive.close();
      }),
      { numRuns: runs, seed },
    );
  });

  it('opens as of its last whole commit wherever it is cut, and goes on from there', async () => {
    await fc.assert(
      fc.asyncProperty(logs, fc.nat(), async (log, cut) => {
        fc.pre(log.length > 3);
        const dataDir = await onDisk(log.slice(3), await onDisk(log.slice(0, 3)));
        const file = fileIn(dataDir);
        truncateSync(file, cut % (statSync(file).size + 1));
        const { archive } = ArchiveWriter.open({ dataDir, foldVersion });
        const before = log.filter(({ at }) => Number(at.position) <= Number(archive.upTo.position));
        expect(everything(archive)).toEqual(everything(inMemory(before)));
        for (const step of log) applied(archive, step);
        await archive.close();
        const again = ArchiveWriter.open({ dataDir, foldVersion });
        expect(again.refused).toBeNull();
        expect(everything(again.archive)).toEqual(everything(inMemory(log)));
        await again.archive.close();
      }),
      { numRuns: runs, seed },
    );
  });

  it('never takes a changed byte for what was written', async () => {
    await fc.assert(
      fc.asyncProperty(logs, fc.nat(), async (log, place) => {
        fc.pre(log.length > 3);
        const dataDir = await onDisk(log.slice(3), await onDisk(log.slice(0, 3)));
        await flipByte(fileIn(dataDir), place);
        const { archive, refused } = ArchiveWriter.open({ dataDir, foldVersion });
        const before = log.filter(({ at }) => Number(at.position) <= Number(archive.upTo.position));
        expect(before.length).toBeLessThan(log.length);
        if (refused !== null) expect(before).toHaveLength(0);
        expect(everything(archive)).toEqual(everything(inMemory(before)));
        await archive.close();
      }),
      { numRuns: runs, seed },
    );
  });

  it('is refused when another version made its facts, and made anew', async () => {
    const [log] = fc.sample(logs, { numRuns: 1, seed });
    const dataDir = await onDisk(log!);
    const { archive, refused } = ArchiveWriter.open({ dataDir, foldVersion: '2' });
    expect(refused).toBe('The archive of facts was made by another version of the product.');
    expect(archive.upTo.position).toBe('0');
    for (const step of log!) applied(archive, step);
    await archive.close();
    expect(ArchiveWriter.open({ dataDir, foldVersion: '2' }).refused).toBeNull();
    expect(ArchiveWriter.open({ dataDir, foldVersion: '1' }).refused).not.toBeNull();
  });

  it('leaves out what was applied and not committed', async () => {
    const [log] = fc.sample(logs, { numRuns: 1, seed });
    const dataDir = mkdtempSync(join(folder, 'data-'));
    const { archive } = ArchiveWriter.open({ dataDir, foldVersion });
    for (const step of log!.slice(0, -1)) applied(archive, step);
    const last = log!.at(-1)!;
    for (const [client, facts] of last.changed) archive.apply(last.at, client, facts);
    await archive.close();
    const reopened = ArchiveWriter.open({ dataDir, foldVersion }).archive;
    expect(Number(reopened.upTo.position)).toBeLessThan(Number(last.at.position));
    expect(new ArchiveReader(reopened.shared()).lastEvent).toBeLessThan(log!.length);
  });

  it('opens a copy that was taken while it was written', async () => {
    const [log] = fc.sample(logs, { numRuns: 1, seed });
    const dataDir = await onDisk(log!.slice(0, 5));
    const copy = mkdtempSync(join(folder, 'copy-'));
    const { archive } = ArchiveWriter.open({ dataDir, foldVersion });
    for (const step of log!) applied(archive, step);
    mkdirSync(join(copy, 'archive'));
    copyFileSync(fileIn(dataDir), join(copy, 'archive', '00000001.archive'));
    const copied = new ArchiveReader(readArchive({ dataDir: copy, foldVersion })!);
    expect(everything(copied)).toEqual(everything(archive));
    await archive.close();
  });

  it('has the last base, and of those that were made while one was written no other', async () => {
    const files = new ArchiveFiles({ dataDir: folder, foldVersion });
    for (let number = 1; number <= 50; number++)
      files.begin(Generation.allocate(number, roomFor(nothing, 0)));
    const seen = new Set<string>();
    let isSettled = false;
    const settled = files.settled().then(() => (isSettled = true));
    while (!isSettled) {
      for (const name of readdirSync(join(folder, 'archive'))) seen.add(name.slice(0, 8));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await settled;
    files.leave();
    expect([...seen].sort()).toEqual(['00000001', '00000050']);
  });

  it('is none where there was none', () => {
    expect(readArchive({ dataDir: folder, foldVersion })).toBeNull();
  });
});

async function flipByte(path: string, place: number): Promise<void> {
  const file = await open(path, 'r+');
  const at = place % statSync(path).size;
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, at);
  await file.write(Buffer.from([byte[0]! ^ 0x40]), 0, 1, at);
  await file.close();
}

describe('a client who is forgotten', () => {
  it('is in no answer at any moment, on disk and in memory, and the others are as they were', async () => {
    await fc.assert(
      fc.asyncProperty(logs, async (log) => {
        const dataDir = await onDisk(log);
        const { archive } = ArchiveWriter.open({ dataDir, foldVersion });
        const before = new ArchiveReader(archive.shared());
        if (before.clients === 0) return archive.close();
        const [gone, ...others] = Array.from({ length: before.clients }, (_, at) => before.clientAt(at));
        const told = (reader: ArchiveReader): unknown =>
          others.map((client) =>
            Array.from({ length: reader.lastEvent }, (_, event) =>
              reader.factsAt(reader.numberOf(client)!, event + 1),
            ),
          );
        const expected = told(before);
        archive.forget([gone!]);
        const { position, recordedAt } = archive.upTo;
        archive.commit({ position: String(Number(position) + 1), recordedAt });
        await archive.close();
        for (const reader of [
          new ArchiveReader(archive.shared()),
          new ArchiveReader(readArchive({ dataDir, foldVersion })!),
        ]) {
          expect(reader.numberOf(gone!)).toBeUndefined();
          expect(told(reader)).toEqual(expected);
          const named = Array.from({ length: reader.clients }, (_, at) => reader.clientAt(at));
          expect(named).toEqual(['', ...others]);
          const first = Array.from({ length: reader.lastEvent }, (_, at) => reader.factsAt(0, at + 1));
          expect(
            first.flatMap(({ homes, claims, deliveries }) => [...homes, ...claims, ...deliveries]),
          ).toEqual([]);
          const candidates = [363, 384].flatMap((code) => [
            ...reader.candidates({ level: 'municipality', code }),
          ]);
          expect(candidates).not.toContain(0);
        }
        expect(readFileSync(fileIn(dataDir)).includes(gone!)).toBe(false);
      }),
      { numRuns: runs, seed },
    );
  });
});
