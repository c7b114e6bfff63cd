import type { Day } from '@domeinbrug/calendar';
import type { Cell, DatedValue, Parameter, ParameterValue, RuleSet, Unit } from '@domeinbrug/rules';
import { columns, tableServices, type Service } from '@domeinbrug/terms';
import fc from 'fast-check';
import { codes, firstPossibleDay, lastPossibleDay } from './event-drafts.js';
import { windows } from './windows.js';

/** The outline of the shipped table, one letter a cell; the letters are in `cells`. */
const rows: Record<(typeof tableServices)[number], string> = {
  'household-help': 'muCbbbaa',
  guidance: 'mubbbbaa',
  'day-activities': 'mubbbbaa',
  'respite-care': 'mubbbaaa',
  'mobility-aid': 'mmmmmmAb',
  'home-adaptation': 'mmmmmmee',
  'social-transport': 'mmmmmmmm',
  'client-support': 'mbbbbbbb',
  'district-nursing': 'zubbbbaa',
  'case-management': 'zMMMbMee',
  'specific-treatment': 'zubnbbbb',
  'geriatric-team-care': 'znnnbnaa',
  'geriatric-rehabilitation': 'zzzzzzzz',
  'hospital-care': 'zzzzzzzz',
  'mental-health-care': 'zzzzzzzb',
  'short-stay': 'znnnnnnn',
  residence: 'nnnnnbbb',
};

const cells: Record<string, Cell> = {
  m: 'wmo',
  z: 'zvw',
  b: 'wlz',
  n: 'none',
  a: 'absorbed',
  e: 'ended',
  u: 'undelivered',
  C: '$cleaningUnderModular',
  A: '$aidsInResidence',
  M: '$caseManagementUnderWlzAtHome',
};

interface Declared {
  unit: Unit;
  values: ParameterValue[];
}

/** Every parameter with values to choose from; the first is the usual one. Short allowances, so that they run out. */
const declared: Record<string, Declared> = {
  undelivered: { unit: 'choice', values: ['strict', 'until-delivery', 'wlz-pays'] },
  wmoStops: { unit: 'choice', values: ['at-entitlement', 'at-delivery'] },
  transitionDay: { unit: 'choice', values: ['new-domain', 'both'] },
  caseManagementUnderWlzAtHome: { unit: 'choice', values: ['zvw', 'wlz', 'none', 'ended'] },
  cleaningUnderModular: { unit: 'choice', values: ['wlz', 'wmo'] },
  aidsInResidence: { unit: 'choice', values: ['wlz', 'wmo'] },
  anyCell: { unit: 'choice', values: ['wmo', 'zvw', 'wlz', 'none', 'absorbed', 'ended', 'undelivered'] },
  outsideCell: { unit: 'choice', values: ['wmo', 'zvw', 'none'] },
  claimWithinDays: { unit: 'days', values: [7, 1, 30] },
  carerMinutes: { unit: 'choice', values: ['outside', 'funded'] },
  daysLength: { unit: 'days', values: [42, 0, 1, 10, 20] },
  weeksLength: { unit: 'weeks', values: [6, 0, 1, 2] },
  monthsLength: { unit: 'months', values: [1, 0, 2] },
  hospitalAbsenceDays: { unit: 'days', values: [20, 0, 1, 50] },
  leaveAbsenceDays: { unit: 'days', values: [14, 0, 3, 30] },
};

const since: fc.Arbitrary<Day> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(firstPossibleDay - 300) },
  { weight: 2, arbitrary: fc.integer({ min: firstPossibleDay, max: lastPossibleDay + 20 }) },
);

function dated<T extends ParameterValue | null>(
  value: fc.Arbitrary<T>,
  minLength: number,
): fc.Arbitrary<DatedValue[]> {
  return fc
    .uniqueArray(fc.record({ since, value }), { minLength, maxLength: 2, selector: (each) => each.since })
    .map((values) => values.sort((a, b) => a.since - b.since));
}

function locally(
  names: readonly string[],
  values: ParameterValue[],
): fc.Arbitrary<Record<string, DatedValue[]>> {
  const value = fc.option(fc.constantFrom(...values), { nil: null, freq: 4 });
  const some = fc
    .tuple(fc.constantFrom(...names), dated(value, 1))
    .map(([code, list]): Record<string, DatedValue[]> => ({ [code]: list }));
  return fc.oneof({ weight: 5, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: some });
}

function parameter({ unit, values }: Declared): fc.Arbitrary<Parameter> {
  const usual: DatedValue[] = [{ since: firstPossibleDay - 300, value: values[0]! }];
  return fc.record({
    unit: fc.constant(unit),
    allowed: fc.constant(null),
    national: fc.oneof(
      { weight: 2, arbitrary: fc.constant(usual) },
      { weight: 1, arbitrary: dated(fc.constantFrom(...values), 1) },
    ),
    local: fc.record({
      provider: locally(codes.providers, values),
      insurer: locally(codes.insurers, values),
      municipality: locally(codes.municipalities, values),
      'care-office': locally(codes.careOffices, values),
    }),
  });
}

const anyParameters = fc.record(
  Object.fromEntries(Object.entries(declared).map(([name, each]) => [name, parameter(each)])),
);

/** The outline with some cells written over; the Wlz never pays outside, and nothing is undelivered there. */
const cover: fc.Arbitrary<Partial<Record<Service, Cell[]>>> = fc
  .array(
    fc.record({
      service: fc.constantFrom(...tableServices),
      column: fc.nat({ max: columns.length - 1 }),
      inside: fc.constantFrom<Cell>(
        'wmo',
        'zvw',
        'wlz',
        'none',
        'absorbed',
        'ended',
        'undelivered',
        '$anyCell',
      ),
      outside: fc.constantFrom<Cell>('wmo', 'zvw', 'none', 'absorbed', 'ended', '$outsideCell'),
    }),
    { maxLength: 8 },
  )
  .map((changes) => {
    const table = Object.fromEntries(
      Object.entries(rows).map(([service, row]) => [service, [...row].map((letter) => cells[letter]!)]),
    ) as Partial<Record<Service, Cell[]>>;
    for (const { service, column, inside, outside } of changes) {
      table[service]![column] = columns[column] === 'outside' ? outside : inside;
    }
    return table;
  });

/** Resolved rule sets, from the shipped outline to odd but acceptable ones. */
export const ruleSets: fc.Arbitrary<RuleSet> = fc
  .record({
    parameters: anyParameters,
    cover,
    windows: fc.array(windows, { maxLength: 4 }),
  })
  .map(({ parameters, cover: table, windows: drawn }) => ({
    id: 'drawn',
    version: '1',
    title: 'Drawn at random',
    status: 'hypothetical',
    publishedOn: null,
    source: '',
    base: null,
    parameters,
    cover: table,
    windows: drawn.map((each, index) => ({ id: `window-${index + 1}`, ...each })),
    assumedUse: {},
    prices: {},
    examples: [],
    provenance: {},
    hash: '0'.repeat(64),
  }));
