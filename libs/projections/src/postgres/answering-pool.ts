import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';

/**
 * The connections of a pool for Kysely, which gives them back whatever became of them. One that has not answered in time,
 * or failed otherwise, is ended here: what waits for it, a rollback first of all, fails at once, and the pool makes another.
 *
 * @param begin run on each connection before anything else
 */
export function answeringPool(
  pool: pg.Pool,
  begin: (client: pg.PoolClient) => Promise<unknown>,
): PostgresPool {
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  const taken = async (client: pg.PoolClient): Promise<PostgresPoolClient> => {
    try {
      await begin(client);
    } catch (error) {
      client.release(true);
      throw error;
    }
    const query = async (text: string, values: readonly unknown[]): Promise<unknown> => {
      try {
        return await client.query(text, [...values]);
      } catch (error) {
        if (!(error instanceof pg.DatabaseError)) void client.end();
        throw error;
      }
    };
    // Cursors, which the type has beside this, are asked for by nobody.
    return { query: query as PostgresPoolClient['query'], release: () => client.release() };
  };
  return {
    async connect() {
      const client = await pool.connect();
      const found = known.get(client) ?? (await taken(client));
      known.set(client, found);
      return found;
    },
    end: () => pool.end(),
  };
}
