import type {
  Append,
  AppendResult,
  EventLog,
  LogHead,
  LogPlace,
  Position,
  ReadStream,
  RecordedEvent,
} from '../event-log.js';
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
    return new PostgresEventLog(reader, writer, watch, clock);
  } catch (error) {
    await reader.close();
    throw error;
  }
}

class PostgresEventLog implements EventLog {
  private closed: Promise<void> | undefined;

  constructor(
    private readonly reader: PostgresLogReader,
    private readonly writer: PostgresLogWriter,
    private readonly watch: HeadWatch,
    private readonly clock: (() => number) | undefined,
  ) {}

  get place(): LogPlace {
    return this.reader.place;
  }

  append(append: Append): Promise<AppendResult> {
    return new Promise((resolve) => resolve(this.writer.append(writeDown(append, this.clock?.()))));
  }

  readStream(stream: string, upTo?: Position): Promise<RecordedEvent[]> {
    return this.reader.readStream(stream, upTo);
  }

  readAll(after: Position, limit: number): Promise<RecordedEvent[]> {
    return this.reader.readAll(after, limit);
  }

  streamsOf(category: string): Promise<string[]> {
    return this.reader.streamsOf(category);
  }

  readStreams(category: string, after: string | null, limit: number, upTo?: Position): Promise<ReadStream[]> {
    return this.reader.readStreams(category, after, limit, upTo);
  }

  head(): Promise<LogHead> {
    return this.reader.head();
  }

  positionAt(recordedAt: number): Promise<Position> {
    return this.reader.positionAt(recordedAt);
  }

  subscribe(listener: (head: LogHead) => void): () => void {
    return this.watch.subscribe(listener);
  }

  close(): Promise<void> {
    this.closed ??= this.finish();
    return this.closed;
  }

  private async finish(): Promise<void> {
    await this.writer.close();
    await this.watch.close();
    await this.reader.close();
  }
}
