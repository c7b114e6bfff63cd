/** An event that the stream has, with the append that stored it. */
export interface HeldEvent {
  revision: number;
  contentHash: string;
  append: string;
}

/** A stream as it is: the revision of its last event, and its events by id. */
export interface HeldStream {
  revision: number | 'no-stream';
  events: Map<string, HeldEvent>;
}

/** Some 200 bytes each. */
const MAX_EVENTS = 50_000;

/**
 * Streams as they were when this process last read them or appended to them: whoever appends again need not read them
 * again. Another process may have appended since, so only what can never change is told by them alone.
 */
export class RecentStreams {
  private readonly streams = new Map<string, HeldStream>();
  private events = 0;

  constructor(private readonly maxEvents = MAX_EVENTS) {}

  get(stream: string): HeldStream | undefined {
    return this.streams.get(stream);
  }

  /** The one that was kept longest ago goes first. */
  keep(stream: string, held: HeldStream): void {
    this.forget(stream);
    this.streams.set(stream, held);
    this.events += held.events.size;
    for (const oldest of this.streams.keys()) {
      if (this.events <= this.maxEvents) return;
      this.forget(oldest);
    }
  }

  forget(stream: string): void {
    this.events -= this.streams.get(stream)?.events.size ?? 0;
    this.streams.delete(stream);
  }
}
