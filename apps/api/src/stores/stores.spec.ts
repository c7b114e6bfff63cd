import { AppendFailed, type AppendResult, type EventLog } from '@domeinbrug/event-store';
import { watchAppends } from './stores.js';

const append = { stream: 's', expectedRevision: 'no-stream', events: [] } as const;

test('a failed append is told of until one succeeds', async () => {
  const outcomes: (AppendResult | AppendFailed)[] = [
    new AppendFailed('database or disk is full', 'not-stored'),
    { status: 'known', revision: 0, positions: [], recordedAt: [] },
    { status: 'appended', revision: 0, positions: [], recordedAt: [], fresh: [] },
  ];
  let failure: Error | null = null;
  const disk = {
    append: () => {
      const next = outcomes.shift()!;
      return next instanceof AppendFailed ? Promise.reject(next) : Promise.resolve(next);
    },
  } as unknown as EventLog;
  const log = watchAppends(
    disk,
    (error) => (failure = error),
    () => (failure = null),
  );
  await expect(log.append({ ...append, events: [] })).rejects.toThrow('disk is full');
  expect(failure).toBeInstanceOf(AppendFailed);
  await log.append({ ...append, events: [] });
  expect(failure).toBeInstanceOf(AppendFailed);
  await log.append({ ...append, events: [] });
  expect(failure).toBeNull();
});
