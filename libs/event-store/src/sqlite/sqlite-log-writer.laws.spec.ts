import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectLikePlainLog, groupsOfAppends } from '../contract/plain-log.js';
import { writeDown } from '../written-append.js';
import { openLogForWriting } from './log-database.js';
import { openSqliteEventLogReader } from './sqlite-log-reader.js';
import { SqliteLogWriter } from './sqlite-log-writer.js';

it('the SQLite log answers and stores as the plainest log would', async () => {
  const statuses = new Set<string>();
  await fc.assert(
    fc.asyncProperty(groupsOfAppends, async (chosen) => {
      const dataDir = mkdtempSync(join(tmpdir(), 'event-log-'));
      const database = openLogForWriting(dataDir);
      database.pragma('synchronous = OFF'); // the answers are at stake here, not the disk
      const writer = new SqliteLogWriter(database);
      const reader = openSqliteEventLogReader({ dataDir });
      const answered = await expectLikePlainLog(
        chosen,
        (group) => writer.commitGroup(group.map((each) => writeDown(each, each.now))),
        reader,
      );
      answered.forEach((status) => statuses.add(status));
      await reader.close();
      writer.close();
      rmSync(dataDir, { recursive: true });
    }),
    { seed: 20240304, numRuns: 150 },
  );
  expect(statuses).toEqual(new Set(['appended', 'known', 'conflict', 'wrong-revision', 'too-late']));
});
