import { formatDay, parseDay, untilOf } from '@domeinbrug/calendar';
import {
  clipTimeline,
  compileRuleSet,
  determineCoverage,
  FunderSettlementAdder,
  FunderTotalsAdder,
  overlapDays,
  paidDaysOf,
  rulesAtPricesOf,
  wholeCover,
  type Amount,
  type CompiledRuleSet,
  type DaySums,
  type PaidClient,
} from '@domeinbrug/coverage';
import { foldJourney } from '@domeinbrug/journey';
import { clinicServices, services, type Funder } from '@domeinbrug/terms';
import fc from 'fast-check';
import { codes, firstPossibleDay, lastPossibleDay } from './event-drafts.js';
import { histories, type History } from './histories.js';
import { priced } from './prices.js';
import { ruleSets } from './rule-sets.js';

/**
 * What is added up over a funder's clients is what their timelines say, and a settlement lacks no day and no cent of
 * the totals that it lies between.
 */

const runs = Number(process.env.LAWS_RUNS ?? 300);
const seed = Number(process.env.LAWS_SEED ?? 20240304);
jest.setTimeout(600_000);

const day = fc.integer({ min: firstPossibleDay, max: lastPossibleDay });
const scopes = fc.tuple(day, day).map(([a, b]) => ({
  from: Math.min(a, b),
  until: Math.max(a, b) + 1,
  services: wholeCover.services,
}));
const someFunders: Funder[] = [
  ...codes.municipalities.map((code): Funder => `municipality:${code}`),
  ...codes.insurers.map((code): Funder => `insurer:${code}`),
  ...codes.careOffices.map((code): Funder => `care-office:${code}`),
];
const funders = fc.constantFrom(...someFunders);

const pricedRuleSets = fc
  .tuple(ruleSets, priced)
  .map(([ruleSet, some]) => compileRuleSet({ ...ruleSet, prices: some }));

describe('the totals of a funder', () => {
  it('are those of the rows of its clients', () => {
    fc.assert(
      fc.property(
        fc.array(histories, { maxLength: 3 }),
        ruleSets,
        funders,
        scopes,
        (clients, set, funder, scope) => {
          const rules = compileRuleSet(set);
          const adder = new FunderTotalsAdder({ funder });
          clients.forEach((history, at) => adder.add(String(at), paidOf(history, rules, scope)));
          const { clients: paying, days } = adder.totals().cover;
          const rows = clients.map((history) => rowsOf(history, rules, scope, funder));
          expect(paying).toBe(rows.filter((some) => some.length > 0).length);
          expect(days).toBe(rows.flat().reduce((sum, row) => sum + lengthOf(row), 0));
        },
      ),
      { numRuns: runs, seed },
    );
  });
});

describe('the settlement of a funder', () => {
  it('lacks no day and no cent of the totals before and after, and its causes add up to the difference', () => {
    fc.assert(
      fc.property(
        histories,
        pricedRuleSets,
        pricedRuleSets,
        funders,
        scopes,
        (history, before, after, funder, scope) => {
          const then = { ...history, knownAt: history.events[0]?.recordedAt ?? 0 };
          const adder = new FunderSettlementAdder(funder);
          adder.add('client', [
            paidOf(then, before, scope),
            paidOf(history, before, scope),
            paidOf(history, rulesAtPricesOf(after, before), scope),
            paidOf(history, after, scope),
          ]);
          const { from, to, matrix, effects } = adder.settlement();
          expect(from).toEqual(totalsOf(then, before, scope, funder));
          expect(to).toEqual(totalsOf(history, after, scope, funder));
          const paid = matrix.filter((cell) => cell.from.some((share) => share.funder === funder));
          const pays = matrix.filter((cell) => cell.to.some((share) => share.funder === funder));
          expect(sum(paid.map(({ days }) => days))).toBeLessThanOrEqual(from.days);
          expect(added(matrix.map(({ amounts }) => amounts.from))).toEqual(added([from.amounts]));
          expect(added(matrix.map(({ amounts }) => amounts.to))).toEqual(added([to.amounts]));
          expect(sum(pays.map(({ days }) => days))).toBeLessThanOrEqual(to.days);
          const { total, ...causes } = effects;
          expect(total.days).toBe(to.days - from.days);
          expect(sum(Object.values(causes).map(({ days }) => days))).toBe(total.days);
          expect(added(Object.values(causes).map(({ amounts }) => amounts))).toEqual(added([total.amounts]));
          expect(added([from.amounts, total.amounts])).toEqual(added([to.amounts]));
        },
      ),
      { numRuns: runs, seed },
    );
  });
});

