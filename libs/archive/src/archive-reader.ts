import type { JourneyFacts } from '@domeinbrug/journey';
import { ClientTable } from './client-table.js';
import { decodeFacts, decodeNext, type Milestones } from './decode-facts.js';
import { meaningsOf, type Meanings } from './dictionaries.js';
import { FactCursor } from './fact-cursor.js';
import { clientsOfFunder, funderNumber, type FunderCode } from './funders.js';
import { Generation, type ArchiveShared, type IndexEntry, type Moment } from './generation.js';
import { RisingNumbers } from './numbers.js';
import type { FactRow } from './rows.js';
import { readFacts, readSuperseded } from './segment.js';
import { bytesOf, sizeOf, type ArchiveSize } from './size.js';
import { knownAfter } from './versions.js';

/**
 * The facts of all clients at any event, from any thread, while another writes. An event number is a snapshot:
 * whatever is appended afterwards, {@link factsAt} with that number gives the same.
 */
export class ArchiveReader {
  private readonly generation: Generation;
  private readonly table: ClientTable;
  private readonly meanings: Meanings;
  private readonly positions: RisingNumbers;
  private readonly moments: RisingNumbers;
  private readonly cursor: FactCursor;

  constructor(readonly shared: ArchiveShared) {
    this.generation = new Generation(shared);
    this.table = new ClientTable(this.generation);
    this.meanings = meaningsOf(this.generation);
    this.positions = new RisingNumbers(this.generation, 'positions');
    this.moments = new RisingNumbers(this.generation, 'moments');
    this.cursor = new FactCursor(this.generation.tables.facts);
  }

  /** How many clients there are; their numbers run from 0, in the order in which they came. */
  get clients(): number {
    return this.generation.used('clients');
  }

  clientAt(number: number): string {
    return this.table.clientAt(number);
  }

  /** `undefined` when nothing is known of the client. */
  numberOf(client: string): number | undefined {
    return this.table.numberOf(client);
  }

  /** The number of the last event that changed anything; 0 before the first. */
  get lastEvent(): number {
    return this.generation.events;
  }

  /** How far in the log the archive is. Asked about a later position, it answers as of this one. */
  get upTo(): Moment {
    return this.generation.upTo;
  }

  /** All that it takes up in memory, in bytes. */
  get bytes(): number {
    return bytesOf(this.generation);
  }

  /** How large it is; reads the rows of all clients. */
  size(): ArchiveSize {
    return sizeOf(this.generation);
  }

  /** Another base has taken over: go on with its {@link ArchiveShared} to see what is appended from now on. */
  get isReplaced(): boolean {
    return this.generation.replaced;
  }

  /** The last event at or before a position of the log that changed anything; 0 when there is none. */
  eventAt(position: string): number {
    return this.positions.countAtMost(Number(position), this.lastEvent);
  }

  /** Where event `event` lies in the log, and when it was recorded. */
  momentOf(event: number): Moment {
    return { position: String(this.positions.at(event - 1)), recordedAt: this.moments.at(event - 1) };
  }

  /**
   * All facts of a client as known after an event, ready for `coverFacts`; which events they came from is not kept
   * (see `decodeFacts`).
   *
   * @param event a number that {@link eventAt} gave; `now` = {@link lastEvent}
   * @param milestones `one` where only cover is asked, which depends on none
   */
  factsAt(client: number, event: number | 'now', milestones: Milestones = 'all'): JourneyFacts {
    const known = event === 'now' ? this.lastEvent : event;
    const entry = this.generation.entryOf(client);
    // Most clients have not changed since: then what was so once need not be read.
    return entry.changed <= known
      ? decodeNext(this.cursor.begin(entry.start, entry.count), this.meanings, milestones)
      : decodeFacts(this.rowsAt(entry, known), this.meanings);
  }

  /** Whether a client's facts are others now than after an event; `true` may also be said where they are alike again. */
  hasChangedSince(client: number, event: number): boolean {
    return this.generation.entryOf(client).changed > event;
  }

  /** The clients for whom any line, at any moment, named the funder; each once. Some may be of later events. */
  candidates(funder: FunderCode): Iterable<number> {
    return clientsOfFunder(this.generation, funderNumber(funder));
  }

  /** The names of pools, by their code. */
  get pools(): readonly string[] {
    return this.meanings.pools;
  }

  private rowsAt({ start, count, oldStart, oldCount }: IndexEntry, event: number): FactRow[] {
    const current = readFacts(this.generation.tables.facts, start, count);
    const superseded = readSuperseded(this.generation.tables.superseded, oldStart, oldCount);
    return knownAfter({ current, superseded }, event);
  }
}
