import { formatDay, parseDay, type Day } from '@domeinbrug/calendar';
import type { CaseEvent } from '@domeinbrug/cases';
import type { Trigger, Window } from '@domeinbrug/rules';
import { services, tableServices, type Service, type StayKind } from '@domeinbrug/terms';
import fc from 'fast-check';
import type { Draft } from './drafting.js';
import { draftsOver, type Drafts } from './event-drafts.js';
import type { WhatDiffers } from './what-differs.js';
import type { Codes, World } from './world.js';

/** Ordinary codes, one that no rule set is likely to name with each; what histories are made simple with. */
export const ordinaryCodes: Codes = {
  municipalities: ['0363'],
  insurers: ['3311'],
  careOffices: ['5515'],
  providers: ['31313131', '42424242'],
  profiles: ['754'],
};
const otherCodes: Codes = {
  municipalities: ['0384', '0772'],
  insurers: ['3332', '3344'],
  careOffices: ['5501', '5522'],
  providers: ['61616161'],
  profiles: ['755', '751'],
};

/** Where nothing is dated, as good a day as any; what days are made simple towards. */
export const ordinaryDay: Day = parseDay('2024-01-01');

/**
 * Histories of one client that are likely to bring out a difference: around the days from which values hold, with
 * the codes that have values of their own, the services and triggers concerned, and gaps as long as what lasts.
 */
export function steeredHistories(differs: WhatDiffers): fc.Arbitrary<CaseEvent[]> {
  const days = [ordinaryDay, ...differs.since];
  return fc.oneof(...days.map((day) => historiesAround(differs, day)));
}

function historiesAround(differs: WhatDiffers, around: Day): fc.Arbitrary<CaseEvent[]> {
  const drafts = draftsOver(worldAround(differs, around));
  const extra = fc.oneof(
    { weight: 3, arbitrary: fc.array(drafts.any, { maxLength: 2 }) },
    { weight: 1, arbitrary: fc.array(drafts.any, { maxLength: 6 }) },
  );
  const late = fc.option(fc.integer({ min: 1, max: 20 }), { nil: 0 });
  return fc
    .tuple(drafts.ordinary, fc.tuple(...telling(differs, drafts)), extra, late)
    .map(([ordinary, told, others, days]) =>
      [...ordinary, ...told.flat(), ...others].map((each) => written(each, days)),
    );
}

/** Of carers it counts when they were told of. */
function written({ type, data }: Draft, late: number): CaseEvent {
  if (type !== 'carer-registered' || late === 0) return { type, ...data };
  const day = parseDay(data['firstDay'] as string);
  return { type, ...data, recordedAt: `${formatDay(day + late)}T12:00:00Z` };
}

/** What opens the windows that differ, and what ends them; and time spent, where minutes are what differs. */
function telling({ windows, parameters }: WhatDiffers, drafts: Drafts): fc.Arbitrary<Draft[]>[] {
  const byTrigger: Record<Trigger, fc.Arbitrary<Draft>[]> = {
    admission: [drafts.wlz.admission],
    discharge: [drafts.wlz.admission, drafts.discharge],
    'delivery-start': [drafts.wlz.delivery],
    'entitlement-start': [drafts.wlz.indication],
    'bridging-start': [drafts.wlz.indication, drafts.wlz.bridging],
    move: [drafts.move],
    death: [drafts.death, drafts.around.carer],
  };
  const byCut: Record<Window['cutBy'][number], fc.Arbitrary<Draft>> = {
    discharge: drafts.discharge,
    move: drafts.move,
    completed: drafts.around.completion,
  };
  const triggers = [...new Set(windows.map(({ trigger }) => trigger))];
  const cuts = [...new Set(windows.flatMap(({ cutBy }) => cutBy))];
  const isTimed = parameters.includes('carerMinutes') || windows.some(({ cap }) => cap !== null);
  const absences = parameters.some((name) => name.endsWith('AbsenceDays'));
  return [
    ...triggers.map((trigger) => mostly(...byTrigger[trigger])),
    ...cuts.map((cut) => sometimes(byCut[cut])),
    ...soughtServices(windows).map((service) => sometimes(endOf(service, drafts))),
    ...(isTimed ? [mostly(drafts.around.activity)] : []),
    ...(absences ? [mostly(drafts.wlz.indication, drafts.wlz.admission, drafts.around.absence)] : []),
  ];
}

/** Whose claims `claimWithin` looks at: they may have ended before the trigger. */
function soughtServices(windows: readonly Window[]): Service[] {
  const sought = windows.filter(({ requires }) => requires.claimWithin);
  return [...new Set(sought.flatMap(({ services: own, requires }) => requires.claimWithin?.service ?? own))];
}