describe('overlaps', () => {
  it('are the days on which the funder pays and another law pays the same client, but for care in a clinic', () => {
    fc.assert(
      fc.property(histories, ruleSets, funders, scopes, (history, set, funder, scope) => {
        const rules = compileRuleSet(set);
        const found = overlapDays(paidOf(history, rules, scope), funder);
        const { cover } = timelineOf(history, rules);
        for (let at = scope.from; at < Math.min(scope.until, scope.from + 200); at++) {
          const today = cover.filter((row) => parseDay(row.firstDay) <= at && at < untilOf(row.lastDay));
          const expected = today
            .filter((row) => row.funder === funder && row.law !== null)
            .flatMap((own) => {
              const others = today.filter(
                (row) =>
                  row.funder !== funder &&
                  row.law &&
                  row.law !== own.law &&
                  !clinicServices.includes(row.service),
              );
              return [...new Set(others.map(({ law }) => law))].map((law) => {
                const same = others.some((row) => row.law === law && row.service === own.service);
                return `${own.service} ${own.law} ${own.rule} beside ${law} ${same ? 'service' : 'client'}`;
              });
            });
          const told = found
            .filter(({ from, until }) => from <= at && at < until)
            .map(
              ({ service, law, rule, beside }) =>
                `${services[service]} ${law} ${rule} beside ${beside.law} ${beside.pays}`,
            );
          expect(told.sort()).toEqual(expected.sort());
        }
      }),
      { numRuns: runs, seed },
    );
  });
});

type Scope = typeof wholeCover;

function paidOf({ events, knownAt }: History, rules: CompiledRuleSet, scope: Scope): PaidClient {
  return paidDaysOf(foldJourney(events, knownAt), rules, scope);
}

function timelineOf({ events, knownAt }: History, rules: CompiledRuleSet) {
  return determineCoverage({ clientId: 'client0001', events }, rules, { instant: knownAt, position: '0' });
}

function rowsOf(history: History, rules: CompiledRuleSet, { from, until }: Scope, funder: Funder) {
  const period = { firstDay: formatDay(from), lastDay: formatDay(until - 1) };
  return clipTimeline(timelineOf(history, rules), period).cover.filter((row) => row.funder === funder);
}

function lengthOf({ firstDay, lastDay }: { firstDay: string; lastDay: string | null }): number {
  return untilOf(lastDay) - parseDay(firstDay);
}

function totalsOf(history: History, rules: CompiledRuleSet, scope: Scope, funder: Funder): DaySums {
  const adder = new FunderTotalsAdder({ funder });
  adder.add('client', paidOf(history, rules, scope));
  const { clients, days, unpricedDays, amounts } = adder.totals().cover;
  return { clients, days, unpricedDays, amounts };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Amounts by basis, without those of nothing. */
function added(amounts: readonly (readonly Amount[])[]): string[] {
  const sums = new Map<string, [number, number, number]>();
  for (const { basis, low, mid, high } of amounts.flat()) {
    const [a, b, c] = sums.get(basis) ?? [0, 0, 0];
    sums.set(basis, [a + low, b + mid, c + high]);
  }
  return [...sums]
    .filter(([, cents]) => cents.some((cent) => cent !== 0))
    .map(([basis, cents]) => `${basis} ${cents.join(' ')}`)
    .sort();
}
