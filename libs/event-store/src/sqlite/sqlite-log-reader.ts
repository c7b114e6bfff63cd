import type Database from 'better-sqlite3';
import { LogClosed, START } from '../event-log.js';
import type { EventLogReader, LogHead, Position, ReadStream, RecordedEvent } from '../event-log.js';
import { EMPTY_LOG_DIGEST } from '../log-digest.js';
import { refuseLimit, refuseNoCategory, refuseNoPosition } from '../read-arguments.js';
import { openLogForReading } from './log-database.js';

interface EventRow {
  stream: string;
  position: number;
  revision: number;
  id: string;
  type: string;
  contentHash: Buffer;
  content: string;
  personal: string | null;
  metadata: string;
  recordedAt: number;
  digest: Buffer;
}

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
  return new SqliteLogReader(openLogForReading(dataDir));
}

export class SqliteLogReader implements EventLogReader {
  private readonly statements: ReturnType<typeof prepareStatements>;

  constructor(private readonly database: Database.Database) {
    this.statements = prepareStatements(database);
  }

  readStream(stream: string, upTo?: Position): Promise<RecordedEvent[]> {
    return this.answer(() =>
      this.statements.readStream
        .all(stream, upTo === undefined ? Number.MAX_SAFE_INTEGER : parsePosition(upTo))
        .map(recordedEvent),
    );
  }

  readAll(after: Position, limit: number): Promise<RecordedEvent[]> {
    return this.answer(() => {
      refuseLimit(limit, 'events');
      return this.statements.readAll.all(parsePosition(after), limit).map(recordedEvent);
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
      const last = upTo === undefined ? Number.MAX_SAFE_INTEGER : parsePosition(upTo);
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

type HeadRow = Pick<EventRow, 'position' | 'recordedAt' | 'digest'>;

export function headStatement(database: Database.Database): Database.Statement<[], HeadRow> {
  return database.prepare(
    'SELECT position, recorded_at AS recordedAt, digest FROM events ORDER BY position DESC LIMIT 1',
  );
}

/** The last event's place, moment and digest as the file has them. */
export function readHead(statement: Database.Statement<[], HeadRow>): LogHead {
  const row = statement.get();
  if (!row) return { position: START, recordedAt: 0, digest: EMPTY_LOG_DIGEST };
  return {
    position: String(row.position),
    recordedAt: row.recordedAt,
    digest: row.digest.toString('hex'),
  };
}

function recordedEvent(row: EventRow): RecordedEvent {
  return {
    stream: row.stream,
    position: String(row.position),
    revision: row.revision,
    id: row.id,
    type: row.type,
    contentHash: row.contentHash.toString('hex'),
    content: JSON.parse(row.content) as unknown,
    personal: row.personal === null ? null : (JSON.parse(row.personal) as unknown),
    metadata: JSON.parse(row.metadata) as unknown,
    recordedAt: row.recordedAt,
    digest: row.digest.toString('hex'),
  };
}

/** The names of a category lie between these, the second excluded: '.' follows '-'. Read off the index. */
function namesOf(category: string): { from: string; until: string } {
  refuseNoCategory(category);
  return { from: `${category}-`, until: `${category}.` };
}

function parsePosition(position: Position): number {
  refuseNoPosition(position);
  return Number(position);
}

function prepareStatements(database: Database.Database): {
  head: Database.Statement<[], HeadRow>;
  readStream: Database.Statement<[string, number], EventRow>;
  readAll: Database.Statement<[number, number], EventRow>;
  readStreamById: Database.Statement<[number, number], EventRow>;
  /** `after` excludes one and all before it: '' for none; a limit of -1 is none. */
  streamsBetween: Database.Statement<[string, string, string, number], { id: number; name: string }>;
  lastUpTo: Database.Statement<[number], { position: number; recordedAt: number }>;
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
  };
}
