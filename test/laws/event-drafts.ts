import { formatDay, parseDay, type Day } from '@domeinbrug/calendar';
import type { EventData, EventType } from '@domeinbrug/journey';
import { bridgingForms, deliveryForms, services, stayKinds, tableServices } from '@domeinbrug/terms';
import fc from 'fast-check';

/** What an event says, before anybody has sent it. */
export interface Draft {
  type: EventType;
  data: Record<string, unknown>;
}

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
const dayText = day.map(formatDay);
const municipality = fc.constantFrom(...codes.municipalities);
const insurer = fc.constantFrom(...codes.insurers);
const careOffice = fc.constantFrom(...codes.careOffices);
const provider = fc.constantFrom(...codes.providers);
const decisionId = fc.constantFrom('d1', 'd2');
const indicationId = fc.constantFrom('z1', 'z2');
const pool = fc.constantFrom('pool-a', 'pool-b');

const wmoServices = fc.uniqueArray(
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('household-help', 'guidance', 'day-activities', 'mobility-aid') },
    { weight: 1, arbitrary: fc.constantFrom(...tableServices) },
  ),
  { minLength: 1, maxLength: 3 },
);
const zvwServices = fc.uniqueArray(
  fc.constantFrom('district-nursing', 'district-nursing', 'specific-treatment', 'geriatric-team-care'),
  { minLength: 1, maxLength: 2 },
);

/** Adds a last day some days after the first one; sometimes before it, which makes the record void. */
function sometimesEnding<T extends { firstDay: string }>(
  record: fc.Arbitrary<T>,
): fc.Arbitrary<T & { lastDay?: string }> {
  const length = fc.option(fc.integer({ min: -2, max: 100 }), { nil: undefined, freq: 2 });
  return fc
    .tuple(record, length)
    .map(([fields, days]) =>
      days === undefined ? fields : { ...fields, lastDay: formatDay(parseDay(fields.firstDay) + days) },
    );
}

/** Adds the day of decision, now and then more than two weeks after the first day. */
function decided<T extends { firstDay: string }>(
  record: fc.Arbitrary<T>,
): fc.Arbitrary<T & { decidedOn: string }> {
  return fc
    .tuple(record, fc.integer({ min: -10, max: 20 }))
    .map(([fields, late]) => ({ ...fields, decidedOn: formatDay(parseDay(fields.firstDay) + late) }));
}

function optional<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq: 2 });
}

function draft<T extends EventType>(type: T, data: fc.Arbitrary<EventData<T> | object>): fc.Arbitrary<Draft> {
  return data.map((fields) => ({
    type,
    data: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
  }));
}

const registration = draft(
  'client-registered',
  fc.record({
    firstDay: dayText,
    municipality,
    insurer: optional(insurer),
    careOffice: optional(careOffice),
    birthYear: optional(fc.constantFrom(1939, 1940)),
  }),
);
const wmoDecision = draft(
  'wmo-decision-issued',
  fc.oneof(
    sometimesEnding(
      fc.record({
        decisionId,
        municipality,
        services: wmoServices,
        firstDay: dayText,
        provider: optional(provider),
      }),
    ),
    decided(fc.record({ decisionId, municipality, services: wmoServices, firstDay: dayText, provider })),
  ),
);
const zvwCare = draft(
  'zvw-care-indicated',
  sometimesEnding(fc.record({ indicationId, services: zvwServices, firstDay: dayText, provider })),
);
const caseManagement = draft('case-management-started', fc.record({ firstDay: dayText, provider }));
const indication = draft(
  'wlz-indication-issued',
  decided(
    sometimesEnding(
      fc.record({ decisionId, firstDay: dayText, profile: fc.constantFrom(...codes.profiles) }),
    ),
  ),
);
const admission = draft(
  'client-admitted',
  fc.record({ provider, firstDay: dayText, withTreatment: optional(fc.boolean()) }),
);
const delivery = draft(
  'wlz-delivery-started',
  fc.record({
    deliveryForm: fc.constantFrom(...deliveryForms),
    firstDay: dayText,
    provider,
    withTreatment: optional(fc.boolean()),
  }),
);
const bridging = draft(
  'bridging-started',
  fc.record({ deliveryForm: fc.constantFrom(...bridgingForms), firstDay: dayText }),
);
const extension = draft(
  'bridging-extended',
  fc
    .tuple(day, fc.integer({ min: 0, max: 150 }))
    .map(([decidedOn, days]) => ({ decidedOn: formatDay(decidedOn), lastDay: formatDay(decidedOn + days) })),
);
const stay = draft(
  'stay-started',
  fc.record({ kind: fc.constantFrom(...stayKinds), provider, firstDay: dayText }),
);
const absence = draft(
  'absence-started',
  fc.record({ reason: fc.constantFrom('hospital', 'leave', 'leave'), departureDay: dayText }),
);
const jointFunding = draft(
  'joint-funding-started',
  fc.record({ pool, services: wmoServices, firstDay: dayText }),
);
const activity = draft(
  'activity-recorded',
  fc.record({
    service: fc.oneof(
      {
        weight: 4,
        arbitrary: fc.constantFrom('case-management', 'aftercare', 'district-nursing', 'guidance'),
      },
      { weight: 1, arbitrary: fc.constantFrom(...services.filter((service) => service !== 'vacancy')) },
    ),
    day: dayText,
    minutes: fc.integer({ min: 1, max: 240 }),
    provider,
    subject: optional(fc.constantFrom('client', 'carer')),
    attributable: fc.constantFrom(undefined, undefined, true, false),
  }),
);

