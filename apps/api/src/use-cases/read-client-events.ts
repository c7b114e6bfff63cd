import { owns, type Asker } from '@domeinbrug/access';
import { formatInstant } from '@domeinbrug/calendar';
import type { RecordedEvent } from '@domeinbrug/event-store';
import { effectiveEvents, wireTypeOf, type Journey, type JourneyEvent } from '@domeinbrug/journey';
import { AskedMoment, AskedPosition } from '@domeinbrug/platform';
import { invalidRequest } from '@domeinbrug/problems';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { knowledgeAsked, knowledgeErrors } from './knowledge.js';
import { aboutClient } from './sight.js';

export class EventsQuestion {
  @AskedMoment('As known at this moment; left out: as known now.')
  knownAt?: string;

  @AskedPosition('As known at this position of the log, instead of a moment.')
  knownAtPosition?: string;

  @AskedPosition('Wait until this position has been written, as answered to a POST.')
  atLeast?: string;
}

/** One event of a journey. */
export interface JourneyEntry {
  position: string;
  recordedAt: string;
  source: string;
  id: string;
  type: string;
  /** When the source registered it. */
  time: string;
  data: unknown;
  /** The corrections that name this event, oldest first. */
  correctedBy: EventKey[];
  /** The retractions that name this event, oldest first. */
  retractedBy: EventKey[];
  /** Whether it takes part, itself or as corrected. */
  inForce: boolean;
}

interface EventKey {
  source: string;
  id: string;
}

export interface JourneyAnswer {
  clientId: string;
  knownAt: string;
  position: string;
  /** In order of recording. */
  events: JourneyEntry[];
}

/** What was ever told about one client, corrections marked: a provider's own deliveries, for an auditor everybody's. */
export class ReadClientEvents extends Query<JourneyAnswer> {
  constructor(
    readonly clientId: string,
    readonly question: EventsQuestion,
    readonly asker: Asker,
  ) {
    super();
  }
}

@QueryHandler(ReadClientEvents)
export class ReadClientEventsHandler implements IQueryHandler<ReadClientEvents> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  async execute({ clientId, question, asker }: ReadClientEvents): Promise<JourneyAnswer> {
    const errors = knowledgeErrors(question);
    if (errors.length > 0) throw invalidRequest(errors);
    const { log } = this.stores;
    const knownAt = await knowledgeAsked(log, question);
    const { person } = await aboutClient(this.stores, asker, clientId, knownAt.position);
    return {
      clientId,
      knownAt: formatInstant(knownAt.instant),
      position: knownAt.position,
      events: entriesOf(person.eventsAt(knownAt.position), person.journeyAt(knownAt.position)).filter(
        ({ source }) => asker.kind === 'auditor' || owns(asker, source),
      ),
    };
  }
}

function entriesOf(stored: readonly RecordedEvent[], { events }: Journey): JourneyEntry[] {
  const effective = effectiveEvents(events, Number.MAX_SAFE_INTEGER);
  const inForce = new Set(effective.events.map(nameOf));
  const naming = (key: EventKey, type: 'event-corrected' | 'event-retracted'): EventKey[] =>
    events
      .filter((event) => event.type === type && nameOf(targetOf(event)!) === nameOf(key))
      .map(({ source, id }) => ({ source, id }));
  return stored.map(({ position, recordedAt, content }, index) => {
    const event = events[index]!;
    return {
      position,
      recordedAt: formatInstant(recordedAt),
      source: event.source,
      id: event.id,
      type: wireTypeOf(event.type),
      time: (content as { time: string }).time,
      data: event.data,
      correctedBy: naming(event, 'event-corrected'),
      retractedBy: naming(event, 'event-retracted'),
      inForce: inForce.has(nameOf(event)),
    };
  });
}

/** The event that a correction or retraction names. */
function targetOf(event: JourneyEvent): EventKey | undefined {
  if (event.type === 'event-corrected') return event.data.corrects;
  return event.type === 'event-retracted' ? event.data.retracts : undefined;
}

function nameOf({ source, id }: EventKey): string {
  return `${source}\n${id}`;
}
