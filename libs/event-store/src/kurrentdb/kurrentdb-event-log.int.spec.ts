import { DataFolderInUse, openEventLogReader, openKurrentdbEventLog } from '@domeinbrug/event-store';
import type { EventLog, LogHead } from '@domeinbrug/event-store';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KurrentdbStandIn } from '../../../../test/contract/kurrentdb-stand-in/stand-in.js';

// As for the other stores, the suite that drives it is the built one.
const built = '../../../../dist/libs/event-store/src';
const { describeEventLog } = jest.requireActual<typeof import('../contract/event-log-contract.js')>(
  `${built}/contract/event-log-contract.js`,
);
const { everything, idsOf, sampleAppend } = jest.requireActual<typeof import('../contract/sample-events.js')>(
  `${built}/contract/sample-events.js`,
);

describeEventLog(
  "EventStoreDB's protocol, as the stand-in speaks it",
  async (clock) => {
    const standIn = await KurrentdbStandIn.start();
    return underTest(standIn.url, 'contract.', clock, () => standIn.stop());
  },
  { holdsEvents: true },
);

// Any server from 20.10 on. Each check has a name space of its own; nothing else on the server is touched.
const serverUrl = process.env['KURRENTDB_URL'];
if (serverUrl) {
  describeEventLog('the server at KURRENTDB_URL', (clock) =>
    underTest(serverUrl, `domeinbrug-test-${randomUUID()}.`, clock),
  );
} else {
  process.stderr.write(
    'Not run: the event log contract against a real EventStoreDB / KurrentDB, because KURRENTDB_URL is not set.\n',
  );
}

async function underTest(
  url: string,
  namespace: string,
  clock?: () => number,
  stop: () => Promise<void> = () => Promise.resolve(),
): Promise<{ log: EventLog; reopen(): Promise<EventLog>; discard(): Promise<void> }> {
  const dataDir = newFolder();
  const opened: EventLog[] = [];
  const open = async (): Promise<EventLog> => {
    const log = await openKurrentdbEventLog({
      url,
      clock,
      dataDir,
      keepsIndex: true,
      namespace,
      prefixes: [''],
    });
    opened.push(log);
    return log;
  };
  return {
    log: await open(),
    reopen: open,
    async discard() {
      await Promise.all(opened.map((log) => log.close()));
      await stop();
      rmSync(dataDir, { recursive: true });
    },
  };
}

describe('the index that the log keeps in its data folder', () => {
  let standIn: KurrentdbStandIn;
  let dataDir: string;
  const file = (name: string): string => join(dataDir, 'event-log-index', name);

  beforeEach(async () => {
    standIn = await KurrentdbStandIn.start();
    dataDir = newFolder();
    const log = await openKurrentdbEventLog({ url: standIn.url, dataDir, keepsIndex: true });
    for (const id of ['a', 'b', 'c']) await log.append(sampleAppend(`journey-${id}`, 'no-stream', id));
    await log.close();
  });

  afterEach(async () => {
    await standIn.stop();
    rmSync(dataDir, { recursive: true });
  });

  /** Opens the log, and again without an index; both must be the same. */
  async function expectTheLog(url = standIn.url): Promise<string[]> {
    const log = await openKurrentdbEventLog({ url, dataDir, keepsIndex: true });
    const fresh = await openKurrentdbEventLog({ url });
    const events = await everything(log);
    expect(events).toEqual(await everything(fresh));
    expect(await log.head()).toEqual(await fresh.head());
    expect(await log.streamsOf('journey')).toEqual(await fresh.streamsOf('journey'));
    await Promise.all([log.close(), fresh.close()]);
    return idsOf(events);
  }

  it('saves reading the log again', async () => {
    standIn.subscribedAfter.length = 0;
    expect(await expectTheLog()).toEqual(['a', 'b', 'c']);
    const second = standIn.log.stream('journey-b')![0]!.position;
    expect(standIn.subscribedAfter.slice(0, 2)).toEqual([second, undefined]);
  });

  it('is made anew when the server has another log', async () => {
    const other = await KurrentdbStandIn.start();
    const log = await openKurrentdbEventLog({ url: other.url });
    for (const id of ['x', 'a', 'b', 'c', 'd']) {
      await log.append(sampleAppend(`journey-${id}`, 'no-stream', id));
    }
    await log.close();
    expect(await expectTheLog(other.url)).toEqual(['x', 'a', 'b', 'c', 'd']);
    await other.stop();
  });

  it('is made anew when the server has an empty log', async () => {
    const other = await KurrentdbStandIn.start();
    expect(await expectTheLog(other.url)).toEqual([]);
    await other.stop();
  });

  it.each(['entries.bin', 'streams.ndjson', 'mark.json'])('is made anew when %s is cut off', async (name) => {
    truncateSync(file(name), readFileSync(file(name)).length - 1);
    expect(await expectTheLog()).toEqual(['a', 'b', 'c']);
  });

  it('does not take what was written without its mark for true', async () => {
    writeFileSync(file('entries.bin'), Buffer.alloc(300, 7), { flag: 'a' });
    writeFileSync(file('streams.ndjson'), '"journey-half', { flag: 'a' });
    expect(await expectTheLog()).toEqual(['a', 'b', 'c']);
    const log = await openKurrentdbEventLog({ url: standIn.url, dataDir, keepsIndex: true });
    await log.append(sampleAppend('journey-d', 'no-stream', 'd'));
    await log.close();
    expect(await expectTheLog()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is made anew when an entry in its midst was changed', async () => {
    const entries = readFileSync(file('entries.bin'));
    entries.writeUInt8(entries.readUInt8(20) ^ 1, 20);
    writeFileSync(file('entries.bin'), entries);
    expect(await expectTheLog()).toEqual(['a', 'b', 'c']);
  });

  it('saves whoever reads beside the log from reading it again, and is left as it is', async () => {
    const log = await openKurrentdbEventLog({ url: standIn.url, dataDir, keepsIndex: true });
    standIn.subscribedAfter.length = 0;
    const beside = await openEventLogReader(log.place);
    const second = standIn.log.stream('journey-b')![0]!.position;
    expect(standIn.subscribedAfter).toEqual([second]);
    const heard = once(log);
    await log.append(sampleAppend('journey-d', 'no-stream', 'd'));
    const { position } = await heard;
    while ((await beside.head()).position !== position) await new Promise((seen) => setTimeout(seen, 10));
    expect(await everything(beside)).toEqual(await everything(log));
    await beside.close();
    await log.close();
    expect(await expectTheLog()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is of one log at a time', async () => {
    const log = await openKurrentdbEventLog({ url: standIn.url, dataDir, keepsIndex: true });
    await expect(openKurrentdbEventLog({ url: standIn.url, dataDir, keepsIndex: true })).rejects.toThrow(
      DataFolderInUse,
    );
    await log.close();
  });
});

function once(log: EventLog): Promise<LogHead> {
  return new Promise((hear) => log.subscribe(hear));
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'event-log-'));
}
