import { loadRuleSets, type RuleSetCatalogue } from '@domeinbrug/rules';
import type { Case } from './case-file.js';
import { caseRunner } from './run-case.js';
import { runExamples } from './rule-set-examples.js';

const text = `
schema: domeinbrug/rule-set/1
id: short
version: "1"
title: short
status: hypothetical
source: for tests
parameters:
  length: { unit: days, allowed: { min: 0, max: 42 }, national: { 2015-01-01: 0 } }
cover:
  columns:         [outside, entitled, modular, personal-budget, full-package, part-time-residence, residence, residence-with-treatment]
  case-management: [zvw, zvw, zvw, zvw, wlz, zvw, ended, ended]
windows:
  - { id: handover, kind: handover, trigger: admission, length: $length, services: [case-management], pays: [{ law: zvw, share: 100 }] }
examples:
  - id: own
    events: [{ type: client-registered, firstDay: 2024-01-01, municipality: "0363" }]
    expect: { services: [case-management] }
  - id: wrong
    events: []
    expect: { services: [case-management], findings: [after-death] }
`;

function catalogueOf(): RuleSetCatalogue {
  const read = loadRuleSets([{ name: 'short.yaml', text }]);
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'));
  return read.value;
}

const catalogue = catalogueOf();
const longer = { base: 'short', parameters: { length: { national: { '2015-01-01': 10 } } } };
const regular = {
  service: 'case-management',
  firstDay: '2024-01-01',
  lastDay: '2024-03-03',
  funder: 'insurer:3311',
  share: 100,
  kind: 'regular',
  rule: 'table',
};
const handover = {
  ...regular,
  firstDay: '2024-03-04',
  lastDay: '2024-03-13',
  kind: 'handover',
  rule: 'handover',
};

const base: Case = {
  id: 'K1',
  title: 'an admission',
  ruleSet: 'short',
  events: [
    {
      type: 'client-registered',
      firstDay: '2024-01-01',
      municipality: '0363',
      insurer: '3311',
      careOffice: '5515',
    },
    { type: 'case-management-started', firstDay: '2024-01-01', provider: '31313131' },
    {
      type: 'wlz-indication-issued',
      decisionId: 'c1',
      decidedOn: '2024-03-04',
      firstDay: '2024-03-04',
      profile: '754',
    },
    { type: 'client-admitted', provider: '42424242', firstDay: '2024-03-04', key: 'a' },
  ],
};
const expecting = (...cover: (typeof regular)[]): NonNullable<Case['expect']> => ({
  services: ['case-management'],
  cover,
  gaps: [],
});
const failures = (written: Case): string[] => caseRunner(catalogue).run(written).failures;

describe('a case', () => {
  it('that holds has no failures', () => {
    expect(caseRunner(catalogue).run({ ...base, expect: expecting(regular) })).toEqual({
      id: 'K1',
      title: 'an admission',
      failures: [],
    });
  });

  it('that does not hold says what differs', () => {
    expect(failures({ ...base, expect: expecting(regular, handover) })).toEqual([
      'missing cover:    case-management 2024-03-04 - 2024-03-13: funder insurer:3311, share 100, kind handover, rule handover',
    ]);
  });

  it('runs under an overlay of its own', () => {
    expect(failures({ ...base, ruleSet: longer, expect: expecting(regular, handover) })).toEqual([]);
  });

  it('runs its variants on the same events, each under its name', () => {
    const variants = [
      { name: 'ten days', ruleSet: longer, expect: expecting(regular, handover) },
      { name: 'none', ruleSet: longer, expect: expecting(regular) },
    ];
    expect(failures({ ...base, expect: expecting(regular), variants })).toEqual([
      expect.stringMatching(/^variant "none": unexpected cover/),
    ]);
  });

  it('runs at moments of knowledge, each under its moment', () => {
    const before = expecting({ ...regular, lastDay: null as unknown as string });
    expect(failures({ ...base, knownAt: { '2024-03-01T12:00:00+01:00': before } })).toEqual([]);
    expect(failures({ ...base, knownAt: { '2024-03-04T12:00:00+01:00': before } })[0]).toMatch(
      /^known at 2024-03-04T12:00:00\+01:00: missing/,
    );
    expect(failures({ ...base, knownAt: { 'last week': before } })).toEqual([
      expect.stringContaining('is no instant; write'),
    ]);
  });

  it('without any event is about nothing', () => {
    expect(failures({ ...base, events: [], expect: expecting() })).toEqual([]);
  });
});

