import { effectiveEvents, type JourneyEvent } from '@domeinbrug/journey';
import type { IdentifiedEvent } from '../accepted-event.js';
import { decideHome } from './decide-home.js';
import { missingFromSnapshot, waitingForAllocation, type IwmoReport } from './iwmo-reports.js';
import { momentAttributeOf, type IntendedFact } from './intended-facts.js';
import {
  idOf,
  isLater,
  isSameWord,
  keyIdOf,
  knownWords,
  wordOf,
  type ExistingEvent,
  type KnownWords,
  type Word,
} from './word.js';

export interface IwmoDecision {
  /** To be appended to the client's stream, in this order. */
  events: IdentifiedEvent[];
  /** How many facts were known already. */
  known: number;
  reports: IwmoReport[];
}

/**
 * What to append to a client's stream so that it says what the messages say. Whatever the order in which messages
 * come, the coverage is the same: of each key the latest word counts, and an earlier one that comes later is
 * reported and appends nothing. Pure: `existing` is the client's whole stream, `facts` are of this client only.
 */
export function decideIwmo(
  facts: readonly IntendedFact[],
  existing: readonly ExistingEvent[],
  clientId: string,
): IwmoDecision {
  const decision: IwmoDecision = { events: [], known: 0, reports: [...missingFromSnapshot(facts, existing)] };
  const stream = [...existing];
  const append = (event: IdentifiedEvent): void => {
    decision.events.push(event);
    stream.push(asExisting(event));
  };
  for (const fact of facts) {
    const outcome = decideFact(fact, stream, clientId);
    outcome.events.forEach(append);
    if (outcome.known) decision.known += 1;
    else decision.reports.push(...outcome.reports, ...reportDeath(fact));
  }
  if (facts.some(({ type }) => type === 'wmo-decision-issued')) {
    decideHome(effectiveOf(stream), stream, facts.at(-1)!.time, clientId).forEach(append);
  }
  decision.reports.push(...waitingForAllocation(facts, effectiveOf(stream)));
  return decision;
}

interface Outcome {
  events: IdentifiedEvent[];
  known: boolean;
  reports: IwmoReport[];
}

function decideFact(fact: IntendedFact, stream: readonly ExistingEvent[], clientId: string): Outcome {
  const keyId = keyIdOf(fact);
  const words = knownWords(fact.source, keyId, stream);
  const word = wordOf(fact);
  if (words.latest && isSameWord(word, words.latest)) return { events: [], known: true, reports: [] };
  if (words.latest && !isLater(word, words.latest)) return superseded(fact, keyId, words, clientId);
  const events = [laterWord(fact, word, keyId, words, clientId)];
  const early = fact.removed && words.originals.length === 0;
  return { events, known: false, reports: early ? [removalBeforeOriginal(fact)] : [] };
}

/** The event that makes the latest word count. */
function laterWord(
  fact: IntendedFact,
  word: Word,
  keyId: string,
  words: KnownWords,
  clientId: string,
): IdentifiedEvent {
  const { source } = fact;
  const inForce = words.originals.findLast(({ id }) => !words.retracted.has(id));
  if (fact.removed) {
    const data = { retracts: { source, id: inForce?.id ?? keyId }, reason: 'removed' };
    return envelope(
      fact,
      clientId,
      'event-retracted',
      `${idOf(keyId, 'event-retracted')}/${word.moment}`,
      data,
    );
  }
  // Corrections recorded in one millisecond are ordered by their id, so the id must grow with the word.
  const suffix = `${word.moment}/${word.contentHash}`;
  if (inForce) {
    const data = { corrects: { source, id: inForce.id }, data: { ...fact.data } };
    return envelope(fact, clientId, 'event-corrected', `${idOf(keyId, 'event-corrected')}/${suffix}`, data);
  }
  // What was retracted stays so: stated anew, the fact needs an id of its own.
  const isFree = words.originals.length === 0 && !words.retracted.has(keyId);
  return envelope(fact, clientId, fact.type, isFree ? keyId : `${keyId}/${suffix}`, { ...fact.data });
}

/** Appends nothing, but for the event that a removal is waiting for: with it nothing differs from the usual order. */
function superseded(fact: IntendedFact, keyId: string, words: KnownWords, clientId: string): Outcome {
  const awaited = words.retracted.has(keyId) && !words.originals.some(({ id }) => id === keyId);
  const detail = 'A later word on this product was imported before; this earlier one changes nothing.';
  return {
    events: awaited && !fact.removed ? [envelope(fact, clientId, fact.type, keyId, { ...fact.data })] : [],
    known: false,
    reports: [{ code: 'superseded', where: fact.where, detail }],
  };
}

function envelope(
  fact: IntendedFact,
  clientId: string,
  type: IdentifiedEvent['type'],
  id: string,
  data: Record<string, unknown>,
): IdentifiedEvent {
  const extensions = { [momentAttributeOf(fact.type)]: fact.moment };
  return { id, source: fact.source, type, time: fact.time, extensions, data, clientId };
}

/** As it will lie in the stream: recorded after everything that is there. */
function asExisting({ id, source, type, data, extensions }: IdentifiedEvent): ExistingEvent {
  const event = { id, source, type, data, recordedAt: Infinity } as unknown as JourneyEvent;
  return { event, content: extensions };
}

function effectiveOf(stream: readonly ExistingEvent[]): JourneyEvent[] {
  return effectiveEvents(
    stream.map(({ event }) => event),
    Infinity,
  ).events;
}

function removalBeforeOriginal(fact: IntendedFact): IwmoReport {
  const detail = 'This takes back what has not arrived yet; it takes effect when that arrives.';
  return { code: 'removal-before-original', where: fact.where, detail };
}

function reportDeath(fact: IntendedFact): IwmoReport[] {
  if (!fact.saysDeceased) return [];
  const detail = 'The reason says that the client died, not when; send client-died with the day of death.';
  return [{ code: 'stop-reason-deceased', where: fact.where, detail }];
}
