import { Problem } from '@domeinbrug/platform';
import { canonicalForm, type RuleSet } from '@domeinbrug/rules';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';

export interface RuleSetSummary extends Pick<
  RuleSet,
  'id' | 'version' | 'title' | 'status' | 'publishedOn' | 'source' | 'base' | 'hash'
> {
  /** Whether portfolios and feeds are under this one. */
  active: boolean;
}

/** A rule set whole, overlays applied, written as in its files. */
export interface RuleSetAnswer extends RuleSetSummary {
  provenance: RuleSet['provenance'];
  examples: unknown[];
  /** `parameters`, `cover`, `windows`, `assumedUse` and `prices`: what the hash is over. */
  [part: string]: unknown;
}

/** The rule sets that can be asked for. */
export class ListRuleSets extends Query<{ ruleSets: RuleSetSummary[] }> {}

@QueryHandler(ListRuleSets)
export class ListRuleSetsHandler implements IQueryHandler<ListRuleSets> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  execute(): Promise<{ ruleSets: RuleSetSummary[] }> {
    const { rules } = this.stores;
    return Promise.resolve({ ruleSets: rules.all.map((one) => summaryOf(one, rules.active)) });
  }
}

/** One version of a rule set. */
export class ReadRuleSet extends Query<RuleSetAnswer> {
  constructor(
    readonly id: string,
    readonly version: string,
  ) {
    super();
  }
}

@QueryHandler(ReadRuleSet)
export class ReadRuleSetHandler implements IQueryHandler<ReadRuleSet> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem 404 */
  execute({ id, version }: ReadRuleSet): Promise<RuleSetAnswer> {
    const { rules } = this.stores;
    const found = rules.all.find((one) => one.id === id && one.version === version);
    if (!found) {
      throw new Problem('rule-set-unknown', 'Look at GET /v1/rule-sets for the ids and versions there are.');
    }
    const { provenance, examples } = found;
    return Promise.resolve({
      ...summaryOf(found, rules.active),
      ...canonicalForm(found),
      provenance,
      examples,
    });
  }
}

function summaryOf(ruleSet: RuleSet, active: RuleSet): RuleSetSummary {
  const { id, version, title, status, publishedOn, source, base, hash } = ruleSet;
  const isActive = id === active.id && version === active.version;
  return { id, version, title, status, publishedOn, source, base, hash, active: isActive };
}
