import { openPostgresEventLog } from '@domeinbrug/event-store';
import type { AppendResult } from '@domeinbrug/event-store';
import fc from 'fast-check';
import { describeWithPostgres } from '../../../../test/servers/postgres-server.js';

const { expectLikePlainLog, groupsOfAppends } = jest.requireActual<typeof import('../contract/plain-log.js')>(
  '../../../../dist/libs/event-store/src/contract/plain-log.js',
);

describeWithPostgres('the laws of the PostgreSQL log', (server) => {
  it('it answers and stores as the plainest log would', async () => {
    const schema = server().newSchema();
    let now = 0;
    const log = await openPostgresEventLog({ url: server().url, schema, clock: () => now });
    const statuses = new Set<string>();
    await fc.assert(
      fc.asyncProperty(groupsOfAppends, async (chosen) => {
        await server().query(`TRUNCATE ${schema}.events, ${schema}.streams`);
        const answered = await expectLikePlainLog(
          chosen,
          (group) =>
            Promise.all(
              group.map((append): Promise<AppendResult> => {
                now = append.now;
                return log.append(append);
              }),
            ),
          log,
        );
        answered.forEach((status) => statuses.add(status));
      }),
      { seed: 20240304, numRuns: 100 },
    );
    expect(statuses).toEqual(new Set(['appended', 'known', 'conflict', 'wrong-revision', 'too-late']));
    await log.close();
    await server().dropSchema(schema);
  }, 120_000);
});
