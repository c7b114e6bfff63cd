import { START, type Position } from '@domeinbrug/event-store';
import { positionOf, type CheckpointTable } from './tables.js';
import type { ViewsDatabase } from './tables.js';

/** How far the read models are, and what they were made with. */
export interface Checkpoint {
  position: Position;
  /** Milliseconds since 1970; 0 before the first event. */
  recordedAt: number;
  identity: string;
  feed: FeedState;
}

export interface FeedState {
  /** The activation that started the feed, or START. */
  since: Position;
  /** The activation that ended it; what came after it is told by the feed that takes over. `null` = it goes on. */
  until: Position | null;
  /** Entries up to here are still to be filled in; `null` = none are missing. */
  missing: Position | null;
}

/** Of read models in which nothing stands yet. */
export function beginning(identity: string, since: Position): Checkpoint {
  return { position: START, recordedAt: 0, identity, feed: { since, until: null, missing: null } };
}

/** How far the read models are, or `null` when they were never begun. */
export async function readCheckpoint(db: ViewsDatabase): Promise<Checkpoint | null> {
  const row = await db.selectFrom('checkpoint').selectAll().executeTakeFirst();
  return row ? checkpointOf(row) : null;
}

export function checkpointOf(row: CheckpointTable): Checkpoint {
  return {
    position: positionOf(row.position),
    recordedAt: row.recorded_at,
    identity: row.identity,
    feed: {
      since: positionOf(row.feed_since),
      until: row.feed_until === null ? null : positionOf(row.feed_until),
      missing: row.feed_missing === null ? null : positionOf(row.feed_missing),
    },
  };
}
