import { EventStoreDBClient, jsonEvent, START } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { batch, callers, newEvent, report } from './load.mjs';

/** The raw client doing the same appends: no digest, no ids to look up, no index and nobody following. */
export async function measureRawKurrentdb(url, { seconds, batches }) {
  const client = EventStoreDBClient.connectionString(url);
  client.supports = () => Promise.resolve(false); // calls of their own, as the adapter makes them
  await clientSingles(client, seconds);
  await clientBatches(client, batches);
  await clientScan(client);
  await client.dispose();
}

async function clientSingles(client, seconds) {
  let stored = 0;
  const until = Date.now() + seconds * 1_000;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      for (let revision = 0; Date.now() < until; revision++) {
        await client.appendToStream(`raw-single${caller}`, [wireEvent(revision)]);
        stored++;
      }
    }),
  );
  report(`single appends, ${callers} callers`, stored, started);
}

async function clientBatches(client, batches) {
  const streams = Array.from({ length: batches }, (_, index) => `raw-batch${index}`);
  const started = performance.now();
  const importers = Array.from({ length: 4 }, async () => {
    for (let stream = streams.pop(); stream; stream = streams.pop()) {
      const events = Array.from({ length: batch }, (_, number) => wireEvent(number));
      await client.appendToStream(stream, events);
    }
  });
  await Promise.all(importers);
  report(`batches of ${batch} events`, batches * batch, started);
}

async function clientScan(client) {
  let rows = 0;
  const started = performance.now();
  for await (const { event } of client.readAll({ fromPosition: START })) {
    if (event?.streamId.startsWith('raw-')) rows++;
  }
  report('scan, parsed', rows, started);
}

function wireEvent(number) {
  const { type, content, personal, metadata, contentHash } = newEvent(number);
  return jsonEvent({
    id: randomUUID(),
    type,
    data: content,
    metadata: { ...metadata, contentHash, personal },
  });
}
