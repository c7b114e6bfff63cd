import { START, type Position } from '@domeinbrug/event-store';
import type { RuleSet } from '@domeinbrug/rules';

/** The active rule set and what it took over from: with the log, all that the read models are made of. */
export interface RulesInForce {
  ruleSet: RuleSet;
  /** Where in the log it took over: the place of its `rule-set-activated`. START while no other came before it. */
  since: Position;
  /** The rule set that it took over from; `null` when `since` is START. */
  before: RuleSet | null;
}

/** A rule set that holds for the whole log, because no other was in force before it. */
export function fromTheStart(ruleSet: RuleSet): RulesInForce {
  return { ruleSet, since: START, before: null };
}
