import { ArchiveWriter, type ArchivePlace, type ArchiveShared, type Moment } from '@domeinbrug/archive';
import {
  comparePositions,
  START,
  type EventLogReader,
  type Position,
  type RecordedEvent,
} from '@domeinbrug/event-store';
import { factFolding } from './client-coverage.js';
import { histories, type WholeLog } from './fold-all.js';
import { factsOfClient, type ClientFacts } from './fold-client.js';
import { readBatch, type LogSource } from './read-batch.js';
import type { ReferenceBook } from './reference-book.js';

/** Goes up when the same events give other facts: an archive made before is then made anew. */
export const foldVersion = 'fold 2';

/** Events to one step of catching up: few enough to let a live batch in between. */
const eventsAStep = 512;
/** From so many events on, a log that has not been archived is read client by client. */
const longLog = 5_000;

/** Where an archive lies. */
export interface ArchiveOpening {
  open(): { archive: ArchiveWriter; refused: string | null };
  anew(): ArchiveWriter;
}

/** The archive of a data folder, for the one process that writes to it. */
export function archiveIn(dataDir: string): ArchiveOpening {
  const place: ArchivePlace = { dataDir, foldVersion };
  return { open: () => ArchiveWriter.open(place), anew: () => ArchiveWriter.anew(place) };
}

/** What a data folder holds of it, gone on with in memory: for whoever only reads, also beside that process. */
export function archiveBeside(dataDir: string): ArchiveOpening {
  const place: ArchivePlace = { dataDir, foldVersion };
  return { open: () => ArchiveWriter.beside(place), anew: () => ArchiveWriter.empty() };
}

/**
 * Keeps the archive of facts up with the log. It has its own place in the log: after a stop it may be ahead of the read
 * models or behind them, and goes on from where it is. Facts know no rules, so another rule set leaves it as it is.
 */
export class ArchiveKeeper {
  private archive: ArchiveWriter;
  private told: ArchiveShared | null = null;
  /** Whether the archive has been found to be of this log. */
  private isOfLog = false;
  /** The steps of the archiving of a whole log; `null` when none is under way. */
  private making: AsyncGenerator<void> | null = null;

  /**
   * @param tell called with what readers need, at once and whenever that has changed
   * @param opening how the archive is had, and how one that cannot be used is begun anew
   */
  constructor(
    private readonly opening: ArchiveOpening,
    private readonly log: LogSource & WholeLog & Pick<EventLogReader, 'lag'>,
    private readonly book: ReferenceBook,
    private readonly tell: (shared: ArchiveShared) => void,
  ) {
    const { archive, refused } = opening.open();
    this.archive = archive;
    if (refused !== null) warn(refused);
    this.tellIfChanged();
  }

  /**
   * Takes in what a batch has folded already; nothing while the archive has not come as far as where the batch began.
   *
   * @param facts of all events after `from` up to `upTo`
   * @param erased the clients that were erased by one of them
   */
  async take(
    facts: readonly ClientFacts[],
    from: Position,
    upTo: Moment,
    erased: readonly string[],
  ): Promise<void> {
    if (!this.isOfLog) await this.compareWithLog();
    if (this.making) return;
    if (comparePositions(this.archive.upTo.position, from) >= 0) this.apply(facts, upTo, erased);
  }

  /** One step nearer to the end of the log, folded here; `false` when the log has no more. */
  async advance(): Promise<boolean> {
    if (!this.isOfLog) await this.compareWithLog();
    if (this.making) return this.makeMore(this.making);
    const from = this.archive.upTo.position;
    if (from === START && (await this.log.readAll(START, longLog)).length === longLog) {
      this.making = this.wholeLog();
      return true;
    }
    const batch = await readBatch(this.log, this.book, from, eventsAStep);
    if (!batch) return false;
    const facts = batch.histories.flatMap((history) => factsOfClient(history, from, factFolding));
    this.apply(facts, batch.last, batch.erased);
    return true;
  }

  /**
   * Goes on until it has what the log has up to a position.
   *
   * @param tell called now and then with the share of that which is there, 0 to 1
   */
  async reach(position: Position, tell: (share: number) => void): Promise<void> {
    if (!this.isOfLog) await this.compareWithLog();
    /** How many events lie between a place and the one that is to be reached. */
    const between = async (from: Position): Promise<number> =>
      (await this.log.lag(from)).events - (await this.log.lag(position)).events;
    const asked = await between(START);
    while (comparePositions(this.archive.upTo.position, position) < 0 && (await this.advance())) {
      tell(Math.min(1, 1 - (await between(this.archive.upTo.position)) / asked));
    }
  }

  async close(): Promise<void> {
    await this.archive.close();
  }

  /** After a log was restored from a backup, the archive may be of events that it no longer has. */
  private async compareWithLog(): Promise<void> {
    const { position, recordedAt } = this.archive.upTo;
    if (position !== START) {
      const [event] = await this.log.readAll(String(BigInt(position) - 1n), 1);
      if (event?.position !== position || event.recordedAt !== recordedAt) {
        warn('The archive of facts is of another log.');
        await this.beginAnew();
      }
    }
    this.isOfLog = true;
  }

  private async beginAnew(): Promise<void> {
    await this.archive.close();
    this.archive = this.opening.anew();
    this.tellIfChanged();
  }

  private async makeMore(making: AsyncGenerator<void>): Promise<boolean> {
    try {
      if ((await making.next()).done) this.making = null;
    } catch (error) {
      // Half a history cannot be gone on with; the next attempt begins anew.
      this.making = null;
      await this.beginAnew();
      throw error;
    }
    return true;
  }

  /** Client by client, so that each history is read once; commits when all of it has been applied. */
  private async *wholeLog(): AsyncGenerator<void> {
    let last: RecordedEvent | undefined;
    for (;;) {
      const page: RecordedEvent[] = await this.log.readAll(last?.position ?? START, longLog);
      if (page.length === 0) break;
      this.archive.number(page.map(momentOf));
      last = page.at(-1);
      yield;
    }
    for await (const page of histories(this.log, last!.position)) {
      for (const history of page) this.applyAll(factsOfClient(history, START, factFolding));
      yield;
    }
    this.archive.commit(momentOf(last!));
    this.tellIfChanged();
  }

  /** In log order, and of one event in order of the clients. */
  private apply(facts: readonly ClientFacts[], upTo: Moment, erased: readonly string[]): void {
    this.archive.forget(erased);
    this.applyAll([...facts].sort((a, b) => comparePositions(a.event.position, b.event.position)));
    this.archive.commit(momentOf(upTo));
    this.tellIfChanged();
  }

  private applyAll(inOrder: readonly ClientFacts[]): void {
    for (const { client, event, facts } of inOrder) this.archive.apply(momentOf(event), client, facts);
  }

  private tellIfChanged(): void {
    const shared = this.archive.shared();
    if (shared === this.told) return;
    this.told = shared;
    this.tell(shared);
  }
}

function momentOf({ position, recordedAt }: Moment): Moment {
  return { position, recordedAt };
}

function warn(reason: string): void {
  process.emitWarning(`${reason} It is made anew from the log.`, 'ArchiveRefused');
}
