import { bridgingForms, deliveryForms, services, stayKinds, tableServices } from '@domeinbrug/terms';

/**
 * Every event type that can be sent about a client, field by field: the one source of the TypeScript types,
 * of the published JSON Schemas and of the check on corrected data.
 */

/** The part of JSON Schema 2020-12 that fields need. */
export interface FieldSchema {
  type: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
  description?: string;
  format?: 'date';
  pattern?: string;
  enum?: readonly string[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  minItems?: number;
  uniqueItems?: boolean;
  items?: FieldSchema;
  properties?: Record<string, FieldSchema>;
  required?: readonly string[];
  additionalProperties?: boolean;
}

export interface Field<T, Required extends boolean = boolean> {
  schema: FieldSchema;
  required: Required;
  /** Stands apart in storage so that it can be encrypted per client: it tells something of a person. */
  personal: boolean;
  /** Carries the type for inference; never set. */
  readonly value?: T;
}

function required<T>(schema: FieldSchema): Field<T, true> {
  return { schema, required: true, personal: false };
}

function optional<T>(field: Field<T>): Field<T, false> {
  return { ...field, required: false };
}

function personal<T, R extends boolean>(field: Field<T, R>): Field<T, R> {
  return { ...field, personal: true };
}

const text = (description: string, pattern = '^[^\\u0000-\\u001f]+$', maxLength = 64): Field<string, true> =>
  required({ type: 'string', description, pattern, maxLength });
const day = (description: string): Field<string, true> =>
  required({ type: 'string', format: 'date', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', description });
const oneOf = <const V extends readonly string[]>(description: string, values: V): Field<V[number], true> =>
  required({ type: 'string', enum: values, description });
const flag = (description: string): Field<boolean, true> => required({ type: 'boolean', description });
const count = (description: string, minimum: number, maximum: number): Field<number, true> =>
  required({ type: 'integer', description, minimum, maximum });
const list = <const V extends readonly string[]>(description: string, values: V): Field<V[number][], true> =>
  required({
    type: 'array',
    items: { type: 'string', enum: values },
    minItems: 1,
    uniqueItems: true,
    description,
  });

const firstDay = day('The first day on which it holds, inclusive.');
const lastDay = day('The last day on which it holds, inclusive; absent = open.');
const onDay = day('The day on which it happened.');
const municipality = text('Municipality, CBS code of 4 digits.', '^[0-9]{4}$', 4);
const insurer = text('Health insurer, UZOVI code of 4 digits.', '^[0-9]{4}$', 4);
const careOffice = text('Care office (zorgkantoor), code of 4 digits (55xx).', '^[0-9]{4}$', 4);
const provider = text('Care provider, AGB code of 8 digits.', '^[0-9]{8}$', 8);
const decisionId = text('The number of the decision, unique per sender (Wmo: per municipality).');
const indicationId = text('The number of the indication, unique per client.');
const pool = text('The name of the joint budget.', '^[A-Za-z0-9][A-Za-z0-9._-]*$', 64);
const reason = text('The sender’s reason code.', '^[A-Za-z0-9-]+$', 32);
const decidedOn = day('The day on which the decision was taken.');
const eventKey = (description: string): Field<EventKey, true> =>
  required({
    type: 'object',
    description,
    properties: {
      source: { type: 'string', maxLength: 256 },
      id: { type: 'string', maxLength: 256 },
    },
    required: ['source', 'id'],
    additionalProperties: false,
  });
const volume: Field<Volume, true> = required({
  type: 'object',
  description: 'How much care was granted.',
  properties: {
    quantity: { type: 'number', minimum: 0 },
    unit: {
      type: 'string',
      enum: ['minutes', 'hours', 'day-parts', 'nights', 'pieces', 'euros'],
    },
    per: { type: 'string', enum: ['day', 'week', 'four-weeks', 'month', 'year', 'total'] },
  },
  required: ['quantity', 'unit', 'per'],
  additionalProperties: false,
});

export interface EventKey {
  source: string;
  id: string;
}

export interface Volume {
  quantity: number;
  unit: 'minutes' | 'hours' | 'day-parts' | 'nights' | 'pieces' | 'euros';
  per: 'day' | 'week' | 'four-weeks' | 'month' | 'year' | 'total';
}

/** Fields that every event's data may carry besides its own. */
export const commonFields = {
  decidedOn: optional(decidedOn),
  reference: personal(
    optional(text('The sender’s own key; no personal details.', '^[^\\u0000-\\u001f]+$', 128)),
  ),
} as const;

const zvwServices = ['district-nursing', 'specific-treatment', 'geriatric-team-care'] as const;

export const eventCatalogue = {
  'client-registered': {
    firstDay,
    municipality,
    insurer: optional(insurer),
    careOffice: optional(careOffice),
    birthYear: personal(optional(count('Year of birth.', 1890, 2100))),
  },
  'client-moved': { municipality, firstDay },
  'insurance-changed': { insurer, firstDay },
  'insurance-ended': { lastDay },
  'care-office-assigned': { careOffice, firstDay, movedOn: optional(day('The day of the move itself.')) },
  'carer-registered': {
    carerId: personal(text('The carer’s pseudonym.')),
    relationship: personal(text('Relationship, COD472.', '^[0-9]{1,3}$', 3)),
    firstDay,
    municipality: personal(optional(municipality)),
    insurer: personal(optional(insurer)),
  },
  'carer-ended': { carerId: personal(text('The carer’s pseudonym.')), lastDay },
  'wmo-support-reported': { day: onDay, municipality },
  'wmo-plan-drafted': {
    day: onDay,
    municipality,
    draftedBy: oneOf('Who drafted the plan.', ['consultant', 'district-nurse', 'arranger']),
    minutes: optional(count('Minutes spent.', 0, 100_000)),
  },
  'wmo-support-requested': { day: onDay, municipality },
  'wmo-decision-issued': {
    decisionId,
    municipality,
    services: list('Services granted.', tableServices),
    firstDay,
    lastDay: optional(lastDay),
    provider: optional(provider),
    deliveryKind: optional(oneOf('In kind or as a personal budget.', ['in-kind', 'personal-budget'])),
    volume: optional(volume),
  },
  'wmo-decision-ended': { decisionId, municipality, lastDay, reason: optional(reason) },
  'wmo-support-started': { decisionId, municipality, provider, firstDay },
  'wmo-support-ended': {
    decisionId,
    municipality,
    provider,
    lastDay,
    reason: optional(reason),
    temporary: optional(flag('True = care pauses; the decision goes on.')),
  },
  'zvw-care-indicated': {
    indicationId,
    services: list('Services indicated.', zvwServices),
    firstDay,
    lastDay: optional(lastDay),
    provider,
    volume: optional(volume),
  },
  'zvw-care-ended': { indicationId, lastDay, reason: optional(reason) },
  'case-management-referred': { day: onDay, provider: optional(provider) },
  'case-management-started': { firstDay, provider, volume: optional(volume) },
  'case-management-ended': { lastDay, provider: optional(provider), reason: optional(reason) },
  'handover-completed': {
    service: oneOf('The service handed over.', services),
    day: onDay,
    provider: optional(provider),
  },
  'wlz-requested': { day: onDay },
  'wlz-indication-issued': {
    decisionId,
    decidedOn,
    firstDay,
    lastDay: optional(lastDay),
    profile: text('Care profile, COD163, such as 754 = 5VV.', '^[0-9]{3}$', 3),
    ground: optional(text('Ground, COD736.', '^[0-9]{1,3}$', 3)),
  },
  'wlz-indication-withdrawn': { decisionId, lastDay, reason: optional(reason) },
  'wlz-delivery-started': {
    deliveryForm: oneOf('Form of delivery.', deliveryForms),
    firstDay,
    provider,
    withTreatment: optional(flag('Whether treatment is included.')),
    services: optional(list('Functions delivered (mpt).', tableServices)),
    volume: optional(volume),
  },
  'wlz-delivery-ended': { lastDay, provider, reason: optional(reason) },
  'wlz-waiting-status': {
    day: onDay,
    status: text('Waiting status, COD167.', '^[0-9]{1,2}$', 2),
    classification: optional(text('Classification, COD168.', '^[0-9]{1,2}$', 2)),
  },
  'treatment-changed': { withTreatment: flag('Whether treatment is included from then on.'), firstDay },
  'client-admitted': {
    provider,
    firstDay,
    withTreatment: optional(flag('Whether treatment is included.')),
    crisis: optional(flag('Admitted in a crisis, before an indication.')),
  },
  'client-discharged': { provider, lastDay, destination: optional(text('Where to.', '^[a-z-]+$', 32)) },
  'bridging-started': {
    deliveryForm: oneOf('Form of the bridging care.', bridgingForms),
    firstDay,
    provider: optional(provider),
  },
  'bridging-extended': { lastDay, decidedOn },
  'bridging-ended': { lastDay },
  'stay-started': { kind: oneOf('Kind of stay.', stayKinds), provider, firstDay },
  'stay-ended': { kind: oneOf('Kind of stay.', stayKinds), lastDay },
  'absence-started': {
    reason: oneOf('Why the client is away.', ['hospital', 'leave']),
    departureDay: day('The day of departure, not itself an absent day.'),
  },
  'absence-ended': { returnDay: day('The day of return, not itself an absent day.') },
  'absence-consent-given': { day: onDay },
  'joint-funding-started': { pool, services: list('Services paid from the pool.', tableServices), firstDay },
  'joint-funding-settled': { pool, lastDay },
  'activity-recorded': {
    service: oneOf('The service.', services),
    day: onDay,
    minutes: count('Minutes spent.', 0, 1440),
    provider,
    subject: optional(oneOf('For whom; absent = client.', ['client', 'carer'])),
    kind: optional(
      oneOf('What was done.', [
        'care',
        'coordination',
        'consultation',
        'assessment',
        'administration',
        'training',
      ]),
    ),
    attributable: optional(flag('False = not about this client; not counted. Absent = true.')),
    agreement: optional(text('The agreement it falls under.')),
  },
  'group-assigned': { group: text('The target group.'), firstDay },
  'group-ended': { group: text('The target group.'), lastDay },
  'client-died': { day: onDay },
  'event-corrected': {
    corrects: eventKey('The original event, never a correction.'),
    data: required<Record<string, unknown>>({
      type: 'object',
      description: 'The complete new data of the corrected event.',
    }),
  },
  'event-retracted': { retracts: eventKey('The event that is taken back.'), reason },
} as const satisfies Record<string, Record<string, Field<unknown>>>;

export type EventType = keyof typeof eventCatalogue;
export const eventTypes = Object.keys(eventCatalogue) as EventType[];

type RequiredKeys<F> = { [K in keyof F]: F[K] extends Field<unknown, true> ? K : never }[keyof F];
type OptionalKeys<F> = Exclude<keyof F, RequiredKeys<F>>;
type ValueOf<F> = F extends Field<infer T> ? T : never;
type DataOf<F> = { [K in RequiredKeys<F>]: ValueOf<F[K]> } & { [K in OptionalKeys<F>]?: ValueOf<F[K]> };

/** The data of one event type, as stored: days are `YYYY-MM-DD` texts, absent fields are absent. */
export type EventData<T extends EventType = EventType> = DataOf<(typeof eventCatalogue)[T]> &
  DataOf<Omit<typeof commonFields, keyof (typeof eventCatalogue)[T]>>;

/** All fields of a type, its own and the common ones. */
export function fieldsOf(type: EventType): Readonly<Record<string, Field<unknown>>> {
  return fieldsByType.get(type)!;
}

const fieldsByType: ReadonlyMap<EventType, Record<string, Field<unknown>>> = new Map(
  eventTypes.map((type) => [type, { ...commonFields, ...eventCatalogue[type] }]),
);

export function isEventType(type: string): type is EventType {
  return Object.hasOwn(eventCatalogue, type);
}
