import { LogBusy, openPostgresEventLog } from '@domeinbrug/event-store';
import type { EventLog } from '@domeinbrug/event-store';
import { describeWithPostgres } from '../../../../test/servers/postgres-server.js';

// Classes are compared with those of the product, so the suite that drives it is the built one too.
const built = '../../../../dist/libs/event-store/src';
const { describeEventLog } = jest.requireActual<typeof import('../contract/event-log-contract.js')>(
  `${built}/contract/event-log-contract.js`,
);
const { everything, sampleAppend } = jest.requireActual<typeof import('../contract/sample-events.js')>(
  `${built}/contract/sample-events.js`,
);

describeWithPostgres('the PostgreSQL log', (server) => {
  describeEventLog('PostgreSQL', async (clock) => {
    const schema = server().newSchema();
    const opened: EventLog[] = [];
    const open = async (): Promise<EventLog> => {
      const log = await openPostgresEventLog({ url: server().url, schema, clock });
      opened.push(log);
      return log;
    };
    return {
      log: await open(),
      reopen: open,
      async discard() {
        await Promise.all(opened.map((log) => log.close()));
        await server().dropSchema(schema);
      },
    };
  });

  it('refuses what exceeds its queue, stores the rest, and tells of it in groups', async () => {
    const schema = server().newSchema();
    const log = await openPostgresEventLog({ url: server().url, schema });
    let told = 0;
    log.subscribe(() => told++);
    const streams = Array.from({ length: 5_000 }, (_, index) => `journey-${index}`);
    const outcomes = await Promise.allSettled(
      streams.map((stream) => log.append(sampleAppend(stream, 'no-stream', 'a'))),
    );
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
    );
    expect(refused).toHaveLength(904);
    expect(refused.every((reason) => reason instanceof LogBusy)).toBe(true);
    expect(await everything(log)).toHaveLength(4_096);
    expect(told).toBeGreaterThanOrEqual(4); // 1,024 appends a group
    expect(told).toBeLessThan(100);
    await log.close();
    await server().dropSchema(schema);
  });
});
