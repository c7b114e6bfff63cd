import { createHash } from 'node:crypto';
import { START } from '../event-log.js';
import type {
  Append,
  AppendResult,
  EventLogReader,
  NewEvent,
  Position,
  RecordedEvent,
} from '../event-log.js';

/** An event whose content hash follows from its id and content, as a caller's would. */
export function sampleEvent(id: string, content: unknown = { day: '2024-03-04', id }): NewEvent {
  const contentHash = createHash('sha256')
    .update(JSON.stringify([id, content]))
    .digest('hex');
  const metadata = { source: 'urn:nld:agb:12345678:systeem:test', correlationId: `correlation of ${id}` };
  return {
    id,
    type: 'test.something-happened.v1',
    contentHash,
    content,
    personal: { bornIn: 1941 },
    metadata,
  };
}

/** An append of sample events with the given ids. */
export function sampleAppend(
  stream: string,
  expectedRevision: Append['expectedRevision'],
  ...ids: string[]
): Append {
  return { stream, expectedRevision, events: ids.map((id) => sampleEvent(id)) };
}

/** The whole log, read page by page. */
export async function everything(
  log: EventLogReader,
  pageSize = 500,
  after: Position = START,
): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (let last = after; ; last = events.at(-1)!.position) {
    const page = await log.readAll(last, pageSize);
    events.push(...page);
    if (page.length < pageSize) return events;
  }
}

export function idsOf(events: RecordedEvent[]): string[] {
  return events.map(({ id }) => id);
}

/** The positions and moments of an append that was stored or known. */
export function placesOf(result: AppendResult): {
  positions: Position[];
  recordedAt: number[];
  revision: number;
} {
  if (result.status !== 'appended' && result.status !== 'known') {
    throw new Error(`Expected places, but the append was answered with ${JSON.stringify(result)}.`);
  }
  return result;
}
