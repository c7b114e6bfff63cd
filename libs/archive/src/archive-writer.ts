import type { JourneyFacts } from '@domeinbrug/journey';
import { Compaction } from './compaction.js';
import { encodeFacts } from './encode-facts.js';
import { ArchiveFiles, readArchiveFile, type ArchivePlace } from './archive-files.js';
import {
  Generation,
  nothing,
  type ArchiveShared,
  type IndexEntry,
  type Moment,
  type Rows,
} from './generation.js';
import { partsOf, type Parts } from './parts.js';
import { hasRoomFor, isTailLong, roomFor } from './room.js';
import { readFacts, readSuperseded } from './segment.js';
import { succeed, type Versions } from './versions.js';
import { addClient, nowhere, writeVersions } from './write-client.js';

/** How many clients go to the new base with each one that is written: a few microseconds. */
const CLIENTS_A_STEP = 64;

/** The one that writes an archive. Readers in other threads see whole clients, and events once committed. */
export class ArchiveWriter {
  private compaction: Compaction | null = null;
  private parts: Parts;
  /** Whether the file, if any, is that of this generation; a base is kept once all that it holds is committed. */
  private isBaseKept = true;

  private constructor(
    private generation: Generation,
    private base: Rows,
    private readonly files: ArchiveFiles | null,
  ) {
    this.parts = partsOf(generation);
  }

  /** An archive of nothing, in memory. */
  static empty(): ArchiveWriter {
    return new ArchiveWriter(Generation.allocate(1, roomFor(nothing, 0)), nothing, null);
  }

  /**
   * The archive in a data folder, as of its last whole commit; one of nothing when none is there, or none that can
   * be used. Then `refused` says why; whoever opens it goes on from {@link upTo} and so makes it anew.
   */
  static open(place: ArchivePlace): { archive: ArchiveWriter; refused: string | null } {
    const found = readArchiveFile(place);
    if (found === null || typeof found === 'string') {
      return { archive: ArchiveWriter.anew(place), refused: found };
    }
    const files = new ArchiveFiles(place);
    files.resume(found);
    return { archive: new ArchiveWriter(found.generation, found.base, files), refused: null };
  }

  /** The archive in a data folder as of its last whole commit, gone on with in memory: the folder stays as it is. */
  static beside(place: ArchivePlace): { archive: ArchiveWriter; refused: string | null } {
    const found = readArchiveFile(place);
    if (found === null || typeof found === 'string')
      return { archive: ArchiveWriter.empty(), refused: found };
    return { archive: new ArchiveWriter(found.generation, found.base, null), refused: null };
  }

  /** An archive of nothing that takes the place of the one in a data folder, once something is committed to it. */
  static anew(place: ArchivePlace): ArchiveWriter {
    const generation = Generation.allocate(1, roomFor(nothing, 0));
    const archive = new ArchiveWriter(generation, nothing, new ArchiveFiles(place));
    archive.isBaseKept = false;
    return archive;
  }

  /** For readers; post it anew when it has changed, which it does with each new base. */
  shared(): ArchiveShared {
    return this.generation.shared;
  }

  /** How far in the log the archive has been committed. */
  get upTo(): Moment {
    return this.generation.upTo;
  }

  /**
   * Takes in what an event made of a client's facts. In log order, or, of events numbered before, in that order of
   * each client; one event may change several clients, each by a call of its own. Nothing is written when the facts are as they were, or the event was committed before.
   *
   * @param facts all of the client's facts after the event
   */
  apply(event: Moment, client: string, facts: JourneyFacts): void {
    if (this.hasCommitted(event)) return;
    const known = this.versionsOf(client);
    this.makeRoom(countOf(facts) + known.current.length + known.superseded.length);
    const { number, entry } = this.placeOf(client);
    const rows = encodeFacts(facts, this.parts.dictionaries);
    const changed = this.numberOf(event);
    const after = succeed(known, rows, changed);
    if (!after) return;
    if (changed > this.parts.positions.length) this.addEvent(event);
    this.write(
      number ?? addClient(this.generation, this.parts.clients, client),
      entry,
      known,
      after,
      changed,
    );
    this.tidy();
  }

  /**
   * Numbers events that follow the last, in log order, so that they may then be applied client by client, which is
   * how a whole log is read best. Commit only when all of them have been.
   */
  number(events: readonly Moment[]): void {
    for (const event of events) {
      this.makeRoom(0);
      if (this.numberOf(event) > this.parts.positions.length) this.addEvent(event);
    }
  }

