import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeEventLog } from '../contract/event-log-contract.js';
import { sampleAppend } from '../contract/sample-events.js';
import type { EventLog } from '../event-log.js';
import { openSqliteEventLogInProcess } from './sqlite-event-log.js';

describeEventLog('SQLite, in the calling thread', async (clock) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'event-log-'));
  const opened: EventLog[] = [];
  const open = async (): Promise<EventLog> => {
    const log = await openSqliteEventLogInProcess({ dataDir, clock });
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

it('does not let a listener that throws spoil the append or the other listeners', async () => {
  const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const dataDir = mkdtempSync(join(tmpdir(), 'event-log-'));
  const log = await openSqliteEventLogInProcess({ dataDir });
  const told: string[] = [];
  log.subscribe(() => {
    throw new Error('the listener is broken');
  });
  log.subscribe(({ position }) => told.push(position));
  const result = await log.append(sampleAppend('journey-one', 'no-stream', 'a'));
  expect(result).toMatchObject({ status: 'appended', positions: told });
  expect(warned).toHaveBeenCalledWith(
    expect.objectContaining({ message: 'the listener is broken' }),
    expect.anything(),
  );
  warned.mockRestore();
  await log.close();
  rmSync(dataDir, { recursive: true });
});
