import { findRuleSet, loadRuleSets, readRuleSet, type RuleSet } from '@domeinbrug/rules';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { caseRunner, readCases } from '@domeinbrug/cases';
import {
  caseText,
  findWitness,
  witnessCase,
  type SearchOptions,
  type Witness,
  type WitnessSearch,
} from './index.js';

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

const search = (a: RuleSet, b: RuleSet, options: Partial<SearchOptions> = {}): WitnessSearch =>
  findWitness(a, b, { seed: 1, tries: 20_000, patience: 60_000, ...options });

function witnessOf(a: RuleSet, b: RuleSet): Witness {
  const found = search(a, b);
  if (found.outcome !== 'found') throw new Error(`${found.outcome}, where there is a difference`);
  return found.witness;
}

/** What the case that is printed says when it is run. */
function failuresOf(witness: Witness, a: string | object, b: string | object): string[] {
  const [one, other] = [a, b].map((choice, at) => ({
    name: ['one', 'other'][at]!,
    choice: choice as string,
  }));
  const { cases, problems } = readCases('witness.yaml', caseText(witnessCase(witness, one!, other!)));
  return [
    ...problems.map(({ message }) => message),
    ...cases.flatMap((each) => caseRunner(shipped).run(each.case).failures),
  ];
}

const ids = shipped.ruleSets.map(({ id }) => id);
const pairs = ids.flatMap((a) => ids.filter((b) => a < b).map((b): [string, string] => [a, b]));
jest.setTimeout(120_000);

it.each(pairs)('tells %s and %s apart with at most four events, as a case that holds', (a, b) => {
  const witness = witnessOf(shippedSet(a), shippedSet(b));
  expect(witness.events.length).toBeLessThanOrEqual(4);
  expect(failuresOf(witness, a, b)).toEqual([]);
});

const handover = (keys: object): object => ({ windows: [{ id: 'handover', ...keys }] });
/** Over `six-weeks`: what the one and the other say. */
const rare: [what: string, one: object, other: object][] = [
  [
    'a value of one insurer from one day',
    {},
    { parameters: { handoverLength: { insurer: { '3332': { '2025-07-01': 28 } } } } },
  ],
  ['one day less', {}, { parameters: { handoverLength: { national: { '2015-01-01': 41 } } } }],
  [
    'a value of one provider, years ahead',
    {},
    { parameters: { handoverLength: { provider: { '71717171': { '2031-03-01': 28 } } } } },
  ],
  [
    'the same provider on both sides',
    {},
    handover({ requires: { claimWithin: { days: '$claimWithinDays' }, sameProvider: true } }),
  ],
  [
    'one profile more',
    handover({ requires: { claimWithin: { days: 7 }, profile: ['754', '755'] } }),
    handover({ requires: { claimWithin: { days: 7 }, profile: ['754'] } }),
  ],
  [
    'one day more of service',
    handover({ requires: { claimWithin: { days: 7 }, minDaysInService: 90 } }),
    handover({ requires: { claimWithin: { days: 7 }, minDaysInService: 91 } }),
  ],
  ['time for the carer', {}, { parameters: { carerMinutes: { national: { '2015-01-01': 'funded' } } } }],
  [
    'one day more since the claim',
    {},
    { parameters: { claimWithinDays: { national: { '2015-01-01': 8 } } } },
  ],
  ['one minute more', handover({ cap: { minutes: 900 } }), handover({ cap: { minutes: 901 } })],
  [
    'one day less away in hospital, at one care office',
    {},
    { parameters: { hospitalAbsenceDays: { 'care-office': { '5501': { '2020-01-01': 90 } } } } },
  ],
  ['one day less of leave', {}, { parameters: { leaveAbsenceDays: { national: { '2015-01-01': 41 } } } }],
  [
    'the transition day, in one municipality',
    {},
    { parameters: { transitionDay: { municipality: { '0599': { '2022-01-01': 'both' } } } } },
  ],
  [
    'when the Wmo stops, in one municipality',
    {},
    { parameters: { wmoStops: { municipality: { '0599': { '2022-01-01': 'at-delivery' } } } } },
  ],
  [
    'a carer told of too late',
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
    'two weeks in the past',
    {},
    { parameters: { cleaningUnderModular: { national: { '2016-05-01': 'wlz', '2016-05-15': 'wmo' } } } },
  ],
  ['what cuts a window', {}, handover({ cutBy: ['discharge'] })],
  ['a second admission', {}, handover({ repeat: 'restart' })],
  ['what is left at a second admission', handover({ repeat: 'restart' }), handover({ repeat: 'continue' })],
  [
    'a length that changes while the window runs',
    { parameters: { handoverLength: { national: { '2025-01-01': 20 } } } },
    {
      parameters: { handoverLength: { national: { '2025-01-01': 20 } } },
      windows: [{ id: 'handover', parametersAs: 'per-day' }],
    },
  ],
  ['who pays after a change of insurer', {}, handover({ payer: 'at-trigger' })],
];

it.each(rare)('finds what is rare: %s', (_, a, b) => {
  const [one, other] = [overlay('six-weeks', a), overlay('six-weeks', b)];
  const witness = witnessOf(one, other);
  expect(witness.events.length).toBeLessThanOrEqual(6);
  expect(failuresOf(witness, { base: 'six-weeks', ...a }, { base: 'six-weeks', ...b })).toEqual([]);
});

const rows = ['mental-health-care', 'hospital-care', 'residence', 'client-support', 'short-stay'] as const;
it.each(rows)('finds one cell of %s', (service) => {
  const row = { cover: { [service]: shippedSet('six-weeks').cover[service]!.with(7, 'ended') } };
  expect(witnessOf(shippedSet('six-weeks'), overlay('six-weeks', row)).events.length).toBeLessThanOrEqual(4);
});

it('gives the same witness for the same seed', () => {
  const [a, b] = [shippedSet('six-weeks'), shippedSet('split-payment')];
  expect(search(a, b, { seed: 7 })).toEqual(search(a, b, { seed: 7 }));
});

it('knows of itself where there can be none', () => {
  const a = shippedSet('six-weeks');
  expect(search(a, { ...a, title: 'Another title' })).toEqual({ outcome: 'same-meaning' });
  const prices = { 'case-management': { unit: 'cent-per-hour', national: { '2024-01-01': 8835 } } };
  expect(search(a, overlay('six-weeks', { prices }))).toEqual({ outcome: 'same-cover' });
});

it('says how many it tried when it found none', () => {
  const [a, b] = [handover({ repeat: 'restart' }), handover({ repeat: 'continue' })];
  expect(search(overlay('six-weeks', a), overlay('six-weeks', b), { tries: 2 })).toEqual({
    outcome: 'not-found',
    tried: 2,
  });
});