describe('a settlement in a case', () => {
  const row = {
    service: 'case-management',
    firstDay: '2024-03-04',
    lastDay: '2024-03-13',
    from: 'none',
    to: 'insurer:3311',
    days: 10,
  };

  it('may be between two rule sets, to the end', () => {
    expect(failures({ ...base, settlement: [{ from: 'short', to: longer, rows: [row] }] })).toEqual([]);
  });

  it('may be between two moments, to the day before the later one', () => {
    const moments = { from: '2024-03-01T12:00:00+01:00', to: '2024-03-10T12:00:00+01:00' };
    const stopped = { ...row, lastDay: '2024-03-09', days: 6, from: 'insurer:3311', to: 'none' };
    expect(failures({ ...base, settlement: [{ ...moments, rows: [stopped] }] })).toEqual([]);
    const early = { ...stopped, lastDay: '2024-03-05', days: 2 };
    expect(failures({ ...base, settlement: [{ ...moments, through: '2024-03-05', rows: [early] }] })).toEqual(
      [],
    );
  });

  it('knows everything at "final", which is the last recording', () => {
    const late = {
      ...base,
      events: base.events.map((event) =>
        event.key === 'a' ? { ...event, recordedAt: '2024-03-20T09:00:00+01:00' } : event,
      ),
    };
    const stopped = { ...row, lastDay: '2024-03-19', days: 16, from: 'insurer:3311', to: 'none' };
    expect(
      failures({
        ...late,
        settlement: [{ from: '2024-03-10T12:00:00+01:00', to: 'final', rows: [stopped] }],
      }),
    ).toEqual([]);
  });

  it('is of the services asked', () => {
    expect(
      failures({ ...base, settlement: [{ from: 'short', to: longer, services: ['residence'], rows: [] }] }),
    ).toEqual([]);
  });

  it('that differs says between what', () => {
    expect(failures({ ...base, settlement: [{ from: 'short', to: longer, rows: [] }] })).toEqual([
      expect.stringMatching(/^settlement from "short" to .*: unexpected row: case-management 2024-03-04/),
    ]);
  });
});

describe('what cannot be run', () => {
  it.each([
    ['an unknown rule set', { ruleSet: 'shart' }, 'There is no rule set "shart"; known are short.'],
    ['no rule set', { ruleSet: undefined }, 'The case names no ruleSet'],
    ['an overlay that is refused', { ruleSet: { base: 'short', windows: [{ id: 'x' }] } }, 'ruleSet windows'],
  ])('is a failure with what to do: %s', (_, change, message) => {
    expect(failures({ ...base, ...change, expect: expecting(regular) })).toEqual([
      expect.stringContaining(message),
    ]);
  });

  it('is every event that cannot be read, and nothing else', () => {
    const events = [...base.events, { type: 'client-dyed' }, { type: 'client-died' }];
    expect(failures({ ...base, events, expect: expecting() })).toHaveLength(2);
  });
});

describe('the examples of a rule set', () => {
  it('are about the set itself when they name none', () => {
    expect(runExamples(catalogue.ruleSets[0]!, catalogue)).toEqual([
      { index: 0, id: 'own', failures: [] },
      { index: 1, id: 'wrong', failures: ['missing finding: after-death'] },
    ]);
  });

  it('that are no cases are told with their place', () => {
    const [example] = runExamples({ ...catalogue.ruleSets[0]!, examples: [{ id: 'x' }] }, catalogue);
    expect(example).toMatchObject({ index: 0, id: 'example 1' });
    expect(example!.failures).not.toEqual([]);
  });
});