function endOf(service: Service, { claimEnds }: Drafts): fc.Arbitrary<Draft> {
  if (service === 'case-management') return claimEnds.caseManagement;
  return zvwServices.includes(service) ? claimEnds.zvwCare : claimEnds.wmoDecision;
}

function mostly(...drafts: fc.Arbitrary<Draft>[]): fc.Arbitrary<Draft[]> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.tuple(...drafts) },
    { weight: 1, arbitrary: fc.constant<Draft[]>([]) },
  );
}

function sometimes(draft: fc.Arbitrary<Draft>): fc.Arbitrary<Draft[]> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.tuple(draft) },
    { weight: 2, arbitrary: fc.constant<Draft[]>([]) },
  );
}

/** The stay that a service is given in. */
export const stayOf: Partial<Record<Service, StayKind>> = {
  'short-stay': 'short-stay',
  'geriatric-rehabilitation': 'geriatric-rehabilitation',
  'hospital-care': 'hospital',
  'mental-health-care': 'mental-health',
  'respite-care': 'respite',
};
export const zvwServices: Service[] = ['district-nursing', 'specific-treatment', 'geriatric-team-care'];
const allStays = Object.values(stayOf);

function worldAround(differs: WhatDiffers, around: Day): World {
  const concerned = differs.services;
  const claimed = differs.decidedLocally.filter((service) => concerned.includes(service));
  const stays = concerned.flatMap((service) => stayOf[service] ?? []);
  return {
    codes: codesFor(differs),
    firstDay: around - 1000,
    day: dayNear(around, differs.lengths),
    length: fc.oneof(fc.constantFrom(0, 1, ...differs.lengths), fc.integer({ min: 0, max: 100 })),
    wmoServices: fc.uniqueArray(
      fc.oneof(
        {
          weight: 9,
          arbitrary: rather(
            claimed,
            differs.decidedLocally.length > 0 ? differs.decidedLocally : tableServices,
          ),
        },
        { weight: 1, arbitrary: fc.constantFrom<Service>(...tableServices) },
      ),
      { minLength: 1, maxLength: 3 },
    ),
    zvwServices: fc.uniqueArray(
      rather(
        zvwServices.filter((service) => concerned.includes(service)),
        zvwServices,
      ),
      { minLength: 1, maxLength: 2 },
    ),
    activityServices: rather(
      concerned.filter((service) => service !== 'vacancy'),
      services.filter((service) => service !== 'vacancy'),
    ),
    minutes: minutesFor(differs.windows),
    handedOver: rather(concerned, services),
    stayKinds: rather(stays, allStays),
  };
}

function rather<T>(some: readonly T[], all: readonly T[]): fc.Arbitrary<T> {
  if (some.length === 0) return fc.constantFrom(...all);
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...some) },
    { weight: 1, arbitrary: fc.constantFrom(...all) },
  );
}

/** On the day, or as far from it as something lasts, give or take a day; now and then anywhere near. */
function dayNear(around: Day, lengths: readonly number[]): fc.Arbitrary<Day> {
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.constantFrom(0, ...lengths.flatMap((days) => [days, -days])) },
    { weight: 2, arbitrary: fc.integer({ min: -1, max: 1 }) },
    { weight: 1, arbitrary: fc.integer({ min: -40, max: 60 }) },
  );
  return fc.tuple(step, step).map(([one, other]) => around + one + other);
}

function minutesFor(windows: readonly Window[]): fc.Arbitrary<number> {
  const caps = windows.flatMap(({ cap }) => (cap ? [cap.minutes - 1, cap.minutes, cap.minutes + 1] : []));
  const possible = caps.filter((minutes) => minutes > 0 && minutes <= 1440);
  return fc.constantFrom(60, 1440, ...possible);
}

function codesFor({ codes, windows }: WhatDiffers): Codes {
  const profiles = windows.flatMap(({ requires }) => requires.profile ?? []);
  return {
    municipalities: some('municipalities', codes.municipality),
    insurers: some('insurers', codes.insurer),
    careOffices: some('careOffices', codes['care-office']),
    providers: some('providers', codes.provider),
    profiles: some('profiles', profiles),
  };
}

/** The ordinary one, those that are named, and one that is not. */
function some(kind: keyof Codes, named: readonly string[]): string[] {
  const other = otherCodes[kind].find((code) => !named.includes(code));
  return [...new Set([...ordinaryCodes[kind], ...named, ...(other ? [other] : [])])];
}
