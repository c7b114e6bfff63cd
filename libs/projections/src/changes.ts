import type { CoverRow, RowChange } from '@domeinbrug/coverage';
import type { Position } from '@domeinbrug/event-store';
import type { Funder } from '@domeinbrug/terms';
import { sql, type SqlBool } from 'kysely';
import type { CauseRef } from './fold-client.js';
import { positionKey, positionOf, type ChangesTable } from './tables.js';
import type { ViewsDatabase } from './tables.js';

/** The feed of changes: what each event, or the switch of the rule set, made different in the cover rows. */

/**
 * Where an entry stands in the feed: by position, then by client id, then by number from 1 on. It does not depend on who
 * else there is, so a rebuild leaves it as it was, also after somebody was erased.
 */
export interface FeedPlace {
  position: Position;
  clientId: string;
  ordinal: number;
}

export interface ChangeEntry extends FeedPlace {
  funder: Funder;
  provider: string | null;
  /** The provider before, when the change took the row from it. */
  formerProvider: string | null;
  /** Milliseconds since 1970. */
  recordedAt: number;
  causedBy: CauseRef[];
  change: RowChange['change'];
  before: CoverRow | null;
  after: CoverRow | null;
}

export interface Feed {
  /**
   * Where the feed begins: the activation of the rule set, or the start of the log. A place before it is of a feed that
   * this one has replaced.
   */
  since: Position;
  /** Whether all its entries are there; after a rebuild they are filled in behind the other tables. */
  complete: boolean;
}

/** Whose changes: those of a funder's rows, of rows that name a provider before or after, or of one client. */
export type ChangesOf = { funder: Funder } | { provider: string } | { client: string };

export async function feedOf(db: ViewsDatabase): Promise<Feed> {
  const row = await db
    .selectFrom('checkpoint')
    .select(['feed_since', 'feed_missing'])
    .executeTakeFirstOrThrow();
  return { since: positionOf(row.feed_since), complete: row.feed_missing === null };
}

/** The place before all entries of a position. */
export function beforeAll(position: Position): FeedPlace {
  return { position, clientId: '', ordinal: 0 };
}

/** At most `limit` changes after a place (exclusive; `null` = from the first), in order. */
export async function changesAfter(
  db: ViewsDatabase,
  after: FeedPlace | null,
  limit: number,
  of: ChangesOf,
): Promise<ChangeEntry[]> {
  const page = (column: 'funder' | 'provider' | 'former_provider' | 'client', value: string) =>
    db
      .selectFrom('changes')
      .selectAll()
      .where(column, '=', value)
      .where(isAfter(after ?? beforeAll('0')))
      .orderBy('position')
      .orderBy('client')
      .orderBy('ordinal')
      .limit(limit);
  if ('funder' in of) return (await page('funder', of.funder).execute()).map(entryOf);
  if ('client' in of) return (await page('client', of.client).execute()).map(entryOf);
  // Two ordered walks in one statement; no row is in both, since a former provider is named only when it is another.
  const either = await db
    .selectFrom(page('provider', of.provider).as('its'))
    .selectAll()
    .unionAll(db.selectFrom(page('former_provider', of.provider).as('was')).selectAll())
    .orderBy('position')
    .orderBy('client')
    .orderBy('ordinal')
    .limit(limit)
    .execute();
  return either.map(entryOf);
}

function isAfter({ position, clientId, ordinal }: FeedPlace) {
  return sql<SqlBool>`(position, client, ordinal) > (${positionKey(position)}, ${clientId}, ${ordinal})`;
}

function entryOf(row: ChangesTable): ChangeEntry {
  return {
    position: positionOf(row.position),
    ordinal: row.ordinal,
    clientId: row.client,
    funder: row.funder as Funder,
    provider: row.provider,
    formerProvider: row.former_provider,
    recordedAt: row.recorded_at,
    causedBy: JSON.parse(row.caused_by_json) as CauseRef[],
    change: row.change as RowChange['change'],
    before: row.before_json === null ? null : (JSON.parse(row.before_json) as CoverRow),
    after: row.after_json === null ? null : (JSON.parse(row.after_json) as CoverRow),
  };
}
