import { sql, type SqlBool } from 'kysely';
import type { KeyHolder } from './event-keys.js';
import { inSlices } from './in-slices.js';
import { positionOf, type EventKeysTable, type ViewsDatabase } from './tables.js';

/** Who holds the keys of all events that were stored. */
export class StoredKeys {
  /** @param hidden clients that are passed over */
  constructor(
    private readonly db: ViewsDatabase,
    private readonly hidden: readonly string[] = [],
  ) {}

  /** The same as if these clients had none. */
  without(clients: readonly string[]): StoredKeys {
    return new StoredKeys(this.db, [...this.hidden, ...clients]);
  }

  /** Who shares a key with one of these clients. */
  async sharingWith(clients: readonly string[]): Promise<string[]> {
    if (clients.length === 0) return [];
    const { rows } = await sql<{ client: string }>`
      select distinct held.client from event_keys as mine join event_keys as held on held.key = mine.key
      where mine.shared = 1 and mine.client in (${sql.join(clients)})
        and held.client not in (${sql.join(clients)})`.execute(this.db);
    return rows.map(({ client }) => client);
  }

  /** The first holder of each of these keys that is stored at all. */
  async firstHolders(keys: readonly string[]): Promise<KeyHolder[]> {
    const found: KeyHolder[] = [];
    for (const slice of inSlices([...new Set(keys)])) {
      const rows = await this.holders()
        .where('key', 'in', slice.map(bytesOf))
        .where(
          sql<SqlBool>`position = (select min(first.position) from event_keys as first
            where first.key = held.key and first.client not in (${this.passedOver()}))`,
        )
        .execute();
      for (const row of rows) found.push(holderOf(row));
    }
    return found;
  }

  /** As `HoldersBeside`. Nearly no key is shared, so those that are have an index of their own. */
  async beside(clients: readonly string[]): Promise<KeyHolder[]> {
    const asked = sql.join(clients);
    const { rows } = await sql<HolderRow>`
      with mine as materialized (
        select distinct key from event_keys where shared = 1 and client in (${asked}))
      select held.key, held.position, held.client
      from mine cross join event_keys as held
      where held.key = mine.key and held.position = (
        select min(other.position) from event_keys as other
        where other.key = mine.key and other.client not in (${asked}, ${this.passedOver()}))`.execute(
      this.db,
    );
    return rows.map(holderOf);
  }

  /** The first holder of a key other than these clients. */
  async firstBeside(key: string, clients: readonly string[]): Promise<KeyHolder | null> {
    const row = await this.holders()
      .where('key', '=', bytesOf(key))
      .where('client', 'not in', [...clients, ...this.hidden])
      .orderBy('position')
      .limit(1)
      .executeTakeFirst();
    return row ? holderOf(row) : null;
  }

  /** Those of these clients that share a key with another. */
  async sharersAmong(clients: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for (const slice of inSlices(clients)) {
      const rows = await this.allSharers().where('client', 'in', slice).execute();
      for (const { client } of rows) found.push(client);
    }
    return found;
  }

  /** All clients that do, in order. */
  async sharers(): Promise<string[]> {
    return (await this.allSharers().orderBy('client').execute()).map(({ client }) => client);
  }

  /** No client has an empty name. */
  private passedOver() {
    return sql.join(['', ...this.hidden]);
  }

  private holders() {
    return this.db.selectFrom('event_keys as held').select(['key', 'position', 'client']);
  }

  private allSharers() {
    // Written out, as the index is only for rows of this very value.
    return this.db.selectFrom('event_keys').select('client').distinct().where('shared', '=', sql.lit(1));
  }
}

type HolderRow = Pick<EventKeysTable, 'key' | 'position' | 'client'>;

function holderOf({ key, position, client }: HolderRow): KeyHolder {
  return { key: Buffer.from(key).toString('hex'), position: positionOf(position), client };
}

function bytesOf(key: string): Buffer {
  return Buffer.from(key, 'hex');
}
