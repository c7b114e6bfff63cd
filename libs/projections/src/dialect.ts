import { PostgresAdapter, sql, type ColumnDataType, type Kysely, type RawBuilder } from 'kysely';

type ColumnType = ColumnDataType | RawBuilder<unknown>;

/** What a column of the read models holds, by which each database has a type of its own. */
export type Holding = 'text' | 'whole' | 'moment' | 'day' | 'share' | 'bytes';

/** What SQLite and PostgreSQL write otherwise; everything else about the tables is the same. */
export interface Dialect {
  types: Record<Holding, ColumnType>;
  /** Written behind a table whose rows are found by their key; `null` = nothing. */
  keyed: RawBuilder<unknown> | null;
}

const sqlite: Dialect = {
  types: { text: 'text', whole: 'integer', moment: 'integer', day: 'text', share: 'real', bytes: 'blob' },
  // Rows lie in the tree of their key: one tree less to write, and the other indexes end in the key itself.
  keyed: sql`without rowid`,
};

const postgres: Dialect = {
  types: {
    // By code point, as SQLite has it, whatever the database's collation: pages follow one another in this order.
    text: sql`text collate "C"`,
    whole: 'integer',
    moment: 'bigint',
    day: 'date',
    share: 'double precision',
    bytes: 'bytea',
  },
  keyed: null,
};

export function dialectOf(db: Kysely<unknown>): Dialect {
  return db.getExecutor().adapter instanceof PostgresAdapter ? postgres : sqlite;
}
