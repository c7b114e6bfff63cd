import { formatDay, untilOf, type DayRange } from '@domeinbrug/calendar';
import {
  clipTimeline,
  compileRuleSet,
  determineCoverage,
  funderDays,
  paidDaysOf,
  wholeCover,
  type CoverageTimeline,
} from '@domeinbrug/coverage';
import { foldJourney, type JourneyFacts } from '@domeinbrug/journey';
import {
  cellsOf,
  figuresOf,
  replaySlice,
  type CellRow,
  type Dimension,
  type SliceQuestion,
} from '@domeinbrug/replay';
import type { RuleSet } from '@domeinbrug/rules';
import { services, type Funder } from '@domeinbrug/terms';
import fc from 'fast-check';
import { histories, type History } from './histories.js';
import { priced } from './prices.js';
import { archiveOf, periods } from './replayed.js';
import { ruleSetPairs } from './rule-set-pairs.js';

/** A replay adds up what live answers say, cell by cell and client by client. */

const runs = Number(process.env.LAWS_RUNS ?? 150);
const seed = Number(process.env.LAWS_SEED ?? 20240304);
jest.setTimeout(600_000);

const groupings: Dimension[][] = [
  ['funder', 'service', 'kind', 'month'],
  ['service', 'month'],
  ['funder'],
  ['kind', 'region'],
  ['funder', 'service', 'kind', 'month', 'region', 'provider'],
];
const populations = fc.array(histories, { minLength: 1, maxLength: 6 });

interface Asked {
  all: History[];
  pair: { a: RuleSet; b: RuleSet };
  period: DayRange;
  by: Dimension[];
}
const asked = fc.record({
  all: populations,
  pair: ruleSetPairs,
  period: periods,
  by: fc.constantFrom(...groupings),
});

function questionOf({ pair, period, by }: Asked, event: number): SliceQuestion {
  return {
    baseline: pair.a,
    alternative: pair.b,
    period,
    event,
    lastKnownDay: period.until,
    population: {},
    by,
    figures: true,
    mostCells: 100_000,
    mostRows: Infinity,
  };
}

/** The rows of a client's live answer that lie in the period. */
function live({ events, knownAt }: History, ruleSet: RuleSet, period: DayRange): CoverageTimeline {
  const timeline = determineCoverage({ clientId: 'x', events }, compileRuleSet(ruleSet), {
    instant: knownAt,
    position: '1',
  });
  return clipTimeline(timeline, { firstDay: formatDay(period.from), lastDay: formatDay(period.until - 1) });
}

/** By labels: days, and who has any. */
function countByHand(
  { all, period, by }: Asked,
  ruleSet: RuleSet,
): Map<string, { days: number; who: Set<number> }> {
  const cells = new Map<string, { days: number; who: Set<number> }>();
  all.forEach((history, client) => {
    const facts = foldJourney(history.events, history.knownAt);
    for (const row of live(history, ruleSet, period).cover) {
      const until = row.lastDay === null ? period.until : untilOf(row.lastDay);
      for (let each = untilOf(row.firstDay) - 1; each < until; each++) {
        const labels: Record<Dimension, string | null> = {
          ...row,
          month: formatDay(each).slice(0, 7),
          region: regionOf(facts, each),
        };
        const name = by.map((dimension) => String(labels[dimension])).join(' ');
        const cell = cells.get(name) ?? { days: 0, who: new Set() };
        cell.days += 1;
        cell.who.add(client);
        cells.set(name, cell);
      }
    }
  });
  return cells;
}

function regionOf({ state }: JourneyFacts, on: number): string | null {
  const { careOffice } = state.find(({ from, until }) => from <= on && on < until) ?? state.at(-1)!;
  return careOffice < 0 ? null : String(careOffice).padStart(4, '0');
}

