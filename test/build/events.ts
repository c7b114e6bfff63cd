import { amsterdamInstant, parseDay, tryParseInstant, type Instant } from '@domeinbrug/calendar';
import type { EventData, EventKey, EventType, JourneyEvent } from '@domeinbrug/journey';
import type { DeliveryForm, Service, StayKind, TableService } from '@domeinbrug/terms';

/**
 * Events for tests, in as few words as a history needs. Whoever is not named is the usual one: municipality 0363,
 * insurer 3311, care office 5515.
 */

export const source = 'urn:nld:agb:65656055:systeem:ecd';

/** What an event has besides its data; `recordedAt` is RFC 3339. */
export interface Sent {
  id?: string;
  source?: string;
  recordedAt?: string;
}

/** One event; its id is its type and main day, and it was recorded at noon of that day unless told otherwise. */
export function event<T extends EventType>(type: T, data: EventData<T>, sent: Sent = {}): JourneyEvent {
  const mainDay = mainDayOf(data);
  return {
    source: sent.source ?? source,
    id: sent.id ?? (mainDay === undefined ? type : `${type} ${mainDay}`),
    type,
    recordedAt: sent.recordedAt === undefined ? noonOf(mainDay) : momentOf(sent.recordedAt),
    data,
  } as unknown as JourneyEvent;
}

function mainDayOf(data: object): string | undefined {
  const fields = data as Record<string, string | undefined>;
  return ['firstDay', 'day', 'departureDay', 'returnDay', 'lastDay']
    .map((name) => fields[name])
    .find(Boolean);
}

function noonOf(day: string | undefined): Instant {
  return amsterdamInstant(parseDay(day ?? '2030-01-01'), 12);
}

export function momentOf(text: string): Instant {
  const moment = tryParseInstant(text);
  if (moment === undefined) throw new RangeError(`"${text}" is no instant`);
  return moment;
}

export const keyOf = ({ source: from, id }: JourneyEvent): EventKey => ({ source: from, id });

type Options<T extends EventType> = Partial<EventData<T>> & Sent;

/** Splits what a short form was given into fields of the event and how it was sent. */
function short<T extends EventType>(type: T, data: object, options: object = {}): JourneyEvent {
  const { id, source: from, recordedAt, ...fields } = options as Sent & Record<string, unknown>;
  const sent = { ...(id && { id }), ...(from && { source: from }), ...(recordedAt && { recordedAt }) };
  const all = Object.entries({ ...data, ...fields }).filter(([, value]) => value !== undefined);
  return event(type, Object.fromEntries(all) as EventData<T>, sent);
}

export const registered = (firstDay: string, options: Options<'client-registered'> = {}): JourneyEvent =>
  short(
    'client-registered',
    { firstDay, municipality: '0363', insurer: '3311', careOffice: '5515' },
    options,
  );
export const moved = (municipality: string, firstDay: string, options: Sent = {}): JourneyEvent =>
  short('client-moved', { municipality, firstDay }, options);
export const insuredBy = (insurer: string, firstDay: string, options: Sent = {}): JourneyEvent =>
  short('insurance-changed', { insurer, firstDay }, options);
export const uninsured = (lastDay: string, options: Sent = {}): JourneyEvent =>
  short('insurance-ended', { lastDay }, options);
export const fileAt = (careOffice: string, firstDay: string, options: Sent = {}): JourneyEvent =>
  short('care-office-assigned', { careOffice, firstDay }, options);

export const wmo = (
  services: TableService[],
  firstDay: string,
  options: Options<'wmo-decision-issued'> = {},
): JourneyEvent =>
  short(
    'wmo-decision-issued',
    { decisionId: 'w1', municipality: '0363', services, firstDay, provider: '41414141' },
    options,
  );
export const wmoEnded = (lastDay: string, options: Options<'wmo-decision-ended'> = {}): JourneyEvent =>
  short('wmo-decision-ended', { decisionId: 'w1', municipality: '0363', lastDay }, options);
export const nursing = (firstDay: string, options: Options<'zvw-care-indicated'> = {}): JourneyEvent =>
  short(
    'zvw-care-indicated',
    { indicationId: 'z1', services: ['district-nursing'], firstDay, provider: '30303030' },
    options,
  );
export const caseManager = (
  firstDay: string,
  options: Options<'case-management-started'> = {},
): JourneyEvent => short('case-management-started', { firstDay, provider: '31313131' }, options);
export const caseClosed = (lastDay: string, options: Options<'case-management-ended'> = {}): JourneyEvent =>
  short('case-management-ended', { lastDay }, options);

