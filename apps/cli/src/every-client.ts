import { START, type EventLogReader, type Position } from '@domeinbrug/event-store';
import { clientOfStream } from '@domeinbrug/projections';

const eventsAPage = 2_000;

/** The ids of all clients that an event up to a position tells of, in order. Holds the ids, not the events. */
export async function clientsUpTo(
  log: Pick<EventLogReader, 'readAll'>,
  position: Position,
): Promise<string[]> {
  const clients = new Set<string>();
  const end = BigInt(position);
  let after = START;
  while (BigInt(after) < end) {
    const page = await log.readAll(after, eventsAPage);
    if (page.length === 0) break;
    for (const event of page) {
      if (BigInt(event.position) > end) break;
      const client = clientOfStream(event.stream);
      if (client !== null) clients.add(client);
    }
    after = page.at(-1)!.position;
  }
  return [...clients].sort();
}
