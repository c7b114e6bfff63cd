/** An event as a client proposes it. */
export interface ProposedEvent {
  id: string;
  type: string;
  contentType: string;
  data: Uint8Array;
  metadata: Uint8Array;
}

export interface StoredEvent extends ProposedEvent {
  stream: string;
  revision: number;
  /** Offset in the log's file: rises in uneven steps. An event written by itself has the same commit and prepare. */
  position: bigint;
  /** Ticks of 100 ns since 1970. */
  created: string;
}

export type Expectation = bigint | 'no-stream' | 'any' | 'stream-exists';

export type Written =
  | { outcome: 'stored'; revision: number; position: bigint }
  | { outcome: 'idempotent'; revision: number }
  | { outcome: 'wrong-version'; current: number | undefined };

/**
 * The log of the stand-in: in memory, in one order, with the server's rule of idempotency. Under an exact revision (or
 * no stream) the same ids at the same places are a success for ever. Under `any` and `stream-exists` the server only
 * asks a cache, so that nothing may be built on it: here the cache is always empty.
 */
export class StoredLog {
  readonly events: StoredEvent[] = [];
  private readonly streams = new Map<string, StoredEvent[]>();
  private readonly listeners = new Set<() => void>();
  private end = 0n;

  constructor() {
    this.store('$$$stats-0', [systemEvent('$metadata')]);
  }

  stream(name: string): readonly StoredEvent[] | undefined {
    return this.streams.get(name);
  }

  write(stream: string, expected: Expectation, proposed: ProposedEvent[]): Written {
    const held = this.streams.get(stream) ?? [];
    const current = held.length - 1;
    if (expected === 'stream-exists' && current < 0) return { outcome: 'wrong-version', current: undefined };
    if (typeof expected === 'bigint' || expected === 'no-stream') {
      const wanted = expected === 'no-stream' ? -1 : Number(expected);
      if (wanted !== current) {
        const same = proposed.every(({ id }, offset) => held[wanted + 1 + offset]?.id === id);
        if (wanted < current && same) return { outcome: 'idempotent', revision: wanted + proposed.length };
        return { outcome: 'wrong-version', current: current < 0 ? undefined : current };
      }
    }
    const last = this.store(stream, proposed);
    // The server writes figures about itself into the same log, now and then.
    if (this.events.length % 5 === 0) this.store('$stats-127.0.0.1:2113', [systemEvent('$statsCollected')]);
    for (const listener of this.listeners) listener();
    return { outcome: 'stored', revision: last.revision, position: last.position };
  }

  /** Index of the first event at or after a position. */
  indexOf(position: bigint): number {
    const index = this.events.findIndex((event) => event.position >= position);
    return index < 0 ? this.events.length : index;
  }

  onWrite(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private store(stream: string, proposed: ProposedEvent[]): StoredEvent {
    const held = this.streams.get(stream) ?? [];
    this.streams.set(stream, held);
    for (const event of proposed) {
      this.end += BigInt(87 + stream.length + event.data.length + event.metadata.length);
      const created = String(BigInt(Date.now()) * 10_000n);
      const stored = { ...event, stream, revision: held.length, position: this.end, created };
      held.push(stored);
      this.events.push(stored);
    }
    return held.at(-1)!;
  }
}

function systemEvent(type: string): ProposedEvent {
  const text = Buffer.from('{}');
  return { id: crypto.randomUUID(), type, contentType: 'application/json', data: text, metadata: text };
}
