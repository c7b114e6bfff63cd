import type { RunningProjections } from '@domeinbrug/projections';
import { inForceAfter, type Warn } from './open-rules.js';
import { nameOf, type Activation, type Rules } from './rules.js';

/** What is told of a rule set that comes into force, and what follows it. */
export interface RulesAndViews {
  rules: Rules;
  projections: RunningProjections;
  warn: Warn;
}

/**
 * Answers under a rule set as soon as the read models under it are there, whichever process builds them. Killed in
 * between, the next start goes on with what the log says is in force.
 */
export function bringIntoForce({ rules, projections, warn }: RulesAndViews, activation: Activation): void {
  const inForce = inForceAfter(rules.catalogue, rules.activations);
  activation.failure = null;
  activation.built = projections
    .activate(inForce, () => rules.putInForce(inForce))
    .catch((error: unknown) => {
      activation.failure = error instanceof Error ? error.message : String(error);
      warn(
        `${nameOf(activation.ruleSet)} could not be brought into force, and ${nameOf(rules.active)} still is: ` +
          activation.failure,
      );
    });
}
