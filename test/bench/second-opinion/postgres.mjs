// PostgreSQL: Debian's server, started for the purpose and taken down again.
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { tables } from './export-facts.mjs';
import { startPostgres } from './postgres-server.mjs';
import { questionStatements } from './question.mjs';
import { statementsOf } from './sql-files.mjs';

/** @returns the facts of a folder that `exportFacts` wrote, ready to be asked; close it when done */
export async function openPostgres(folder, { mostSeconds = 600 } = {}) {
  const { default: pg } = await import('pg');
  const server = await startPostgres();
  const types = { getTypeParser: (type) => (type === pg.types.builtins.TEXT ? String : numberOrText) };
  const client = new pg.Client({ host: server.socket, user: 'postgres', database: 'postgres', types });
  const run = async (statements) => {
    for (const statement of statements) await client.query(statement);
  };
  try {
    await client.connect();
    await run([
      `SET statement_timeout = '${mostSeconds}s'`,
      ...statementsOf('tables.sql'),
      ...statementsOf('rules.sql'),
    ]);
    chmodSync(folder, 0o755); // the server reads the files as a user of its own
    await run(tables.map((table) => `COPY ${table} FROM '${join(folder, `${table}.csv`)}' (FORMAT csv)`));
    await run([...statementsOf('indexes.postgres.sql'), 'VACUUM ANALYZE']);
  } catch (error) {
    await client.end();
    await server.stop();
    throw error;
  }
  return {
    async ask(ruleSet, period) {
      await run([...questionStatements(ruleSet, period), 'ANALYZE day_asked', 'ANALYZE month_asked']);
    },
    /** Makes the table `paid` for the question asked. */
    pay: () => run(statementsOf('paid.postgres.sql')),
    cube: async () => (await client.query(statementsOf('cube.postgres.sql')[0])).rows,
    query: async (statement) => (await client.query(statement)).rows,
    async close() {
      await client.end();
      await server.stop();
    },
  };
}

/** Sums are wide integers, which the driver gives as text; ours fit a number. */
function numberOrText(text) {
  return text === null || !/^-?\d+(\.0*)?$/.test(text) ? text : Number(text);
}
