import type {
  Length,
  Trigger,
  Window,
  WindowPhase,
  WindowRequirements,
  WindowShare,
} from '@domeinbrug/rules';
import { columns, laws, tableServices, type Law, type Service } from '@domeinbrug/terms';
import fc from 'fast-check';

/** Of the drawn rule sets' parameters, those that say how long a window lasts. */
const lengthParameters = ['daysLength', 'weeksLength', 'monthsLength'];

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
        { weight: 1, arbitrary: fc.constant<Window['cutBy']>([]) },
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

/** Care for the carer after a death. */
const aftercare: fc.Arbitrary<Omit<Window, 'id'>> = fc
  .tuple(window, fc.constantFrom<'at-death' | 'recorded-before-death'>('at-death', 'recorded-before-death'))
  .map(([drawn, carer]) => ({
    ...drawn,
    kind: 'aftercare',
    trigger: 'death',
    side: 'after',
    services: ['aftercare'],
    requires: { carer },
    payer: 'at-trigger',
  }));

/** Mostly any window; often enough one that is known from practice. */
export const windows: fc.Arbitrary<Omit<Window, 'id'>> = fc.oneof(
  { weight: 6, arbitrary: window },
  { weight: 1, arbitrary: handover },
  { weight: 1, arbitrary: aftercare },
);
