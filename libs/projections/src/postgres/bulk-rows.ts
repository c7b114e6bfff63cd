import { sql, type RawBuilder } from 'kysely';
import { clientTables, type ClientTable, type Value } from '../client-rows.js';
import type { KeyHolder } from '../event-keys.js';
import { inSlices } from '../in-slices.js';
import type { RowTable } from '../replacement.js';
import { positionKey, type ChangesTable, type ViewsDatabase, type ViewsTables } from '../tables.js';

/** Statements that write all rows of a batch to one table. Rows go in as JSON, which is read with the types of the table. */

/** A client's rows of a table from an ordinal on. */
export interface Cut {
  client: string;
  ordinal: number;
}

/** Takes away a client's rows from an ordinal on, for many clients at once. */
export async function cut(db: ViewsDatabase, table: RowTable, cuts: readonly Cut[]): Promise<void> {
  for (const slice of inSlices(cuts)) {
    await sql`
      delete from ${sql.table(table)} as stored
      using json_to_recordset(${JSON.stringify(slice)}) as gone (client text, ordinal int)
      where stored.client = gone.client and stored.ordinal >= gone.ordinal`.execute(db);
  }
}

/** Takes away whatever there is of some clients. @returns their findings that were there, as rows of their table */
export async function forget(db: ViewsDatabase, clients: readonly string[]): Promise<Value[][]> {
  if (clients.length === 0) return [];
  await sql`
    update event_keys set shared = 0 where shared = 1 and key in (
      select mine.key from event_keys as mine
      join event_keys as held on held.key = mine.key and held.client not in (${sql.join(clients)})
      where mine.shared = 1 and mine.client in (${sql.join(clients)})
      group by mine.key having count(distinct held.client) = 1)`.execute(db);
  const columns = ['client', ...clientTables.findings] as const;
  const findings = await db
    .deleteFrom('findings')
    .where('client', 'in', clients)
    .returning(columns)
    .execute();
  const others = Object.keys(clientTables).filter((table) => table !== 'findings') as ClientTable[];
  for (const table of [...others, 'event_keys', 'changes', 'parked'] as const)
    await db.deleteFrom(table).where('client', 'in', clients).execute();
  return findings.map((row) => columns.map((column) => row[column]));
}

/**
 * Many rows to a statement, which reads them as JSON with the types of the table's own columns.
 *
 * @param replacing the key of rows that may be there already; left out, there are none
 */
export async function insert(
  db: ViewsDatabase,
  table: keyof ViewsTables,
  columns: readonly string[],
  rows: readonly Value[][],
  replacing?: readonly string[],
): Promise<void> {
  const list = refs(columns);
  for (const slice of inSlices(rows)) {
    const named = slice.map((row) =>
      Object.fromEntries(columns.map((column, place) => [column, row[place]])),
    );
    await sql`
      insert into ${sql.table(table)} (${list})
      select ${list} from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(named)})
      ${replacing ? onConflict(columns, replacing) : sql``}`.execute(db);
  }
}

function onConflict(columns: readonly string[], key: readonly string[]): RawBuilder<unknown> {
  const sets = columns
    .filter((column) => !key.includes(column))
    .map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`);
  return sql`on conflict (${refs(key)}) do update set ${sql.join(sets)}`;
}

function refs(columns: readonly string[]): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql.ref(column)));
}

/** The keys of a batch. @param sharedKeys those among them that more than one stream now holds */
export async function addKeys(
  db: ViewsDatabase,
  holders: readonly KeyHolder[],
  sharedKeys: readonly string[],
): Promise<void> {
  await insert(db, 'event_keys', ['key', 'position', 'client', 'shared'], keyRows(holders));
  for (const slice of inSlices(sharedKeys)) {
    await db
      .updateTable('event_keys')
      .set({ shared: 1 })
      .where('shared', '=', 0)
      .where(
        'key',
        'in',
        slice.map((key) => Buffer.from(key, 'hex')),
      )
      .execute();
  }
}

/** The key of an entry of the feed. */
export type ChangeKey = Pick<ChangesTable, 'position' | 'client' | 'ordinal'>;

/**
 * Takes away so many entries of the feed up to a position, from a place on.
 *
 * @returns the place of the last of them; `null` = there are no more
 */
export async function emptyPage(
  db: ViewsDatabase,
  after: ChangeKey,
  upTo: string,
): Promise<ChangeKey | null> {
  const { rows } = await sql<ChangeKey>`
    with page as (
      select position, client, ordinal from changes
      where (position, client, ordinal) > (${after.position}, ${after.client}, ${after.ordinal}::int)
        and position <= ${upTo}
      order by position, client, ordinal limit ${entriesAPage}),
    gone as (
      delete from changes using page
      where changes.position = page.position and changes.client = page.client and changes.ordinal = page.ordinal)
    select position, client, ordinal from page order by position desc, client desc, ordinal desc limit 1`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** Far less than a statement may take its time for, and no more for others to wait. */
const entriesAPage = 10_000;

/** Keeps keys apart from their table for {@link addCollectedKeys}; both are for one connection. */
export async function collectKeys(db: ViewsDatabase, holders: readonly KeyHolder[]): Promise<void> {
  await sql`create temp table if not exists collected_keys (like event_keys)`.execute(db);
  if (holders.length === 0) return;
  await sql`
    insert into collected_keys
    select * from json_populate_recordset(null::event_keys, ${keysJson(holders)})`.execute(db);
}

function keyRows(holders: readonly KeyHolder[]): Value[][] {
  return holders.map(({ key, position, client }) => [`\\x${key}`, positionKey(position), client, 0]);
}

function keysJson(holders: readonly KeyHolder[]): string {
  return JSON.stringify(
    keyRows(holders).map(([key, position, client, shared]) => ({ key, position, client, shared })),
  );
}

/** Stores what was collected in the order of the table's key, which at random places would take many times as long. */
export async function addCollectedKeys(db: ViewsDatabase): Promise<void> {
  await sql`
    insert into event_keys (key, position, client, shared)
    select key, position, client, (count(*) over (partition by key) > 1)::int
    from collected_keys order by key, position`.execute(db);
  await sql`drop table collected_keys`.execute(db);
}
