import { openPostgresEventLog } from '@domeinbrug/event-store';
import type { EventLog, Position, RecordedEvent } from '@domeinbrug/event-store';
import fc from 'fast-check';
import { setTimeout as pause } from 'node:timers/promises';
import { describeWithPostgres } from '../../../../test/servers/postgres-server.js';

const { idsOf, sampleAppend } = jest.requireActual<typeof import('../contract/sample-events.js')>(
  '../../../../dist/libs/event-store/src/contract/sample-events.js',
);

/** `INTERLEAVINGS=10000` for a long run. */
const interleavings = Number(process.env['INTERLEAVINGS'] ?? 500);

/** ms, each 0 to 4: what a writer waits before an append, and what its commit waits once everything is inserted. */
const step = fc.record({ before: fc.nat(4), commit: fc.nat(4), events: fc.integer({ min: 1, max: 3 }) });
const writers = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 3, maxLength: 3 });

describeWithPostgres('concurrent writers of the PostgreSQL log', (server) => {
  it(
    `never make a reader skip or repeat an event, in ${interleavings} interleavings`,
    async () => {
      const schema = server().newSchema();
      const open = (): Promise<EventLog> => openPostgresEventLog({ url: server().url, schema });
      const logs = await Promise.all([open(), open(), open()]);
      const reader = await open();
      await delayCommits(schema);
      let after: Position = (await reader.head()).position;
      let run = 0;
      await fc.assert(
        fc.asyncProperty(writers, fc.integer({ min: 1, max: 4 }), async (steps, pageSize) => {
          run++;
          let writing = true;
          const appended = Promise.all(
            steps.map((own, writer) => appendAll(logs[writer]!, `${run} ${writer}`, own)),
          ).finally(() => (writing = false));
          const seen: RecordedEvent[] = [];
          for (let last = false; ;) {
            const page = await reader.readAll(after, pageSize);
            seen.push(...page);
            after = page.at(-1)?.position ?? after;
            if (last && page.length === 0) break;
            last = !writing;
          }
          // In the order seen, which is the order of visibility: each once, and no gap between positions.
          expect(idsOf(seen).toSorted()).toEqual((await appended).flat().toSorted());
          const first = Number(seen[0]!.position);
          expect(seen.map(({ position }) => Number(position))).toEqual(seen.map((_, index) => first + index));
        }),
        { seed: 20240304, numRuns: interleavings, endOnFailure: true },
      );
      await Promise.all([...logs, reader].map((log) => log.close()));
      await server().dropSchema(schema);
    },
    60_000 + interleavings * 200,
  );

  /** What a commit waits is told by its event's type; the trigger is deferred, so the rows are there already. */
  async function delayCommits(schema: string): Promise<void> {
    await server().query(`
      CREATE FUNCTION ${schema}.wait_before_commit() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_sleep(substring(NEW.type FROM '[0-9]+$')::float / 1000);
        RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER wait_before_commit AFTER INSERT ON ${schema}.events
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ${schema}.wait_before_commit()`);
  }
});

type Step = { before: number; commit: number; events: number };

/** @returns the ids that were appended */
async function appendAll(log: EventLog, name: string, steps: Step[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [number, { before, commit, events }] of steps.entries()) {
    if (before > 0) await pause(before);
    const own = Array.from({ length: events }, (_, index) => `${name} ${number} ${index}`);
    const append = sampleAppend(`journey-${name}`, 'any', ...own);
    for (const event of append.events) event.type = `test.commit-waits.${commit}`;
    expect(await log.append(append)).toMatchObject({ status: 'appended' });
    ids.push(...own);
  }
  return ids;
}