describe('a replay', () => {
  it('has in each cell the days and clients of the live rows, under both rule sets', () => {
    fc.assert(
      fc.property(asked, (each) => {
        const reader = archiveOf(each.all);
        const slice = replaySlice(reader, questionOf(each, reader.lastEvent), each.all.keys(), () => true)!;
        const { rows } = cellsOf([slice], { ...each, pools: reader.pools });
        for (const [side, ruleSet] of [
          ['baseline', each.pair.a],
          ['alternative', each.pair.b],
        ] as const) {
          const expected = [...countByHand(each, ruleSet)].map(([name, { days, who }]) => [
            name,
            days,
            who.size,
          ]);
          const found = rows
            .filter((row) => row[side].days > 0)
            .map((row) => [row.labels.map(String).join(' '), row[side].days, row[side].clients]);
          expect(found.sort()).toEqual(expected.sort());
        }
      }),
      { seed, numRuns: runs },
    );
  });

  it('counts who has another number of days in a cell', () => {
    fc.assert(
      fc.property(asked, (each) => {
        const reader = archiveOf(each.all);
        const slice = replaySlice(reader, questionOf(each, reader.lastEvent), each.all.keys(), () => true)!;
        const { rows } = cellsOf([slice], { ...each, pools: reader.pools });
        const changed = new Map<string, number>();
        for (const history of each.all) {
          const [a, b] = [each.pair.a, each.pair.b].map((ruleSet) =>
            countByHand({ ...each, all: [history] }, ruleSet),
          );
          for (const name of new Set([...a!.keys(), ...b!.keys()]))
            if (a!.get(name)?.days !== b!.get(name)?.days) changed.set(name, (changed.get(name) ?? 0) + 1);
        }
        const found = rows
          .filter(({ changedClients }) => changedClients > 0)
          .map(({ labels, changedClients }) => [labels.map(String).join(' '), changedClients] as const);
        expect(new Map(found)).toEqual(changed);
      }),
      { seed, numRuns: runs },
    );
  });

  it('counts who stands behind the amounts of a cell, and for whom they differ', () => {
    fc.assert(
      fc.property(asked, priced, priced, (each, pricesA, pricesB) => {
        const pair = { a: { ...each.pair.a, prices: pricesA }, b: { ...each.pair.b, prices: pricesB } };
        const reader = archiveOf(each.all);
        const question = questionOf({ ...each, pair }, reader.lastEvent);
        const rowsOf = (clients: Iterable<number>): readonly CellRow[] =>
          cellsOf([replaySlice(reader, question, clients, () => true)!], { ...each, pools: reader.pools })
            .rows;
        const behind = new Map<string, number[]>();
        for (const client of each.all.keys()) {
          for (const row of rowsOf([client])) {
            const [name, counts] = [row.labels.join(), behindOne(row, pair)];
            behind.set(
              name,
              counts.map((count, at) => count + (behind.get(name)?.[at] ?? 0)),
            );
          }
        }
        const found = rowsOf(each.all.keys()).map((row) => [row.labels.join(), row.behind] as const);
        expect(new Map(found)).toEqual(behind);
      }),
      { seed, numRuns: runs },
    );
  });

  it('adds up amounts by basis to the cents of the live settlement of each funder', () => {
    fc.assert(
      fc.property(asked, priced, priced, (each, pricesA, pricesB) => {
        const pair = { a: { ...each.pair.a, prices: pricesA }, b: { ...each.pair.b, prices: pricesB } };
        const question = { ...each, pair, by: ['funder'] as Dimension[] };
        const reader = archiveOf(each.all);
        const slice = replaySlice(
          reader,
          questionOf(question, reader.lastEvent),
          each.all.keys(),
          () => true,
        )!;
        const { rows } = cellsOf([slice], { ...question, pools: reader.pools });
        for (const { labels, ...sides } of rows) {
          for (const [side, ruleSet] of [
            ['baseline', pair.a],
            ['alternative', pair.b],
          ] as const) {
            const { recorded, agreed, unpricedDays } = sides[side];
            expect({ recorded, agreed, unpricedDays }).toEqual(
              amountsByHand(each.all, ruleSet, labels[0] as Funder, each.period),
            );
          }
        }
      }),
      { seed, numRuns: runs },
    );
  });

  it('tells gap days, overlap days and who gains and loses as the live rows do', () => {
    fc.assert(
      fc.property(asked, (each) => {
        const reader = archiveOf(each.all);
        const slice = replaySlice(reader, questionOf(each, reader.lastEvent), each.all.keys(), () => true)!;
        const figures = figuresOf([slice], { baseline: each.pair.a, alternative: each.pair.b });
        const gapDays = (side: 'baseline' | 'alternative'): number =>
          figures.gaps.rows.reduce((sum, line) => sum + line[side].days, 0);
        const lived = (ruleSet: RuleSet): CoverageTimeline[] =>
          each.all.map((history) => live(history, ruleSet, each.period));
        const [before, after] = [lived(each.pair.a), lived(each.pair.b)];
        expect(gapDays('baseline')).toBe(daysIn(before.map(({ gaps }) => gaps).flat(), each.period));
        expect(gapDays('alternative')).toBe(daysIn(after.map(({ gaps }) => gaps).flat(), each.period));
        const coveredBy = (timeline: CoverageTimeline): Set<string> => serviceDays(timeline, each.period);
        const only = (some: Set<string>, others: Set<string>): number =>
          [...some].filter((one) => !others.has(one)).length;
        const balances = before.map((timeline, at) => {
          const [a, b] = [coveredBy(timeline), coveredBy(after[at]!)];
          return { gained: only(b, a), lost: only(a, b) };
        });
        const sum = (pick: (each: (typeof balances)[number]) => number): number =>
          balances.reduce((total, balance) => total + pick(balance), 0);
        const { daysGained, daysLost, gaining, losing, clients } = figures.counts;
        expect({ daysGained, daysLost, gaining, losing, clients }).toEqual({
          daysGained: sum(({ gained }) => gained),
          daysLost: sum(({ lost }) => lost),
          gaining: sum(({ gained }) => Number(gained > 0)),
          losing: sum(({ lost }) => Number(lost > 0)),
          clients: each.all.filter(isKnown).length,
        });
        const covered = before.reduce((total, timeline) => total + coveredBy(timeline).size, 0);
        expect(figures.covered.rows[0]?.baseline.days ?? 0).toBe(covered);
      }),
      { seed, numRuns: runs },
    );
  });
});

