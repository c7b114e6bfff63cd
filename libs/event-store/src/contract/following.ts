import { describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { START } from '../event-log.js';
import type { EventLog, Position, RecordedEvent } from '../event-log.js';
import type { LogSource, OpenLog } from './log-source.js';
import { everything, idsOf, sampleAppend, sampleEvent } from './sample-events.js';

export function describeFollowing({ open, reopen, holdsEvents }: LogSource): void {
  describe('following', () => {
    it('goes on after any position when the log was opened again', async () => {
      const log = await open();
      for (const stream of ['journey-a', 'journey-b', 'journey-c']) {
        await log.append(sampleAppend(stream, 'no-stream', `${stream} 1`, `${stream} 2`));
      }
      const before = await everything(log);
      await log.close();
      const again = await reopen();
      await again.append(sampleAppend('journey-a', 1, 'journey-a 3'));
      const all = await everything(again);
      expect(all.slice(0, -1)).toEqual(before);
      for (const [index, { position }] of all.entries()) {
        expect(await everything(again, 2, position)).toEqual(all.slice(index + 1));
      }
    });
    describeSlowness(open, holdsEvents);
  });
}

function describeSlowness(open: OpenLog, holdsEvents: boolean): void {
  it('misses and repeats nothing for one who is slow while others write', async () => {
    const log = await open();
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      for (let number = 0; number < 25; number++) {
        await log.append(sampleAppend(`journey-${writer}`, 'any', `${writer}, ${number}`));
      }
    });
    const followed = await followSlowly(log, 100);
    await Promise.all(writers);
    expect(followed).toEqual(await everything(log));
  });

  it('keeps nothing in memory for one who is slow, and holds up nobody', async () => {
    const log = await open();
    const batch = (number: number): ReturnType<typeof sampleAppend> => ({
      stream: `journey-${number}`,
      expectedRevision: 'no-stream',
      events: Array.from({ length: 40 }, (_, index) =>
        sampleEvent(`${number}, ${index}`, `${index} ${'x'.repeat(20_000)}`),
      ),
    });
    let stalled = 0;
    log.subscribe(() => void stalled++);
    await log.append(batch(0));
    const before = memoryInUse();
    for (let number = 1; number <= 20; number++) await log.append(batch(number)); // 16 MB
    // A store that is part of this process holds what it was given, once. What is on its way goes by itself.
    const bound = 8_000_000 + (holdsEvents ? 17_000_000 : 0);
    for (const deadline = Date.now() + 20_000; memoryInUse() - before > bound && Date.now() < deadline;)
      await pause(100);
    expect(memoryInUse() - before).toBeLessThan(bound);
    expect(stalled).toBeGreaterThanOrEqual(21); // a store may tell of each event
    const page = await log.readAll(START, 7);
    expect(idsOf(page)).toEqual(
      batch(0)
        .events.slice(0, 7)
        .map(({ id }) => id),
    );
  });
}

/** Reads small pages with pauses, and waits to be told when there is nothing more, until `count` events were read. */
async function followSlowly(log: EventLog, count: number): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  let told: () => void = () => undefined;
  const stop = log.subscribe(() => told());
  while (events.length < count) {
    const woken = new Promise<void>((resolve) => (told = resolve));
    const after: Position = events.at(-1)?.position ?? START;
    const page = await log.readAll(after, 3);
    expect(page.length).toBeLessThanOrEqual(3);
    events.push(...page);
    if (page.length === 0) await woken;
    await pause(1);
  }
  stop();
  return events;
}

/** Bytes that are in use after everything unreachable was collected. */
function memoryInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