/** Ends of whatever is there, or of nothing at all. */
const ends: fc.Arbitrary<Draft>[] = [
  draft('insurance-ended', fc.record({ lastDay: dayText })),
  draft('wmo-decision-ended', fc.record({ decisionId, municipality, lastDay: dayText })),
  draft(
    'wmo-support-ended',
    fc.record({ decisionId, municipality, provider, lastDay: dayText, temporary: optional(fc.boolean()) }),
  ),
  draft('zvw-care-ended', fc.record({ indicationId, lastDay: dayText })),
  draft('case-management-ended', fc.record({ lastDay: dayText, provider: optional(provider) })),
  draft('wlz-indication-withdrawn', fc.record({ decisionId, lastDay: dayText })),
  draft('wlz-delivery-ended', fc.record({ lastDay: dayText, provider })),
  draft('client-discharged', fc.record({ lastDay: dayText, provider })),
  draft('bridging-ended', fc.record({ lastDay: dayText })),
  draft('stay-ended', fc.record({ kind: fc.constantFrom(...stayKinds), lastDay: dayText })),
  draft('absence-ended', fc.record({ returnDay: dayText })),
  draft('joint-funding-settled', fc.record({ pool, lastDay: dayText })),
  draft('carer-ended', fc.record({ carerId: fc.constant('m1'), lastDay: dayText })),
];

const carerRegistered = draft(
  'carer-registered',
  fc.record({ carerId: fc.constant('m1'), relationship: fc.constant('10'), firstDay: dayText }),
);
const milestones: fc.Arbitrary<Draft>[] = [
  draft('wmo-support-reported', fc.record({ day: dayText, municipality })),
  draft('wmo-support-started', fc.record({ decisionId, municipality, provider, firstDay: dayText })),
  draft('case-management-referred', fc.record({ day: dayText })),
  draft('wlz-requested', fc.record({ day: dayText })),
  draft('wlz-waiting-status', fc.record({ day: dayText, status: fc.constantFrom('2', '7') })),
  draft('group-assigned', fc.record({ group: fc.constant('g1'), firstDay: dayText })),
];

const weighted = (
  weight: number,
  ...arbitraries: fc.Arbitrary<Draft>[]
): { weight: number; arbitrary: fc.Arbitrary<Draft> } => ({
  weight,
  arbitrary: fc.oneof(...arbitraries),
});

/** Any event about a client but a correction, a retraction or a death. */
export const anyDraft: fc.Arbitrary<Draft> = fc.oneof(
  weighted(8, caseManagement, wmoDecision, zvwCare),
  weighted(5, indication),
  weighted(7, admission, delivery),
  weighted(8, ...ends),
  weighted(3, bridging, extension),
  weighted(3, stay),
  weighted(3, absence, draft('absence-consent-given', fc.record({ day: dayText }))),
  weighted(2, jointFunding),
  weighted(4, activity),
  weighted(1, registration),
  weighted(
    3,
    draft('client-moved', fc.record({ municipality, firstDay: dayText })),
    draft('insurance-changed', fc.record({ insurer, firstDay: dayText })),
    draft('care-office-assigned', fc.record({ careOffice, firstDay: dayText })),
  ),
  weighted(2, draft('treatment-changed', fc.record({ withTreatment: fc.boolean(), firstDay: dayText }))),
  weighted(
    2,
    carerRegistered,
    draft(
      'handover-completed',
      fc.record({ service: fc.constantFrom('case-management', 'guidance'), day: dayText }),
    ),
  ),
  weighted(1, ...milestones),
);

/** What most journeys have: a registration, care of the old payers, an indication and a delivery. */
export const ordinaryDrafts: fc.Arbitrary<Draft[]> = mostOf(
  fc.constant<Draft>({
    type: 'client-registered',
    data: {
      firstDay: formatDay(day0),
      municipality: codes.municipalities[0],
      insurer: codes.insurers[0],
      careOffice: codes.careOffices[0],
    },
  }),
  caseManagement,
  wmoDecision,
  zvwCare,
  indication,
  fc.oneof(admission, delivery, bridging),
  carerRegistered,
);

/** Each of them, now and then one left out. */
function mostOf(...drafts: fc.Arbitrary<Draft>[]): fc.Arbitrary<Draft[]> {
  const each = drafts.map((arbitrary) => fc.option(arbitrary, { nil: null, freq: 6 }));
  return fc.tuple(...each).map((made) => made.filter((one) => one !== null));
}

export const death: fc.Arbitrary<Draft> = draft('client-died', fc.record({ day: dayText }));
