import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendEach, RecordedTooLate } from './append-each.js';
import { everything, sampleEvent } from './contract/sample-events.js';
import type { Append, EventLog, NewEvent } from './event-log.js';
import { openSqliteEventLogInProcess } from './sqlite/sqlite-event-log.js';

const dataDir = mkdtempSync(join(tmpdir(), 'append-each-'));
let log: EventLog;
beforeAll(async () => {
  log = await openSqliteEventLogInProcess({ dataDir });
});
afterAll(async () => {
  await log.close();
  rmSync(dataDir, { recursive: true });
});

/** One event after the other against what came before: the plainest way to say what becomes of each. */
function plainly(stored: Map<string, string>, { id, contentHash }: NewEvent): string {
  const earlier = stored.get(id);
  if (earlier === undefined) {
    stored.set(id, contentHash);
    return 'recorded';
  }
  return earlier === contentHash ? 'known' : 'differs';
}

describe('appending each event by itself', () => {
  it('does with each what would become of it after those before it', async () => {
    const event = fc
      .record({ id: fc.constantFrom('a', 'b', 'c', 'd'), content: fc.constantFrom(1, 1, 2, 3) })
      .map(({ id, content }) => sampleEvent(id, content));
    const batches = fc.array(fc.array(event, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 });
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(batches, async (sent) => {
        const stream = `journey-${runs++}`;
        const stored = new Map<string, string>();
        for (const events of sent) {
          const outcomes = await appendEach(log, { stream, events });
          expect(outcomes.map(({ status }) => status)).toEqual(events.map((each) => plainly(stored, each)));
          const positions = new Map((await log.readStream(stream)).map(({ id, position }) => [id, position]));
          outcomes.forEach((outcome, index) => {
            if (outcome.status !== 'differs') expect(outcome.position).toBe(positions.get(events[index]!.id));
          });
        }
        const kept = (await log.readStream(stream)).map(({ id, contentHash }) => [id, contentHash]);
        expect(kept).toEqual([...stored]);
      }),
      { seed: 20240304, numRuns: 100 },
    );
  });

  it('refuses moments before the last of the log', async () => {
    const { recordedAt } = await log.head();
    const late = { stream: 'journey-late', events: [sampleEvent('a')] };
    await expect(appendEach(log, { ...late, recordedAt: [recordedAt - 1] })).rejects.toThrow(RecordedTooLate);
    expect(await appendEach(log, { ...late, recordedAt: [recordedAt] })).toMatchObject([
      { status: 'recorded' },
    ]);
    expect((await everything(log)).at(-1)).toMatchObject({ stream: 'journey-late', recordedAt });
  });

  it('cuts what no store takes at once, and still tells of each', async () => {
    const events = Array.from({ length: 60 }, (_, index) =>
      sampleEvent(`event ${index % 50}`, 'é'.repeat(25_000)),
    );
    const sizes: number[] = [];
    const watched = {
      append: (append: Append) => {
        sizes.push(append.events.reduce((sum, event) => sum + Buffer.byteLength(JSON.stringify(event)), 0));
        return log.append(append);
      },
    };
    const outcomes = await appendEach(watched, { stream: 'journey-large', events });
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...Array<string>(50).fill('recorded'),
      ...Array<string>(10).fill('known'),
    ]);
    expect(sizes).toHaveLength(5);
    expect(Math.max(...sizes)).toBeLessThan(600_000);
    expect((await log.readStream('journey-large')).map(({ id }) => id)).toEqual(
      events.slice(0, 50).map(({ id }) => id),
    );
  });

  it('hands over an event that is too large by itself, for the store to judge', async () => {
    const event = sampleEvent('large', 'x'.repeat(2_000_000));
    const sent = { stream: 'journey-larger', events: [sampleEvent('small'), event] };
    expect((await appendEach(log, sent)).map(({ status }) => status)).toEqual(['recorded', 'recorded']);
  });
});
