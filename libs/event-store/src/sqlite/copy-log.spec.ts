import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everything, sampleAppend, sampleEvent } from '../contract/sample-events.js';
import { LogNotFound, START, type EventLog } from '../event-log.js';
import { copyLog } from './copy-log.js';
import { openSqliteEventLogInProcess } from './sqlite-event-log.js';
import { openSqliteEventLogReader } from './sqlite-log-reader.js';

let folder: string;
let dataDir: string;
let copyDir: string;
let log: EventLog;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'copy-log-'));
  dataDir = join(folder, 'data');
  copyDir = join(folder, 'copy');
  mkdirSync(copyDir);
  log = await openSqliteEventLogInProcess({ dataDir });
});

afterEach(async () => {
  await log.close();
  rmSync(folder, { recursive: true });
});

const copyFile = (): string => join(copyDir, 'log.db');

test('the copy is the log as it was when copying began, though it grew between all steps', async () => {
  const large = Array.from({ length: 150 }, (_, n) => sampleEvent(`event ${n}`, 'x'.repeat(60_000)));
  await log.append({ stream: 'journey-large', expectedRevision: 'no-stream', events: large });
  const head = await log.head();
  const shares: number[] = [];
  let grown = 0;
  const copied = await copyLog(dataDir, copyFile(), (share) => {
    shares.push(share);
    void log.append(sampleAppend(`journey-${grown++}`, 'no-stream', 'a'));
  });
  expect(copied).toEqual(head);
  expect(shares.length).toBeGreaterThan(1);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  const copy = openSqliteEventLogReader({ dataDir: copyDir });
  expect(await everything(copy)).toEqual((await everything(log)).slice(0, 150));
  expect(await copy.head()).toEqual(head);
  await copy.close();
  expect(await log.readAll(START, 1_000)).toHaveLength(150 + grown);
});

test('only its owner can read the copy, and a file that is there is left alone', async () => {
  await copyLog(dataDir, copyFile());
  expect(statSync(copyFile()).mode & 0o777).toBe(0o600);
  await expect(copyLog(dataDir, copyFile())).rejects.toThrow('EEXIST');
});

test('a folder without a log is refused', async () => {
  await expect(copyLog(join(folder, 'nothing'), copyFile())).rejects.toThrow(LogNotFound);
});
