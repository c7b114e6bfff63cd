import type { Client } from 'pg';
import { LogNotFound } from '../event-log.js';
import { appendFunctions } from './append-functions.js';
import { LogSchemaRefused } from './connection.js';

/** Asks the database and gives the rows. */
type Ask = <Row extends object>(text: string, values: unknown[]) => Promise<Row[]>;

/**
 * What makes an empty schema a log, in order. A step that was published is never edited. As the service before a step
 * goes on beside it, a step only adds: what it makes needless goes in the version after.
 */
function stepsFor(schema: string): string[] {
  return [firstStep(schema)];
}

/** Tables are only ever inserted into, so the role of the service needs no right to change or delete. */
function firstStep(schema: string): string {
  return `
    CREATE TABLE ${schema}.streams (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      name text COLLATE "C" NOT NULL UNIQUE
    );
    CREATE TABLE ${schema}.events (
      position bigint PRIMARY KEY,
      stream bigint NOT NULL REFERENCES ${schema}.streams (id),
      revision integer NOT NULL,
      id text COLLATE "C" NOT NULL,
      type text NOT NULL,
      content_hash bytea NOT NULL,
      content text NOT NULL,
      personal text,
      metadata text NOT NULL,
      recorded_at bigint NOT NULL,
      digest bytea NOT NULL,
      CONSTRAINT events_by_revision UNIQUE (stream, revision),
      CONSTRAINT events_by_id UNIQUE (stream, id)
    );
    ${appendFunctions(schema)}
    ${positionAt(schema)}`;
}

/**
 * Halves the log, whose moments never decrease and whose positions have no gaps: 25 look-ups in 30 million events, in
 * one round trip and without an index to be kept.
 */
function positionAt(schema: string): string {
  return `
    CREATE FUNCTION ${schema}.position_at(moment bigint) RETURNS bigint
    LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
    DECLARE
      found_at bigint := 0;
      later bigint := 1 + coalesce(
        (SELECT events.position FROM ${schema}.events ORDER BY events.position DESC LIMIT 1), 0);
      middle bigint;
    BEGIN
      WHILE later - found_at > 1 LOOP
        middle := (found_at + later) / 2;
        IF (SELECT events.recorded_at FROM ${schema}.events WHERE events.position = middle) > moment THEN
          later := middle;
        ELSE
          found_at := middle;
        END IF;
      END LOOP;
      RETURN found_at;
    END $$;`;
}

/**
 * Makes the schema what this version needs. Several processes may do so at once, also beside one that serves: they take
 * turns, and a role that may not create anything is fine where nothing is lacking.
 * @throws LogSchemaRefused
 */
export async function makeSchema(client: Client, schema: string): Promise<void> {
  const steps = stepsFor(schema);
  const ask: Ask = async <Row extends object>(text: string, values: unknown[]) =>
    (await client.query<Row>(text, values)).rows;
  if ((await stepsTaken(ask, schema, steps.length)) === steps.length) return;
  try {
    await client.query('BEGIN');
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended('domeinbrug steps of ' || $1, 0))", [
      schema,
    ]);
    const taken = await stepsTaken(ask, schema, steps.length); // another may have been first
    if (!(await hasSchema(ask, schema))) await client.query(`CREATE SCHEMA ${schema}`);
    await client.query(
      `CREATE TABLE IF NOT EXISTS ${schema}.steps (
         step integer PRIMARY KEY, taken_at timestamptz NOT NULL DEFAULT now())`,
    );
    for (let step = taken + 1; step <= steps.length; step++) {
      await client.query(steps[step - 1]!);
      await client.query(`INSERT INTO ${schema}.steps (step) VALUES ($1)`, [step]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw refusal(error, client, schema);
  }
}

/** @throws LogNotFound when there is no log in the schema, LogSchemaRefused */
export async function findSchema(ask: Ask, schema: string): Promise<void> {
  const steps = stepsFor(schema).length;
  const taken = await stepsTaken(ask, schema, steps);
  if (taken === 0) {
    throw new LogNotFound(
      `There is no event log in the schema ${schema} of this database. Check the address; ` +
        'the service makes the log when it starts.',
    );
  }
  if (taken < steps) {
    throw new LogSchemaRefused(
      `The event log in the schema ${schema} is of an older version (step ${taken} of ${steps}). ` +
        'Start the service of this version once; it takes the steps that are lacking.',
    );
  }
}

async function stepsTaken(ask: Ask, schema: string, known: number): Promise<number> {
  // to_regclass would answer from what this connection remembers, also after another has made the table.
  const tables = await ask("SELECT FROM pg_tables WHERE schemaname = $1 AND tablename = 'steps'", [schema]);
  if (tables.length === 0) return 0;
  const [last] = await ask<{ step: number }>(
    `SELECT coalesce(max(step), 0) AS step FROM ${schema}.steps`,
    [],
  );
  const { step } = last!;
  if (step > known) {
    throw new LogSchemaRefused(
      `The event log in the schema ${schema} was made by a newer version of Domeinbrug (step ${step}; ` +
        `this version knows ${known}). Start that newer version, or choose another schema.`,
    );
  }
  return step;
}

async function hasSchema(ask: Ask, schema: string): Promise<boolean> {
  const found = await ask('SELECT FROM pg_namespace WHERE nspname = $1', [schema]);
  return found.length > 0;
}

function refusal(error: unknown, client: Client, schema: string): unknown {
  const { code, message } = error as { code?: string; message: string };
  if (code !== '42501') return error; // insufficient_privilege
  return new LogSchemaRefused(
    `The role ${client.user ?? ''} may not make the event log in the schema ${schema} (${message}). ` +
      'Start the service once as the owner of the database, then grant this role what docs/postgres.md lists.',
  );
}
