import type { Asker } from '@domeinbrug/access';
import { checkRuleSet } from '@domeinbrug/cases';
import type { Sender } from '@domeinbrug/intake';
import { Problem, type ProblemError } from '@domeinbrug/problems';
import type { RuleSet } from '@domeinbrug/rules';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { recordRuleSet } from '../stores/record-rules.js';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { summaryOf, type RuleSetSummary } from './read-rule-sets.js';
import { senderOf } from './record-events.js';
import { isTaken, problemsOf, versionTaken, warningsOf, type RuleSetFinding } from './validate-rule-set.js';

export interface RuleSetPublication {
  /** Whether it is new: what was there before with the same rules stays as it was written then. */
  status: 'published' | 'known';
  /** A position at which the log holds it. */
  position: string;
  ruleSet: RuleSetSummary;
  warnings: RuleSetFinding[];
}

/** Publishes a rule set for good. From the answer on it can be named in every question. */
export class PublishRuleSet extends Command<RuleSetPublication> {
  /** @param text YAML or JSON, kept as it is */
  constructor(
    readonly text: string,
    readonly asker: Asker,
  ) {
    super();
  }
}

@CommandHandler(PublishRuleSet)
export class PublishRuleSetHandler implements ICommandHandler<PublishRuleSet> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem 400 with all that is wrong; 409 when the version is there with other rules */
  execute({ text, asker }: PublishRuleSet): Promise<RuleSetPublication> {
    return publish(this.stores, text, senderOf(asker));
  }
}

/** @throws Problem as {@link PublishRuleSetHandler} */
export function publish(stores: Stores, text: string, by: Sender): Promise<RuleSetPublication> {
  const { rules, log } = stores;
  return rules.inTurn(async () => {
    const checked = checkRuleSet(text, rules.catalogue);
    const { ruleSet } = checked;
    const problems = problemsOf(checked);
    if (!ruleSet || problems.length > 0) throw refused(problems);
    if (isTaken(ruleSet, rules.catalogue)) {
      const taken = versionTaken(ruleSet);
      throw new Problem('version-exists', taken.detail, { errors: [taken] });
    }
    const there = find(rules.all, ruleSet);
    const recorded = there
      ? rules.recordOf(there)
      : await recordRuleSet(log, rules, { ruleSet, text, origin: 'published', by });
    return {
      status: there ? 'known' : 'published',
      position: recorded?.position ?? (await log.head()).position,
      ruleSet: summaryOf(there ?? ruleSet, rules),
      warnings: warningsOf(checked),
    };
  });
}

function find(ruleSets: readonly RuleSet[], { id, version }: RuleSet): RuleSet | undefined {
  return ruleSets.find((one) => one.id === id && one.version === version);
}

function refused(problems: readonly ProblemError[]): Problem {
  const [first] = problems;
  const detail =
    problems.length === 1 ? first!.detail : `${problems.length} things have to be put right; see "errors".`;
  return new Problem('invalid-rule-set', detail, { errors: problems });
}
