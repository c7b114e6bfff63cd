import { type Kysely, type Migration, type MigrationProvider, Migrator } from 'kysely';
import type { ViewsTables } from './tables.js';

/** The schema of `views.db`, step by step. A step that has been released is never edited. */
const steps: Record<string, Migration> = {
  '0001-timelines-portfolio-changes': {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('checkpoint')
        .addColumn('id', 'integer', (column) => column.primaryKey())
        .addColumn('position', 'text', (column) => column.notNull())
        .addColumn('recorded_at', 'integer', (column) => column.notNull())
        .addColumn('identity', 'text', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('timelines')
        .addColumn('client', 'text', (column) => column.primaryKey())
        .addColumn('position', 'text', (column) => column.notNull())
        .addColumn('recorded_at', 'integer', (column) => column.notNull())
        .addColumn('timeline_json', 'text', (column) => column.notNull())
        .execute();
      await createPortfolio(db);
      await createChanges(db);
      await db.schema
        .createTable('parked')
        .addColumn('client', 'text', (column) => column.primaryKey())
        .addColumn('position', 'text', (column) => column.notNull())
        .addColumn('recorded_at', 'integer', (column) => column.notNull())
        .addColumn('reason', 'text', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('timelines_position').on('timelines').column('position').execute();
    },
  },
};

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
    .execute();
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
    .execute();
  for (const table of ['portfolio', 'portfolio_gaps']) {
    await db.schema
      .createIndex(`${table}_funder`)
      .on(table)
      .columns(['funder', 'client', 'first_day', 'last_day'])
      .execute();
  }
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
    .execute();
  for (const owner of ['funder', 'provider', 'former_provider', 'client']) {
    await db.schema
      .createIndex(`changes_${owner}`)
      .on('changes')
      .columns([owner, 'position', 'ordinal'])
      .execute();
  }
}

const provider: MigrationProvider = { getMigrations: () => Promise.resolve(steps) };

/** Brings the schema up to date; throws what went wrong in the step that failed. */
export async function migrate(db: Kysely<ViewsTables>): Promise<void> {
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error !== undefined) throw error instanceof Error ? error : new Error(JSON.stringify(error));
}
