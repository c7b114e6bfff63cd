import { archiveIn, ArchiveKeeper } from '../../../dist/libs/projections/src/archive-keeper.js';
import { GenerationKeeper } from '../../../dist/libs/projections/src/generation-keeper.js';
import { coverageUnder, fromTheStart, ReferenceBook } from '../../../dist/libs/projections/src/index.js';
import { shippedRules } from '../invented-people.mjs';
import { timed } from './timed.mjs';

export const inForce = fromTheStart(shippedRules('six-weeks'));

/** The read models, the feed and the archive, batch after batch on one thread, from the log’s first event. */
export async function measureLive(events, { store, reader, dataDir }) {
  const generation = await store.next();
  const { identity, since } = coverageUnder(inForce);
  const views = await store.openForWriting(generation);
  const feed = { since, until: null, missing: null };
  await views.begin({ position: '0', recordedAt: 0, identity, feed });
  await views.close();
  await store.putInForce(generation);
  const book = new ReferenceBook(reader);
  const archive = new ArchiveKeeper(archiveIn(dataDir), reader, book, () => {});
  const keeper = new GenerationKeeper(store, reader, book, archive, () => {});
  if (!(await keeper.resume(inForce))) throw new Error(`${generation} was not taken up`);
  await timed('live, one thread', events, 'aim 5,000', () => keeper.catchUp(() => false));
  await keeper.close();
}
