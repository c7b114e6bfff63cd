import type { EventLog } from '@domeinbrug/event-store';
import type { Sender } from '@domeinbrug/intake';
import { findRuleSet, type RuleSet } from '@domeinbrug/rules';
import {
  appendActivated,
  appendPublished,
  type Recorded,
  type RuleSetActivated,
  type RuleSetPublished,
} from './rule-set-events.js';
import type { Activation, Rules } from './rules.js';

const service: Sender = { organisation: 'domeinbrug' };

/** Puts a rule set and what it is written over into the log; what lies there already stays as it is. */
export async function recordRuleSet(
  log: EventLog,
  rules: Rules,
  {
    ruleSet,
    text,
    origin,
    by,
  }: { ruleSet: RuleSet; text: string; by: Sender } & Pick<RuleSetPublished, 'origin'>,
  recordedAt?: number,
): Promise<Recorded<RuleSetPublished>> {
  const there = rules.recordOf(ruleSet);
  if (there) return there;
  const { id, version, hash, base } = ruleSet;
  if (base) await recordFile(log, rules, findRuleSet(rules.catalogue, base)!, recordedAt);
  const recorded = await appendPublished(log, { id, version, text, hash, base, origin }, by, recordedAt);
  rules.add(ruleSet, recorded);
  return recorded;
}

/** A rule set of the folder, so that the log can be read without it. */
async function recordFile(log: EventLog, rules: Rules, ruleSet: RuleSet, recordedAt?: number): Promise<void> {
  const text = rules.textOf(ruleSet);
  await recordRuleSet(log, rules, { ruleSet, text, origin: 'shipped', by: service }, recordedAt);
}

/**
 * Lets the log say which rule set a service begins with, when it does not say so yet. Recorded under the log's last
 * moment (0 in an empty one), so that history can still be loaded after it.
 */
export async function recordFirstActivation(log: EventLog, rules: Rules): Promise<void> {
  if (rules.activations.length > 0) return;
  const { recordedAt } = await log.head();
  await recordFile(log, rules, rules.active, recordedAt);
  rules.confirm(await appendActivated(log, activatedOf(rules.active), 0, service, recordedAt));
}

/** Lets the log say that a rule set comes into force; answers are still under the one before it. */
export async function recordActivation(
  log: EventLog,
  rules: Rules,
  ruleSet: RuleSet,
  by: Sender,
): Promise<Activation> {
  await recordFile(log, rules, ruleSet);
  const recorded = await appendActivated(log, activatedOf(ruleSet), rules.activations.length, by);
  return rules.expect(ruleSet, recorded);
}

function activatedOf({ id, version, hash }: RuleSet): RuleSetActivated {
  return { id, version, hash };
}
