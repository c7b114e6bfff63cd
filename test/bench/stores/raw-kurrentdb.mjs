import { EventStoreDBClient, jsonEvent, START } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { newEvent, report, storeBatches, storeSingly } from './load.mjs';

/** The raw client doing the same appends: no digest, no ids to look up, no index and nobody following. */
export async function measureRawKurrentdb(url, { seconds, batches }) {
  const client = EventStoreDBClient.connectionString(url);
  client.supports = () => Promise.resolve(false); // calls of their own, as the adapter makes them
  await storeSingly('single appends', seconds, (caller, number) =>
    client.appendToStream(`raw-single${caller}`, [wireEvent(newEvent(number))]),
  );
  await storeBatches('batches', batches, (index, events) =>
    client.appendToStream(`raw-batch${index}`, events.map(wireEvent)),
  );
  await clientScan(client);
  await client.dispose();
}

async function clientScan(client) {
  let rows = 0;
  const started = performance.now();
  for await (const { event } of client.readAll({ fromPosition: START })) {
    if (event?.streamId.startsWith('raw-')) rows++;
  }
  report('scan, parsed', rows, started);
}

function wireEvent({ type, content, personal, metadata, contentHash }) {
  return jsonEvent({
    id: randomUUID(),
    type,
    data: content,
    metadata: { ...metadata, contentHash, personal },
  });
}
