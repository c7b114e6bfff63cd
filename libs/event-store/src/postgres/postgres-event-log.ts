import type { EventLog } from '../event-log.js';
import { readingBy } from '../reading-by.js';
import { writeDown } from '../written-append.js';
import { connect, disconnect, isConnectionFailure, refusePlace, unreachable } from './connection.js';
import type { PostgresLogPlace } from './connection.js';
import { HeadWatch } from './head-watch.js';
import { PostgresLogReader } from './postgres-log-reader.js';
import { PostgresLogWriter } from './postgres-log-writer.js';
import { makeSchema } from './schema-steps.js';
import { USUAL_TIMING } from './timing.js';
import type { PostgresTiming } from './timing.js';

export interface PostgresEventLogOptions extends PostgresLogPlace {
  /** ms since 1970, read when an append is handed in. Without one, the server's clock is read as it is written. */
  clock?: () => number;
  /** Told once each time that the database stops answering while somebody is subscribed; the log mends itself. */
  onFailure?: (error: Error) => void;
  /** Where waiting should take longer or shorter than {@link USUAL_TIMING}. */
  timing?: Partial<PostgresTiming>;
}

/**
 * Opens the log in a schema of a PostgreSQL database (15 or later), makes the schema when it is absent, and takes the
 * steps that it lacks. Any number of processes may have the same log open and append to it. Appends of this process
 * that wait are sent together, and commits of all processes are told to those who subscribe.
 * @throws LogUnreachable, LogSchemaRefused; RangeError when the address or the schema's name is none
 */
export async function openPostgresEventLog(options: PostgresEventLogOptions): Promise<EventLog> {
  const { url, schema = 'domeinbrug', clock, onFailure = () => {} } = options;
  refusePlace(url, schema);
  const database = { url, timing: { ...USUAL_TIMING, ...options.timing } };
  const connection = await connect(database, 'steps');
  try {
    await makeSchema(connection, schema);
  } catch (error) {
    throw isConnectionFailure(error) ? unreachable(url, error) : error;
  } finally {
    await disconnect(connection, database);
  }
  const reader = new PostgresLogReader(database, schema);
  try {
    const head = await reader.head();
    const watch = new HeadWatch(database, schema, head, () => reader.head(), onFailure);
    const writer = new PostgresLogWriter(database, schema, (reached) => watch.reached(reached));
    return logOver(reader, writer, watch, clock);
  } catch (error) {
    await reader.close();
    throw error;
  }
}

function logOver(
  reader: PostgresLogReader,
  writer: PostgresLogWriter,
  watch: HeadWatch,
  clock: (() => number) | undefined,
): EventLog {
  let closed: Promise<void> | undefined;
  const finish = async (): Promise<void> => {
    await writer.close();
    await watch.close();
    await reader.close();
  };
  return {
    ...readingBy(reader),
    append: (append) => new Promise((resolve) => resolve(writer.append(writeDown(append, clock?.())))),
    subscribe: (listener) => watch.subscribe(listener),
    close: () => (closed ??= finish()),
  };
}
