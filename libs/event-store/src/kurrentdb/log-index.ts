import { START, type LogHead } from '../event-log.js';
import { EMPTY_LOG_DIGEST, nextDigest } from '../log-digest.js';
import { StreamNames } from './stream-names.js';

/** What the log's order tells of an event: all that the port promises and the server does not keep. */
export interface IndexedEvent {
  position: bigint;
  /** ms since 1970; the greatest moment so far. */
  recordedAt: number;
  digest: string;
}

/** An event as the log tells of it, in order. */
export interface ArrivedEvent {
  stream: string;
  revision: number;
  position: bigint;
  /** Given with the event or read off its writer's clock, ms since 1970. */
  moment: number;
  contentHash: string;
}

/** The server no longer has all events of a stream, or this is not the log that the index was made of. */
export class LogGap extends Error {
  override readonly name = 'LogGap';
}

/** Bytes of an entry: position 8, recordedAt 8, digest 32, number of the stream 4, the stream's previous entry 4. */
export const ENTRY_SIZE = 56;
const CHUNK_ENTRIES = 1_024;
/** Chunks read back from where they were set aside, kept for the next look: 29 MB. */
const MAX_READ_BACK = 512;

/** Gives entries that were set aside, the second ordinal excluded. */
export type ReadEntries = (from: number, until: number) => Buffer;

/**
 * Positions, moments and digests of all events in log order, which depend on nothing but that order: every process
 * makes the same. 56 bytes an event, which can be set aside once they are kept elsewhere, and the names of the streams.
 */
export class LogIndex {
  readonly names = new StreamNames();
  private readonly chunks: (Buffer | undefined)[] = [];
  /** How many chunks were set aside, and those of them that were read back, the latest last. */
  private aside = 0;
  private readonly readBack = new Map<number, Buffer>();
  private readAside: ReadEntries | undefined;
  /** By stream: its number, how many events it has, and the last entry's ordinal plus one. */
  private readonly streams = new Map<string, { number: number; length: number; last: number }>();
  private readonly byNumber: string[] = [];
  private entries = 0;

  /** How many events the log has. */
  get length(): number {
    return this.entries;
  }

  /** The names of all streams, in the order of their first events. */
  get streamsInOrder(): readonly string[] {
    return this.byNumber;
  }

  /** How many events a stream has. */
  lengthOf(stream: string): number {
    return this.streams.get(stream)?.length ?? 0;
  }

  /** @throws LogGap when the event is not the next of its stream */
  add({ stream, revision, position, moment, contentHash }: ArrivedEvent): void {
    const held = this.streams.get(stream) ?? this.newStream(stream);
    if (revision !== held.length) {
      throw new LogGap(
        `Event ${held.length} of stream ${stream} is missing in the event log: event ${revision} came instead. ` +
          'Was it deleted or scavenged on the server?',
      );
    }
    const last = this.entries > 0 ? this.at(this.entries - 1) : undefined;
    const recordedAt = Math.max(last?.recordedAt ?? 0, moment);
    const digest = nextDigest(last?.digest ?? EMPTY_LOG_DIGEST, contentHash);
    const { chunk, offset } = this.slot(this.entries);
    chunk.writeBigUInt64LE(position, offset);
    chunk.writeDoubleLE(recordedAt, offset + 8);
    chunk.write(digest, offset + 16, 'hex');
    chunk.writeUInt32LE(held.number, offset + 48);
    chunk.writeUInt32LE(held.last, offset + 52);
    this.entries++;
    held.last = this.entries;
    held.length++;
  }

  /** @param ordinal 0 for the first event of the log */
  at(ordinal: number): IndexedEvent {
    const { chunk, offset } = this.slot(ordinal);
    return {
      position: chunk.readBigUInt64LE(offset),
      recordedAt: chunk.readDoubleLE(offset + 8),
      digest: chunk.toString('hex', offset + 16, offset + 48),
    };
  }

