import { Problem } from '@domeinbrug/problems';
import { canonicalForm, type RuleSet } from '@domeinbrug/rules';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Rules } from '../stores/rules.js';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';

export interface RuleSetSummary extends Pick<
  RuleSet,
  'id' | 'version' | 'title' | 'status' | 'publishedOn' | 'source' | 'base' | 'hash'
> {
  /** Whether it came with the product, or was published here. */
  origin: 'shipped' | 'published';
  /** When it was published here, by our clock; `null` for one that came with the product. */
  publishedAt: string | null;
  /** Whether portfolios and feeds are under this one. */
  active: boolean;
  /** Of the one in force and the one on its way there; `null` of every other. */
  activation: RuleSetActivation | null;
}

export interface RuleSetActivation {
  /** `failed`: the last attempt to build failed; it is tried again every few seconds. */
  state: 'building' | 'failed' | 'in-force';
  /** Where the log says that it comes into force. */
  position: string;
  since: string;
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
    return Promise.resolve({ ruleSets: rules.all.map((one) => summaryOf(one, rules)) });
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
    if (!found) throw unknownRuleSet();
    const { provenance, examples } = found;
    return Promise.resolve({
      ...summaryOf(found, rules),
      ...canonicalForm(found),
      provenance,
      examples,
    });
  }
}

export function unknownRuleSet(): Problem {
  return new Problem('rule-set-unknown', 'Look at GET /v1/rule-sets for the ids and versions there are.');
}

/** @param rules those that it is one of */
export function summaryOf(ruleSet: RuleSet, rules: Rules): RuleSetSummary {
  const { id, version, title, status, publishedOn, source, base, hash } = ruleSet;
  const recorded = rules.recordOf(ruleSet);
  const origin = recorded?.data.origin ?? 'shipped';
  return {
    id,
    version,
    title,
    status,
    publishedOn,
    source,
    base,
    hash,
    origin,
    publishedAt: recorded && origin === 'published' ? recorded.time : null,
    active: isSame(ruleSet, rules.active),
    activation: activationOf(ruleSet, rules),
  };
}

function activationOf(ruleSet: RuleSet, { coming, activations, active }: Rules): RuleSetActivation | null {
  if (coming && isSame(ruleSet, coming.ruleSet)) {
    const { recorded, failure } = coming;
    return {
      state: failure === null ? 'building' : 'failed',
      position: recorded.position,
      since: recorded.time,
    };
  }
  if (!isSame(ruleSet, active)) return null;
  const recorded = activations.findLast(({ data }) => isSame(data, active));
  return recorded ? { state: 'in-force', position: recorded.position, since: recorded.time } : null;
}

function isSame(a: Pick<RuleSet, 'id' | 'version'>, b: Pick<RuleSet, 'id' | 'version'>): boolean {
  return a.id === b.id && a.version === b.version;
}
