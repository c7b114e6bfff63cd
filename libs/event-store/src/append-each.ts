import type { AppendResult, EventLog, NewEvent, Position } from './event-log.js';
import { fittingOneAppend } from './one-append.js';

/** What became of one event: stored now, stored before with the same content, or known with other content. */
export type EventOutcome = { status: 'recorded' | 'known'; position: Position } | { status: 'differs' };

/** Events of one stream, in order, that stand or fall one by one. */
export interface EachAppend {
  stream: string;
  events: NewEvent[];
  /** As in {@link EventLog.append}: only for history. */
  recordedAt?: number[];
}

/** Given moments lie before the log's last event; nothing was stored of what was not stored already. */
export class RecordedTooLate extends Error {
  override readonly name = 'RecordedTooLate';

  constructor(readonly lastRecordedAt: number) {
    super(`The log's last event was recorded at ${new Date(lastRecordedAt).toISOString()}, which is later.`);
  }
}

/**
 * Appends facts of others, one outcome per event: an event whose id is known with other content does not keep the
 * others out, as it would in an append that is all or nothing. More than a store takes at once goes in several appends.
 * @throws RecordedTooLate, and what {@link EventLog.append} rejects with; all may then be tried again
 */
export async function appendEach(
  log: Pick<EventLog, 'append'>,
  { stream, events, recordedAt }: EachAppend,
): Promise<EventOutcome[]> {
  const [only, ...others] = events;
  if (only && others.length === 0) {
    const result = await log.append({
      stream,
      expectedRevision: 'any',
      events,
      ...(recordedAt && { recordedAt }),
    });
    return [outcomeAt(result, 0, only.id)!];
  }
  const outcomes: EventOutcome[] = [];
  const waiting = new Set(events.keys());
  while (waiting.size > 0) {
    const firsts = firstOfEachId(events, waiting);
    const chosen = firsts.slice(0, fittingOneAppend(firsts.map((index) => events[index]!)));
    const result = await log.append({
      stream,
      expectedRevision: 'any',
      events: chosen.map((index) => events[index]!),
      ...(recordedAt && { recordedAt: chosen.map((index) => recordedAt[index]!) }),
    });
    const told = toldOf(result, chosen, events);
    for (const index of waiting) {
      const outcome = outcomeOf(events[index]!, index, told);
      if (!outcome) continue;
      outcomes[index] = outcome;
      waiting.delete(index);
    }
  }
  return outcomes;
}

function firstOfEachId(events: readonly NewEvent[], indexes: Iterable<number>): number[] {
  const first = new Map<string, number>();
  for (const index of indexes) {
    const { id } = events[index]!;
    if (!first.has(id)) first.set(id, index);
  }
  return [...first.values()];
}

/** What an append said of an id, tried with the content of one of its occurrences. */
interface Told {
  index: number;
  contentHash: string;
  outcome: EventOutcome;
}

/** By id; without those that were kept out because others differ. */
function toldOf(result: AppendResult, chosen: number[], events: readonly NewEvent[]): Map<string, Told> {
  const told = new Map<string, Told>();
  chosen.forEach((index, place) => {
    const { id, contentHash } = events[index]!;
    const outcome = outcomeAt(result, place, id);
    if (outcome) told.set(id, { index, contentHash, outcome });
  });
  return told;
}

function outcomeAt(result: AppendResult, place: number, id: string): EventOutcome | undefined {
  switch (result.status) {
    case 'appended': {
      const status = result.fresh[place] ? 'recorded' : 'known';
      return { status, position: result.positions[place]! };
    }
    case 'known':
      return { status: 'known', position: result.positions[place]! };
    case 'conflict':
      return result.ids.includes(id) ? { status: 'differs' } : undefined;
    case 'too-late':
      throw new RecordedTooLate(result.lastRecordedAt);
    case 'wrong-revision':
      throw new Error('The event log held an append to a revision that was left to it.');
  }
}

/**
 * What is told of an id decides about all of its occurrences, but for one case: when the content that was tried
 * differs from the log's, an occurrence with another content may be the log's own.
 */
function outcomeOf(
  { id, contentHash }: NewEvent,
  index: number,
  told: Map<string, Told>,
): EventOutcome | undefined {
  const tried = told.get(id);
  if (!tried) return undefined;
  const { outcome } = tried;
  const same = tried.contentHash === contentHash;
  if (outcome.status === 'differs') return same ? outcome : undefined;
  if (!same) return { status: 'differs' };
  return index === tried.index ? outcome : { ...outcome, status: 'known' };
}