export const entitled = (firstDay: string, options: Options<'wlz-indication-issued'> = {}): JourneyEvent =>
  short(
    'wlz-indication-issued',
    { decisionId: 'c1', decidedOn: firstDay, firstDay, profile: '754' },
    options,
  );
export const withdrawn = (lastDay: string, options: Options<'wlz-indication-withdrawn'> = {}): JourneyEvent =>
  short('wlz-indication-withdrawn', { decisionId: 'c1', lastDay }, options);
export const admitted = (firstDay: string, options: Options<'client-admitted'> = {}): JourneyEvent =>
  short('client-admitted', { provider: '42424242', firstDay }, options);
export const discharged = (lastDay: string, options: Options<'client-discharged'> = {}): JourneyEvent =>
  short('client-discharged', { provider: '42424242', lastDay }, options);
export const delivered = (
  deliveryForm: DeliveryForm,
  firstDay: string,
  options: Options<'wlz-delivery-started'> = {},
): JourneyEvent => short('wlz-delivery-started', { deliveryForm, firstDay, provider: '43434343' }, options);
export const deliveryEnded = (lastDay: string, options: Options<'wlz-delivery-ended'> = {}): JourneyEvent =>
  short('wlz-delivery-ended', { lastDay, provider: '43434343' }, options);
export const treatment = (withTreatment: boolean, firstDay: string, options: Sent = {}): JourneyEvent =>
  short('treatment-changed', { withTreatment, firstDay }, options);

export const bridged = (firstDay: string, options: Options<'bridging-started'> = {}): JourneyEvent =>
  short('bridging-started', { deliveryForm: 'modular', firstDay }, options);
export const bridgingEnded = (lastDay: string, options: Sent = {}): JourneyEvent =>
  short('bridging-ended', { lastDay }, options);
export const extended = (decidedOn: string, lastDay: string, options: Sent = {}): JourneyEvent =>
  short('bridging-extended', { decidedOn, lastDay }, options);

export const stay = (kind: StayKind, firstDay: string, options: Options<'stay-started'> = {}): JourneyEvent =>
  short('stay-started', { kind, firstDay, provider: '44444444' }, options);
export const stayEnded = (kind: StayKind, lastDay: string, options: Sent = {}): JourneyEvent =>
  short('stay-ended', { kind, lastDay }, options);
export const away = (reason: 'hospital' | 'leave', departureDay: string, options: Sent = {}): JourneyEvent =>
  short('absence-started', { reason, departureDay }, options);
export const back = (returnDay: string, options: Sent = {}): JourneyEvent =>
  short('absence-ended', { returnDay }, options);
export const consent = (day: string, options: Sent = {}): JourneyEvent =>
  short('absence-consent-given', { day }, options);

export const carer = (firstDay: string, options: Options<'carer-registered'> = {}): JourneyEvent =>
  short('carer-registered', { carerId: 'm1', relationship: '12', firstDay }, options);
export const carerLeft = (lastDay: string, options: Options<'carer-ended'> = {}): JourneyEvent =>
  short('carer-ended', { carerId: 'm1', lastDay }, options);
export const pooled = (
  services: TableService[],
  firstDay: string,
  options: Options<'joint-funding-started'> = {},
): JourneyEvent => short('joint-funding-started', { pool: 'bridge', services, firstDay }, options);
export const settled = (lastDay: string, options: Options<'joint-funding-settled'> = {}): JourneyEvent =>
  short('joint-funding-settled', { pool: 'bridge', lastDay }, options);
export const handedOver = (service: Service, day: string, options: Sent = {}): JourneyEvent =>
  short('handover-completed', { service, day }, options);
export const time = (
  service: Service,
  day: string,
  minutes: number,
  options: Options<'activity-recorded'> = {},
): JourneyEvent => short('activity-recorded', { service, day, minutes, provider: '31313131' }, options);
export const died = (day: string, options: Sent = {}): JourneyEvent => short('client-died', { day }, options);

/** The whole new data of an event, in its own words: `corrected(old, admitted('2024-03-07'))`. */
export function corrected(original: JourneyEvent, to: JourneyEvent, options: Sent = {}): JourneyEvent {
  const data = { corrects: keyOf(original), data: to.data as Record<string, unknown> };
  return event('event-corrected', data, { id: `correction of ${original.id}`, ...options });
}

export function retracted(original: JourneyEvent, options: Sent = {}): JourneyEvent {
  const data = { retracts: keyOf(original), reason: '13' };
  return event('event-retracted', data, { id: `retraction of ${original.id}`, ...options });
}
