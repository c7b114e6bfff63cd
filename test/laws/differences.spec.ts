import { OPEN_END, type Day } from '@domeinbrug/calendar';
import {
  compileRuleSet,
  coverFacts,
  differenceOf,
  mayDiffer,
  type CompiledRuleSet,
  type Evaluation,
} from '@domeinbrug/coverage';
import { foldJourney, type JourneyFacts } from '@domeinbrug/journey';
import fc from 'fast-check';
import { essence } from './asking.js';
import { histories } from './histories.js';
import { ruleSetPairs } from './rule-set-pairs.js';

const runs = Number(process.env.LAWS_RUNS ?? 500);
const seed = Number(process.env.LAWS_SEED ?? 20240304);
jest.setTimeout(600_000);

interface Told {
  evaluation: Evaluation;
  written: object;
}

/** All that the engine writes, pieces that say the same as one. */
function told(facts: JourneyFacts, rules: CompiledRuleSet): Told {
  const pieces: { key: string; from: Day; until: Day }[] = [];
  const minutes: unknown[] = [];
  const findings = new Set<string>();
  const evaluation = coverFacts(facts, rules, {
    piece: (_, service, from, until, outcome) => {
      const key = JSON.stringify([service, essence(outcome)]);
      const last = pieces.at(-1);
      if (last?.key === key && last.until === from) last.until = until;
      else pieces.push({ key, from, until: Math.min(until, OPEN_END) });
    },
    minutes: (split) => minutes.push(split),
    finding: (code, { opened }) => findings.add(`${code} ${opened}`),
  });
  const paid = pieces.filter(({ key }) => !key.includes('"not-needed","gap":null,"paid":[]'));
  return { evaluation, written: { paid, minutes, findings: [...findings].sort() } };
}

it('a client who cannot differ between two rule sets gets the same pieces, minutes and findings', () => {
  const seen = { same: 0, excluded: 0, changed: 0, kept: 0 };
  fc.assert(
    fc.property(histories, ruleSetPairs, ({ events, knownAt }, pair) => {
      const [a, b] = [compileRuleSet(pair.a), compileRuleSet(pair.b)];
      const facts = foldJourney(events, knownAt);
      const difference = differenceOf(a, b);
      const [before, after] = [told(facts, a), told(facts, b)];
      if (difference.isNone) seen.same++;
      const changed = JSON.stringify(before.written) !== JSON.stringify(after.written);
      if (mayDiffer(difference, before.evaluation, facts)) seen[changed ? 'changed' : 'kept']++;
      else {
        if (!difference.isNone) seen.excluded++;
        expect(after.written).toEqual(before.written);
      }
    }),
    { numRuns: runs, seed },
  );
  // Neither side of the law is empty: differences are found, and clients are excluded although something differs.
  expect(Math.min(seen.same, seen.excluded, seen.changed)).toBeGreaterThan(runs / 50);
});
