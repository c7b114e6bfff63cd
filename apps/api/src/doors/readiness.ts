import { Problem } from '@domeinbrug/problems';
import type { ProjectionStatus } from '@domeinbrug/projections';
import type { Readiness } from '../answers/operation.js';

/**
 * Where log and read models stand, when questions can be answered.
 *
 * @param logFailure why the log could not be written the last time
 * @param readyLagSeconds how old the oldest event may be that the read models lack
 * @throws Problem 503 with the same figures
 */
export function readyOrProblem(
  { state, lag, parked, position, logPosition }: ProjectionStatus,
  logFailure: Error | null,
  readyLagSeconds: number,
): Readiness {
  const isClose = (state === 'current' || state === 'behind') && lag.ms <= readyLagSeconds * 1_000;
  const ready = logFailure === null && isClose;
  const readiness: Readiness = {
    status: ready ? 'ready' : 'not-ready',
    log: logFailure === null ? 'writable' : 'failed',
    projections: state,
    lag,
    parked: parked.length,
    position,
    logPosition,
  };
  if (ready) return readiness;
  throw new Problem('not-ready', 'Ask again in a moment; readiness says what is behind.', {
    headers: { 'retry-after': '1' },
    members: { readiness },
  });
}
