import {
  rowChanges,
  type CoverageTimeline,
  type EventRef,
  type FunderGap,
  type KnownAt,
  type RowChange,
} from '@domeinbrug/coverage';
import { comparePositions, START, type Position, type RecordedEvent } from '@domeinbrug/event-store';
import type { JourneyEvent, JourneyFacts } from '@domeinbrug/journey';
import type { ClientCoverage, FactFolding, TimelineOf } from './client-coverage.js';
import { isOfPerson, type ClientHistory } from './client-history.js';
import { clientOfStream, streamOfClient } from './client-stream.js';
import type { ReferenceAt } from './reference-book.js';

/** What is known of a client before the events to fold. */
export interface StoredClient {
  timeline: CoverageTimeline | null;
  parked: Parked | null;
}

export interface Parked {
  position: Position;
  recordedAt: number;
  reason: string;
}

/** What made rows different: an event that was sent, or the service's own `rule-set-activated`. */
export type CauseRef = EventRef;

/** The rows of one client that one event in the log made different. */
export interface ClientChanges {
  client: string;
  position: Position;
  recordedAt: number;
  causedBy: CauseRef;
  changes: RowChange[];
}

/** A client after one of its events. */
export interface FoldedState {
  facts: JourneyFacts;
  timeline: CoverageTimeline;
  last: RecordedEvent;
}

/** All facts of a client after one event: what the archive keeps. */
export interface ClientFacts {
  client: string;
  event: Pick<RecordedEvent, 'position' | 'recordedAt'>;
  facts: JourneyFacts;
}

export interface FoldedClient {
  client: string;
  /** After each new event whose facts could be told, whatever the rules made of them; in log order. */
  facts: ClientFacts[];
  /** For each folded event that changed a row, in log order. */
  changes: ClientChanges[];
  /** After the last event that could be folded; `null` when none of the new ones could. */
  current: (FoldedState & { gaps: FunderGap[] }) | null;
  /** Set while the client's last event cannot be folded. */
  parked: Parked | null;
}

export const neverSeen: StoredClient = { timeline: null, parked: null };

/** The event that started the feed: the switch from another rule set. */
export interface FeedStart {
  position: Position;
  recordedAt: number;
  causedBy: CauseRef;
}

/**
 * A client's history as it was read from the log, and each event folded on demand. An event that cannot be read
 * cannot be folded, and nothing that comes after it can make up for it.
 */
class ReadHistory {
  /** Beside each event of the history what it says of the person; `null` for what others say. */
  private readonly journey: (JourneyEvent | null)[] = [];
  private failure: unknown = null;
  /** Nearly always: nothing but the client's own events. */
  private readonly isAlone: boolean;

  constructor(
    private readonly history: ClientHistory,
    private readonly folding: FactFolding,
  ) {
    this.isAlone = history.events.every(({ stream }) => stream === streamOfClient(history.client));
    for (const event of history.events) {
      try {
        this.journey.push(this.isOwn(event) ? folding.read(event) : null);
      } catch (error) {
        this.failure = error;
        return;
      }
    }
  }

  /** Not a merger, nor an event of somebody else that has a key in common. */
  private isOwn({ stream }: RecordedEvent): boolean {
    const teller = clientOfStream(stream);
    return teller !== null && this.history.relatives.includes(teller);
  }

  /** @throws when the event, or one before it, cannot be folded */
  after(index: number, under: TimelineOf): FoldedState {
    return this.cover(index, this.factsAfter(index), under);
  }

  factsAfter(index: number): JourneyFacts {
    if (index >= this.journey.length) throw this.failure;
    const last = this.history.events[index]!;
    const known = this.history.at(last.position);
    return this.folding.facts(this.journeyUpTo(index, known), knownAt(last), known.reference);
  }

  cover(index: number, facts: JourneyFacts, under: TimelineOf): FoldedState {
    const { client, events } = this.history;
    const last = events[index]!;
    return { facts, timeline: under(client, facts, knownAt(last)), last };
  }

  private journeyUpTo(index: number, known: ReferenceAt): JourneyEvent[] {
    const journey = this.journey.slice(0, index + 1);
    if (this.isAlone) return journey as JourneyEvent[];
    const { client, events } = this.history;
    return journey.filter(
      (event, place) => event !== null && isOfPerson(known, client, events[place]!),
    ) as JourneyEvent[];
  }

