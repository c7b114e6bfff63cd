import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { appendEach } from '../../../dist/libs/event-store/src/index.js';

export const callers = 32;
export const batch = 1_000;

/** Of the size that a provider's event has. */
export function newEvent(id) {
  const content = {
    clientId: 'client0123456789',
    firstDay: '2024-03-04',
    provider: '65656055',
    number: id,
    padding: 'x'.repeat(300),
  };
  return {
    id: `event-${id}`,
    type: 'nl.domeinbrug.client-admitted.v1',
    contentHash: createHash('sha256').update(JSON.stringify(content)).digest('hex'),
    content,
    personal: { birthYear: 1940 },
    metadata: { source: 'urn:nld:agb:65656055:systeem:bench', correlationId: `correlation-${id}` },
  };
}

/** Each caller waits for the answer to one event before the next. */
export async function singleAppends(log, seconds) {
  await storeSingly('single appends', seconds, (caller, number) =>
    log.append({
      stream: `journey-single${caller}`,
      expectedRevision: number === 0 ? 'no-stream' : number - 1,
      events: [newEvent(number)],
    }),
  );
}

/** Batches of one client each, as the intake sends them. */
export async function batchAppends(log, batches) {
  await storeBatches('batches', batches, (index, events) =>
    appendEach(log, { stream: `journey-batch${index}`, events }),
  );
}

/** @param store resolves when an event of a caller is stored; numbers of a caller are 0, 1, … */
export async function storeSingly(what, seconds, store) {
  let stored = 0;
  const until = Date.now() + seconds * 1_000;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      for (let number = 0; Date.now() < until; number++) {
        await store(caller, number);
        stored++;
      }
    }),
  );
  report(`${what}, ${callers} callers`, stored, started);
}

/** Four are always under way. @param store resolves when the events of a batch are stored; numbers of batches are 0, 1, … */
export async function storeBatches(what, batches, store) {
  const waiting = Array.from({ length: batches }, (_, index) => [
    index,
    Array.from({ length: batch }, (_, number) => newEvent(number)),
  ]);
  const started = performance.now();
  const importers = Array.from({ length: 4 }, async () => {
    for (let each = waiting.pop(); each; each = waiting.pop()) await store(...each);
  });
  await Promise.all(importers);
  report(`${what} of ${batch} events`, batches * batch, started);
}

export async function scan(log) {
  let rows = 0;
  const started = performance.now();
  for (let after = '0'; ;) {
    const page = await log.readAll(after, 2_000);
    if (page.length === 0) break;
    rows += page.length;
    after = page.at(-1).position;
  }
  report('scan in pages of 2,000, parsed', rows, started);
}

/** @param started by `performance.now()` */
export function report(what, count, started) {
  const rate = Math.round(count / ((performance.now() - started) / 1_000));
  console.log(`${what}: ${rate.toLocaleString('en')} events/s (${count.toLocaleString('en')} events)`);
}