const lists = [
  'homes',
  'insured',
  'careOffices',
  'claims',
  'entitlements',
  'deliveries',
  'treatments',
  'bridgings',
  'stays',
  'absences',
  'consents',
  'carers',
  'joint',
  'completions',
  'activities',
  'milestones',
] as const;

/** Only of whom something is known can it be told who pays. */
function isKnown({ events, knownAt }: History): boolean {
  const facts = foldJourney(events, knownAt);
  return facts.death !== null || lists.some((name) => facts[name].length > 0);
}

function daysIn(rows: readonly { firstDay: string; lastDay: string | null }[], period: DayRange): number {
  return rows.reduce(
    (sum, { firstDay, lastDay }) =>
      sum + (lastDay === null ? period.until : untilOf(lastDay)) - (untilOf(firstDay) - 1),
    0,
  );
}

function serviceDays({ cover }: CoverageTimeline, period: DayRange): Set<string> {
  const days = new Set<string>();
  for (const { service, firstDay, lastDay } of cover) {
    const until = lastDay === null ? period.until : untilOf(lastDay);
    for (let each = untilOf(firstDay) - 1; each < until; each++) days.add(`${service} ${each}`);
  }
  return days;
}

/** A funder's days of the period, priced one by one out of its whole rows. */
function amountsByHand(
  all: readonly History[],
  ruleSet: RuleSet,
  funder: Funder,
  period: DayRange,
): { recorded: number; agreed: number; unpricedDays: number } {
  const sums = { recorded: 0, agreed: 0, unpricedDays: 0 };
  for (const { events, knownAt } of all) {
    const client = paidDaysOf(foldJourney(events, knownAt), compileRuleSet(ruleSet), {
      ...wholeCover,
      services: [...services.keys()],
    });
    const ended = {
      ...client,
      paid: client.paid.map((row) =>
        row.until > period.until && row.until === wholeCover.until
          ? { ...row, until: Math.max(row.from, period.until) }
          : row,
      ),
    };
    for (const row of funderDays(ended, funder)) {
      const [from, until] = [Math.max(row.from, period.from), Math.min(row.until, period.until)];
      if (from >= until) continue;
      if (!row.cost) sums.unpricedDays += until - from;
      else if (row.cost.basis !== 'assumed')
        sums[row.cost.basis] += row.cost.before(until).mid - row.cost.before(from).mid;
    }
  }
  return sums;
}

/** Of one client's row: 1 where there is an amount on a basis, or days without one, on either side, and where one differs. */
function behindOne({ baseline, alternative, change, behind }: CellRow, pair: Asked['pair']): number[] {
  const { days, unpricedDays, recorded, agreed, assumedLow, assumedMid, assumedHigh } = change;
  // Without any price nobody has an amount, and that says nothing of anybody.
  const isPriced = [pair.a, pair.b].some(({ prices }) => Object.keys(prices).length > 0);
  const amounts = [days - unpricedDays, recorded, agreed, assumedLow, assumedMid, assumedHigh];
  const differs = [...amounts, isPriced ? unpricedDays : 0];
  const sides = [baseline, alternative].flatMap((side, at) => {
    if (!isPriced) return [0, 0, 0, 0];
    // An amount of nothing is one all the same: that it is there was counted.
    return [side.recorded, side.agreed, side.assumedHigh, side.unpricedDays].map((sum, group) =>
      sum === 0 ? behind[4 * at + group]! : 1,
    );
  });
  return [...sides, ...differs.map((sum) => (sum === 0 ? 0 : 1))];
}
