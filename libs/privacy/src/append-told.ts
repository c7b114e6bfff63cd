import { appendEach, type EachAppend, type EventLog, type EventOutcome } from '@domeinbrug/event-store';
import { PersonErased } from './sealed-events.js';

/** What became of one event; `erased` = it tells of somebody who was erased, and nothing of it was recorded. */
export type ToldOutcome = EventOutcome | { status: 'erased'; detail: string };

/**
 * Appends facts of others, one outcome per event: one that tells of somebody who was erased does not keep the others out.
 * @throws what `appendEach` throws
 */
export async function appendTold(
  log: Pick<EventLog, 'append'>,
  { stream, events, recordedAt }: EachAppend,
): Promise<ToldOutcome[]> {
  try {
    return await appendEach(log, { stream, events, recordedAt });
  } catch (error) {
    if (!(error instanceof PersonErased)) throw error;
    const isOfAll = error.erasure.person === '' || events.length === 1;
    if (isOfAll) return events.map(() => ({ status: 'erased', detail: error.message }));
  }
  const outcomes: ToldOutcome[] = [];
  for (const [at, event] of events.entries()) {
    const moment = recordedAt && [recordedAt[at]!];
    outcomes.push(...(await appendTold(log, { stream, events: [event], recordedAt: moment })));
  }
  return outcomes;
}
