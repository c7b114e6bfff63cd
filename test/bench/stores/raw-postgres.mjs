import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { callers, newEvent, storeBatches, storeSingly } from './load.mjs';

const longTransaction = 2_000;

/** The raw driver doing the same inserts without taking turns: positions from a sequence, one statement an append. */
export async function measureRawPostgres(url, { seconds, batches }) {
  const pool = new pg.Pool({ connectionString: url, max: callers + 4 });
  pool.on('error', () => undefined); // its connections end some time after it
  await pool.query(`
    CREATE TABLE raw (position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, xid xid8 NOT NULL,
      stream bigint NOT NULL, revision integer NOT NULL, id text COLLATE "C" NOT NULL, type text NOT NULL,
      content_hash bytea NOT NULL, content text NOT NULL, personal text, metadata text NOT NULL,
      recorded_at bigint NOT NULL, UNIQUE (stream, revision), UNIQUE (stream, id))`);
  await storeSingly('single inserts', seconds, (caller, number) =>
    insert(pool, caller, number, [newEvent(number)]),
  );
  await storeBatches('inserts', batches, (index, events) => insert(pool, 1_000 + index, 0, events));
  await driverLag(pool);
  await pool.end();
}

/** How long the last insert stays unseen while somebody else's transaction is open. */
async function driverLag(pool) {
  const slow = await pool.connect();
  await slow.query('BEGIN');
  await slow.query('SELECT pg_current_xact_id()');
  await insert(pool, 999, 0, [newEvent(0)]);
  const committed = performance.now();
  const seen = (async () => {
    const text =
      'SELECT 1 FROM raw WHERE stream = 999 AND xid < pg_snapshot_xmin(pg_current_snapshot()) LIMIT 1';
    while ((await pool.query(text)).rowCount === 0) await pause(5);
    return performance.now() - committed;
  })();
  await pause(longTransaction);
  await slow.query('COMMIT');
  slow.release();
  console.log(
    `an insert is read ${Math.round(await seen)} ms after its commit beside a transaction of ${longTransaction} ms`,
  );
}

function insert(pool, stream, revision, events) {
  return pool.query(
    `INSERT INTO raw (xid, stream, revision, id, type, content_hash, content, personal, metadata, recorded_at)
     SELECT pg_current_xact_id(), $1, $2 + place - 1, id, type, decode(hash, 'hex'), content, personal, metadata, $3
     FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
       WITH ORDINALITY AS event (id, type, hash, content, personal, metadata, place)`,
    [
      stream,
      revision,
      Date.now(),
      events.map(({ id }) => id),
      events.map(({ type }) => type),
      events.map(({ contentHash }) => contentHash),
      events.map(({ content }) => JSON.stringify(content)),
      events.map(({ personal }) => JSON.stringify(personal)),
      events.map(({ metadata }) => JSON.stringify(metadata)),
    ],
  );
}
