import type { WireEvent } from './wire-event.js';

/** Where an event lies in the server's log file: offsets in bytes, not numbers in a row. */
export interface ServedPlace {
  commit: bigint;
  prepare: bigint;
}

/** An event as the server gives it. */
export interface ServedEvent {
  stream: string;
  revision: number;
  type: string;
  data: unknown;
  metadata: unknown;
}

/** An event of the whole log. Those of one stream come without a place on servers before 22.6. */
export interface PlacedEvent extends ServedEvent {
  place: ServedPlace;
}

/** What a subscription tells, until it has ended or was stopped. */
export interface Told {
  event(event: PlacedEvent): void;
  /** Everything up to this place has been looked at. */
  checkpoint(place: ServedPlace): void;
  /** The server has taken the subscription on. */
  confirmed(): void;
  /** What follows is new. Servers before 23.10 do not say so. */
  caughtUp(): void;
  /** Nothing more comes; it has to be opened again. */
  ended(trouble: ServerTrouble): void;
}

/** What the event log asks of the server, in its own words. Everything that fails rejects with {@link ServerTrouble}. */
export interface LogServer {
  /**
   * Appends all or none, at an exact place.
   * @param expected revision of the stream's last event
   * @param patience ms to wait for the answer
   * @returns the revision of the last event appended
   */
  append(
    stream: string,
    expected: number | 'no-stream',
    events: WireEvent[],
    patience: number,
  ): Promise<number>;
  /** The first events of a stream, at most `count`; none of a stream that does not exist. */
  readStream(stream: string, count: number, patience: number): Promise<ServedEvent[]>;
  /** The next `count` events after a place of the streams with these prefixes; waits until there are that many. */
  readAfter(
    place: ServedPlace | undefined,
    prefixes: string[],
    count: number,
    patience: number,
  ): Promise<PlacedEvent[]>;
  /** Whether anything after a place belongs to the streams with these prefixes. */
  anyAfter(place: ServedPlace | undefined, prefixes: string[], patience: number): Promise<boolean>;
  /** Tells of every event after a place of the streams with these prefixes; returns the way to stop. */
  follow(place: ServedPlace | undefined, prefixes: string[], told: Told): () => void;
  /** Breaks off whatever is still open. */
  close(): Promise<void>;
}

/**
 * What kind of trouble the server gave. After `unknown` an append may or may not have been stored; after the others it
 * was not.
 */
export type TroubleKind = 'wrong-revision' | 'not-leader' | 'too-large' | 'refused' | 'unknown';

export class ServerTrouble extends Error {
  override readonly name = 'ServerTrouble';

  constructor(
    message: string,
    readonly kind: TroubleKind,
  ) {
    super(message);
  }

  /** The same may succeed a moment later. */
  get passes(): boolean {
    return this.kind === 'unknown' || this.kind === 'not-leader';
  }
}
