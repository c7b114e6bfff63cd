import { sql, type Kysely, type Migration, type MigrationProvider, Migrator } from 'kysely';
import type { ViewsTables } from './tables.js';

/**
 * The schema of the read models, step by step. Tables come before indexes, so that a rebuild can fill the tables
 * in order of their keys and add the indexes at the end. A step that has been released is never edited.
 */
const steps: Record<string, Migration> = {
  '0001-tables': {
    async up(db: Kysely<unknown>): Promise<void> {
      await createCheckpoint(db);
      await createTimelines(db);
      await createPortfolio(db);
      await createPortfolioGaps(db);
      await createMinutes(db);
      await createFindings(db);
      await createEventKeys(db);
      await createChanges(db);
      await createParked(db);
    },
  },
  '0002-indexes': { up: createIndexes },
};

/** Rows lie in the tree of their key: one tree less to write, and the other indexes end in the key itself. */
const withoutRowid = sql`without rowid`;

async function createCheckpoint(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('checkpoint')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('position', 'text', (column) => column.notNull())
    .addColumn('recorded_at', 'integer', (column) => column.notNull())
    .addColumn('identity', 'text', (column) => column.notNull())
    .addColumn('feed_since', 'text', (column) => column.notNull())
    .addColumn('feed_until', 'text')
    .addColumn('feed_missing', 'text')
    .execute();
}

async function createTimelines(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('timelines')
    .addColumn('client', 'text', (column) => column.primaryKey().notNull())
    .addColumn('position', 'text', (column) => column.notNull())
    .addColumn('recorded_at', 'integer', (column) => column.notNull())
    .addColumn('timeline_json', 'text', (column) => column.notNull())
    .modifyEnd(withoutRowid)
    .execute();
}

async function createPortfolio(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('portfolio')
    .addColumn('client', 'text', (column) => column.notNull())
    .addColumn('ordinal', 'integer', (column) => column.notNull())
    .addColumn('funder', 'text', (column) => column.notNull())
    .addColumn('service', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('first_day', 'text', (column) => column.notNull())
    .addColumn('last_day', 'text')
    .addColumn('share', 'real', (column) => column.notNull())
    .addColumn('law', 'text')
    .addColumn('provider', 'text')
    .addColumn('because_json', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('portfolio_key', ['client', 'ordinal'])
    .modifyEnd(withoutRowid)
    .execute();
}

async function createPortfolioGaps(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('portfolio_gaps')
    .addColumn('client', 'text', (column) => column.notNull())
    .addColumn('ordinal', 'integer', (column) => column.notNull())
    .addColumn('funder', 'text', (column) => column.notNull())
    .addColumn('law', 'text', (column) => column.notNull())
    .addColumn('service', 'text', (column) => column.notNull())
    .addColumn('first_day', 'text', (column) => column.notNull())
    .addColumn('last_day', 'text')
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('because_json', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('portfolio_gaps_key', ['client', 'ordinal'])
    .modifyEnd(withoutRowid)
    .execute();
}

async function createMinutes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('minutes')
    .addColumn('client', 'text', (column) => column.notNull())
    .addColumn('ordinal', 'integer', (column) => column.notNull())
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('service', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('funded', 'integer', (column) => column.notNull())
    .addColumn('over_cap', 'integer', (column) => column.notNull())
    .addColumn('outside', 'integer', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addPrimaryKeyConstraint('minutes_key', ['client', 'ordinal'])
    .modifyEnd(withoutRowid)
    .execute();
}

async function createFindings(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('findings')
    .addColumn('client', 'text', (column) => column.notNull())
    .addColumn('ordinal', 'integer', (column) => column.notNull())
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('organisation', 'text', (column) => column.notNull())
    .addColumn('events_json', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('findings_key', ['client', 'ordinal'])
    .modifyEnd(withoutRowid)
    .execute();
}

/** In this order the first holder of a key is one step away, however many there are. */
async function createEventKeys(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('event_keys')
    .addColumn('key', 'blob', (column) => column.notNull())
    .addColumn('position', 'text', (column) => column.notNull())
    .addColumn('client', 'text', (column) => column.notNull())
    .addColumn('shared', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('event_keys_key', ['key', 'position'])
    .modifyEnd(withoutRowid)
    .execute();
}

async function createChanges(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('changes')
    .addColumn('position', 'text', (column) => column.notNull())
    .addColumn('ordinal', 'integer', (column) => column.notNull())
    .addColumn('funder', 'text', (column) => column.notNull())
    .addColumn('provider', 'text')
    .addColumn('former_provider', 'text')
    .addColumn('client', 'text', (column) => column.notNull())
    .addColumn('recorded_at', 'integer', (column) => column.notNull())
    .addColumn('caused_by_json', 'text', (column) => column.notNull())
    .addColumn('change', 'text', (column) => column.notNull())
    .addColumn('before_json', 'text')
    .addColumn('after_json', 'text')
    .addPrimaryKeyConstraint('changes_key', ['position', 'ordinal'])
    .modifyEnd(withoutRowid)
    .execute();
}

async function createParked(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('parked')
    .addColumn('client', 'text', (column) => column.primaryKey().notNull())
    .addColumn('position', 'text', (column) => column.notNull())
    .addColumn('recorded_at', 'integer', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .modifyEnd(withoutRowid)
    .execute();
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

/**
 * Brings the schema up to date, or for a rebuild up to its tables only. Throws what went wrong in the step that
 * failed.
 */
export async function migrate(
  db: Kysely<ViewsTables>,
  upTo: 'tables' | 'indexes' = 'indexes',
): Promise<void> {
  const migrator = new Migrator({ db, provider });
  const { error } = await (upTo === 'tables'
    ? migrator.migrateTo('0001-tables')
    : migrator.migrateToLatest());
  if (error !== undefined) throw error instanceof Error ? error : new Error(JSON.stringify(error));
}
