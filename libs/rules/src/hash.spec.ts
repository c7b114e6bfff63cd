import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseDocument, stringify } from 'yaml';
import { emptyCatalogue, readRuleSet, type RuleSet } from './index.js';

const text = readFileSync(join(__dirname, '../../../rules/sharp-cut.yaml'), 'utf8');
const original = read(text);

function read(source: unknown): RuleSet {
  const { ruleSet, problems } = readRuleSet(source, emptyCatalogue);
  if (!ruleSet) throw new Error(JSON.stringify(problems));
  return ruleSet;
}

/** A text taken apart; what stands where is the test's own business. */
type Tree = ReturnType<typeof parse>;

/** The hash of sharp-cut after a change to what its text says. */
function hashWith(change: (tree: Tree) => void): string {
  const tree = parse(text);
  change(tree);
  return read(tree).hash;
}

function turnRound(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turnRound);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, turnRound(inner)]),
  );
}

describe('the same meaning has the same hash', () => {
  test('as JSON, without comments, keys turned round', () => {
    expect(read(JSON.stringify(parse(text))).hash).toBe(original.hash);
    expect(read(stringify(turnRound(parse(text)))).hash).toBe(original.hash);
  });

  test('with other comments', () => {
    const document = parseDocument(text);
    document.comment = ' something else';
    document.commentBefore = ' and here';
    expect(read(document.toString()).hash).toBe(original.hash);
  });

  test.each<[string, (tree: Tree) => void]>([
    [
      'another title, status, source and day of publication',
      (tree) => {
        Object.assign(tree, {
          title: 'Other',
          status: 'law',
          source: 'Other',
          publishedOn: '2030-01-01',
          id: 'other',
          version: '9',
        });
      },
    ],
    ['no examples', (tree) => delete tree['examples']],
    [
      'values without provenance',
      (tree) => {
        for (const parameter of Object.values<Tree>(tree['parameters'])) {
          for (const [day, value] of Object.entries<Tree>(parameter.national)) {
            parameter.national[day] = value?.value ?? value;
          }
        }
      },
    ],
    [
      'other values allowed',
      (tree) => (tree['parameters'].handoverLength.allowed = { min: 0, max: 365, step: 5 }),
    ],
    ['nothing said of what is allowed', (tree) => delete tree['parameters'].handoverLength.allowed],
    [
      'defaults left out',
      (tree) => {
        for (const window of tree['windows']) {
          if (window.payer === 'per-day') delete window.payer;
          delete window.parametersAs;
          delete window.repeat;
          delete window.source;
        }
      },
    ],
    [
      'defaults written',
      (tree) => {
        for (const window of tree['windows']) {
          Object.assign(window, {
            side: 'after',
            cap: null,
            cutBy: window.cutBy ?? [],
            starts: window.starts ?? 'trigger-day',
          });
        }
      },
    ],
    [
      'one phase for pays',
      (tree) => {
        for (const window of tree['windows']) {
          window.phases = [{ pays: window.pays }];
          delete window.pays;
        }
      },
    ],
    [
      'alike phases and shares in parts',
      (tree) => {
        const half = { law: 'zvw', share: 50 };
        tree['windows'][0].phases = [
          { days: 3, pays: [half, half] },
          { days: 9, pays: tree['windows'][0].pays },
        ];
        delete tree['windows'][0].pays;
      },
    ],
    [
      'lists whose order says nothing',
      (tree) => {
        tree['windows'][0].cutBy.reverse();
        tree['windows'][1].services.reverse();
        tree['windows'][3].requires.deliveryForm.reverse();
      },
    ],
    [
      'the service of claimWithin written',
      (tree) => {
        tree['windows'][0].requires.claimWithin.service = 'case-management';
      },
    ],
    ['a condition that asks nothing', (tree) => (tree['windows'][0].requires.sameProvider = false)],
    [
      'null where nothing else stands',
      (tree) => {
        tree['parameters'].handoverLength.insurer = { '3344': { '2020-01-01': null }, '3355': {} };
      },
    ],
  ])('with %s', (_, change) => {
    expect(hashWith(change)).toBe(original.hash);
  });

  test('six weeks are 42 days', () => {
    const weeks = hashWith((tree) => (tree['windows'][0].length = { weeks: 6 }));
    expect(weeks).toBe(hashWith((tree) => (tree['windows'][0].length = { days: 42 })));
    expect(weeks).not.toBe(original.hash);
  });

  test('however the shares are listed', () => {
    const shares = [
      { law: 'wlz', share: 40 },
      { law: 'zvw', share: 60 },
    ];
    expect(hashWith((tree) => (tree['windows'][0].pays = shares))).toBe(
      hashWith((tree) => (tree['windows'][0].pays = [...shares].reverse())),
    );
  });
});

describe('another meaning has another hash', () => {
  test.each<[string, (tree: Tree) => void]>([
    ['value', (tree) => (tree['parameters'].vacancyLength.national['2015-01-01'] = 12)],
    ['day', (tree) => (tree['parameters'].vacancyLength.national = { '2015-01-02': 13 })],
    ['unit', (tree) => (tree['parameters'].vacancyLength.unit = 'weeks')],
    ['level', (tree) => (tree['parameters'].vacancyLength['care-office'] = { '5522': { '2015-01-01': 13 } })],
    [
      'null after a value',
      (tree) => {
        tree['parameters'].vacancyLength['care-office'] = {
          '5522': { '2015-01-01': 13, '2020-01-01': null },
        };
      },
    ],
    ['cell', (tree) => (tree['cover'].guidance[1] = 'none')],
    ['order of windows', (tree) => tree['windows'].reverse()],
    ['window key', (tree) => (tree['windows'][0].repeat = 'restart')],
    [
      'price',
      (tree) => (tree['prices'] = { residence: { unit: 'cent-per-day', national: { '2024-01-01': 1 } } }),
    ],
    [
      'assumed use',
      (tree) => {
        tree['assumedUse'] = { handover: { minutes: { low: 1, mid: 2, high: 3 }, per: 'window' } };
      },
    ],
  ])('another %s', (_, change) => {
    expect(hashWith(change)).not.toBe(original.hash);
  });
});

test('the hash of the shipped sharp-cut is known', () => {
  expect(original.hash).toBe('562adc336dd60a5326eb40d4b21326896e4527d44290a7317da08a754a7ea775');
});
