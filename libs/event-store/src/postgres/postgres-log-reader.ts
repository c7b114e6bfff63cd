import type { Pool } from 'pg';
import { LogClosed } from '../event-log.js';
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
import { disconnect, isConnectionFailure, readingPool, refusePlace, unreachable } from './connection.js';
import type { Database, PostgresLogPlace } from './connection.js';
import { findSchema } from './schema-steps.js';
import { USUAL_TIMING } from './timing.js';

/**
 * Reads the log beside a running service, with connections of its own.
 * @throws LogNotFound when the schema has no log, so that a mistyped address is not taken for an empty one
 * @throws LogUnreachable, LogSchemaRefused; RangeError when the address or the schema's name is none
 */
export async function openPostgresEventLogReader({
  url,
  schema = 'domeinbrug',
}: PostgresLogPlace): Promise<EventLogReader> {
  refusePlace(url, schema);
  const reader = new PostgresLogReader({ url, timing: USUAL_TIMING }, schema);
  try {
    await reader.findLog();
    return reader;
  } catch (error) {
    await reader.close();
    throw error;
  }
}

/** Rejects with {@link LogUnreachable} when the database does not answer, or not in time. */
export class PostgresLogReader implements EventLogReader {
  readonly place: LogPlace;
  private readonly pool: Pool;
  private readonly statements: ReturnType<typeof statementsFor>;
  private closed: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly schema: string,
  ) {
    this.place = { kind: 'postgres', url: database.url, schema };
    this.pool = readingPool(database);
    this.statements = statementsFor(schema);
  }

  /** @throws LogNotFound, LogUnreachable, LogSchemaRefused */
  async findLog(): Promise<void> {
    await findSchema((text, values) => this.rows(text, values), this.schema);
  }

  async readStream(stream: string, upTo?: Position): Promise<RecordedEvent[]> {
    const rows = await this.rows<EventRow>(this.statements.readStream, [stream, numberOf(upTo)]);
    return rows.map(recordedEvent);
  }

  async readAll(after: Position, limit: number): Promise<RecordedEvent[]> {
    refuseLimit(limit, 'events');
    const rows = await this.rows<EventRow>(this.statements.readAll, [numberOf(after), limit]);
    return rows.map(recordedEvent);
  }

  async streamsOf(category: string): Promise<string[]> {
    const { from, until } = namesOf(category);
    const rows = await this.rows<{ name: string }>(this.statements.streamsBetween, [from, until]);
    return rows.map(({ name }) => name);
  }

  async readStreams(
    category: string,
    after: string | null,
    limit: number,
    upTo?: Position,
  ): Promise<ReadStream[]> {
    refuseLimit(limit, 'streams');
    const { from, until } = namesOf(category);
    const values = [from, until, after ?? '', limit, numberOf(upTo)];
    return byStream(await this.rows<EventRow | StreamWithout>(this.statements.readStreams, values));
  }

  async head(): Promise<LogHead> {
    const [row] = await this.rows<HeadRow>(this.statements.head, []);
    return headOf(row);
  }

  async positionAt(recordedAt: number): Promise<Position> {
    const [row] = await this.rows<{ position: string }>(this.statements.positionAt, [recordedAt]);
    return row!.position;
  }

  async lag(position: Position): Promise<LogLag> {
    const [row] = await this.rows<LagRow>(this.statements.lag, [numberOf(position)]);
    return lagOf(row!);
  }

  close(): Promise<void> {
    this.closed ??= disconnect(this.pool, this.database);
    return this.closed;
  }

  /** Asks once more when a connection turns out to be lost: one of the pool may have died while it was idle. */
  private async rows<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
    for (let last = false; ; last = true) {
      if (this.closed) throw new LogClosed('The event log is closed; open it again to read.');
      try {
        return (await this.pool.query<Row>(text, values)).rows;
      } catch (error) {
        const tooLong = (error as { code?: string }).code === queryCanceled;
        if (!tooLong && !isConnectionFailure(error)) throw error;
        if (tooLong || last) throw unreachable(this.database.url, error);
      }
    }
  }
}

/** The server gave a statement up that took longer than its limit. */
const queryCanceled = '57014';

type StreamWithout = Pick<EventRow, 'stream'> & { position: null };

function byStream(rows: (EventRow | StreamWithout)[]): ReadStream[] {
  const streams: ReadStream[] = [];
  for (const row of rows) {
    if (streams.at(-1)?.stream !== row.stream) streams.push({ stream: row.stream, events: [] });
    if (row.position !== null) streams.at(-1)!.events.push(recordedEvent(row));
  }
  return streams;
}

const eventColumns = `position, revision, events.id, type, content_hash AS "contentHash", content, personal, metadata,
  recorded_at AS "recordedAt", digest`;

function statementsFor(
  schema: string,
): Record<
  'head' | 'readStream' | 'readAll' | 'streamsBetween' | 'readStreams' | 'positionAt' | 'lag',
  string
> {
  return {
    head: `SELECT position, recorded_at AS "recordedAt", digest FROM ${schema}.events
      ORDER BY position DESC LIMIT 1`,
    readStream: `SELECT $1::text AS stream, ${eventColumns} FROM ${schema}.events
      WHERE stream = (SELECT id FROM ${schema}.streams WHERE name = $1) AND position <= $2 ORDER BY revision`,
    // The page comes first and alone, so that no plan reads all streams or sorts the log for it.
    readAll: `SELECT streams.name AS stream, ${eventColumns}
      FROM (SELECT * FROM ${schema}.events WHERE position > $1 ORDER BY position LIMIT $2) events
      JOIN ${schema}.streams ON streams.id = events.stream ORDER BY position`,
    streamsBetween: `SELECT name FROM ${schema}.streams WHERE name >= $1 AND name < $2 ORDER BY name`,
    // OFFSET 0 keeps the events of a stream one look-up by its index, however many streams a page has.
    readStreams: `SELECT page.name AS stream, event.*
      FROM (SELECT id, name FROM ${schema}.streams
            WHERE name >= $1 AND name < $2 AND name > $3 ORDER BY name LIMIT $4) page
      LEFT JOIN LATERAL (SELECT ${eventColumns} FROM ${schema}.events
            WHERE events.stream = page.id AND position <= $5 ORDER BY revision OFFSET 0) event ON true
      ORDER BY page.name, event.revision`,
    positionAt: `SELECT ${schema}.position_at($1) AS position`,
    lag: `SELECT (SELECT max(position) FROM ${schema}.events) AS head, $1::bigint AS position,
        (SELECT recorded_at FROM ${schema}.events WHERE position > $1 ORDER BY position LIMIT 1) AS since`,
  };
}
