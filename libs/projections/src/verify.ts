import { join } from 'node:path';
import { sql } from 'kysely';
import type { ClientCoverage } from './client-coverage.js';
import { readCheckpoint } from './checkpoint.js';
import { deriveViews, type WholeReadableLog } from './rebuild.js';
import { positionOf, type ViewsTables } from './tables.js';
import { SqliteViews } from './sqlite/sqlite-views.js';
import { removeViews } from './sqlite/views-file.js';
import type { ViewsDatabase } from './tables.js';
import type { ViewsStore } from './views-store.js';

/** A stored row that a fresh derivation from the log does not give, or gives otherwise. */
export interface RowDifference {
  table: string;
  /** The row's key, readable: `client A1…, ordinal 3`. */
  row: string;
  difference: 'missing' | 'unexpected' | 'different';
  /** The columns that differ, when the row is there on both sides. */
  columns: string[];
}

export interface Verification {
  /** The log position the read models are at, and up to which they were compared. */
  position: string;
  /** Stored rows compared, per table. */
  rows: Record<string, number>;
  /** How many rows differ; `differences` names the first hundred. */
  differing: number;
  differences: RowDifference[];
  /** Why nothing could be compared: read models never begun, or made with other rules. */
  refused: string | null;
}

type ComparedTable = Exclude<keyof ViewsTables, 'checkpoint'>;

/** Every table with its key; rows are compared in key order, so that neither side is held in memory. */
const keys: Record<ComparedTable, readonly string[]> = {
  timelines: ['client'],
  portfolio: ['client', 'ordinal'],
  portfolio_gaps: ['client', 'ordinal'],
  minutes: ['client', 'ordinal'],
  findings: ['client', 'ordinal'],
  event_keys: ['key', 'position'],
  changes: ['position', 'ordinal'],
  parked: ['client'],
};

const namedDifferences = 100;

type Row = Record<string, string | number | Buffer | null>;

/** A value that can be compared and read; bytes as hexadecimal digits, whose order is theirs. */
function readable(value: Row[string] | undefined): string | number | null {
  return Buffer.isBuffer(value) ? value.toString('hex') : (value ?? null);
}

/**
 * Compares the stored read models, row by row, with what the log gives when read anew up to the same position.
 * Reads only; a service may run beside it. `null` when there are none yet: they are derived, so none is no fault.
 *
 * @param scratch a folder to derive into, in SQLite whatever database the stored ones lie in
 */
export async function verifyViews(
  store: ViewsStore,
  scratch: string,
  log: WholeReadableLog,
  coverage: ClientCoverage,
): Promise<Verification | null> {
  const generation = await store.current();
  const stored = generation === null ? null : store.openForReading(generation);
  if (!stored) return null;
  try {
    // One transaction: a projector that goes on beside us does not move what we compare.
    return await stored.transaction().execute((trx) => compareAll(trx, scratch, log, coverage));
  } finally {
    await stored.destroy();
  }
}

async function compareAll(
  stored: ViewsDatabase,
  scratch: string,
  log: WholeReadableLog,
  coverage: ClientCoverage,
): Promise<Verification> {
  const result: Verification = { position: '0', rows: {}, differing: 0, differences: [], refused: null };
  const checkpoint = await readCheckpoint(stored);
  result.position = checkpoint?.position ?? result.position;
  result.refused = refusal(checkpoint?.identity, coverage.identity);
  if (!checkpoint || result.refused !== null) return result;
  const derived = new SqliteViews(scratch);
  await deriveViews(derived, freshFile, log, coverage, checkpoint);
  const fresh = derived.openForReading(freshFile)!;
  try {
    for (const table of Object.keys(keys) as ComparedTable[]) await compare(table, stored, fresh, result);
  } finally {
    await fresh.destroy();
    removeViews(join(scratch, freshFile));
  }
  return result;
}

const freshFile = 'fresh.db';

function refusal(stored: string | undefined, wanted: string): string | null {
  if (stored === undefined)
    return 'The read models were never begun; start the service once, or rebuild them.';
  if (stored !== wanted) {
    return `The read models are of "${stored}" and the rules in force are "${wanted}"; rebuild them first.`;
  }
  return null;
}

async function compare(
  table: ComparedTable,
  stored: ViewsDatabase,
  fresh: ViewsDatabase,
  result: Verification,
): Promise<void> {
  const left = rowsInOrder(stored, table);
  const right = rowsInOrder(fresh, table);
  let [mine, theirs] = [await next(left), await next(right)];
  let compared = 0;
  while (mine ?? theirs) {
    const order = mine && theirs ? compareKeys(table, mine, theirs) : mine ? -1 : 1;
    if (order < 0) note(result, table, mine!, 'unexpected', []);
    if (order > 0) note(result, table, theirs!, 'missing', []);
    if (order === 0) {
      const columns = Object.keys(mine!).filter(
        (column) => readable(mine![column]) !== readable(theirs![column]),
      );
      if (columns.length > 0) note(result, table, mine!, 'different', columns);
    }
    if (order <= 0) [mine, compared] = [await next(left), compared + 1];
    if (order >= 0) theirs = await next(right);
  }
  result.rows[table] = compared;
}

const rowsAPage = 500;

async function* rowsInOrder(db: ViewsDatabase, table: ComparedTable): AsyncGenerator<Row> {
  const key = sql.join(keys[table].map((column) => sql.ref(column)));
  let last: Row | undefined;
  for (;;) {
    const past = last
      ? sql`where (${key}) > (${sql.join(keys[table].map((column) => last![column]))})`
      : sql``;
    const page = sql<Row>`select * from ${sql.table(table)} ${past} order by ${key} limit ${rowsAPage}`;
    const { rows } = await page.execute(db);
    yield* rows;
    if (rows.length < rowsAPage) return;
    last = rows.at(-1);
  }
}

async function next(rows: AsyncIterator<Row>): Promise<Row | undefined> {
  const step = await rows.next();
  return step.done ? undefined : step.value;
}

function compareKeys(table: ComparedTable, a: Row, b: Row): number {
  for (const column of keys[table]) {
    const [left, right] = [readable(a[column])!, readable(b[column])!];
    if (left < right) return -1;
    if (left > right) return 1;
  }
  return 0;
}

function note(
  result: Verification,
  table: ComparedTable,
  row: Row,
  difference: RowDifference['difference'],
  columns: string[],
): void {
  result.differing++;
  if (result.differences.length >= namedDifferences) return;
  const name = keys[table]
    .map((key) => `${key} ${key === 'position' ? positionOf(String(row[key])) : readable(row[key])}`)
    .join(', ');
  result.differences.push({ table, row: name, difference, columns });
}