  /** The latest state at or before an event; `null` when none of them can be folded. */
  latest(index: number, under: TimelineOf): FoldedState | null {
    for (let at = index; at >= 0; at--) {
      try {
        return this.after(at, under);
      } catch {
        // The rows stay those of the event before.
      }
    }
    return null;
  }

  causeOf(index: number): CauseRef {
    const { type, content } = this.history.events[index]!;
    const { source, id } = this.journey[index] ?? (content as { source: string; id: string });
    return { source, id, type: type as CauseRef['type'] }; // it was folded, so it is one that the fold knows
  }
}

/**
 * Folds a client after each of its events past `after`, so that each event has its own changes whatever batch
 * it came in. An event that cannot be folded parks the client: its rows stay as they were, and each later
 * event of it tries again.
 *
 * @param history all of it, the older events included
 */
export function foldClient(
  history: ClientHistory,
  after: Position,
  stored: StoredClient,
  coverage: ClientCoverage,
): FoldedClient {
  const { client, events } = history;
  const journey = new ReadHistory(history, coverage);
  const result: FoldedClient = { client, facts: [], changes: [], current: null, parked: stored.parked };
  let state: FoldedState | null = null;
  let cover = stored.timeline?.cover ?? [];
  for (const [index, event] of events.entries()) {
    if (comparePositions(event.position, after) <= 0) continue;
    try {
      const facts = journey.factsAfter(index);
      result.facts.push({ client, event, facts });
      state = journey.cover(index, facts, coverage.timeline);
      const changes = rowChanges(cover, state.timeline.cover);
      if (changes.length > 0) {
        const { position, recordedAt } = event;
        result.changes.push({ client, position, recordedAt, causedBy: journey.causeOf(index), changes });
      }
      result.parked = null;
      cover = state.timeline.cover;
    } catch (error) {
      result.parked ??= parkedAt(event, error);
    }
  }
  if (state) result.current = withGaps(state, coverage);
  return result;
}

/** The facts after each of a client's events past `after`, rules apart. An event that cannot be read leaves them as they were. */
export function factsOfClient(history: ClientHistory, after: Position, folding: FactFolding): ClientFacts[] {
  const { client, events } = history;
  const journey = new ReadHistory(history, folding);
  return events.flatMap((event, index): ClientFacts[] => {
    if (comparePositions(event.position, after) <= 0) return [];
    try {
      return [{ client, event, facts: journey.factsAfter(index) }];
    } catch {
      return [];
    }
  });
}

/**
 * Folds a client once, after its last event: the same rows that {@link foldClient} ends with, without the changes on
 * the way there.
 *
 */
export function foldClientOnce(history: ClientHistory, coverage: ClientCoverage): FoldedClient {
  const { client, events } = history;
  const journey = new ReadHistory(history, coverage);
  let parked: Parked | null = null;
  for (let index = events.length - 1; index >= 0; index--) {
    try {
      return {
        client,
        facts: [],
        changes: [],
        current: withGaps(journey.after(index, coverage.timeline), coverage),
        parked,
      };
    } catch (error) {
      parked = parkedAt(events[index]!, error);
    }
  }
  return { client, facts: [], changes: [], current: null, parked };
}

/**
 * The client's part of the feed: what the switch changed at its start, then what each later event changed.
 *
 * @param start `null` when the feed begins with the log
 */
export function changesOfClient(
  history: ClientHistory,
  start: FeedStart | null,
  coverage: ClientCoverage,
): ClientChanges[] {
  const since = start?.position ?? START;
  const { client, events } = history;
  const journey = new ReadHistory(history, coverage);
  const upTo = events.findLastIndex((event) => comparePositions(event.position, since) <= 0);
  const now = journey.latest(upTo, coverage.timeline)?.timeline ?? null;
  const later = foldClient(history, since, { timeline: now, parked: null }, coverage).changes;
  if (!start || !coverage.timelineBefore) return later;
  const before = journey.latest(upTo, coverage.timelineBefore)?.timeline.cover ?? [];
  const changes = rowChanges(before, now?.cover ?? []);
  return changes.length === 0 ? later : [{ client, ...start, changes }, ...later];
}

function withGaps(state: FoldedState, coverage: ClientCoverage): FoldedClient['current'] {
  return { ...state, gaps: coverage.gaps(state.timeline, state.facts) };
}

function knownAt({ recordedAt, position }: RecordedEvent): KnownAt {
  return { instant: recordedAt, position };
}

function parkedAt({ position, recordedAt }: RecordedEvent, error: unknown): Parked {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { position, recordedAt, reason };
}
