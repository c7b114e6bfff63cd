import { ArchiveWriter, type ArchiveShared, type Moment } from '@domeinbrug/archive';
import { comparePositions, type Position } from '@domeinbrug/event-store';
import { factFolding } from './client-coverage.js';
import { factsOfClient, type ClientFacts } from './fold-client.js';
import { readBatch, type LogSource } from './read-batch.js';
import type { ReferenceBook } from './reference-book.js';

/** Goes up when the same events give other facts: an archive made before is then made anew. */
export const foldVersion = 'fold 1';

/** Events to one step of catching up: few enough to let a live batch in between. */
const eventsAStep = 512;

/**
 * Keeps the archive of facts up with the log. It has its own place in the log: after a stop it may be ahead of the read
 * models or behind them, and goes on from where it is. Facts know no rules, so another rule set leaves it as it is.
 */
export class ArchiveKeeper {
  private readonly archive: ArchiveWriter;
  private told: ArchiveShared | null = null;

  /** @param tell called with what readers need, at once and whenever that has changed */
  constructor(
    dataDir: string,
    private readonly log: LogSource,
    private readonly book: ReferenceBook,
    private readonly tell: (shared: ArchiveShared) => void,
  ) {
    const { archive, refused } = ArchiveWriter.open({ dataDir, foldVersion });
    this.archive = archive;
    if (refused !== null) process.emitWarning(`${refused} It is made anew from the log.`, 'ArchiveRefused');
    this.tellIfChanged();
  }

  /**
   * Takes in what a batch has folded already; nothing while the archive has not come as far as where the batch began.
   *
   * @param facts of all events after `from` up to `upTo`
   */
  take(facts: readonly ClientFacts[], from: Position, upTo: Moment): void {
    if (comparePositions(this.archive.upTo.position, from) >= 0) this.apply(facts, upTo);
  }

  /** Folds the next events of the log itself; `false` when the log has no more. */
  async advance(): Promise<boolean> {
    const from = this.archive.upTo.position;
    const batch = await readBatch(this.log, this.book, from, eventsAStep);
    if (!batch) return false;
    const facts = batch.histories.flatMap((history) => factsOfClient(history, from, factFolding));
    this.apply(facts, batch.last);
    return true;
  }

  async close(): Promise<void> {
    await this.archive.close();
  }

  /** In log order, and of one event in order of the clients. */
  private apply(facts: readonly ClientFacts[], { position, recordedAt }: Moment): void {
    const inOrder = [...facts].sort((a, b) => comparePositions(a.event.position, b.event.position));
    for (const { client, event, facts: all } of inOrder) {
      this.archive.apply({ position: event.position, recordedAt: event.recordedAt }, client, all);
    }
    this.archive.commit({ position, recordedAt });
    this.tellIfChanged();
  }

  private tellIfChanged(): void {
    const shared = this.archive.shared();
    if (shared === this.told) return;
    this.told = shared;
    this.tell(shared);
  }
}
