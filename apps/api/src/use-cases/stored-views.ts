import type { Checkpoint } from '@domeinbrug/projections';
import type { Stores } from '../stores/stores.js';
import { coordinatesOf, type Coordinates } from './funder-page.js';
import { notReached } from './knowledge.js';

const waitMs = 2_000;

/** Waits until the read models have taken in what the asker has just written. @throws Problem 503 */
export async function untilTakenIn({ projections }: Stores, atLeast: string | undefined): Promise<void> {
  if (atLeast !== undefined && !(await projections.reached(atLeast, waitMs))) throw notReached(atLeast);
}

/** The coordinates of what the read models hold: what is known now under the active rules. */
export function storedCoordinates({ rules }: Stores, { position, recordedAt }: Checkpoint): Coordinates {
  return coordinatesOf({ at: { position, instant: recordedAt }, ruleSet: rules.active });
}