  /** The stream's events in order of revision, found by walking back from its last. */
  of(stream: string): IndexedEvent[] {
    const events: IndexedEvent[] = [];
    for (let entry = this.streams.get(stream)?.last ?? 0; entry > 0;) {
      events.push(this.at(entry - 1));
      const { chunk, offset } = this.slot(entry - 1);
      entry = chunk.readUInt32LE(offset + 52);
    }
    return events.reverse();
  }

  head(): LogHead {
    if (this.entries === 0) return { position: START, recordedAt: 0, digest: EMPTY_LOG_DIGEST };
    const { position, recordedAt, digest } = this.at(this.entries - 1);
    return { position: String(position), recordedAt, digest };
  }

  /** How many events lie at or before a position. */
  upTo(position: bigint): number {
    return this.firstWhere((entry) => entry.position > position);
  }

  /** How many events were recorded at or before a moment. */
  recordedBy(moment: number): number {
    return this.firstWhere((entry) => entry.recordedAt > moment);
  }

  /** The bytes of entries, for keeping. */
  bytes(from: number, until: number): Buffer {
    const parts: Buffer[] = [];
    for (let ordinal = from; ordinal < until;) {
      const { chunk, offset } = this.slot(ordinal);
      const count = Math.min(until - ordinal, CHUNK_ENTRIES - offset / ENTRY_SIZE);
      parts.push(chunk.subarray(offset, offset + count * ENTRY_SIZE));
      ordinal += count;
    }
    return Buffer.concat(parts);
  }

  /** Fills an empty index with what {@link streamsInOrder} and {@link bytes} gave, piece by piece. */
  restore(names: Iterable<string>, pieces: Iterable<Buffer>): void {
    for (const name of names) this.newStream(name);
    for (const piece of pieces) {
      for (let from = 0; from < piece.length; from += ENTRY_SIZE) {
        const { chunk, offset } = this.slot(this.entries);
        piece.copy(chunk, offset, from, from + ENTRY_SIZE);
        const held = this.streams.get(this.byNumber[chunk.readUInt32LE(offset + 48)]!)!;
        this.entries++;
        held.last = this.entries;
        held.length++;
      }
    }
  }

  /** Lets go of the memory of entries before `until`; whoever needs one of them reads it back. */
  setAside(until: number, read: ReadEntries): void {
    this.readAside = read;
    const kept = Math.floor(until / CHUNK_ENTRIES) - 1; // the next event is added after the last one
    for (; this.aside < kept; this.aside++) this.chunks[this.aside] = undefined;
  }

  private newStream(name: string): { number: number; length: number; last: number } {
    const stream = { number: this.byNumber.length, length: 0, last: 0 };
    this.streams.set(name, stream);
    this.byNumber.push(name);
    this.names.add(name);
    return stream;
  }

  private slot(ordinal: number): { chunk: Buffer; offset: number } {
    const number = Math.floor(ordinal / CHUNK_ENTRIES);
    const chunk = number < this.aside ? this.chunkAside(number) : this.chunkHere(number);
    return { chunk, offset: (ordinal % CHUNK_ENTRIES) * ENTRY_SIZE };
  }

  private chunkHere(number: number): Buffer {
    return (this.chunks[number] ??= Buffer.alloc(CHUNK_ENTRIES * ENTRY_SIZE));
  }

  private chunkAside(number: number): Buffer {
    const first = number * CHUNK_ENTRIES;
    const chunk = this.readBack.get(number) ?? this.readAside!(first, first + CHUNK_ENTRIES);
    this.readBack.delete(number);
    this.readBack.set(number, chunk);
    if (this.readBack.size > MAX_READ_BACK) this.readBack.delete(this.readBack.keys().next().value!);
    return chunk;
  }

  /** Halves the log, along which positions rise and moments never fall. */
  private firstWhere(isLater: (entry: IndexedEvent) => boolean): number {
    let low = 0;
    for (let high = this.entries; low < high;) {
      const middle = (low + high) >>> 1;
      if (isLater(this.at(middle))) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
