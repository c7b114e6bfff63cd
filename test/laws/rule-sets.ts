import type { Day } from '@domeinbrug/calendar';
import type {
  Cell,
  DatedValue,
  Length,
  Parameter,
  ParameterValue,
  RuleSet,
  Trigger,
  Unit,
  Window,
  WindowPhase,
  WindowRequirements,
  WindowShare,
} from '@domeinbrug/rules';
import { columns, laws, tableServices, type Law, type Service } from '@domeinbrug/terms';
import fc from 'fast-check';
import { codes, firstPossibleDay, lastPossibleDay } from './event-drafts.js';

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
const lengthParameters = ['daysLength', 'weeksLength', 'monthsLength'];

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

const shares: fc.Arbitrary<WindowShare[]> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom<Law>('zvw', 'zvw', 'wmo', 'wlz').map((law) => [{ law, share: 100 }]),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.subarray([...laws], { minLength: 2, maxLength: 2 }), fc.constantFrom(50, 30, 1))
      .map(([[one, other], share]) => [
        { law: one!, share },
        { law: other!, share: 100 - share },
      ]),
  },
);

const phases: fc.Arbitrary<WindowPhase[]> = fc.oneof(
  { weight: 3, arbitrary: shares.map((pays) => [{ days: null, pays }]) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.integer({ min: 1, max: 20 }), shares, shares).map(([days, first, then]) => [
      { days, pays: first },
      { days: null, pays: then },
    ]),
  },
);

const length: fc.Arbitrary<Length> = fc.oneof(
  fc.constantFrom(...lengthParameters).map((name) => ({ parameter: name })),
  fc.integer({ min: 1, max: 50 }).map((days) => ({ days })),
  fc.integer({ min: 1, max: 6 }).map((weeks) => ({ weeks })),
  fc.integer({ min: 1, max: 2 }).map((months) => ({ months })),
);

const windowServices = fc.uniqueArray(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom<Service>(
        'case-management',
        'guidance',
        'household-help',
        'district-nursing',
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom<Service>(...tableServices) },
  ),
  { minLength: 1, maxLength: 2 },
);

function sometimes<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 2, arbitrary });
}

function rarely<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

function requirements(trigger: Trigger): fc.Arbitrary<WindowRequirements> {
  return fc
    .record({
      claimWithin: sometimes(
        fc.record({
          days: fc.oneof(fc.constantFrom(1, 7, 30), fc.constant({ parameter: 'claimWithinDays' })),
          service: sometimes(fc.constantFrom<Service>('case-management', 'guidance', 'household-help')),
        }),
      ),
      carer:
        trigger === 'death'
          ? sometimes(
              fc.constantFrom<'at-death' | 'recorded-before-death'>('at-death', 'recorded-before-death'),
            )
          : fc.constant(undefined),
      sameProvider: rarely(fc.constant(true)),
      minDaysInService: rarely(fc.integer({ min: 1, max: 40 })),
      profile: rarely(fc.constantFrom(['754'], ['754', '755'])),
      deliveryForm: rarely(fc.subarray([...columns], { minLength: 1 })),
    })
    .map(withoutUndefined);
}

/** Drawn requirements leave keys out rather than have them undefined, as a file does. */
function withoutUndefined(drawn: object): WindowRequirements {
  const kept = Object.entries(drawn).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    kept.map(([key, value]) => [key, key === 'claimWithin' ? withoutUndefined(value as object) : value]),
  );
}

const livingTriggers: Trigger[] = [
  'admission',
  'delivery-start',
  'entitlement-start',
  'bridging-start',
  'discharge',
  'move',
];

/** A window as rule sets may have it: what is refused at load never comes out. */
const window: fc.Arbitrary<Omit<Window, 'id'>> = fc
  .constantFrom<Trigger>(...livingTriggers, 'admission', 'delivery-start', 'death', 'death')
  .chain((trigger) =>
    fc.record({
      kind: fc.constant<Window['kind']>('handover'),
      source: fc.constant(null),
      trigger: fc.constant(trigger),
      side: fc.constantFrom<Window['side']>('after', 'after', 'after', 'before'),
      starts: fc.constantFrom<Window['starts']>('trigger-day', 'day-after'),
      length,
      services:
        trigger === 'death'
          ? fc.subarray<Service>(['aftercare', 'vacancy'], { minLength: 1 })
          : windowServices,
      requires: requirements(trigger),
      phases,
      payer: fc.constantFrom<Window['payer']>('per-day', 'at-trigger', 'at-trigger'),
      parametersAs: fc.constantFrom<Window['parametersAs']>('at-trigger', 'at-trigger', 'per-day'),
      cutBy: fc.oneof(
        { weight: 2, arbitrary: fc.constant<Window['cutBy']>([]) },
        { weight: 1, arbitrary: fc.subarray<Window['cutBy'][number]>(['discharge', 'move', 'completed']) },
      ),
      repeat: fc.constantFrom<Window['repeat']>('once', 'restart', 'continue'),
      cap: fc.option(fc.constantFrom({ minutes: 40 }, { minutes: 200 }), { nil: null, freq: 2 }),
    }),
  )
  .map(acceptable);

/** Phases of a lead-in whose length is read anew on each day have no stated first day: none are drawn. */
function acceptable(drawn: Omit<Window, 'id'>): Omit<Window, 'id'> {
  const isBefore = drawn.side === 'before' && drawn.trigger !== 'death';
  const side = isBefore ? 'before' : 'after';
  const mayContinue = !isBefore && drawn.parametersAs === 'at-trigger';
  return {
    ...drawn,
    side,
    kind: isBefore ? 'lead-in' : drawn.trigger === 'death' ? 'aftercare' : drawn.kind,
    payer: isBefore ? 'at-trigger' : drawn.payer,
    phases: isBefore && drawn.parametersAs === 'per-day' ? drawn.phases.slice(-1) : drawn.phases,
    repeat: drawn.repeat === 'continue' && !mayContinue ? 'once' : drawn.repeat,
  };
}

/** The best known window of all: case management that goes on after an admission. */
const handover: fc.Arbitrary<Omit<Window, 'id'>> = window.map((drawn) => ({
  ...drawn,
  kind: 'handover',
  trigger: 'admission',
  side: 'after',
  starts: 'trigger-day',
  length: { parameter: 'daysLength' },
  services: ['case-management'],
  requires: { claimWithin: { days: { parameter: 'claimWithinDays' } } },
}));

/** Resolved rule sets, from the shipped outline to odd but acceptable ones. */
export const ruleSets: fc.Arbitrary<RuleSet> = fc
  .record({
    parameters: anyParameters,
    cover,
    windows: fc.array(fc.oneof({ weight: 4, arbitrary: window }, { weight: 1, arbitrary: handover }), {
      maxLength: 4,
    }),
  })
  .map(({ parameters, cover: table, windows }) => ({
    id: 'drawn',
    version: '1',
    title: 'Drawn at random',
    status: 'hypothetical',
    publishedOn: null,
    source: '',
    base: null,
    parameters,
    cover: table,
    windows: windows.map((each, index) => ({ id: `window-${index + 1}`, ...each })),
    assumedUse: {},
    prices: {},
    examples: [],
    provenance: {},
    hash: '0'.repeat(64),
  }));
