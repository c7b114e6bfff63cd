import type { ProjectionStatus } from '@domeinbrug/projections';
import { readyOrProblem } from './readiness.js';

const behind = {
  state: 'behind',
  lag: { events: 3, ms: 5_000 },
  parked: [],
  position: '4',
  logPosition: '7',
} as unknown as ProjectionStatus;

test('a service is ready with read models behind by less than is allowed', () => {
  expect(readyOrProblem(behind, null, 60)).toMatchObject({ status: 'ready', lag: behind.lag });
});

test.each([
  ['the read models are too far behind', 'writable', 1, null],
  ['the log cannot be written', 'failed', 60, new Error('disk is full')],
])('it is a problem that %s, told with the figures', (_, log, readyLagSeconds, failure) => {
  let thrown: unknown;
  try {
    readyOrProblem(behind, failure, readyLagSeconds);
  } catch (problem) {
    thrown = problem;
  }
  expect(thrown).toMatchObject({
    code: 'not-ready',
    headers: { 'retry-after': '1' },
    members: { readiness: { status: 'not-ready', log, lag: behind.lag } },
  });
});
