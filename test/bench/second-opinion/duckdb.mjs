// DuckDB in this process, in memory, on two threads.
import { join } from 'node:path';
import { tables } from './export-facts.mjs';
import { questionStatements } from './question.mjs';
import { statementsOf } from './sql-files.mjs';

/** @returns the facts of a folder that `exportFacts` wrote, ready to be asked; close it when done */
export async function openDuckDb(folder, { threads = 2 } = {}) {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) });
  const connection = await instance.connect();
  const run = async (statements) => {
    for (const statement of statements) await connection.run(statement);
  };
  await run([...statementsOf('tables.sql'), ...statementsOf('rules.sql')]);
  await run(
    tables.map(
      (table) =>
        `COPY ${table} FROM '${join(folder, `${table}.csv`)}' (FORMAT csv, AUTO_DETECT false, HEADER false)`,
    ),
  );
  return {
    ask: (ruleSet, period) => run(questionStatements(ruleSet, period)),
    /** Makes the table `paid` for the question asked. */
    pay: () => run(statementsOf('paid.duckdb.sql')),
    cube: () => rowsOf(connection, statementsOf('cube.duckdb.sql')[0]),
    query: (statement) => rowsOf(connection, statement),
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function rowsOf(connection, statement) {
  const reader = await connection.runAndReadAll(statement);
  return reader.getRowObjects().map((row) => Object.fromEntries(Object.entries(row).map(plain)));
}

/** Sums are wide integers; ours fit a number. */
function plain([name, value]) {
  return [name, typeof value === 'bigint' ? Number(value) : value];
}
