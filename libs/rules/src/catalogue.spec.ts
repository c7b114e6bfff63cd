import {
  addRuleSet,
  compareVersions,
  emptyCatalogue,
  findRuleSet,
  loadRuleSets,
  readRuleSet,
  type NamedText,
  type RuleSetCatalogue,
} from './index.js';

const row = ['wmo', 'wmo', 'wmo', 'wmo', 'wmo', 'wmo', 'wmo', 'wmo'];

function text(id: string, version: string, publishedOn: string, rest: object = {}): NamedText {
  const head = { schema: 'domeinbrug/rule-set/1', id, version, title: id, status: 'pilot', publishedOn };
  return { name: `${id}-${version}.yaml`, text: JSON.stringify({ ...head, ...rest }) };
}

function loaded(texts: NamedText[], catalogue?: RuleSetCatalogue): RuleSetCatalogue {
  const result = loadRuleSets(texts, catalogue);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

describe('finding a rule set', () => {
  const catalogue = loaded([
    text('plan', '2026.10', '2026-03-01'),
    text('plan', '2026.9', '2026-03-01'),
    text('plan', '2027.1', '2026-02-01'),
    text('other', '1', '2020-01-01'),
  ]);

  test('by id alone gives the latest by day of publication, then by version number by number', () => {
    expect(findRuleSet(catalogue, 'plan')!.version).toBe('2026.10');
    expect(findRuleSet(catalogue, { id: 'plan', version: null })!.version).toBe('2026.10');
  });
  test('by id and version gives that one', () => {
    expect(findRuleSet(catalogue, 'plan@2026.9')!.version).toBe('2026.9');
    expect(findRuleSet(catalogue, 'plan@2026')).toBeUndefined();
    expect(findRuleSet(catalogue, 'constructor')).toBeUndefined();
  });
  test.each([
    ['2026.9', '2026.10'],
    ['2026', '2026.1'],
    ['9', '10.0'],
    ['1.0-draft', '1.1-draft'],
  ])('%s comes before %s', (earlier, later) => {
    expect(compareVersions(earlier, later)).toBeLessThan(0);
    expect(compareVersions(later, earlier)).toBeGreaterThan(0);
    expect(compareVersions(later, later)).toBe(0);
  });
});

describe('loading texts', () => {
  test('takes them in any order, whoever is whose base', () => {
    const texts = [
      text('top', '1', '2026-01-01', { base: 'middle' }),
      text('middle', '1', '2026-01-01', { base: { id: 'bottom' } }),
      text('bottom', '1', '2026-01-01', { cover: { guidance: row } }),
    ];
    for (const order of [texts, [...texts].reverse()]) {
      expect(findRuleSet(loaded(order), 'top')!.cover).toEqual({ guidance: row });
    }
  });

  test('a new version may stand on the former one by id alone', () => {
    const first = loaded([text('plan', '1', '2026-01-01', { cover: { guidance: row } })]);
    const both = loaded([text('plan', '2', '2026-02-01', { base: 'plan' })], first);
    expect(findRuleSet(both, 'plan@2')).toMatchObject({
      base: { id: 'plan', version: '1' },
      cover: { guidance: row },
    });
  });

  test('names the text of each problem', () => {
    const result = loadRuleSets([
      text('good', '1', '2026-01-01'),
      text('bad', '1', '2026-01-01', { windows: [{ id: 'x' }], extra: 1 }),
      text('over', '1', '2026-01-01', { base: 'bad' }),
      { name: 'none.yaml', text: 'windows: [' },
    ]);
    expect(result.ok ? [] : result.problems.map(({ file, code }) => [file, code])).toEqual([
      ['bad-1.yaml', 'missing-key'],
      ['bad-1.yaml', 'unknown-key'],
      ['over-1.yaml', 'base-refused'],
      ['none.yaml', 'yaml-syntax'],
    ]);
  });

  test('sees a circle in each of its texts', () => {
    const result = loadRuleSets([
      text('one', '1', '2026-01-01', { base: 'two' }),
      text('two', '1', '2026-01-01', { base: 'one' }),
    ]);
    expect(result.ok ? [] : result.problems.map(({ file, code }) => [file, code])).toEqual([
      ['one-1.yaml', 'base-cycle'],
      ['two-1.yaml', 'base-cycle'],
    ]);
  });

  test('refuses one version with two meanings', () => {
    const result = loadRuleSets([
      text('plan', '1', '2026-01-01'),
      { ...text('plan', '1', '2026-01-01', { cover: { guidance: row } }), name: 'again.yaml' },
    ]);
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'version-exists', file: 'again.yaml' }] });
  });
});

describe('adding a rule set', () => {
  const catalogue = loaded([text('plan', '1', '2026-01-01')]);

  test('the same again changes nothing', () => {
    const again = readRuleSet(text('plan', '1', '2026-01-01').text, catalogue).ruleSet!;
    expect(addRuleSet(catalogue, again)).toEqual({ ok: true, value: catalogue });
  });

  test('never changes the catalogue it is added to', () => {
    const one = readRuleSet(text('more', '1', '2026-01-01').text, catalogue).ruleSet!;
    const more = addRuleSet(catalogue, one);
    expect(more.ok && more.value.ruleSets).toHaveLength(2);
    expect(catalogue.ruleSets).toHaveLength(1);
    expect(emptyCatalogue.ruleSets).toHaveLength(0);
  });

  test('published again over a base named by id alone, it stands on the same base', () => {
    const first = text('plan', '2', '2026-02-01', { base: 'plan', cover: { guidance: row } });
    const both = loaded([first], catalogue);
    expect(readRuleSet(first.text, both).ruleSet!.hash).toBe(findRuleSet(both, 'plan@2')!.hash);
  });
});
