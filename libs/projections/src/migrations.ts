import { sql, type Kysely, type Migration, type MigrationProvider, Migrator } from 'kysely';
import { dialectOf, type Dialect, type Holding } from './dialect.js';
import type { ViewsDatabase, ViewsTables } from './tables.js';

/**
 * The schema of the read models, step by step, for both databases. Tables come before indexes, so that a rebuild can
 * fill the tables in order of their keys and add the indexes at the end. A step that has been released is never edited.
 */
const steps: Record<string, Migration> = {
  '0001-tables': {
    async up(db: Kysely<unknown>): Promise<void> {
      const dialect = dialectOf(db);
      for (const table of tables) await createTable(db, dialect, table);
    },
  },
  '0002-indexes': { up: createIndexes },
};

interface Table {
  name: keyof ViewsTables;
  /** A name that ends in `?` may be without a value. */
  columns: Record<string, Holding>;
  key: string[];
}

const tables: Table[] = [
  {
    name: 'checkpoint',
    columns: {
      id: 'whole',
      position: 'text',
      recorded_at: 'moment',
      identity: 'text',
      feed_since: 'text',
      'feed_until?': 'text',
      'feed_missing?': 'text',
    },
    key: ['id'],
  },
  {
    name: 'timelines',
    columns: { client: 'text', position: 'text', recorded_at: 'moment', timeline_json: 'text' },
    key: ['client'],
  },
  {
    name: 'portfolio',
    columns: {
      client: 'text',
      ordinal: 'whole',
      funder: 'text',
      service: 'text',
      kind: 'text',
      rule: 'text',
      first_day: 'day',
      'last_day?': 'day',
      share: 'share',
      'law?': 'text',
      'provider?': 'text',
      because_json: 'text',
    },
    key: ['client', 'ordinal'],
  },
  {
    name: 'portfolio_gaps',
    columns: {
      client: 'text',
      ordinal: 'whole',
      funder: 'text',
      law: 'text',
      service: 'text',
      first_day: 'day',
      'last_day?': 'day',
      reason: 'text',
      because_json: 'text',
    },
    key: ['client', 'ordinal'],
  },
  {
    name: 'minutes',
    columns: {
      client: 'text',
      ordinal: 'whole',
      provider: 'text',
      service: 'text',
      day: 'day',
      subject: 'text',
      funded: 'whole',
      over_cap: 'whole',
      outside: 'whole',
      'reason?': 'text',
    },
    key: ['client', 'ordinal'],
  },
  {
    name: 'findings',
    columns: {
      client: 'text',
      ordinal: 'whole',
      code: 'text',
      text: 'text',
      organisation: 'text',
      events_json: 'text',
    },
    key: ['client', 'ordinal'],
  },
  {
    // In this order the first holder of a key is one step away, however many there are.
    name: 'event_keys',
    columns: { key: 'bytes', position: 'text', client: 'text', shared: 'whole' },
    key: ['key', 'position'],
  },
  {
    name: 'changes',
    columns: {
      position: 'text',
      client: 'text',
      ordinal: 'whole',
      funder: 'text',
      'provider?': 'text',
      'former_provider?': 'text',
      recorded_at: 'moment',
      caused_by_json: 'text',
      change: 'text',
      'before_json?': 'text',
      'after_json?': 'text',
    },
    key: ['position', 'client', 'ordinal'],
  },
  {
    name: 'parked',
    columns: { client: 'text', position: 'text', recorded_at: 'moment', reason: 'text' },
    key: ['client'],
  },
];

async function createTable(
  db: Kysely<unknown>,
  { types, keyed }: Dialect,
  { name, columns, key }: Table,
): Promise<void> {
  let table = db.schema.createTable(name);
  for (const [column, holding] of Object.entries(columns)) {
    table = table.addColumn(column.replace('?', ''), types[holding], (as) =>
      column.endsWith('?') ? as : as.notNull(),
    );
  }
  table = table.addPrimaryKeyConstraint(`${name}_key`, key as never[]);
  if ('last_day?' in columns) table = table.addCheckConstraint(`${name}_days`, sql`first_day <= last_day`);
  await (keyed ? table.modifyEnd(keyed) : table).execute();
}

/** Columns of an index, in order; rows without its first column stand in none. */
const indexes: { table: keyof ViewsTables; name: string; columns: string[] }[] = [
  { table: 'timelines', name: 'timelines_position', columns: ['position'] },
  { table: 'portfolio', name: 'portfolio_funder', columns: ['funder', 'client', 'first_day', 'last_day'] },
  { table: 'portfolio', name: 'portfolio_provider', columns: ['provider', 'client'] },
  {
    table: 'portfolio_gaps',
    name: 'portfolio_gaps_funder',
    columns: ['funder', 'client', 'first_day', 'last_day'],
  },
  { table: 'minutes', name: 'minutes_provider', columns: ['provider', 'day'] },
  { table: 'findings', name: 'findings_organisation', columns: ['organisation', 'client'] },
  { table: 'changes', name: 'changes_funder', columns: ['funder', 'position'] },
  { table: 'changes', name: 'changes_provider', columns: ['provider', 'position'] },
  { table: 'changes', name: 'changes_former_provider', columns: ['former_provider', 'position'] },
  { table: 'changes', name: 'changes_client', columns: ['client', 'position'] },
];

async function createIndexes(db: Kysely<unknown>): Promise<void> {
  for (const { table, name, columns } of indexes) {
    await db.schema
      .createIndex(name)
      .on(table)
      .columns(columns)
      .where(sql.ref(columns[0]!), 'is not', null)
      .execute();
  }
  // Nearly no key is shared, and those that are must be found by client.
  await db.schema
    .createIndex('event_keys_shared')
    .on('event_keys')
    .columns(['client', 'key'])
    .where(sql.ref('shared'), '=', sql.lit(1))
    .execute();
}

const provider: MigrationProvider = { getMigrations: () => Promise.resolve(steps) };

/** How far and where a schema is brought up to date. */
export interface Migrating {
  upTo?: 'tables' | 'indexes';
  /** The schema of PostgreSQL that the tables lie in. */
  schema?: string;
}

/**
 * Brings the schema up to date, or for a rebuild up to its tables only. Throws what went wrong in the step that
 * failed.
 */
export async function migrate(
  db: ViewsDatabase,
  { upTo = 'indexes', schema }: Migrating = {},
): Promise<void> {
  const migrator = new Migrator({ db, provider, migrationTableSchema: schema });
  const { error } = await (upTo === 'tables'
    ? migrator.migrateTo('0001-tables')
    : migrator.migrateToLatest());
  if (error !== undefined) throw error instanceof Error ? error : new Error(JSON.stringify(error));
}
