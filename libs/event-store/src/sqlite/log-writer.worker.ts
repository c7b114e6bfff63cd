import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { AppendFailed } from '../event-log.js';
import { groupsOf } from '../group-appends.js';
import { openLogForWriting } from './log-database.js';
import { SqliteLogWriter } from './sqlite-log-writer.js';
import type { FromWriter, ToWriter, TicketedAppend } from './writer-thread.js';

/** The thread that owns the write connection. All it decides is when to commit; see {@link SqliteLogWriter}. */
if (!parentPort)
  throw new Error('The log writer runs as a worker thread; open the log with openSqliteEventLog.');
const port = parentPort;
const { dataDir } = workerData as { dataDir: string };
const writer = new SqliteLogWriter(openLogForWriting(dataDir));

port.on('message', (first: ToWriter) => {
  let arrived: TicketedAppend[] = [];
  let taken = 0;
  let closing = false;
  const hear = (message: ToWriter | undefined): void => {
    if (message === 'close') closing = true;
    else if (message) [arrived, taken] = [message, 0];
  };
  const take = (): TicketedAppend | undefined => {
    if (taken === arrived.length) hear(waitingMessage());
    return taken < arrived.length ? arrived[taken++] : undefined;
  };
  hear(first);
  for (const group of groupsOf(take)) commit(group);
  if (!closing) return;
  writer.close();
  port.close();
});
tell({ kind: 'ready' });

/** What has arrived since, without giving the event loop a turn. */
function waitingMessage(): ToWriter | undefined {
  const received: { message: ToWriter } | undefined = receiveMessageOnPort(port);
  return received?.message;
}

function commit(group: TicketedAppend[]): void {
  const tickets = group.map(({ ticket }) => ticket);
  const before = writer.head().position;
  try {
    const results = writer.commitGroup(group);
    const head = writer.head();
    tell({ kind: 'answered', tickets, results, head: head.position === before ? undefined : head });
  } catch (error) {
    if (!(error instanceof AppendFailed)) throw error;
    tell({ kind: 'failed', tickets, message: error.message, outcome: error.outcome });
    if (error.outcome === 'unknown') throw error; // ends the thread, and with it every append still waiting
  }
}

function tell(message: FromWriter): void {
  port.postMessage(message);
}
