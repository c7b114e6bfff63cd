import type { CoverageTimeline } from '@domeinbrug/coverage';
import type { Position } from '@domeinbrug/event-store';
import { changeColumns, ofOthers } from '../change-rows.js';
import { readCheckpoint, type Checkpoint } from '../checkpoint.js';
import { clientTables, type ClientTable, type Value } from '../client-rows.js';
import type { Parked, StoredClient } from '../fold-client.js';
import { inSlices } from '../in-slices.js';
import { FindingTally, replacementOf, type Replacement, type RowTable } from '../replacement.js';
import { findingCounts, parkedClients, type FindingCounts } from '../status.js';
import { StoredKeys } from '../stored-keys.js';
import { positionKey, type ViewsDatabase } from '../tables.js';
import {
  ViewsMoved,
  type ClientUpdate,
  type FoldedRows,
  type ViewsBatch,
  type ViewsWriter,
} from '../views-writer.js';
import {
  addCollectedKeys,
  addKeys,
  collectKeys,
  cut,
  emptyPage,
  forget,
  insert,
  type Cut,
  type ChangeKey,
} from './bulk-rows.js';

/** Called at the start of each transaction; throws when this writer may no longer write. */
export type Fence = (transaction: ViewsDatabase) => Promise<void>;

/** Called at the end of each transaction that moves the checkpoint, to tell those who follow. */
export type Tell = (transaction: ViewsDatabase) => Promise<void>;

/**
 * The one connection that writes a generation of read models in PostgreSQL. Each statement writes all rows of a batch
 * that go to one table; there is but one connection, so transactions take turns.
 */
export class PostgresViewsWriter implements ViewsWriter {
  readonly keys: StoredKeys;
  private tally = new FindingTally({});
  /** Few, and asked about for every client. */
  private parkedClients = new Map<string, Parked>();
  /** Of whom the feed is not filled in: what is read of the log for it may be from before. */
  private readonly forgotten = new Set<string>();

  private constructor(
    private readonly db: ViewsDatabase,
    private readonly fence: Fence,
    private readonly tell: Tell,
  ) {
    this.keys = new StoredKeys(db);
  }

  /** @param db of one connection; closed with the writer */
  static async over(db: ViewsDatabase, fence: Fence, tell: Tell): Promise<PostgresViewsWriter> {
    const writer = new PostgresViewsWriter(db, fence, tell);
    await writer.reread();
    return writer;
  }

  get findings(): FindingCounts {
    return this.tally.counted;
  }

  checkpoint(): Promise<Checkpoint | null> {
    return readCheckpoint(this.db);
  }

  async reread(): Promise<Checkpoint | null> {
    const parked = await parkedClients(this.db);
    this.parkedClients = new Map(
      parked.map(({ clientId, position, since, reason }) => [
        clientId,
        { position, recordedAt: since, reason },
      ]),
    );
    this.tally = new FindingTally(await findingCounts(this.db));
    return this.checkpoint();
  }

  async begin({ position, recordedAt, identity, feed }: Checkpoint): Promise<void> {
    const key = (at: Position | null): string | null => at && positionKey(at);
    await this.inTransaction(async (transaction) => {
      await transaction
        .insertInto('checkpoint')
        .values({
          id: 1,
          position: positionKey(position),
          recorded_at: recordedAt,
          identity,
          feed_since: positionKey(feed.since),
          feed_until: key(feed.until),
          feed_missing: key(feed.missing),
        })
        .execute();
    });
  }

  async storedClients(clients: readonly string[]): Promise<Map<string, StoredClient>> {
    const timelines = new Map<string, string>();
    for (const slice of inSlices(clients)) {
      const rows = await this.db
        .selectFrom('timelines')
        .select(['client', 'timeline_json'])
        .where('client', 'in', slice)
        .execute();
      for (const row of rows) timelines.set(row.client, row.timeline_json);
    }
    return new Map(
      clients.map((client) => {
        const text = timelines.get(client);
        const timeline = text === undefined ? null : (JSON.parse(text) as CoverageTimeline);
        return [client, { timeline, parked: this.parkedClients.get(client) ?? null }];
      }),
    );
  }

  async storeBatch(batch: ViewsBatch): Promise<void> {
    const { erased, clients, holders, sharedKeys, changes, from, to } = batch;
    const replacements = replacementsOf(clients);
    let forgotten: Value[][] = [];
    for (const client of erased) this.forgotten.add(client);
    await this.inTransaction(async (transaction) => {
      forgotten = await forget(transaction, erased);
      await this.writeClients(transaction, clients, replacements);
      await addKeys(transaction, holders, sharedKeys);
      await insert(transaction, 'changes', changeColumns, changes);
      const { position, recordedAt, feed } = to;
      const moved = await transaction
        .updateTable('checkpoint')
        .set({
          position: positionKey(position),
          recorded_at: recordedAt,
          feed_until: feed.until && positionKey(feed.until),
        })
        .where('position', '=', positionKey(from))
        .executeTakeFirst();
      if (moved.numUpdatedRows === 0n) throw new ViewsMoved(from);
      await this.tell(transaction);
    });
    this.tally.replace({ before: forgotten, after: [] });
    for (const client of erased) this.parkedClients.delete(client);
    this.note(clients, replacements);
  }

