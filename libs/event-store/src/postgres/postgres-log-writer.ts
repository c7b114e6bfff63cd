import type { Client } from 'pg';
import { AppendFailed, LogClosed, LogUnreachable } from '../event-log.js';
import type { AppendResult, LogHead } from '../event-log.js';
import { groupsOf, refuseWhenBusy } from '../group-appends.js';
import type { WrittenAppend, WrittenEvent } from '../written-append.js';
import { connect, disconnect, isConnectionFailure } from './connection.js';
import type { Database } from './connection.js';

interface WaitingAppend {
  append: WrittenAppend;
  /** Characters, for the limit on a group. */
  size: number;
  resolve: (result: AppendResult) => void;
  reject: (error: Error) => void;
}

interface GroupAnswer {
  results: AppendResult[];
  /** Only when the group stored something. */
  head: LogHead | null;
}

/** Sends what waits, one group and so one round trip at a time, over the one connection that appends. */
export class PostgresLogWriter {
  private readonly queue: WaitingAppend[] = [];
  private unanswered = 0;
  private client: Client | undefined;
  private sending: Promise<void> | undefined;
  private closing = false;

  /** @param onCommit called after each commit that stored something, after its appends were answered */
  constructor(
    private readonly database: Database,
    private readonly schema: string,
    private readonly onCommit: (head: LogHead) => void,
  ) {}

  append(append: WrittenAppend): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      if (this.closing) throw new LogClosed('The event log is closing and takes no more appends.');
      refuseWhenBusy(this.unanswered);
      this.unanswered++;
      this.queue.push({ append, size: append.size, resolve, reject });
      this.sending ??= this.sendAll();
    });
  }

  /** Resolves when everything taken has been answered and the connection has ended. */
  async close(): Promise<void> {
    this.closing = true;
    await this.sending;
    if (this.client) await disconnect(this.client, this.database);
  }

  private async sendAll(): Promise<void> {
    await Promise.resolve(); // the appends of this turn go together
    for (const group of groupsOf(() => this.queue.shift())) await this.send(group);
    this.sending = undefined;
  }

  private async send(group: WaitingAppend[]): Promise<void> {
    try {
      const { results, head } = await this.commit(groupText(group.map(({ append }) => append)));
      group.forEach(({ resolve }, index) => resolve(results[index]!));
      if (head) this.onCommit(head);
    } catch (error) {
      group.forEach(({ reject }) => reject(error as AppendFailed));
    } finally {
      this.unanswered -= group.length;
    }
  }

  /**
   * Sends a group, and once more when its connection was lost: what the first time stored is known by its ids.
   * @throws AppendFailed
   */
  private async commit(group: string): Promise<GroupAnswer> {
    let outcome: AppendFailed['outcome'] = 'not-stored';
    for (let last = false; ; last = true) {
      const client = await this.connected().catch((error: unknown) => {
        throw failed(error, outcome);
      });
      try {
        return await this.call(client, group);
      } catch (error) {
        if (!isConnectionFailure(error)) throw failed(error, outcome);
        outcome = 'unknown';
        await disconnect(client, this.database);
        this.client = undefined;
        if (last) throw failed(error, outcome);
      }
    }
  }

  private async call(client: Client, group: string): Promise<GroupAnswer> {
    const { rows } = await client.query<GroupAnswer>(
      `SELECT results, head FROM ${this.schema}.append_group($1)`,
      [group],
    );
    return rows[0]!;
  }

  /** The connection that is there, or a new one: of one that was lost while idle it is known that nothing was sent. */
  private async connected(): Promise<Client> {
    if (this.client) return this.client;
    const client = await connectToAppend(this.database);
    client.once('end', () => {
      if (this.client === client) this.client = undefined;
    });
    return (this.client = client);
  }
}

/** An answer promises that the disk has it, whatever the database's default is. */
async function connectToAppend(database: Database): Promise<Client> {
  const client = await connect(database, 'append');
  try {
    await client.query(
      `SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'`,
    );
    await client.query('SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED');
    return client;
  } catch (error) {
    await disconnect(client, database);
    throw error;
  }
}

/** The group as the composite type `append` of the schema wants it: JSON passes any text through unharmed. */
function groupText(appends: WrittenAppend[]): string {
  return JSON.stringify(
    appends.map(({ stream, expectedRevision, events, recordedAt, now }) => ({
      stream,
      expected_revision: expectedRevision,
      moments: recordedAt,
      now: now === undefined ? undefined : Math.trunc(now),
      ids: events.map(({ id }) => id),
      first_places: firstPlaces(events),
      types: events.map(({ type }) => type),
      hashes: events.map(({ contentHash }) => contentHash),
      contents: events.map(({ content }) => content),
      personals: events.map(({ personal }) => personal),
      metadatas: events.map(({ metadata }) => metadata),
    })),
  );
}

/** For each event the place, from 1, of the first with the same id. */
function firstPlaces(events: WrittenEvent[]): number[] {
  const places = new Map<string, number>();
  return events.map(({ id }, index) => {
    const first = places.get(id) ?? index + 1;
    places.set(id, first);
    return first;
  });
}

function failed(error: unknown, outcome: AppendFailed['outcome']): AppendFailed {
  const { message, code } = error as { message: string; code?: string };
  const what = error instanceof LogUnreachable ? message : `${message}${code ? ` (${code})` : ''}.`;
  return new AppendFailed(
    outcome === 'not-stored'
      ? `The event log could not be written. ${what} Nothing was stored; send it again when that is put right.`
      : `The event log was lost while writing. ${what} Whether this was stored is not known; send it again.`,
    outcome,
  );
}
