import type { ArchiveReader } from '@domeinbrug/archive';
import { formatDay } from '@domeinbrug/calendar';
import { clipTimeline, compileRuleSet, determineCoverage } from '@domeinbrug/coverage';
import {
  figuresOf,
  replaySlice,
  ruleSetAt,
  sweepOf,
  sweepSlice,
  sweepSums,
  type SweepFigures,
  type SweepSum,
} from '@domeinbrug/replay';
import { parametersRead, type RuleSet } from '@domeinbrug/rules';
import fc from 'fast-check';
import { histories, type History } from './histories.js';
import { priced } from './prices.js';
import { archiveOf, periods } from './replayed.js';
import { ruleSets } from './rule-sets.js';

/** One pass over many values of a parameter says at each what a whole replay with that value says. */

const runs = Number(process.env.LAWS_RUNS ?? 150);
const seed = Number(process.env.LAWS_SEED ?? 20240304);
jest.setTimeout(600_000);

const asked = fc
  .record({
    all: fc.array(histories, { minLength: 1, maxLength: 5 }),
    ruleSet: ruleSets,
    prices: fc.oneof(fc.constant({}), priced),
    baseline: ruleSets,
    period: periods,
    values: fc.uniqueArray(fc.integer({ min: 0, max: 120 }), { minLength: 2, maxLength: 4 }),
    pick: fc.nat(),
  })
  .map(({ ruleSet, prices, values, pick, ...others }) => {
    const alternative = { ...ruleSet, prices };
    const numbers = numbersOf(alternative);
    return {
      ...others,
      alternative,
      vary: { parameter: numbers[pick % numbers.length]!, values: values.sort((a, b) => a - b) },
    };
  });

function numbersOf(ruleSet: RuleSet): string[] {
  const read = parametersRead(ruleSet);
  const lengths = ['daysLength', 'weeksLength', 'monthsLength', 'claimWithinDays', 'leaveAbsenceDays'];
  const known = lengths.filter((name) => read.has(name) && ruleSet.parameters[name]);
  return known.length > 0 ? known : ['leaveAbsenceDays'];
}

const methods = { histogram: 0, footprint: 0 };

it('says at each value what a replay with that value says, by either method', () => {
  fc.assert(
    fc.property(asked, ({ all, alternative, baseline, period, vary }) => {
      const reader = archiveOf(all);
      const question = { baseline, alternative, period, event: reader.lastEvent, population: {}, vary };
      const state = sweepSlice(reader, question, all.keys(), () => true)!;
      const sweep = sweepOf([state], alternative, vary);
      methods[sweep.method] += 1;
      let before = baseline;
      for (const point of sweep.points) {
        const at = ruleSetAt(alternative, vary.parameter, point.value);
        expect(told(point)).toEqual(replayed(reader, all, at, period));
        expect(point.clients).toBe(
          all.filter((one) => live(one, before, period) !== live(one, at, period)).length,
        );
        before = at;
      }
    }),
    { seed, numRuns: runs },
  );
  expect(methods.histogram).toBeGreaterThan(0);
  expect(methods.footprint).toBeGreaterThan(0);
});

it('counts who has any of each sum, and for whom it differs from its neighbours', () => {
  fc.assert(
    fc.property(asked, ({ all, alternative, baseline, period, vary }) => {
      const sweepOver = (some: readonly History[]): SweepFigures => {
        const reader = archiveOf(some);
        const question = { baseline, alternative, period, event: reader.lastEvent, population: {}, vary };
        return sweepOf([sweepSlice(reader, question, some.keys(), () => true)!], alternative, vary);
      };
      const each = all.map((one) => sweepOver([one]).points);
      const { changed, behind, fromOwn } = sweepOver(all);
      const asItIs = all.map((one) => replayed(archiveOf([one]), [one], alternative, period));
      for (const [at, name] of sweepSums.entries()) {
        if (name === 'clients') continue;
        const count = (holds: (points: SweepFigures['points'], client: number) => boolean): number =>
          each.filter(holds).length;
        vary.values.forEach((_, value) => {
          expect([name, behind[value]![at]]).toEqual([name, count((points) => points[value]![name] !== 0)]);
          if (isDays(name)) {
            const differs = count((points, client) => points[value]![name] !== asItIs[client]![name]);
            expect([name, fromOwn[value]![at]]).toEqual([name, differs]);
          }
          if (value === 0) return;
          const steps = count((points) => points[value - 1]![name] !== points[value]![name]);
          expect([name, changed[value]![at]]).toEqual([name, steps]);
        });
      }
    }),
    { seed, numRuns: runs },
  );
});

const daysNames = ['wmo', 'zvw', 'wlz', 'joint', 'gapDays'] as const;
type Days = Record<(typeof daysNames)[number], number>;

function isDays(name: SweepSum): name is keyof Days {
  return (daysNames as readonly string[]).includes(name);
}

function told({ wmo, zvw, wlz, joint, gapDays }: SweepFigures['points'][number]): Days {
  return { wmo, zvw, wlz, joint, gapDays };
}

function replayed(
  reader: ArchiveReader,
  all: readonly History[],
  ruleSet: RuleSet,
  period: { from: number; until: number },
): Days {
  const slice = replaySlice(
    reader,
    {
      baseline: ruleSet,
      alternative: ruleSet,
      period,
      event: reader.lastEvent,
      lastKnownDay: period.until,
      population: {},
      by: [],
      figures: true,
      mostCells: 1_000,
      mostRows: Infinity,
    },
    all.keys(),
    () => true,
  )!;
  const { laws, gaps } = figuresOf([slice], { baseline: ruleSet, alternative: ruleSet });
  const days = (law: string): number => laws.rows.find(({ labels }) => labels[0] === law)?.baseline.days ?? 0;
  const gapDays = gaps.rows.reduce((sum, { baseline }) => sum + baseline.days, 0);
  return { wmo: days('wmo'), zvw: days('zvw'), wlz: days('wlz'), joint: days('joint'), gapDays };
}

/** Who pays and where nobody does, without why. */
function live(
  { events, knownAt }: History,
  ruleSet: RuleSet,
  period: { from: number; until: number },
): string {
  const timeline = determineCoverage({ clientId: 'x', events }, compileRuleSet(ruleSet), {
    instant: knownAt,
    position: '1',
  });
  const clip = { firstDay: formatDay(period.from), lastDay: formatDay(period.until - 1) };
  const { cover, gaps } = clipTimeline(timeline, clip);
  const bare = [...cover, ...gaps].map(({ because: _, ...row }) => JSON.stringify(row));
  return bare.sort().join('\n');
}
