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

/** Each caller waits for the answer to one append before the next. */
export async function singleAppends(log, seconds) {
  let stored = 0;
  const until = Date.now() + seconds * 1_000;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      for (let revision = -1; Date.now() < until; revision++) {
        await log.append({
          stream: `journey-single${caller}`,
          expectedRevision: revision < 0 ? 'no-stream' : revision,
          events: [newEvent(revision + 1)],
        });
        stored++;
      }
    }),
  );
  report(`single appends, ${callers} callers`, stored, started);
}

/** Batches of one client each, as the intake sends them; four are always under way. */
export async function batchAppends(log, batches) {
  const waiting = Array.from({ length: batches }, (_, index) => ({
    stream: `journey-batch${index}`,
    events: Array.from({ length: batch }, (_, number) => newEvent(number)),
  }));
  const started = performance.now();
  const importers = Array.from({ length: 4 }, async () => {
    for (let each = waiting.pop(); each; each = waiting.pop()) await appendEach(log, each);
  });
  await Promise.all(importers);
  report(`batches of ${batch} events`, batches * batch, started);
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
