import {
  compileRuleSet,
  FunderSettlementAdder,
  FunderTotalsAdder,
  funderDays,
  funderGaps,
  overlapDays,
  OverlapTotalsAdder,
  paidDaysOf,
  rulesAtPricesOf,
  wholeCover,
  type CompiledRuleSet,
  type PaidClient,
  type SettledClient,
} from '@domeinbrug/coverage';
import type { JourneyFacts } from '@domeinbrug/journey';
import type { RuleSet } from '@domeinbrug/rules';
import type { Portfolio } from './portfolio.js';
import type {
  ClientOverlaps,
  FunderDaysAsked,
  Page,
  PageAsked,
  PortfolioQuestions,
  Viewpoint,
} from './portfolio-questions.js';

/** Answers over a portfolio by walking its candidates. */
export function answerQuestions(portfolio: Portfolio): PortfolioQuestions {
  const compiledOf = compiledOnce();

  async function* paidClients(
    { at, ruleSet }: Viewpoint,
    { funder, scope }: FunderDaysAsked,
    after?: string,
  ): AsyncGenerator<{ clientId: string; client: PaidClient }> {
    const rules = compiledOf(ruleSet);
    for await (const slice of portfolio.candidates(funder, [at], after)) {
      for (const { clientId, facts } of slice)
        yield { clientId, client: paidDaysOf(facts[0]!, rules, scope) };
    }
  }

  return {
    async totals(view, asked) {
      const adder = new FunderTotalsAdder(asked);
      for await (const { clientId, client } of paidClients(view, asked)) adder.add(clientId, client);
      return adder.totals();
    },
    clients(view, asked, page) {
      return firstOf(page, paidClients(view, asked, page.after), ({ clientId, client }) =>
        isConcerned(client, asked) ? clientId : undefined,
      );
    },
    async overlapTotals(view, asked) {
      const adder = new OverlapTotalsAdder();
      for await (const { clientId, client } of paidClients(view, withAllServices(asked)))
        adder.add(clientId, overlapsOf(client, asked));
      return adder.totals();
    },
    overlaps(view, asked, page) {
      const clients = paidClients(view, withAllServices(asked), page.after);
      return firstOf(page, clients, ({ clientId, client }): ClientOverlaps | undefined => {
        const overlaps = overlapsOf(client, asked);
        return overlaps.length > 0 ? { clientId, overlaps } : undefined;
      });
    },
    async settlement(from, to, { funder, scope }) {
      const settle = stationsBetween(compiledOf(from.ruleSet), compiledOf(to.ruleSet));
      const adder = new FunderSettlementAdder(funder);
      for await (const slice of portfolio.candidates(funder, [from.at, to.at])) {
        for (const { clientId, facts } of slice)
          adder.add(
            clientId,
            settle(facts[0]!, facts[1]!, (known, rules) => paidDaysOf(known, rules, scope)),
          );
      }
      return adder.settlement();
    },
  };
}

/** Beside which law a day is paid can be told by any service. */
function withAllServices(asked: FunderDaysAsked): FunderDaysAsked {
  return { ...asked, scope: { ...asked.scope, services: wholeCover.services } };
}

function overlapsOf(
  client: PaidClient,
  { funder, scope, kinds }: FunderDaysAsked,
): ClientOverlaps['overlaps'] {
  return overlapDays(client, funder, { services: scope.services, kinds });
}

function isConcerned(client: PaidClient, { funder, kinds }: FunderDaysAsked): boolean {
  return funderDays(client, funder, kinds).length > 0 || (!kinds && funderGaps(client, funder).length > 0);
}

type Pay = (facts: JourneyFacts, rules: CompiledRuleSet) => PaidClient;

/** The stations of {@link SettledClient}; where two rule sets are one, its stations are computed once. */
function stationsBetween(
  before: CompiledRuleSet,
  after: CompiledRuleSet,
): (then: JourneyFacts, now: JourneyFacts, pay: Pay) => SettledClient {
  const isSame = before.hash === after.hash;
  const newRulesOldPrices = rulesAtPricesOf(after, before);
  return (then, now, pay) => {
    const learned = pay(now, before);
    if (isSame) return [pay(then, before), learned, learned, learned];
    return [pay(then, before), learned, pay(now, newRulesOldPrices), pay(now, after)];
  };
}

/** The first that count, until there are enough and one more is seen. */
async function firstOf<C, T>(
  { limit }: PageAsked,
  all: AsyncIterable<C>,
  found: (each: C) => T | undefined,
): Promise<Page<T>> {
  const page: Page<T> = { found: [], more: false };
  for await (const each of all) {
    const one = found(each);
    if (one === undefined) continue;
    if (page.found.length === limit) return { ...page, more: true };
    page.found.push(one);
  }
  return page;
}

/** Few rule sets are asked about, again and again. */
function compiledOnce(): (ruleSet: RuleSet) => CompiledRuleSet {
  const compiled = new Map<string, CompiledRuleSet>();
  return (ruleSet) => {
    const key = `${ruleSet.id}@${ruleSet.version} ${ruleSet.hash}`;
    let rules = compiled.get(key);
    if (!rules) compiled.set(key, (rules = compileRuleSet(ruleSet)));
    return rules;
  };
}