  /**
   * Leaves nothing of clients, of any moment: a new base is made at once, which takes a moment for every client there is.
   * Their numbers stay, and are nobody's.
   */
  forget(clients: readonly string[]): void {
    const numbers = clients.flatMap((client) => this.parts.clients.numberOf(client) ?? []);
    if (numbers.length === 0) return;
    for (const number of numbers) {
      this.generation.point(number, nowhere);
      this.parts.clients.forget(number);
    }
    this.switchTo(this.beginBase(0).finish());
  }

  /** Makes what was applied visible as known at `upTo`: all events up to there have been applied. Goes only forward. */
  commit(upTo: Moment): void {
    if (this.hasCommitted(upTo)) return;
    this.generation.publish(this.parts.positions.length, upTo);
    if (this.isBaseKept) this.files?.append(this.generation);
    else this.files?.begin(this.generation);
    this.isBaseKept = true;
  }

  /** Why nothing is kept on disk at present; `null` when all is well. In memory all is as it should be. */
  get fault(): Error | null {
    return this.files?.fault ?? null;
  }

  /** Lets the file be finished. What was not committed is not in it. */
  async close(): Promise<void> {
    await this.files?.settled();
    if (this.parts.positions.length === this.generation.events) this.files?.append(this.generation);
    this.files?.leave();
  }

  private hasCommitted({ position }: Moment): boolean {
    return Number(position) <= Number(this.upTo.position);
  }

  /** The number of the event, which is that of its position when it has one already. */
  private numberOf({ position }: Moment): number {
    const { positions } = this.parts;
    const at = Number(position);
    if (!Number.isSafeInteger(at)) {
      throw new RangeError(`Position ${position} is beyond 2^53, which an archive cannot hold.`);
    }
    const upToIt = positions.countAtMost(at, positions.length);
    if (upToIt > 0 && positions.at(upToIt - 1) === at) return upToIt;
    if (upToIt === positions.length) return upToIt + 1;
    throw new RangeError(
      `Position ${position} lies before others that are there; apply events in log order.`,
    );
  }

  private addEvent({ position, recordedAt }: Moment): void {
    this.parts.positions.push(Number(position));
    this.parts.moments.push(recordedAt);
  }

  /** Goes on with the new base that is being made, or begins one. */
  private tidy(): void {
    if (this.compaction?.step(CLIENTS_A_STEP)) this.switchTo(this.compaction.finish());
    else if (!this.compaction && isTailLong(this.generation, this.base)) this.compaction = this.beginBase(0);
  }

  /** A new base at once where the tail has no room left. */
  private makeRoom(facts: number): void {
    if (hasRoomFor(this.generation, facts)) return;
    this.switchTo((this.compaction ?? this.beginBase(facts)).finish());
    if (!hasRoomFor(this.generation, facts)) this.switchTo(this.beginBase(facts).finish());
  }

  private beginBase(facts: number): Compaction {
    return new Compaction(this.generation, facts);
  }

  private switchTo(generation: Generation): void {
    this.generation = generation;
    this.base = generation.usage();
    this.parts = partsOf(generation);
    this.compaction = null;
    this.isBaseKept = false;
  }

  private placeOf(client: string): { number: number | undefined; entry: IndexEntry } {
    const number = this.parts.clients.numberOf(client);
    return { number, entry: number === undefined ? nowhere : this.generation.entryOf(number) };
  }

  private versionsOf(client: string): Versions {
    const { start, count, oldStart, oldCount } = this.placeOf(client).entry;
    return {
      current: readFacts(this.generation.tables.facts, start, count),
      superseded: readSuperseded(this.generation.tables.superseded, oldStart, oldCount),
    };
  }

  private write(client: number, entry: IndexEntry, before: Versions, after: Versions, changed: number): void {
    writeVersions(this.generation, client, entry, before, after, changed);
    this.files?.note(client);
    this.compaction?.note(client);
  }
}

/** At least as many as there are rows to write: death and the year of birth are in no list. */
function countOf(facts: JourneyFacts): number {
  const lists = Object.values(facts).filter((list) => Array.isArray(list)) as unknown[][];
  return lists.reduce((sum, list) => sum + list.length, 2);
}
