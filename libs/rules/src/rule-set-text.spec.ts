import { parseRuleSet } from './parse-rule-set.js';
import { readRuleSetText } from './rule-set-text.js';

describe('reading a text', () => {
  test('takes keys as they are written', () => {
    const { tree, problems } = readRuleSetText('a: { 2015-01-01: 42, 0363: 1, "0363x": 2, 1e3: 3, yes: no }');
    expect(problems).toEqual([]);
    expect(Object.keys((tree as { a: object }).a)).toEqual(['2015-01-01', '0363', '0363x', '1e3', 'yes']);
    expect(tree).toMatchObject({ a: { '2015-01-01': 42, yes: 'no' } });
  });

  test('reads JSON too, and tells a key that stands twice', () => {
    const { tree, problems } = readRuleSetText('{"a": [1, null, true], "a": 2}');
    expect(tree).toEqual({ a: [1, null, true] });
    expect(problems).toEqual([expect.objectContaining({ code: 'duplicate-key', path: 'a', line: 1 })]);
  });

  test('knows where each part stands', () => {
    const { positions } = readRuleSetText('# note\na:\n  - x: 1\n  - y: 2\nb/c: 3\n');
    expect(positions['/a/1/y']).toEqual({ line: 4, column: 5 });
    expect(positions['/a/0']).toEqual({ line: 3, column: 5 });
    expect(positions['/b~1c']).toEqual({ line: 5, column: 1 });
  });

  test('follows aliases', () => {
    const { tree } = readRuleSetText('first: &six { 2015-01-01: 42 }\nsecond: *six');
    expect(tree).toEqual({ first: { '2015-01-01': 42 }, second: { '2015-01-01': 42 } });
  });

  test('stops at a text that unfolds without end', () => {
    const doubling = Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`);
    const { problems } = readRuleSetText(['a0: &a0 [1]', ...doubling].join('\n'));
    expect(problems).toEqual([expect.objectContaining({ code: 'wrong-value' })]);
  });

  test.each([
    ['brackets', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['brackets that do not close', 'a: ' + '{a: '.repeat(10_000)],
    ['dashes', `${'- '.repeat(10_000)}a`],
    ['indentation', Array.from({ length: 500 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
  ])('refuses %s that nest without end before they are read', (_, text) => {
    const { tree, problems } = readRuleSetText(text);
    expect(tree).toBeUndefined();
    expect(problems).toEqual([
      expect.objectContaining({ code: 'yaml-syntax', message: expect.stringContaining('60 levels') }),
    ]);
  });

  test('a key of every object is a key like any other', () => {
    const { tree } = readRuleSetText('__proto__: { polluted: true }\nconstructor: 1');
    expect(Object.keys(tree as object)).toEqual(['__proto__', 'constructor']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('a text that is wrong in a great many places', () => {
  const lines = (line: (index: number) => string): string =>
    Array.from({ length: 2_000 }, (_, index) => line(index)).join('\n');

  it.each([
    ['keys that are unknown', lines((index) => `k${index}: 1`)],
    ['keys that stand twice', lines(() => 'id: 1')],
    ['parameters that are none', `parameters:\n${lines((index) => `  k${index}: 1`)}`],
    ['windows that are none', `windows:\n${lines((index) => `  - k${index}: 1`)}`],
    ['brackets that close nothing', lines(() => 'a: }')],
  ])('tells of %s no more than a hundred, and that there are more', (_, text) => {
    const started = performance.now();
    const read = parseRuleSet(text);
    expect(read.ok ? 0 : read.problems.length).toBeGreaterThanOrEqual(100);
    expect(read.ok ? 0 : read.problems.length).toBeLessThanOrEqual(101);
    // Each problem used to make a copy of the whole: twelve seconds of these two thousand lines.
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('is not read where it is longer than any rule set is', () => {
    const read = parseRuleSet(`title: ${'x'.repeat(300_000)}`);
    expect(read).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringContaining('262144 characters') }],
    });
  });
});
