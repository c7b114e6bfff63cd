import {
  DataFolderInUse,
  LogBusy,
  openSqliteEventLog,
  openSqliteEventLogReader,
} from '@domeinbrug/event-store';
import type { EventLog } from '@domeinbrug/event-store';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// The thread runs the built product, so the suite that drives it is the built one too.
const built = '../../../../dist/libs/event-store/src';
const { describeEventLog } = jest.requireActual<typeof import('../contract/event-log-contract.js')>(
  `${built}/contract/event-log-contract.js`,
);
const { everything, idsOf, sampleAppend, sampleEvent } = jest.requireActual<
  typeof import('../contract/sample-events.js')
>(`${built}/contract/sample-events.js`);

describeEventLog('SQLite, with its writer thread', async (clock) => {
  const dataDir = newFolder();
  const opened: EventLog[] = [];
  const open = async (): Promise<EventLog> => {
    const log = await openSqliteEventLog({ dataDir, clock });
    opened.push(log);
    return log;
  };
  return {
    log: await open(),
    reopen: open,
    async discard() {
      await Promise.all(opened.map((log) => log.close()));
      rmSync(dataDir, { recursive: true });
    },
  };
});

describe('the SQLite log with its writer thread', () => {
  let dataDir: string;
  let log: EventLog;

  beforeEach(async () => {
    dataDir = newFolder();
    log = await openSqliteEventLog({ dataDir });
  });

  afterEach(async () => {
    await log.close();
    rmSync(dataDir, { recursive: true });
  });

  it('refuses what exceeds its queue, stores the rest, and tells of it in groups', async () => {
    let told = 0;
    log.subscribe(() => told++);
    const streams = Array.from({ length: 5_000 }, (_, index) => `journey-${index}`);
    const outcomes = await Promise.allSettled(
      streams.map((stream) => log.append(sampleAppend(stream, 'no-stream', 'a'))),
    );
    const stored = outcomes.filter(({ status }) => status === 'fulfilled');
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
    );
    expect([stored.length, refused.length]).toEqual([4_096, 904]);
    expect(refused.every((reason) => reason instanceof LogBusy)).toBe(true);
    expect(await everything(log)).toHaveLength(4_096);
    expect(told).toBeGreaterThanOrEqual(4); // 1,024 appends a group
    expect(told).toBeLessThan(100);
    await expect(log.append(sampleAppend('journey-later', 'no-stream', 'a'))).resolves.toMatchObject({
      status: 'appended',
    });
  });

  it('keeps an append whole that is larger than a group', async () => {
    const events = Array.from({ length: 40 }, (_, index) =>
      sampleEvent(`event ${index}`, 'x'.repeat(65_000)),
    );
    const large = log.append({ stream: 'journey-large', expectedRevision: 'no-stream', events });
    const small = log.append(sampleAppend('journey-small', 'no-stream', 'a'));
    expect(await large).toMatchObject({ status: 'appended', revision: 39 });
    expect(await small).toMatchObject({ status: 'appended' });
    expect(idsOf(await log.readStream('journey-large'))).toEqual(events.map(({ id }) => id));
  });

  it('refuses a second writer on its folder and lets readers in', async () => {
    await expect(openSqliteEventLog({ dataDir })).rejects.toThrow(DataFolderInUse);
    await log.append(sampleAppend('journey-one', 'no-stream', 'a'));
    const reader = openSqliteEventLogReader({ dataDir });
    expect(idsOf(await everything(reader))).toEqual(['a']);
    await reader.close();
    await log.close();
    log = await openSqliteEventLog({ dataDir });
    expect(idsOf(await everything(log))).toEqual(['a']);
  });
});

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'event-log-'));
}
