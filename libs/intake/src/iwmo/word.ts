import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';
import type { JourneyEvent } from '@domeinbrug/journey';
import { v5 as uuidv5 } from 'uuid';
import { allocationMomentAttribute, deliveryMomentAttribute, type IntendedFact } from './intended-facts.js';

/**
 * What messages said about one natural key, and which word is the latest. Arrival means nothing (OP080): a word is
 * told from another by its moment only.
 */

/** An event of the client's stream with what its envelope kept besides. */
export interface ExistingEvent {
  event: JourneyEvent;
  /** The stored content: the envelope, extension attributes among them. */
  content: unknown;
}

/** One message's word on a key. */
export interface Word {
  /** Compared as text: Toewijzingsdatum and -tijd, or Dagtekening. */
  moment: string;
  removed: boolean;
  /** Hash of the data, for two words of one moment; empty when removed. */
  contentHash: string;
}

/** All that is stored about one natural key. */
export interface KnownWords {
  /** The events that state it, in stored order; the id of each is the key's id, or that and a moment. */
  originals: JourneyEvent[];
  /** Ids that were taken back, maybe before they arrived. */
  retracted: ReadonlySet<string>;
  /** `undefined` when no message has said anything yet. */
  latest: Word | undefined;
}

/** Of one moment a removal is later than what it removes; then the greater hash, so that order never decides. */
export function isLater(a: Word, b: Word): boolean {
  if (a.moment !== b.moment) return a.moment > b.moment;
  if (a.removed !== b.removed) return a.removed;
  return a.contentHash > b.contentHash;
}

export function isSameWord(a: Word, b: Word): boolean {
  return !isLater(a, b) && !isLater(b, a);
}

export function wordOf(fact: IntendedFact): Word {
  return { moment: fact.moment, removed: fact.removed, contentHash: fact.removed ? '' : hashOf(fact.data) };
}

/** Namespace of the ids of events that messages give rise to; a fixed choice. */
const iwmoNamespace = '2f6a4c1e-7d0b-5b7e-8f35-90c1de2ab7f4';

/** The id of the event that states a fact first: of municipality, decision and kind; of a delivery all of its content. */
export function keyIdOf(fact: IntendedFact): string {
  const { municipality, decisionId } = fact.data;
  const key = [municipality, decisionId, fact.type];
  return idOf(...key, ...(fact.type === 'wmo-decision-issued' ? [] : [hashOf(fact.data)]));
}

export function idOf(...parts: string[]): string {
  return uuidv5(JSON.stringify(parts), iwmoNamespace);
}

/** Whether an event id states the key, in its first word or a later one. */
export function isOfKey(id: string, keyId: string): boolean {
  return id === keyId || id.startsWith(`${keyId}/`);
}

/** What the stored events say about a key of this source. */
export function knownWords(source: string, keyId: string, existing: readonly ExistingEvent[]): KnownWords {
  const originals: JourneyEvent[] = [];
  const retracted = new Set<string>();
  let latest: Word | undefined;
  for (const { event, content } of existing) {
    const target = targetOf(event);
    if (target.source !== source || !isOfKey(target.id, keyId)) continue;
    if (event.type === 'event-retracted') retracted.add(target.id);
    else if (event.type !== 'event-corrected') originals.push(event);
    const moment = momentIn(content);
    if (moment === undefined) continue;
    const removed = event.type === 'event-retracted';
    const data = event.type === 'event-corrected' ? event.data.data : event.data;
    const word = { moment, removed, contentHash: removed ? '' : hashOf(data) };
    if (!latest || isLater(word, latest)) latest = word;
  }
  return { originals, retracted, latest };
}

/** The moment that an import kept with an event; `undefined` for an event that came another way. */
export function momentIn(content: unknown): string | undefined {
  const attributes = content as Record<string, unknown> | undefined;
  const moment = attributes?.[allocationMomentAttribute] ?? attributes?.[deliveryMomentAttribute];
  return typeof moment === 'string' ? moment : undefined;
}

/** What an event is about: itself, or what it corrects or retracts. */
function targetOf(event: JourneyEvent): { source: string; id: string } {
  if (event.type === 'event-corrected') return event.data.corrects;
  return event.type === 'event-retracted' ? event.data.retracts : event;
}

function hashOf(data: object): string {
  return createHash('sha256').update(canonicalize(data)!).digest('hex').slice(0, 16);
}
