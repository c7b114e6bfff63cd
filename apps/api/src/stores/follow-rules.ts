import type { EventLog } from '@domeinbrug/event-store';
import { bringIntoForce, type RulesAndViews } from './bring-into-force.js';
import { inForceAfter, readRecorded } from './open-rules.js';
import { readActivations, readPublished } from './rule-set-events.js';

type Following = RulesAndViews & { log: EventLog };

/** Between two looks at the rule sets of a log that grows, in ms. */
const lookEvery = 1_000;

/**
 * Follows what other processes over the same log publish and bring into force.
 *
 * @returns the way to stop, which waits for the look that is under way
 */
export function followRules(stores: Following): () => Promise<void> {
  let looking = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    timer = undefined;
    looking = takeNote(stores).catch((error: unknown) => {
      stores.warn(`The rule sets of the log could not be followed: ${(error as Error).message}`);
    });
  };
  const unsubscribe = stores.log.subscribe(() => (timer ??= setTimeout(look, lookEvery).unref()));
  return async () => {
    unsubscribe();
    clearTimeout(timer);
    await looking;
  };
}

/** What the log says of rule sets, beyond what is known here. */
function takeNote(stores: Following): Promise<void> {
  return stores.rules.inTurn(() => noteInTurn(stores));
}

/** The same, for whoever has the turn to record rule sets already. */
export async function noteInTurn({ log, rules, ...others }: Following): Promise<void> {
  for (const recorded of await readPublished(log)) {
    if (rules.recordOf(recorded.data) === null) rules.add(readRecorded(rules.catalogue, recorded), recorded);
  }
  const activations = await readActivations(log);
  const unknown = activations.slice(rules.activations.length);
  if (unknown.length === 0) return;
  const { ruleSet } = inForceAfter(rules.catalogue, activations);
  for (const recorded of unknown.slice(0, -1)) rules.confirm(recorded);
  bringIntoForce({ rules, ...others }, rules.expect(ruleSet, unknown.at(-1)!));
}
