import type { CoverageTimeline, CoverRow, EventRef } from '@domeinbrug/coverage';
import { comparePositions, type Position, type RecordedEvent } from '@domeinbrug/event-store';
import type { JourneyEvent } from '@domeinbrug/journey';
import type { ClientCoverage } from './client-coverage.js';
import type { FunderGap } from './gaps-by-funder.js';
import { rowChanges, type RowChange } from './row-changes.js';

/** What is known of a client before the events to fold. */
export interface StoredClient {
  cover: readonly CoverRow[];
  parked: Parked | null;
}

export interface Parked {
  position: Position;
  recordedAt: number;
  reason: string;
}

export interface FoldedEvent {
  event: RecordedEvent;
  causedBy: EventRef;
  changes: RowChange[];
}

export interface FoldedClient {
  client: string;
  /** One per event after `after` that changed a row, in log order. */
  folded: FoldedEvent[];
  /** After the last event that could be folded; `null` when none of the new ones could. */
  current: { timeline: CoverageTimeline; gaps: FunderGap[]; last: RecordedEvent } | null;
  /** Set while the client's last event cannot be folded. */
  parked: Parked | null;
}

export const neverSeen: StoredClient = { cover: [], parked: null };

/**
 * Folds a client after each of its events past `after`, so that each event has its own changes whatever batch
 * it came in. An event that cannot be folded parks the client: its rows stay as they were, and each later
 * event of it tries again.
 *
 * @param events all of the client's events in log order, the older ones included
 */
export function foldClient(
  client: string,
  events: readonly RecordedEvent[],
  after: Position,
  stored: StoredClient,
  coverage: ClientCoverage,
): FoldedClient {
  const { journey, failure } = readJourney(events, coverage);
  const result: FoldedClient = { client, folded: [], current: null, parked: stored.parked };
  let cover = stored.cover;
  for (const [index, event] of events.entries()) {
    if (comparePositions(event.position, after) <= 0) continue;
    const known = journey.slice(0, index + 1);
    try {
      if (failure !== null && known.length <= index) throw failure;
      const timeline = coverage.timeline(client, known, event);
      const gaps = coverage.gaps(timeline, known, event);
      const changes = rowChanges(cover, timeline.cover);
      if (changes.length > 0) result.folded.push({ event, causedBy: refOf(known[index]!), changes });
      result.current = { timeline, gaps, last: event };
      result.parked = null;
      cover = timeline.cover;
    } catch (error) {
      result.parked ??= parkedAt(event, error);
    }
  }
  return result;
}

/** The events up to the first that cannot be read; nothing that comes after it can make up for it. */
function readJourney(
  events: readonly RecordedEvent[],
  coverage: ClientCoverage,
): { journey: JourneyEvent[]; failure: Error | null } {
  const journey: JourneyEvent[] = [];
  for (const event of events) {
    try {
      journey.push(coverage.read(event));
    } catch (error) {
      return { journey, failure: error instanceof Error ? error : new Error(String(error)) };
    }
  }
  return { journey, failure: null };
}

function parkedAt(event: RecordedEvent, error: unknown): Parked {
  return {
    position: event.position,
    recordedAt: event.recordedAt,
    reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  };
}

function refOf({ source, id, type }: JourneyEvent): EventRef {
  return { source, id, type };
}
