import type Database from 'better-sqlite3';
import { LogClosed, START } from '../event-log.js';
import type {
  EventLogReader,
  LogHead,
  LogLag,
  LogPlace,
  Position,
  ReadStream,
  RecordedEvent,
} from '../event-log.js';
import { namesOf, numberOf, refuseLimit } from '../read-arguments.js';
import { headOf, lagOf, recordedEvent } from '../stored-rows.js';
import type { EventRow, HeadRow, LagRow } from '../stored-rows.js';
import { openLogForReading } from './log-database.js';

const eventColumns = `
  streams.name AS stream, position, revision, events.id AS id, type, content_hash AS contentHash, content, personal,
  metadata, recorded_at AS recordedAt, digest`;

/**
 * Reads the log on the calling thread, through a read-only connection of its own: beside a running service, in any
 * number of threads and processes. There is nothing to be told by, so ask again or be woken by the writer.
 * @throws LogNotFound when the folder has no log, so that a mistyped folder is not taken for an empty one
 * @throws LogFileRefused
 */
export function openSqliteEventLogReader({ dataDir }: { dataDir: string }): EventLogReader {
  return new SqliteLogReader(openLogForReading(dataDir), { kind: 'folder', dataDir });
}

export class SqliteLogReader implements EventLogReader {
  private readonly statements: ReturnType<typeof prepareStatements>;

  constructor(
    private readonly database: Database.Database,
    readonly place: LogPlace,
  ) {
    this.statements = prepareStatements(database);
  }

  readStream(stream: string, upTo?: Position): Promise<RecordedEvent[]> {
    return this.answer(() => this.statements.readStream.all(stream, numberOf(upTo)).map(recordedEvent));
  }

  readAll(after: Position, limit: number): Promise<RecordedEvent[]> {
    return this.answer(() => {
      refuseLimit(limit, 'events');
      return this.statements.readAll.all(numberOf(after), limit).map(recordedEvent);
    });
  }

  streamsOf(category: string): Promise<string[]> {
    return this.answer(() => {
      const { from, until } = namesOf(category);
      return this.statements.streamsBetween.all(from, until, '', -1).map(({ name }) => name);
    });
  }

  readStreams(category: string, after: string | null, limit: number, upTo?: Position): Promise<ReadStream[]> {
    return this.answer(() => {
      refuseLimit(limit, 'streams');
      const { from, until } = namesOf(category);
      const last = numberOf(upTo);
      return this.statements.streamsBetween.all(from, until, after ?? '', limit).map(({ id, name }) => ({
        stream: name,
        events: this.statements.readStreamById.all(id, last).map(recordedEvent),
      }));
    });
  }

  head(): Promise<LogHead> {
    return this.answer(() => readHead(this.statements.head));
  }

  positionAt(recordedAt: number): Promise<Position> {
    return this.answer(() => {
      const head = readHead(this.statements.head);
      if (head.recordedAt <= recordedAt) return head.position;
      return String(this.lastAtOrBefore(recordedAt, Number(head.position)));
    });
  }

  lag(position: Position): Promise<LogLag> {
    return this.answer(() => lagOf(this.statements.lag.get(numberOf(position))!));
  }

  close(): Promise<void> {
    this.database.close();
    return Promise.resolve();
  }

  /**
   * Halves the log, whose moments never decrease: 25 look-ups in 30 million events, and no index to be kept.
   * @param later a position whose event was recorded after the moment
   */
  private lastAtOrBefore(moment: number, later: number): number {
    let found = Number(START);
    let low = found;
    let high = later;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      const event = this.statements.lastUpTo.get(middle);
      if (event && event.recordedAt > moment) {
        high = event.position;
      } else {
        low = middle;
        if (event) found = event.position;
      }
    }
    return found;
  }

  private answer<T>(read: () => T): Promise<T> {
    return new Promise((resolve) => {
      if (!this.database.open) throw new LogClosed('The event log is closed; open it again to read.');
      resolve(read());
    });
  }
}

export function headStatement(database: Database.Database): Database.Statement<[], HeadRow> {
  return database.prepare(
    'SELECT position, recorded_at AS recordedAt, digest FROM events ORDER BY position DESC LIMIT 1',
  );
}

/** The last event's place, moment and digest as the file has them. */
export function readHead(statement: Database.Statement<[], HeadRow>): LogHead {
  return headOf(statement.get());
}

function prepareStatements(database: Database.Database): {
  head: Database.Statement<[], HeadRow>;
  readStream: Database.Statement<[string, number], EventRow>;
  readAll: Database.Statement<[number, number], EventRow>;
  readStreamById: Database.Statement<[number, number], EventRow>;
  /** `after` excludes one and all before it: '' for none; a limit of -1 is none. */
  streamsBetween: Database.Statement<[string, string, string, number], { id: number; name: string }>;
  lastUpTo: Database.Statement<[number], { position: number; recordedAt: number }>;
  lag: Database.Statement<[number], LagRow>;
} {
  return {
    head: headStatement(database),
    readStream: database.prepare(
      `SELECT ${eventColumns} FROM streams JOIN events ON events.stream = streams.id
       WHERE streams.name = ? AND position <= ? ORDER BY revision`,
    ),
    // CROSS keeps `events` the outer loop: rows come in order of position and nothing is ever sorted.
    readAll: database.prepare(
      `SELECT ${eventColumns} FROM events CROSS JOIN streams ON streams.id = events.stream
       WHERE position > ? ORDER BY position LIMIT ?`,
    ),
    readStreamById: database.prepare(
      `SELECT ${eventColumns} FROM streams JOIN events ON events.stream = streams.id
       WHERE streams.id = ? AND position <= ? ORDER BY revision`,
    ),
    streamsBetween: database.prepare(
      'SELECT id, name FROM streams WHERE name >= ? AND name < ? AND name > ? ORDER BY name LIMIT ?',
    ),
    lastUpTo: database.prepare(
      `SELECT position, recorded_at AS recordedAt FROM events WHERE position <= ?
       ORDER BY position DESC LIMIT 1`,
    ),
    lag: database.prepare(
      `SELECT (SELECT max(position) FROM events) AS head, asked.position,
         (SELECT recorded_at FROM events WHERE position > asked.position ORDER BY position LIMIT 1) AS since
       FROM (SELECT ? AS position) asked`,
    ),
  };
}
