import type Database from 'better-sqlite3';
import { compare, momentsOf } from '../append-check.js';
import { AppendFailed } from '../event-log.js';
import type { AppendResult, LogHead } from '../event-log.js';
import { nextDigest } from '../log-digest.js';
import type { WrittenAppend, WrittenEvent } from '../written-append.js';
import { headStatement, readHead } from './sqlite-log-reader.js';

interface StreamRow {
  id: number;
  lastRevision: number;
}

/** Where an event lies and what was recorded of it. */
interface Place {
  position: number;
  recordedAt: number;
  contentHash: string;
}

interface Head {
  position: number;
  recordedAt: number;
  digest: string;
}

/**
 * The synchronous heart of the log: commits groups of appends on the one connection that may write. The head is
 * kept in memory, which is safe only because the data folder is locked for one writer.
 */
export class SqliteLogWriter {
  private last: Head;
  private broken: AppendFailed | undefined;
  private readonly statements: ReturnType<typeof prepareStatements>;

  /** @param clock ms since 1970, for appends that bring no reading of their own. */
  constructor(
    private readonly database: Database.Database,
    private readonly clock: () => number = Date.now,
  ) {
    this.statements = prepareStatements(database);
    this.last = this.storedHead();
  }

  head(): LogHead {
    return { ...this.last, position: String(this.last.position) };
  }

  /**
   * Stores a group in one transaction and answers each append, in order. That one is known, in conflict or late is
   * its own answer and does not touch the others.
   * @throws AppendFailed for the whole group. After the outcome `unknown` the writer stores nothing more: after a failed
   * flush nobody can tell what the disk holds until the file is opened anew.
   */
  commitGroup(appends: WrittenAppend[]): AppendResult[] {
    if (this.broken) throw this.broken;
    const before = this.last;
    let committing = false;
    try {
      this.database.exec('BEGIN IMMEDIATE');
      const results = appends.map((append) => this.apply(append));
      committing = true;
      this.database.exec('COMMIT');
      return results;
    } catch (error) {
      this.last = before;
      throw this.abandon(error, committing);
    }
  }

  close(): void {
    this.database.close();
  }

  private abandon(error: unknown, committing: boolean): AppendFailed {
    const { message, code } = error as { message: string; code?: string };
    // A full disk shows before the commit mark is written; any other failure to commit may have come after it.
    let outcome: AppendFailed['outcome'] = committing && code !== 'SQLITE_FULL' ? 'unknown' : 'not-stored';
    try {
      if (this.database.inTransaction) this.database.exec('ROLLBACK');
    } catch {
      outcome = 'unknown';
    }
    if (outcome === 'unknown') {
      this.broken = new AppendFailed(
        `The event log takes no more appends after a failure (${message}); nothing was stored. Restart the service.`,
        'not-stored',
      );
    }
    const what =
      code === 'SQLITE_FULL'
        ? `the disk of ${this.database.name} is full`
        : `${message}${code ? ` (${code})` : ''}`;
    return new AppendFailed(failure(what, outcome), outcome);
  }

  private apply(append: WrittenAppend): AppendResult {
    const stream = this.statements.findStream.get(append.stream);
    const revision = stream ? stream.lastRevision : 'no-stream';
    const places = new Map<string, Place>();
    const { fresh, conflicts } = compare(append, (id) => {
      const place = stream && this.statements.findEvent.get(stream.id, id);
      if (place) places.set(id, place);
      return place?.contentHash;
    });
    if (conflicts.length > 0) return { status: 'conflict', ids: conflicts };
    if (stream && fresh.length === 0) {
      return { status: 'known', revision: stream.lastRevision, ...answerOf(append.events, places) };
    }
    const expected = append.expectedRevision;
    if (expected !== 'any' && expected !== revision) return { status: 'wrong-revision', revision };
    const { recordedAt: lastRecordedAt } = this.last;
    const reading = (): number => Math.max(Math.trunc(append.now ?? this.clock()), lastRecordedAt);
    const moments = momentsOf(append, fresh, lastRecordedAt, reading);
    if (!moments) return { status: 'too-late', lastRecordedAt };
    return this.store(append, stream, fresh, moments, places);
  }

