import { START, type Position } from '@domeinbrug/event-store';
import type { ClientCoverage } from './client-coverage.js';
import { clientOfStream, streamOfClient } from './client-stream.js';
import { foldClient, neverSeen } from './fold-client.js';
import type { Checkpoint, LogSource } from './projector.js';
import { moveCheckpoint, storeFold } from './store-folds.js';
import { openViewsForWriting, removeViews, replaceViews, viewsPath } from './views-file.js';

const eventsAPage = 2_000;
const clientsATransaction = 200;

/**
 * Derives the read models of a whole log into a fresh file, client by client, and gives the position they
 * are of. Nothing of the file is of use until this has ended.
 *
 * @param upTo the last position that takes part; the log's end when left out
 */
export async function deriveViews(
  path: string,
  log: LogSource,
  coverage: ClientCoverage,
  upTo?: Pick<Checkpoint, 'position' | 'recordedAt'>,
): Promise<Checkpoint> {
  const end = upTo ?? (await log.head());
  const checkpoint = { position: end.position, recordedAt: end.recordedAt, identity: coverage.identity };
  removeViews(path);
  const db = await openViewsForWriting(path);
  try {
    const clients = await clientsUpTo(log, end.position);
    for (let start = 0; start < clients.length; start += clientsATransaction) {
      const some = clients.slice(start, start + clientsATransaction);
      await db.transaction().execute(async (trx) => {
        for (const client of some) {
          const events = await log.readStream(streamOfClient(client), end.position);
          await storeFold(trx, foldClient(client, events, START, neverSeen, coverage));
        }
      });
    }
    await moveCheckpoint(db, checkpoint);
  } finally {
    await db.destroy();
  }
  return checkpoint;
}

/**
 * Builds the read models anew beside the ones there are and puts them in their place. Only for the one that
 * may write to the data folder, with its own connections to the read models closed.
 */
export async function rebuildViews(
  dataDir: string,
  log: LogSource,
  coverage: ClientCoverage,
): Promise<Checkpoint> {
  const path = viewsPath(dataDir);
  const building = `${path}.building`;
  const checkpoint = await deriveViews(building, log, coverage);
  replaceViews(building, path);
  return checkpoint;
}

async function clientsUpTo(log: LogSource, end: Position): Promise<string[]> {
  const clients = new Set<string>();
  let after = START;
  while (after !== end) {
    const page = await log.readAll(after, eventsAPage);
    if (page.length === 0) break;
    for (const { stream, position } of page) {
      const client = clientOfStream(stream);
      if (client !== null) clients.add(client);
      after = position;
      if (position === end) break;
    }
  }
  return [...clients].sort();
}
