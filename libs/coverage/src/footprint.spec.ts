import { admitted, caseManager, entitled, registered } from '../../../test/build/events.js';
import { fold } from '../../../test/build/answers.js';
import { rulesWith, windowWith } from '../../../test/build/rule-sets.js';
import { collectingSink } from './collecting-sink.js';
import type { CompiledRuleSet } from './compile.js';
import { coverFacts } from './cover-facts.js';
import { footprintOf } from './evaluation.js';
import type { JourneyEvent } from '@domeinbrug/journey';

/** The parameters that answering for a client read, by name. */
function namesRead(rules: CompiledRuleSet, ...events: JourneyEvent[]): string[] {
  const footprint = footprintOf(coverFacts(fold(...events), rules, collectingSink()));
  return rules.parameters.filter(({ bit }) => footprint & bit).map(({ name }) => name);
}

const history = [
  registered('2023-01-01'),
  caseManager('2023-06-01'),
  entitled('2024-03-04'),
  admitted('2024-03-04'),
];
const lengthOf = (days: number): Record<string, unknown> => ({
  length: { unit: 'days', allowed: { min: 0, max: 182 }, national: { '2015-01-01': days } },
});

describe('the footprint', () => {
  it.each(['at-trigger', 'per-day'])(
    'has a length of nought that was read %s: a greater one would open the window',
    (parametersAs) => {
      const rules = rulesWith({
        parameters: lengthOf(0),
        windows: [windowWith({ length: '$length', parametersAs })],
      });
      expect(namesRead(rules, ...history)).toContain('length');
    },
  );

  it('leaves out the length of a window that nothing opened', () => {
    const rules = rulesWith({ parameters: lengthOf(42), windows: [windowWith({ length: '$length' })] });
    expect(namesRead(rules, ...history.slice(0, 3))).not.toContain('length');
  });

  it('leaves out the length of a window whose requirements were not met', () => {
    const within = { requires: { claimWithin: { days: 7 } } };
    const rules = rulesWith({
      parameters: lengthOf(42),
      windows: [
        windowWith({
          length: '$length',
          services: ['guidance'],
          pays: [{ law: 'wmo', share: 100 }],
          ...within,
        }),
      ],
    });
    expect(namesRead(rules, ...history)).not.toContain('length');
  });
});
