import type { EventLog } from '@domeinbrug/event-store';
import { findRuleSet } from '@domeinbrug/rules';
import { bringIntoForce, type RulesAndViews } from './bring-into-force.js';
import { inForceAfter, readRecorded, type Warn } from './open-rules.js';
import { readActivations, readPublished, type Recorded, type RuleSetPublished } from './rule-set-events.js';
import { nameOf, type Rules } from './rules.js';
import { RulesRefused } from './rules-folder.js';

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
  let trouble: string | null = null;
  const look = (): void => {
    timer = undefined;
    looking = takeNote(stores).then(
      () => void (trouble = null),
      (error: unknown) => {
        const { message } = error as Error;
        // Each look meets it again, for as long as it lasts.
        if (message !== trouble) stores.warn(`The rule sets of the log could not be followed: ${message}`);
        trouble = message;
      },
    );
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
    if (rules.recordOf(recorded.data) === null) notePublished(rules, recorded, others.warn);
  }
  const activations = await readActivations(log);
  const unknown = activations.slice(rules.activations.length);
  if (unknown.length === 0) return;
  const { ruleSet } = inForceAfter(rules.catalogue, activations);
  for (const recorded of unknown.slice(0, -1)) rules.confirm(recorded);
  bringIntoForce({ rules, ...others }, rules.expect(ruleSet, unknown.at(-1)!));
}

/** As at a start the log has the say over a file. One that cannot be read here keeps nobody from those after it. */
function notePublished(rules: Rules, recorded: Recorded<RuleSetPublished>, warn: Warn): void {
  try {
    const ruleSet = readRecorded(rules.catalogue, recorded);
    const file = findRuleSet(rules.catalogue, recorded.data);
    if (file && file.hash !== ruleSet.hash) {
      warn(
        `${nameOf(ruleSet)} was published with other rules than the file of that name has here: the rules of the log are ` +
          'used. Give the changed rules a new version.',
      );
    }
    rules.add(ruleSet, recorded);
  } catch (error) {
    if (!(error instanceof RulesRefused)) throw error;
    if (rules.passOver(recorded)) warn(error.message);
  }
}
