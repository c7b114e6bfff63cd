import { checkRuleSet, type CheckedRuleSet } from '@domeinbrug/cases';
import type { ProblemError } from '@domeinbrug/problems';
import { findRuleSet, type RuleSet, type RuleSetCatalogue } from '@domeinbrug/rules';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { nameOf } from '../stores/rules.js';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';

/** One thing about a rule set, and where in its text. */
export interface RuleSetFinding extends ProblemError {
  /** From 1; absent of what is about no line. */
  line?: number;
}

export interface RuleSetFindings {
  /** Why it would be refused; none = it can be published. */
  problems: RuleSetFinding[];
  /** What is allowed and probably not meant. */
  warnings: RuleSetFinding[];
  /** Of what it means over its base; `null` when that cannot be read. */
  hash: string | null;
}

/** What would be said of a rule set if it were published. Nothing is stored. */
export class ValidateRuleSet extends Query<RuleSetFindings> {
  /** @param text YAML or JSON */
  constructor(readonly text: string) {
    super();
  }
}

@QueryHandler(ValidateRuleSet)
export class ValidateRuleSetHandler implements IQueryHandler<ValidateRuleSet> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  execute({ text }: ValidateRuleSet): Promise<RuleSetFindings> {
    const { catalogue } = this.stores.rules;
    const checked = checkRuleSet(text, catalogue);
    const { ruleSet } = checked;
    const taken = ruleSet && isTaken(ruleSet, catalogue) ? [versionTaken(ruleSet)] : [];
    return Promise.resolve({
      problems: [...problemsOf(checked), ...taken],
      warnings: warningsOf(checked),
      hash: ruleSet?.hash ?? null,
    });
  }
}

/** Why a rule set is refused on its own account: its form, its meaning, and examples that do not hold. */
export function problemsOf({ problems, examples }: CheckedRuleSet): RuleSetFinding[] {
  const failing = examples.filter(({ failures }) => failures.length > 0);
  return [
    ...problems.map(({ pointer, code, message, line }) => ({
      pointer,
      code,
      detail: message,
      ...(line === null ? {} : { line }),
    })),
    ...failing.map(({ index, id, failures }) => ({
      pointer: `/examples/${index}`,
      code: 'example-fails',
      detail: `The example ${id} does not hold; put the rules or the example right. ${failures.join('\n')}`,
    })),
  ];
}

export function warningsOf({ warnings }: CheckedRuleSet): RuleSetFinding[] {
  return warnings.map(({ pointer, code, message }) => ({ pointer, code, detail: message }));
}

/** Whether the version is there with other rules. */
export function isTaken(ruleSet: RuleSet, catalogue: RuleSetCatalogue): boolean {
  const there = findRuleSet(catalogue, { id: ruleSet.id, version: ruleSet.version });
  return there !== undefined && there.hash !== ruleSet.hash;
}

export function versionTaken(ruleSet: RuleSet): ProblemError {
  return {
    pointer: '/version',
    code: 'version-exists',
    detail: `${nameOf(ruleSet)} is there with other rules, and what is published stays. Give this one a new version.`,
  };
}
