import type { Checkpoint, ViewsDatabase } from '@domeinbrug/projections';
import type { RuleSet } from '@domeinbrug/rules';
import type { Stores } from '../stores/stores.js';
import { coordinatesOf, type Coordinates } from './funder-page.js';
import { notReached } from './knowledge.js';

const waitMs = 2_000;

/** Waits until the read models have taken in what the asker has just written. @throws Problem 503 */
export async function untilTakenIn({ projections }: Stores, atLeast: string | undefined): Promise<void> {
  if (atLeast !== undefined && !(await projections.reached(atLeast, waitMs))) throw notReached(atLeast);
}

/** The read models and the rules that they are made by, taken in one turn: a switch changes both at once. */
export function storedViews({ projections, rules }: Stores): StoredViews {
  const views = projections.views();
  const ruleSet = rules.active;
  return {
    views,
    ruleSet,
    coordinates: ({ position, recordedAt }) =>
      coordinatesOf({ at: { position, instant: recordedAt }, ruleSet }),
  };
}

export interface StoredViews {
  views: ViewsDatabase;
  ruleSet: RuleSet;
  /** Of what the read models held at a checkpoint. */
  coordinates: (checkpoint: Checkpoint) => Coordinates;
}
