import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everything, sampleAppend, sampleEvent } from './contract/sample-events.js';
import { compareLogs, copyEvents, NotACopy, type CopiedPage, type Places } from './copy-events.js';
import type { EventLog } from './event-log.js';
import { openSqliteEventLogInProcess } from './sqlite/sqlite-event-log.js';

let folder: string;
let from: EventLog;
let to: EventLog;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'copy-events-'));
  from = await openSqliteEventLogInProcess({ dataDir: join(folder, 'from') });
  to = await openSqliteEventLogInProcess({ dataDir: join(folder, 'to') });
});

afterEach(async () => {
  await Promise.all([from.close(), to.close()]);
  rmSync(folder, { recursive: true });
});

/** Two streams in turn, two events a millisecond. */
async function fill(log: EventLog, first: number, events: number): Promise<void> {
  for (let number = first; number < first + events; number++) {
    const stream = `journey-${number % 3 === 0 ? 'one' : 'two'}`;
    const event = sampleEvent(`event ${number}`, { number });
    await log.append({
      stream,
      expectedRevision: 'any',
      events: [event],
      recordedAt: [1_000 + (number >> 1)],
    });
  }
}

async function copied(): Promise<CopiedPage[]> {
  const pages: CopiedPage[] = [];
  for await (const page of copyEvents(from, to)) pages.push(page);
  return pages;
}

test('a copy holds the same events with the same moments and digests', async () => {
  await fill(from, 0, 4_100);
  const pages = await copied();
  expect(pages.map(({ share }) => share > 0 && share <= 1)).toEqual([true, true, true]);
  expect(await everything(to)).toEqual(await everything(from));
  expect(await compareLogs(from, to)).toEqual({ events: 4_100, partsAt: null });
});

test('a copy that was broken off is gone on with, wherever it stopped within a millisecond', async () => {
  await fill(from, 0, 101);
  for (const events of [1, 2, 50, 99]) {
    const [before, all] = [await everything(to), await everything(from)];
    for (const { stream, revision, recordedAt, ...event } of all.slice(before.length, events)) {
      const expectedRevision = revision === 0 ? 'no-stream' : revision - 1;
      await to.append({ stream, expectedRevision, events: [event], recordedAt: [recordedAt] });
    }
  }
  expect(await copied()).toEqual([{ events: 2, share: 1 }]);
  await fill(from, 101, 5);
  expect(await copied()).toEqual([{ events: 5, share: 1 }]);
  expect(await copied()).toEqual([]);
  expect(await compareLogs(from, to)).toEqual({ events: 106, partsAt: null });
});

test('a log with other events is refused and left as it is', async () => {
  await fill(from, 0, 10);
  await to.append(sampleAppend('journey-other', 'no-stream', 'x'));
  const before = await everything(to);
  await expect(copied()).rejects.toThrow(NotACopy);
  expect(await everything(to)).toEqual(before);
});

test('logs that part are told where, and where each event before lies in both', async () => {
  await fill(from, 0, 5);
  await fill(to, 0, 3);
  const places: Places[] = [];
  expect(await compareLogs(from, to, (page) => places.push(...page))).toEqual({ events: 3, partsAt: null });
  expect(places).toEqual(['1', '2', '3'].map((place) => ({ one: place, other: place })));
  const other = { ...sampleEvent('event 3', { number: 3 }), metadata: { source: 'another' } };
  await to.append({ stream: 'journey-one', expectedRevision: 'any', events: [other], recordedAt: [1_001] });
  const fourth = (await everything(from))[3]!;
  expect(await compareLogs(from, to)).toEqual({ events: 3, partsAt: fourth.position });
});
