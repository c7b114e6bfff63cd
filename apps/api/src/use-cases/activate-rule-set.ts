import type { Asker } from '@domeinbrug/access';
import { START } from '@domeinbrug/event-store';
import type { Sender } from '@domeinbrug/intake';
import { Problem } from '@domeinbrug/problems';
import type { RuleSet } from '@domeinbrug/rules';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { bringIntoForce } from '../stores/bring-into-force.js';
import { noteInTurn } from '../stores/follow-rules.js';
import { recordActivation } from '../stores/record-rules.js';
import { RulesRaced } from '../stores/rule-set-events.js';
import { nameOf, type Activation } from '../stores/rules.js';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { summaryOf, unknownRuleSet, type RuleSetSummary } from './read-rule-sets.js';
import { senderOf } from './record-events.js';

export interface ActivationAnswer {
  /** `building`: every answer is still under the rule set before it; `ruleSet.activation` tells how it goes. */
  status: 'building' | 'in-force';
  /** Where the log says that it comes into force. */
  position: string;
  ruleSet: RuleSetSummary;
}

/**
 * Brings a rule set into force: portfolios and feeds are built under it beside those there are, and take over when
 * they are complete. Asked again it changes nothing.
 */
export class ActivateRuleSet extends Command<ActivationAnswer> {
  constructor(
    readonly id: string,
    readonly version: string,
    readonly asker: Asker,
  ) {
    super();
  }
}

@CommandHandler(ActivateRuleSet)
export class ActivateRuleSetHandler implements ICommandHandler<ActivateRuleSet> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem 404; 409 while another one is on its way */
  async execute({ id, version, asker }: ActivateRuleSet): Promise<ActivationAnswer> {
    const { rules } = this.stores;
    const ruleSet = rules.all.find((one) => one.id === id && one.version === version);
    if (!ruleSet) throw unknownRuleSet();
    const coming = await activate(this.stores, ruleSet, senderOf(asker));
    const summary = summaryOf(ruleSet, rules);
    return {
      status: coming ? 'building' : 'in-force',
      position: summary.activation!.position,
      ruleSet: summary,
    };
  }
}

/**
 * Records that the rule set comes into force and begins to build; resolves when that is recorded.
 * @returns `null` when it is in force already
 * @throws Problem 409 while another one is on its way
 */
export function activate(stores: Stores, ruleSet: RuleSet, by: Sender): Promise<Activation | null> {
  const { rules, projections, log } = stores;
  return rules.inTurn(async () => {
    await noteInTurn(stores);
    const { coming } = rules;
    if (coming) {
      if (nameOf(coming.ruleSet) !== nameOf(ruleSet)) throw anotherComes(coming.ruleSet);
      if (coming.failure !== null) bringIntoForce(stores, coming);
      return coming;
    }
    if (nameOf(rules.active) === nameOf(ruleSet)) return null;
    // What a switch changes is told against the rows of the rule set before it: those have to be there.
    if (!(await projections.reached(START, 0))) throw anotherComes(rules.active);
    const activation = await recordActivation(log, rules, ruleSet, by).catch((error: unknown) => {
      throw error instanceof RulesRaced ? anotherComes(rules.active) : error;
    });
    bringIntoForce(stores, activation);
    return activation;
  });
}

function anotherComes(ruleSet: RuleSet): Problem {
  return new Problem(
    'activation-running',
    `The read models under ${nameOf(ruleSet)} are being built. Ask again when they are complete: ` +
      'GET /health/ready and the rule set itself tell.',
  );
}
