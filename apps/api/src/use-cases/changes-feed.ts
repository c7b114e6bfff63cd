import type { Asker } from '@domeinbrug/access';
import { formatInstant } from '@domeinbrug/calendar';
import type { CoverageTimeline, CoverRow } from '@domeinbrug/coverage';
import { comparePositions } from '@domeinbrug/event-store';
import { Problem } from '@domeinbrug/problems';
import {
  beforeAll,
  changesAfter,
  feedOf,
  readCheckpoint,
  ViewsNotReady,
  type ChangeEntry,
  type ChangesOf,
  type Feed,
  type FeedPlace,
} from '@domeinbrug/projections';
import { eventsTo, ownRow, type Seen, type SeenEvent } from '@domeinbrug/sight';
import type { Stores } from '../stores/stores.js';
import { cursorBefore, readCursor, unknown, writeCursor } from './feed-cursor.js';

/** What one event, or a switch of the rule set, made different in one row, as far as the reader may see it. */
export interface FeedEntry {
  /** Its place in the feed, see {@link writeCursor}; the same after a rebuild. */
  cursor: string;
  clientId: string;
  recordedAt: string;
  position: string;
  causedBy: SeenEvent[];
  /** `changed` when service, kind, rule and first day stay; else one row is withdrawn and another added. */
  change: ChangeEntry['change'];
  before: Seen<CoverRow> | null;
  after: Seen<CoverRow> | null;
}

/** Whose rows a feed is about, and who reads it: that organisation or an auditor. */
export interface FeedReader {
  of: ChangesOf;
  asker: Asker;
}

export interface FeedPage {
  knownAt: string;
  /** Up to where events have been taken in. */
  position: string;
  ruleSet: CoverageTimeline['ruleSet'];
  changes: FeedEntry[];
  /** Of the last entry; of an empty page what was asked after. To be sent as `after` for what comes next. */
  cursor: string;
  /** Whether more entries are there already. */
  more: boolean;
  /** In front of the first entry of the feed. */
  first: string;
}

/**
 * One page of a feed, after a cursor (exclusive; `null` = from its first entry). Entries that come later stand behind it,
 * so whoever keeps the last cursor misses none.
 *
 * @throws Problem 400 for a cursor that was not given to the reader; 410 for one of a feed that another has replaced; 503 while the
 * feed is being built
 */
export async function feedPage(
  stores: Stores,
  reader: FeedReader,
  after: string | null,
  limit: number,
): Promise<FeedPage> {
  // In the turn in which the read models are taken: a switch changes both at once.
  const { id, version, hash } = stores.rules.active;
  const asked = after === null ? null : readCursor(after, reader.asker, stores.aliases);
  const page = await stores.projections
    .views()
    .transaction()
    .execute(async (trx) => {
      const [checkpoint, feed] = [await readCheckpoint(trx), await feedOf(trx)];
      const from = asked ?? beforeAll(feed.since);
      if (!checkpoint || !feed.complete)
        throw new ViewsNotReady('The feed is being built; try again in a moment.');
      if (comparePositions(from.position, feed.since) < 0) throw replaced(feed);
      return { checkpoint, feed, from, found: await changesAfter(trx, from, limit + 1, reader.of) };
    });
  const { checkpoint, feed, from, found } = page;
  const first = cursorBefore(feed.since);
  await refuseUnknown(stores, from);
  const changes = found.slice(0, limit).map((entry) => ({
    cursor: writeCursor(entry, reader.asker, stores.aliases),
    ...seenEntry(entry, reader),
  }));
  return {
    knownAt: formatInstant(checkpoint.recordedAt),
    position: checkpoint.position,
    ruleSet: { id, version, hash },
    changes,
    cursor: changes.at(-1)?.cursor ?? after ?? first,
    more: found.length > limit,
    first,
  };
}

/** A cursor beyond the log was given by no feed of it; waiting for it would miss what comes before. */
async function refuseUnknown({ log }: Stores, { position: from }: FeedPlace): Promise<void> {
  const { position } = await log.head();
  if (comparePositions(from, position) > 0) throw unknown(`The log ends at position ${position}.`);
}

/** What the feed before still had to tell is not kept; what it led to is in the portfolio as known at the switch. */
function replaced({ since }: Feed): Problem {
  const first = cursorBefore(since);
  const detail =
    `Another rule set is in force since position ${since}, and with it another feed. ` +
    `Read coverage anew with knownAtPosition=${since}, then go on with after=${first}.`;
  return new Problem('feed-replaced', detail, { members: { first } });
}

/**
 * A row that went from one provider to another was withdrawn from the one and added to the other: neither sees what
 * it is to the other.
 */
export function seenEntry(entry: ChangeEntry, { of, asker }: FeedReader): Omit<FeedEntry, 'cursor'> {
  const seen = (row: CoverRow | null): Seen<CoverRow> | null =>
    row === null || ('provider' in of && row.provider !== of.provider) ? null : ownRow(asker, row);
  const [before, after] = [seen(entry.before), seen(entry.after)];
  const { clientId, position, causedBy } = entry;
  return {
    clientId,
    recordedAt: formatInstant(entry.recordedAt),
    position,
    causedBy: eventsTo(asker, (after ?? before)!, causedBy),
    change: before && after ? 'changed' : before ? 'withdrawn' : 'added',
    before,
    after,
  };
}
