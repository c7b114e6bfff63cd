import { findRuleSet, loadRuleSets, readRuleSet, type RuleSet } from '@domeinbrug/rules';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { caseText, findWitness, witnessCase, type WitnessSearch } from './index.js';
import { caseRunner, readCases } from '@domeinbrug/cases';

const folder = join(__dirname, '../../../rules');
const loaded = loadRuleSets(
  readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') })),
);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
const shipped = loaded.value;
const shippedSet = (id: string): RuleSet => findRuleSet(shipped, id)!;

function overlay(base: string, change: object): RuleSet {
  const { ruleSet, problems } = readRuleSet({ base, ...change }, shipped, { inline: true });
  if (!ruleSet) throw new Error(JSON.stringify(problems));
  return ruleSet;
}
const options = { seed: 1, tries: 20_000, patience: 60_000 };
function show(name: string, a: RuleSet, b: RuleSet): WitnessSearch {
  const start = performance.now();
  const found = findWitness(a, b, options);
  const ms = Math.round(performance.now() - start);
  const text =
    found.outcome === 'found'
      ? found.witness.events.map((event) => '\n   ' + JSON.stringify(event)).join('')
      : '';
  if (found.outcome === 'found') {
    const written = witnessCase(found.witness, { name: a.id, choice: a.id }, { name: b.id, choice: b.id });
    if (a.id !== 'inline') {
      const textOf = caseText(written);
      const read = readCases('x.yaml', textOf);
      expect(read.problems).toEqual([]);
      expect(caseRunner(shipped).run(read.cases[0]!.case).failures).toEqual([]);
      process.stdout.write(textOf);
    }
  }
  process.stdout.write(`${name}: ${found.outcome} ${'tried' in found ? found.tried : ''} ${ms} ms${text}\n`);
  return found;
}
jest.setTimeout(600_000);
const ids = shipped.ruleSets.map(({ id }) => id);
it('shipped', () => {
  for (const a of ids) for (const b of ids) if (a < b) show(`${a} ${b}`, shippedSet(a), shippedSet(b));
});
const handover = (keys: object): object => ({ windows: [{ id: 'handover', ...keys }] });
const rare: [string, object, object][] = [
  ['local', {}, { parameters: { handoverLength: { insurer: { '3332': { '2025-07-01': 28 } } } } }],
  ['41', {}, { parameters: { handoverLength: { national: { '2015-01-01': 41 } } } }],
  ['provider', {}, { parameters: { handoverLength: { provider: { '71717171': { '2031-03-01': 28 } } } } }],
  [
    'sameProvider',
    {},
    handover({ requires: { claimWithin: { days: '$claimWithinDays' }, sameProvider: true } }),
  ],
  [
    'profile',
    handover({ requires: { claimWithin: { days: 7 }, profile: ['754', '755'] } }),
    handover({ requires: { claimWithin: { days: 7 }, profile: ['754'] } }),
  ],
  [
    'minDays',
    handover({ requires: { claimWithin: { days: 7 }, minDaysInService: 90 } }),
    handover({ requires: { claimWithin: { days: 7 }, minDaysInService: 91 } }),
  ],
  ['carerMinutes', {}, { parameters: { carerMinutes: { national: { '2015-01-01': 'funded' } } } }],
  ['within', {}, { parameters: { claimWithinDays: { national: { '2015-01-01': 8 } } } }],
  ['cap', handover({ cap: { minutes: 900 } }), handover({ cap: { minutes: 901 } })],
  [
    'hospital',
    {},
    { parameters: { hospitalAbsenceDays: { 'care-office': { '5501': { '2020-01-01': 90 } } } } },
  ],
  ['leave', {}, { parameters: { leaveAbsenceDays: { national: { '2015-01-01': 41 } } } }],
  [
    'transition',
    {},
    { parameters: { transitionDay: { municipality: { '0599': { '2022-01-01': 'both' } } } } },
  ],
  [
    'wmoStops',
    {},
    { parameters: { wmoStops: { municipality: { '0599': { '2022-01-01': 'at-delivery' } } } } },
  ],
  [
    'carer',
    { windows: [{ id: 'aftercare', length: { days: 10 } }] },
    {
      windows: [
        {
          id: 'aftercare',
          length: { days: 10 },
          requires: {
            carer: 'recorded-before-death',
            claimWithin: { service: 'case-management', days: '$aftercareWithinDays' },
          },
        },
      ],
    },
  ],
  [
    'blip',
    {},
    { parameters: { cleaningUnderModular: { national: { '2016-05-01': 'wlz', '2016-05-15': 'wmo' } } } },
  ],
  ['cutBy', {}, handover({ cutBy: ['discharge'] })],
  ['repeat', {}, handover({ repeat: 'restart' })],
  ['continue', handover({ repeat: 'restart' }), handover({ repeat: 'continue' })],
  [
    'perDay',
    { parameters: { handoverLength: { national: { '2025-01-01': 20 } } } },
    {
      parameters: { handoverLength: { national: { '2025-01-01': 20 } } },
      windows: [{ id: 'handover', parametersAs: 'per-day' }],
    },
  ],
  ['payer', {}, handover({ payer: 'at-trigger' })],
];
it.each(rare)('rare %s', (name, a, b) => {
  show(name, overlay('six-weeks', a), overlay('six-weeks', b));
});
it('cell', () => {
  for (const service of [
    'mental-health-care',
    'hospital-care',
    'residence',
    'client-support',
    'short-stay',
  ] as const) {
    const row = shippedSet('six-weeks').cover[service]!;
    show(
      service,
      shippedSet('six-weeks'),
      overlay('six-weeks', { cover: { [service]: row.with(7, 'ended') } }),
    );
  }
});
