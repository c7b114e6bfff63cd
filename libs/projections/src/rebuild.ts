import { comparePositions, START, type Position } from '@domeinbrug/event-store';
import type { Checkpoint } from './checkpoint.js';
import type { ClientCoverage } from './client-coverage.js';
import { historyOf } from './client-history.js';
import { clientOfStream } from './client-stream.js';
import { endsFeed, feedStartAt } from './feed-start.js';
import { changesOfClient, foldClientOnce, type ClientChanges, type FoldedClient } from './fold-client.js';
import { addToFeed, storeFold, type LogSource } from './projector.js';
import { ReferenceBook, type Mergers } from './reference-book.js';
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
  const { position, recordedAt } = upTo ?? (await log.head());
  const start = await feedStartAt(log, coverage.since);
  const mergers = await new ReferenceBook(log).readUpTo(position);
  const { clients, until } = await clientsUpTo(log, mergers, position, coverage.since);
  const feed = { since: coverage.since, until, missing: null };
  const checkpoint = { position, recordedAt, identity: coverage.identity, feed };
  const changes: ClientChanges[] = [];
  removeViews(path);
  const views = await openViewsForWriting(path);
  try {
    for (let at = 0; at < clients.length; at += clientsATransaction) {
      const folds: FoldedClient[] = [];
      for (const client of clients.slice(at, at + clientsATransaction)) {
        const history = await historyOf(log, mergers, client, position);
        folds.push(foldClientOnce(history, coverage));
        changes.push(...changesOfClient(history, start, coverage));
      }
      views.inTransaction(() => folds.forEach((fold) => storeFold(views, fold)));
    }
    views.inTransaction(() => {
      addToFeed(views, changes.sort(inOrder), checkpoint);
      views.moveCheckpoint(checkpoint);
    });
  } finally {
    views.close();
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

function inOrder(a: ClientChanges, b: ClientChanges): number {
  return comparePositions(a.position, b.position) || (a.client < b.client ? -1 : 1);
}

async function clientsUpTo(
  log: LogSource,
  mergers: Mergers,
  end: Position,
  since: Position,
): Promise<{ clients: string[]; until: Position | null }> {
  const clients = new Set<string>(mergers.clients());
  let until: Position | null = null;
  let after = START;
  while (after !== end) {
    const page = await log.readAll(after, eventsAPage);
    if (page.length === 0) break;
    for (const event of page) {
      const client = clientOfStream(event.stream);
      if (client !== null) clients.add(client);
      if (endsFeed(event, since)) until ??= event.position;
      after = event.position;
      if (after === end) break;
    }
  }
  return { clients: [...clients].sort(), until };
}