  private store(
    append: WrittenAppend,
    stream: StreamRow | undefined,
    fresh: number[],
    moments: number[],
    places: Map<string, Place>,
  ): AppendResult {
    const first = stream ? stream.lastRevision + 1 : 0;
    const revision = first + fresh.length - 1;
    const streamId = this.reachRevision(append.stream, stream, revision);
    fresh.forEach((index, offset) => {
      const event = append.events[index]!;
      places.set(event.id, this.insert(streamId, first + offset, event, moments[offset]!));
    });
    const stored = new Set(fresh);
    const isFresh = append.events.map((_, index) => stored.has(index));
    return { status: 'appended', revision, ...answerOf(append.events, places), fresh: isFresh };
  }

  private reachRevision(name: string, stream: StreamRow | undefined, revision: number): number {
    if (!stream) return Number(this.statements.addStream.run(name, revision).lastInsertRowid);
    this.statements.moveStream.run(revision, stream.id);
    return stream.id;
  }

  private insert(streamId: number, revision: number, event: WrittenEvent, recordedAt: number): Place {
    const { id, type, contentHash, content, personal, metadata } = event;
    const position = this.last.position + 1;
    const digest = nextDigest(this.last.digest, contentHash);
    const hashBytes = Buffer.from(contentHash, 'hex');
    const digestBytes = Buffer.from(digest, 'hex');
    this.statements.addEvent.run(
      position, streamId, revision, id, type, hashBytes, content, personal, metadata, recordedAt, digestBytes,
    ); // prettier-ignore
    this.last = { position, recordedAt, digest };
    return { position, recordedAt, contentHash };
  }

  private storedHead(): Head {
    const head = readHead(headStatement(this.database));
    return { ...head, position: Number(head.position) };
  }
}

function answerOf(
  events: WrittenEvent[],
  places: Map<string, Place>,
): { positions: string[]; recordedAt: number[] } {
  const found = events.map(({ id }) => places.get(id)!);
  return {
    positions: found.map(({ position }) => String(position)),
    recordedAt: found.map(({ recordedAt }) => recordedAt),
  };
}

function failure(what: string, outcome: AppendFailed['outcome']): string {
  return outcome === 'not-stored'
    ? `The event log could not be written: ${what}. Nothing was stored; put that right and send it again.`
    : `The event log failed while writing: ${what}. Whether this was stored is not known; restart and send it again.`;
}

type EventValues = [
  position: number,
  stream: number,
  revision: number,
  id: string,
  type: string,
  contentHash: Buffer,
  content: string,
  personal: string | null,
  metadata: string,
  recordedAt: number,
  digest: Buffer,
];

function prepareStatements(database: Database.Database): {
  findStream: Database.Statement<[string], StreamRow>;
  addStream: Database.Statement<[string, number]>;
  moveStream: Database.Statement<[number, number]>;
  findEvent: Database.Statement<[number, string], Place>;
  addEvent: Database.Statement<EventValues>;
} {
  return {
    findStream: database.prepare('SELECT id, last_revision AS lastRevision FROM streams WHERE name = ?'),
    addStream: database.prepare('INSERT INTO streams (name, last_revision) VALUES (?, ?)'),
    moveStream: database.prepare('UPDATE streams SET last_revision = ? WHERE id = ?'),
    findEvent: database.prepare(
      `SELECT position, recorded_at AS recordedAt, lower(hex(content_hash)) AS contentHash
       FROM events WHERE stream = ? AND id = ?`,
    ),
    addEvent: database.prepare(
      `INSERT INTO events (position, stream, revision, id, type, content_hash, content, personal, metadata,
         recorded_at, digest)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
  };
}
