import type { Client, Service } from './service.js';

/** One event of a `text/event-stream`, as it came. */
export interface Received {
  id?: string;
  event?: string;
  data?: string;
}

export interface Reading {
  status: number;
  headers: Headers;
  /** Ends when the stream does. Stopping to ask ends the reading. */
  events: AsyncGenerator<Received>;
}

/** Reads a stream as an `EventSource` does: comments and `retry` are passed over. */
export async function readEventStream(
  service: Service,
  client: Client,
  as: string,
  path: string,
  lastEventId?: string,
): Promise<Reading> {
  const connection = new AbortController();
  const response = await fetch(service.address + path, {
    headers: {
      authorization: `Bearer ${await client.token(as)}`,
      accept: 'text/event-stream',
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
    signal: connection.signal,
  });
  const read = async (event: Received): Promise<Received> => ({
    ...event,
    data: JSON.stringify(await client.read(as, JSON.parse(event.data!))),
  });
  return { status: response.status, headers: response.headers, events: eventsOf(response, connection, read) };
}

async function* eventsOf(
  response: Response,
  connection: AbortController,
  read: (event: Received) => Promise<Received>,
): AsyncGenerator<Received> {
  let text = '';
  const decoder = new TextDecoder();
  try {
    for await (const chunk of (response.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop()!;
      for (const block of blocks) {
        const event = fieldsOf(block);
        if (event.data !== undefined) yield await read(event);
      }
    }
  } finally {
    connection.abort();
  }
}

function fieldsOf(block: string): Received {
  const fields = block
    .split('\n')
    .filter((line) => !line.startsWith(':'))
    .map((line) => /^([a-z]+): (.*)$/.exec(line)!.slice(1) as [string, string]);
  return Object.fromEntries(fields);
}

/** The next so many events. */
export async function take({ events }: Reading, count: number): Promise<Received[]> {
  const taken: Received[] = [];
  while (taken.length < count) {
    const next = await events.next();
    if (next.done) throw new Error(`The stream ended after ${taken.length} of ${count} events.`);
    taken.push(next.value);
  }
  return taken;
}