  async storeClients(clients: readonly ClientUpdate[]): Promise<void> {
    const replacements = replacementsOf(clients);
    await this.inTransaction((transaction) => this.writeClients(transaction, clients, replacements));
    this.note(clients, replacements);
  }

  async addClients(clients: readonly FoldedRows[]): Promise<void> {
    const updates = clients.map((folded) => ({ ...folded, before: null }));
    const replacements = replacementsOf(updates);
    await this.inTransaction(async (transaction) => {
      await this.writeClients(transaction, updates, replacements);
      await collectKeys(
        transaction,
        clients.flatMap(({ keys }) => keys),
      );
    });
    this.note(updates, replacements);
  }

  async addCollectedKeys(): Promise<void> {
    await this.inTransaction(addCollectedKeys);
  }

  async addChanges(rows: readonly Value[][]): Promise<void> {
    await this.inTransaction((transaction) =>
      insert(transaction, 'changes', changeColumns, ofOthers(rows, this.forgotten)),
    );
  }

  async emptyFeed(upTo: Position): Promise<void> {
    for (let last: ChangeKey | null = { position: '', client: '', ordinal: 0 }; last !== null;) {
      const after: ChangeKey = last;
      await this.inTransaction(async (transaction) => {
        last = await emptyPage(transaction, after, positionKey(upTo));
      });
    }
  }

  async completeFeed(): Promise<void> {
    await this.inTransaction(async (transaction) => {
      await transaction.updateTable('checkpoint').set({ feed_missing: null }).execute();
      await this.tell(transaction);
    });
  }

  /** The server does this by itself. */
  rest(): boolean {
    return true;
  }

  close(): Promise<void> {
    return this.db.destroy();
  }

  private async inTransaction(write: (transaction: ViewsDatabase) => Promise<void>): Promise<void> {
    await this.db.transaction().execute(async (transaction) => {
      await this.fence(transaction);
      await write(transaction);
    });
  }

  private async writeClients(
    transaction: ViewsDatabase,
    clients: readonly ClientUpdate[],
    replacements: readonly ClientReplacement[],
  ): Promise<void> {
    for (const table of rowTables) await cut(transaction, table, cutsOf(replacements, table));
    for (const table of allTables) {
      const rows = replacements.flatMap(({ put }) => put[table]);
      await insert(transaction, table, ['client', ...clientTables[table]], rows, keyOf[table]);
    }
    await this.writeParked(transaction, clients);
  }

  private async writeParked(transaction: ViewsDatabase, clients: readonly ClientUpdate[]): Promise<void> {
    const gone = clients.filter(({ client, parked }) => !parked && this.parkedClients.has(client));
    for (const slice of inSlices(gone.map(({ client }) => client))) {
      await transaction.deleteFrom('parked').where('client', 'in', slice).execute();
    }
    const rows = clients.flatMap(({ client, parked }) =>
      parked ? [[client, positionKey(parked.position), parked.recordedAt, parked.reason]] : [],
    );
    await insert(transaction, 'parked', ['client', 'position', 'recorded_at', 'reason'], rows, ['client']);
  }

  /** What is stored now; transactions of a feed that is filled in may wait beside, so nothing is noted before. */
  private note(clients: readonly ClientUpdate[], replacements: readonly ClientReplacement[]): void {
    for (const { findings } of replacements) this.tally.replace(findings);
    for (const { client, parked } of clients) {
      if (parked) this.parkedClients.set(client, parked);
      else this.parkedClients.delete(client);
    }
  }
}

const allTables = Object.keys(clientTables) as ClientTable[];
const rowTables = allTables.filter((table) => table !== 'timelines');

const keyOf: Record<ClientTable, string[]> = {
  timelines: ['client'],
  portfolio: ['client', 'ordinal'],
  portfolio_gaps: ['client', 'ordinal'],
  minutes: ['client', 'ordinal'],
  findings: ['client', 'ordinal'],
};

type ClientReplacement = Replacement & { client: string };

function replacementsOf(clients: readonly ClientUpdate[]): ClientReplacement[] {
  return clients.flatMap((update) =>
    update.rows ? [{ ...replacementOf({ ...update, rows: update.rows }), client: update.client }] : [],
  );
}

function cutsOf(replacements: readonly ClientReplacement[], table: RowTable): Cut[] {
  return replacements.flatMap(({ client, cut: cuts }) =>
    cuts.filter(([cutTable]) => cutTable === table).map(([, ordinal]) => ({ client, ordinal })),
  );
}
