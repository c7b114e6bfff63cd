import { owns, type Asker } from '@domeinbrug/access';
import type { Because, EventRef, ParameterRead } from '@domeinbrug/coverage';
import { clinicServices, type Law, type Service } from '@domeinbrug/terms';
import { eventFieldsSeen, eventsSeen, onlookers, type Onlooker } from './what-is-seen.js';

/** An event that the asker may not see whole: the law it fell under at most, and its type where that tells nothing more. */
export interface HiddenEvent {
  source: null;
  id: null;
  type: EventRef['type'] | null;
  /** `null` where it falls under none, or that may not show. */
  law: Law | null;
  says: 'told by another organisation' | 'decided under another law' | 'interrupted by other care';
}

export type SeenEvent = EventRef | HiddenEvent;

/** Why a row is there, as far as the asker may see. */
export interface SeenBecause {
  opened: SeenEvent[];
  closed: SeenEvent[];
  /** Without the code of another organisation. */
  parameters: ParameterRead[];
}

/** What a row is about, as far as its reasons depend on it. */
export interface Care {
  service: Service;
  /** AGB code; `null` when none is known or, of a gap, paid. */
  provider: string | null;
}

/** Of every asker that sees a part. */
export type PartialAsker = Pick<Asker, 'code'> & { kind: Onlooker };

/** Of everybody, also who sees nothing or all. */
export type AnyAsker = Pick<Asker, 'kind' | 'code'>;

/** @throws for who sees all of a client, or nothing: whoever cuts an answer has to know which */
export function partialAsker({ kind, code }: AnyAsker): PartialAsker {
  const onlooker = onlookers.find((each) => each === kind);
  if (!onlooker) throw new Error(`An asker of the kind ${kind} does not see a part of a client.`);
  return { kind: onlooker, code };
}

/** The reasons of a row that is the asker's own, cut to the events it may see; of others the law at most. */
export function seenBecause(asker: PartialAsker, care: Care, because: Because): SeenBecause {
  return {
    opened: seenEvents(asker, care, because.opened),
    closed: seenEvents(asker, care, because.closed),
    parameters: because.parameters.map((read) => seenParameter(asker, care, read)),
  };
}

/** Events as the asker may see them; those of which the same shows are one. To an auditor whole. */
export function eventsTo(asker: AnyAsker, care: Care, events: readonly EventRef[]): SeenEvent[] {
  return asker.kind === 'auditor' ? [...events] : seenEvents(partialAsker(asker), care, events);
}

function seenEvents(asker: PartialAsker, care: Care, events: readonly EventRef[]): SeenEvent[] {
  const seen = events.map((event) => seenEvent(asker, care, event)).filter((event) => event !== null);
  return [...new Map(seen.map((event) => [JSON.stringify(event), event])).values()];
}

/** Whether the asker sees an event whole. */
export function isSeenWhole(event: SeenEvent): event is EventRef {
  return event.source !== null;
}

function seenEvent(asker: PartialAsker, care: Care, event: EventRef): SeenEvent | null {
  if (owns(asker, event.source)) return event;
  const isOwnStay = isStay(event) && isCareOfAStay(asker, care);
  const level = isOwnStay ? 'all' : eventsSeen[event.type][asker.kind];
  if (level === 'nothing') return isStay(event) ? interrupted : null;
  const fields: readonly string[] = eventFieldsSeen[level];
  if (fields.includes('sender') && isKnownSender(event.source, care)) return event;
  const law = lawOf(event);
  return {
    source: null,
    id: null,
    type: fields.includes('type') ? event.type : null,
    law,
    says: level === 'all' || law === null ? 'told by another organisation' : 'decided under another law',
  };
}

const interrupted: HiddenEvent = {
  source: null,
  id: null,
  type: null,
  law: null,
  says: 'interrupted by other care',
};

function isStay({ type }: EventRef): boolean {
  return type === 'stay-started' || type === 'stay-ended';
}

/** Whether a stay is what the row is about, to the funder that pays it or the clinic that gives it. */
function isCareOfAStay({ kind, code }: PartialAsker, { service, provider }: Care): boolean {
  if (!clinicServices.includes(service) && service !== 'respite-care') return false;
  return kind !== 'provider' || code === provider;
}

/** The provider that the row is about, a register (CIZ), or the service itself. */
function isKnownSender(source: string, { provider }: Care): boolean {
  const isOfProvider = provider !== null && source.startsWith(`urn:nld:agb:${provider}:`);
  return isOfProvider || source.startsWith('urn:nld:oin:') || !source.startsWith('urn:nld:');
}

function seenParameter(asker: PartialAsker, { provider }: Care, read: ParameterRead): ParameterRead {
  const isOwn = read.level === asker.kind && read.code === asker.code;
  const isOfRow = read.level === 'provider' && read.code === provider;
  return isOwn || isOfRow ? read : { ...read, code: null };
}

function lawOf({ type }: EventRef): Law | null {
  return laws.find(([beginning]) => type.startsWith(beginning))?.[1] ?? null;
}

/** By how a type begins. */
const laws: readonly [string, Law][] = [
  ['wmo-', 'wmo'],
  ['zvw-', 'zvw'],
  ['case-management-', 'zvw'],
  ['insurance-', 'zvw'],
  ['wlz-', 'wlz'],
  ['care-office-', 'wlz'],
  ['client-admitted', 'wlz'],
  ['client-discharged', 'wlz'],
  ['treatment-', 'wlz'],
  ['bridging-', 'wlz'],
  ['absence-', 'wlz'],
];
