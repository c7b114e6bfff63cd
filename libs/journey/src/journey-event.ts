import type { Instant } from '@domeinbrug/calendar';
import type { EventData, EventType } from './event-catalogue.js';
import type { Reference } from './reference.js';

/** One thing that somebody told us about a client, as it lies in the log. */
export interface JourneyEventOf<T extends EventType> {
  /** `urn:nld:…`: the organisation and system that sent it. */
  source: string;
  /** Unique per source. */
  id: string;
  /** Without prefix and version: `client-admitted`. */
  type: T;
  /** When the store took it in; the only clock that `knownAt` looks at. */
  recordedAt: Instant;
  data: EventData<T>;
}

export type JourneyEvent = { [T in EventType]: JourneyEventOf<T> }[EventType];

/** Everything known about one client. The order of `events` has no meaning. */
export interface Journey {
  clientId: string;
  events: readonly JourneyEvent[];
  /** Mergers of codes and the like; left out where none are known. */
  reference?: Reference;
}
