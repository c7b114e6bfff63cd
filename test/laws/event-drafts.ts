import { parseDay, type Day } from '@domeinbrug/calendar';
import { draftsOver, type World } from '@domeinbrug/histories';
import { services, stayKinds, tableServices, type Service } from '@domeinbrug/terms';
import fc from 'fast-check';

/** Few codes, so that events collide. */
export const codes = {
  municipalities: ['0363', '0384'],
  insurers: ['3311', '3332'],
  careOffices: ['5515', '5501'],
  providers: ['31313131', '41414141', '42424242'],
  profiles: ['754', '755'],
} as const;

const day0 = parseDay('2023-11-20');
const lastOffset = 190;
/** Around a turn of the year and a leap day, and some days that many events share. */
const nastyDays = ['2023-12-31', '2024-01-01', '2024-02-28', '2024-02-29', '2024-03-01', '2024-03-31'].map(
  parseDay,
);
const sharedDays = [0, 40, 41, 42, 60, 61, 90, 120].map((offset) => day0 + offset);

export const firstPossibleDay: Day = day0;
export const lastPossibleDay: Day = day0 + lastOffset;

/** A day in about half a year; often one that other events have too. */
export const day: fc.Arbitrary<Day> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...sharedDays) },
  { weight: 2, arbitrary: fc.constantFrom(...nastyDays) },
  { weight: 3, arbitrary: fc.integer({ min: day0, max: lastPossibleDay }) },
);

const world: World = {
  codes,
  firstDay: day0,
  day,
  length: fc.integer({ min: -2, max: 100 }),
  wmoServices: fc.uniqueArray(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.constantFrom<Service>('household-help', 'guidance', 'day-activities', 'mobility-aid'),
      },
      { weight: 1, arbitrary: fc.constantFrom<Service>(...tableServices) },
    ),
    { minLength: 1, maxLength: 3 },
  ),
  zvwServices: fc.uniqueArray(
    fc.constantFrom<Service>(
      'district-nursing',
      'district-nursing',
      'specific-treatment',
      'geriatric-team-care',
    ),
    { minLength: 1, maxLength: 2 },
  ),
  activityServices: fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom<Service>('case-management', 'aftercare', 'district-nursing', 'guidance'),
    },
    { weight: 1, arbitrary: fc.constantFrom(...services.filter((service) => service !== 'vacancy')) },
  ),
  minutes: fc.integer({ min: 1, max: 240 }),
  handedOver: fc.constantFrom<Service>('case-management', 'guidance'),
  stayKinds: fc.constantFrom(...stayKinds),
};

export const { any: anyDraft, ordinary: ordinaryDrafts, death } = draftsOver(world);
