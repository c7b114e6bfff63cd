import { readCases } from './case-file.js';

const one = { id: 'K1', events: [], expect: { services: ['guidance'] } };
const other = { ...one, id: 'K2' };
const ids = (file: string, text: string): string[] => readCases(file, text).cases.map((read) => read.case.id);
const problems = (file: string, text: string): string[] =>
  readCases(file, text).problems.map(({ where, message }) => `${where}: ${message}`);

describe('a file of cases', () => {
  it.each([
    ['YAML', 'a.yaml', 'id: K1\nevents: []\nexpect: { services: [guidance] }\n'],
    ['JSON', 'a.json', JSON.stringify(one)],
    ['NDJSON', 'a.ndjson', `${JSON.stringify(one)}\n`],
  ])('in %s may hold one case', (_, file, text) => {
    expect(ids(file, text)).toEqual(['K1']);
    expect(problems(file, text)).toEqual([]);
  });

  it.each([
    ['YAML', 'a.yaml', '- { id: K1, events: [] }\n- { id: K2, events: [] }\n', ['a.yaml [0]', 'a.yaml [1]']],
    ['JSON', 'a.json', JSON.stringify([one, other]), ['a.json [0]', 'a.json [1]']],
    [
      'NDJSON',
      'a.ndjson',
      `${JSON.stringify(one)}\n\n${JSON.stringify(other)}`,
      ['a.ndjson:1', 'a.ndjson:3'],
    ],
  ])('in %s may hold several, each with its place', (_, file, text, places) => {
    expect(ids(file, text)).toEqual(['K1', 'K2']);
    expect(readCases(file, text).cases.map(({ where }) => where)).toEqual(places);
  });

  it('keeps days and codes of YAML as they are written', () => {
    const text = 'id: K1\nevents: [{ type: client-moved, municipality: "0363", firstDay: 2024-03-04 }]\n';
    expect(readCases('a.yaml', text).cases[0]!.case.events[0]).toEqual({
      type: 'client-moved',
      municipality: '0363',
      firstDay: '2024-03-04',
    });
  });

  it('that is not readable is told with its place, and the other lines are read', () => {
    const read = readCases('a.ndjson', `${JSON.stringify(one)}\n{ "id": \n${JSON.stringify(other)}\n`);
    expect(read.cases.map(({ where }) => where)).toEqual(['a.ndjson:1', 'a.ndjson:3']);
    expect(read.problems).toEqual([
      { where: 'a.ndjson:2', message: expect.stringMatching(/^This is not readable: /) },
    ]);
  });

  it.each([
    ['a.yaml', 'id: [K1\n'],
    ['a.json', '{ "id": "K1", }'],
  ])('%s with broken syntax is not readable', (file, text) => {
    expect(problems(file, text)).toEqual([expect.stringMatching(/^a\.(yaml|json): This is not readable: /)]);
  });

  it('tells every problem of a case at once', () => {
    const broken = { expects: {}, events: [{ key: 'e1' }], expect: { services: ['gidance'] } };
    expect(problems('a.json', JSON.stringify(broken))).toEqual([
      "a.json: The case must have required property 'id'.",
      'a.json: The case has a key "expects" that cases do not have; look for a typing error or take it out.',
      "a.json: /events/0 must have required property 'type'.",
      'a.json: /expect/services/0 must be equal to one of the allowed values.',
    ]);
  });

  it.each([
    [
      'a row without funder',
      {
        cover: [
          {
            service: 'guidance',
            firstDay: '2024-01-01',
            lastDay: null,
            share: 100,
            kind: 'regular',
            rule: 'table',
          },
        ],
      },
    ],
    [
      'a row without last day',
      {
        cover: [
          {
            service: 'guidance',
            firstDay: '2024-01-01',
            funder: 'pool:a',
            share: 100,
            kind: 'regular',
            rule: 'table',
          },
        ],
      },
    ],
    ['a gap without reason', { gaps: [{ service: 'guidance', firstDay: '2024-01-01', lastDay: null }] }],
    [
      'a day that is none',
      { gaps: [{ service: 'guidance', firstDay: '1 January', lastDay: null, reason: 'refused' }] },
    ],
    ['minutes that are no whole number', { minutes: [{ funded: 0.5, overCap: 0, outside: 0 }] }],
  ])('refuses %s', (_, expectation) => {
    const text = JSON.stringify({ ...one, expect: { services: ['guidance'], ...expectation } });
    expect(problems('a.json', text)).not.toEqual([]);
  });

  it('of nothing is no case', () => {
    expect(problems('a.yaml', '')).toEqual(['a.yaml: The case must be object.']);
    expect(readCases('a.ndjson', '\n')).toEqual({ cases: [], problems: [] });
  });
});
