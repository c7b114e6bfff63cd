import { amsterdamInstant, formatInstant, parseDay } from '@domeinbrug/calendar';
import { wireTypeOf, type EventType } from '@domeinbrug/journey';

/** One invented person and what was told of them. */
export interface Person {
  /** Says the situation, so that it can be asked for by name. */
  clientId: string;
  /** What there is to see. */
  about: string;
  events: ToldEvent[];
}

/** An event with its data beside its type. */
export interface ToldEvent {
  type: EventType;
  /** A name for corrections and retractions to point at; its id when given. */
  key?: string;
  /** The day on which it became known, when that was not the day it is about. */
  knownOn?: string;
  /** AGB code of the provider that tells it, when it is not the one that the event names. */
  by?: string;
  [field: string]: unknown;
}

/** A line for `import --history`. */
export type HistoryEnvelope = Record<string, unknown> & { recordedat: string };

/** Everything told of these people, in the order in which it became known. */
export function historyOf(people: readonly Person[]): HistoryEnvelope[] {
  const envelopes = people.flatMap(({ clientId, events }) => {
    const sources = new Map(events.map((event, at) => [idOf(clientId, event, at), sourceOf(event)]));
    return events.map((event, at) => envelopeOf(clientId, event, at, sources));
  });
  // The sort is stable: of one moment, the order in which people are written down.
  return envelopes.sort((a, b) => (a.recordedat < b.recordedat ? -1 : a.recordedat > b.recordedat ? 1 : 0));
}

/** What a told event says of itself; all else is its data. */
const aboutTheEvent = ['type', 'key', 'by', 'knownOn', 'corrects', 'retracts'];

function envelopeOf(
  clientId: string,
  told: ToldEvent,
  at: number,
  sources: ReadonlyMap<string, string>,
): HistoryEnvelope {
  const { type, knownOn, corrects, retracts } = told;
  const fields = Object.entries(told).filter(([name]) => !aboutTheEvent.includes(name));
  const target = (key: unknown): { source: string; id: string } => {
    const id = `${clientId}-${String(key)}`;
    return { source: sources.get(id)!, id };
  };
  const aim = corrects ?? retracts;
  const moment = formatInstant(amsterdamInstant(parseDay(knownOn ?? mainDayOf(told)), 12));
  return {
    specversion: '1.0',
    id: idOf(clientId, told, at),
    source: aim === undefined ? sourceOf(told) : target(aim).source,
    type: wireTypeOf(type),
    time: moment,
    recordedat: moment,
    datacontenttype: 'application/json',
    data: {
      clientId,
      ...(corrects === undefined ? {} : { corrects: target(corrects) }),
      ...(retracts === undefined ? {} : { retracts: target(retracts) }),
      ...Object.fromEntries(fields),
    },
  };
}

function idOf(clientId: string, { key }: ToldEvent, at: number): string {
  return `${clientId}-${key ?? at + 1}`;
}

const mainDays = ['decidedOn', 'movedOn', 'firstDay', 'day', 'departureDay', 'returnDay', 'lastDay'];

function mainDayOf(told: ToldEvent): string {
  return told[mainDays.find((name) => told[name] !== undefined)!] as string;
}

export const home = '61610001';
export const caseManager = '61610002';
export const nursingHome = '61610003';
export const hospital = '61610004';
const ciz = 'urn:nld:oin:00000001001300000000:systeem:portero';

/** Who tells it: the organisation that would in practice. */
function sourceOf({ type, ...told }: ToldEvent): string {
  const code = (field: string): string => told[field] as string;
  if (type === 'client-registered' || type === 'client-moved' || /^wmo-decision/.test(type)) {
    return `urn:nld:gemeentecode:${code('municipality')}:systeem:wmo`;
  }
  if (type === 'insurance-changed') return `urn:nld:uzovi:${code('insurer')}:systeem:polis`;
  if (type === 'insurance-ended') return 'urn:nld:uzovi:3311:systeem:polis';
  if (type === 'care-office-assigned') return `urn:nld:zorgkantoor:${code('careOffice')}:systeem:dossier`;
  if (type === 'absence-consent-given') return 'urn:nld:zorgkantoor:5515:systeem:dossier';
  if (type.startsWith('wlz-indication')) return ciz;
  return `urn:nld:agb:${told.by ?? (told['provider'] as string | undefined) ?? home}:systeem:ecd`;
}
