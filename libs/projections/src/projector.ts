import { START, type EventLog, type Position, type RecordedEvent } from '@domeinbrug/event-store';
import type { ClientCoverage } from './client-coverage.js';
import { clientOfStream, streamOfClient } from './client-stream.js';
import { foldClient } from './fold-client.js';
import { moveCheckpoint, storedClient, storeFold } from './store-folds.js';
import { positionOf } from './tables.js';
import type { ViewsDatabase } from './views-file.js';

/** What the projections read of the log. */
export type LogSource = Pick<EventLog, 'readStream' | 'readAll' | 'head'>;

export interface Checkpoint {
  position: Position;
  /** Milliseconds since 1970; 0 before the first event. */
  recordedAt: number;
  identity: string;
}

/** Events to one transaction: enough to share the cost of a commit, few enough to be seen soon. */
const eventsABatch = 256;

/** How far the read models are, or `null` when they were never begun. */
export async function readCheckpoint(db: ViewsDatabase): Promise<Checkpoint | null> {
  const row = await db.selectFrom('checkpoint').selectAll().executeTakeFirst();
  return row
    ? { position: positionOf(row.position), recordedAt: row.recorded_at, identity: row.identity }
    : null;
}

/**
 * Reads the log from the checkpoint to its end and keeps the rows up with it. `report` is called after each
 * batch, once it is stored. May be stopped at any moment: checkpoint and rows move together.
 */
export async function catchUp(
  db: ViewsDatabase,
  log: LogSource,
  coverage: ClientCoverage,
  report: (checkpoint: Checkpoint) => void = () => undefined,
  shouldStop: () => boolean = () => false,
): Promise<Checkpoint> {
  let checkpoint = await beginOrResume(db, coverage);
  while (!shouldStop()) {
    const batch = await log.readAll(checkpoint.position, eventsABatch);
    if (batch.length === 0) break;
    checkpoint = await projectBatch(db, log, coverage, checkpoint, batch);
    report(checkpoint);
  }
  return checkpoint;
}

async function beginOrResume(db: ViewsDatabase, coverage: ClientCoverage): Promise<Checkpoint> {
  const found = await readCheckpoint(db);
  if (found) return found;
  const start: Checkpoint = { position: START, recordedAt: 0, identity: coverage.identity };
  await moveCheckpoint(db, start);
  return start;
}

async function projectBatch(
  db: ViewsDatabase,
  log: LogSource,
  coverage: ClientCoverage,
  from: Checkpoint,
  batch: readonly RecordedEvent[],
): Promise<Checkpoint> {
  const last = batch.at(-1)!;
  const to = { ...from, position: last.position, recordedAt: last.recordedAt };
  const clients = new Set(
    batch.map(({ stream }) => clientOfStream(stream)).filter((client) => client !== null),
  );
  const journeys = new Map<string, RecordedEvent[]>();
  for (const client of clients)
    journeys.set(client, await log.readStream(streamOfClient(client), to.position));
  await db.transaction().execute(async (trx) => {
    for (const [client, events] of journeys) {
      const stored = await storedClient(trx, client);
      await storeFold(trx, foldClient(client, events, from.position, stored, coverage));
    }
    await moveCheckpoint(trx, to);
  });
  return to;
}
