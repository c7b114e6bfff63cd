import { comparePositions, START, type EventLogReader } from '@domeinbrug/event-store';
import type { ArchiveKeeper } from './archive-keeper.js';
import { beginning, type Checkpoint } from './checkpoint.js';
import { coverageUnder, type ClientCoverage } from './client-coverage.js';
import { otherWork } from './other-work.js';
import { catchUp, projectBatch } from './projector.js';
import { buildGeneration, completeFeed } from './rebuild.js';
import type { ReferenceBook } from './reference-book.js';
import type { RulesInForce } from './rules-in-force.js';
import type { FindingCounts } from './status.js';
import { ClaimLost, type ViewsStore } from './views-store.js';
import type { ViewsWriter } from './views-writer.js';

/** Events in a log that is caught up with at once. */
const shortLog = 500;
/** Processes that had read models open when others took over end their answers in them for so long. */
const formerStayMs = 70_000;
/** Between two tries to remove those that somebody still reads. */
const removeEveryMs = 10_000;

/** Read models that are kept up with the log. */
interface Generation {
  name: string;
  views: ViewsWriter;
  coverage: ClientCoverage;
  inForce: RulesInForce;
  checkpoint: Checkpoint;
}

/**
 * Keeps the read models, and an archive, up with the log, and builds read models beside those in force
 * that take over. For the one thread that may write there.
 */
export class GenerationKeeper {
  private current: Generation | null = null;
  /** When read models that were in force before go, ms since 1970; `null` when there are none. */
  private formerGoAt: number | null = null;
  /** Storing the last batch failed, or what was stored is gone, so that it is not known where the read models stand. */
  private isUnsure = false;
  private building = new AbortController();
  private isAtRest = true;
  /** Batches and switches, one at a time. */
  private turn: Promise<unknown> = Promise.resolve();

  /**
   * @param store where the read models lie
   * @param archive `null` = none is kept
   * @param report called with what is in force after each stored batch and each switch
   */
  constructor(
    private readonly store: ViewsStore,
    private readonly log: EventLogReader,
    private readonly book: ReferenceBook,
    private readonly archive: ArchiveKeeper | null,
    private readonly report: (generation: string, checkpoint: Checkpoint, findings: FindingCounts) => void,
  ) {}

  /** Takes the read models there are into use. `false` when there are none of these rules: then replace them. */
  async resume(inForce: RulesInForce): Promise<boolean> {
    await this.store.removeFormer();
    const current = await this.store.current();
    if (current === null && !(await this.isShort(inForce))) return false;
    const name = current ?? (await this.store.next());
    const coverage = coverageUnder(inForce);
    return this.closedUnlessTakenUp(await this.store.openForWriting(name), async (views) => {
      if ((await views.checkpoint()) === null && (await this.isShort(inForce)))
        await views.begin(beginning(coverage.identity, coverage.since));
      const checkpoint = await views.checkpoint();
      if (checkpoint?.identity !== coverage.identity) return false;
      if (current === null) await this.store.putInForce(name);
      this.takeUp({ name, views, coverage, inForce, checkpoint });
      return true;
    });
  }

  /**
   * Takes in what the log has more, a batch at a time, until it has no more or `shouldStop`.
   *
   * @returns `false` when something is left to do though the log has no more: then do this again in a while
   */
  async catchUp(shouldStop: () => boolean): Promise<boolean> {
    while (!shouldStop() && (await this.inTurn(() => this.advance()))) await otherWork();
    return this.isAtRest;
  }

  /**
   * Builds the read models under these rules beside those there are, and puts them in force once they are as far.
   * Their feed may still have to be filled in: {@link completeFeed}. Ends whatever else was being built.
   */
  async replace(inForce: RulesInForce): Promise<void> {
    const { signal } = this.beginBuilding();
    const name = await this.store.next();
    await buildGeneration(this.store, name, this.log, inForce, signal);
    const coverage = coverageUnder(inForce);
    await this.inTurn(async () => {
      signal.throwIfAborted();
      await this.closedUnlessTakenUp(await this.store.openForWriting(name), async (views) => {
        const checkpoint = await catchUp(views, this.log, coverage, undefined, (at) => this.isAsFar(at));
        await this.store.putInForce(name);
        const former = this.current?.views;
        this.takeUp({ name, views, coverage, inForce, checkpoint });
        await former?.close();
      });
      await this.store.removeFormer();
    });
  }

  /** Fills in what the feed still misses. */
  async completeFeed(): Promise<void> {
    if (!this.current) return;
    const { views, name, inForce, checkpoint } = this.current;
    if (checkpoint.feed.missing === null) return;
    await completeFeed(views, this.store.scratch(name), this.log.place, inForce, this.beginBuilding().signal);
    await this.inTurn(async () => {
      this.current!.checkpoint = (await views.checkpoint())!;
      this.report(name, this.current!.checkpoint, views.findings);
    });
  }

  /** Breaks off what is being built beside, or filled in. */
  stopBuilding(): void {
    this.building.abort();
  }

  /** Keeps only the archive from here on. */
  async letGo(): Promise<void> {
    this.stopBuilding();
    await this.inTurn(async () => {
      const views = this.current?.views;
      this.current = null;
      this.formerGoAt = null; // what goes when is for whoever writes next
      await views?.close();
    });
  }

  async close(): Promise<void> {
    await this.letGo();
    await this.inTurn(async () => this.archive?.close());
  }

  /** Whether the log is read sooner from its start than a thread is started. */
  private async isShort({ since }: RulesInForce): Promise<boolean> {
    return since === START && (await this.log.readAll(START, shortLog)).length < shortLog;
  }

  private beginBuilding(): AbortController {
    this.stopBuilding();
    return (this.building = new AbortController());
  }

  /** The read models first: they are waited for. */
  private async advance(): Promise<boolean> {
    await this.dropFormer();
    if ((await this.projectNext()) || (await this.archive?.advance())) return true;
    const isResting = this.current?.views.rest() ?? true;
    this.isAtRest = isResting && this.formerGoAt === null;
    return false;
  }

  private async projectNext(): Promise<boolean> {
    if (!this.current) return false;
    const { views, coverage, name } = this.current;
    if (this.isUnsure) await this.reread(this.current);
    const { checkpoint } = this.current;
    this.isUnsure = true;
    const next = await projectBatch(views, this.log, this.book, coverage, checkpoint);
    this.isUnsure = !next && !(await this.isStored(this.current));
    if (!next) return this.isUnsure;
    this.current.checkpoint = next.checkpoint;
    this.report(name, next.checkpoint, views.findings);
    if (next.erased.length > 0) this.formerGoAt = Date.now(); // they hold whoever was erased, too
    const facts = next.folds.flatMap((fold) => fold.facts);
    await this.archive?.take(facts, checkpoint.position, next.checkpoint, next.erased);
    return true;
  }

  /** Whoever is erased now was there, and may have been erased while nobody took it in there: so none stay for long. */
  private async dropFormer(): Promise<void> {
    if (this.formerGoAt === null || Date.now() < this.formerGoAt) return;
    try {
      await this.store.dropFormer();
      this.formerGoAt = null;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      process.emitWarning(
        `Read models that were in force before are still there (${reason}). It is tried again to remove them.`,
        'FormerViewsKept',
      );
      this.formerGoAt = Date.now() + removeEveryMs;
    }
  }

  /** Whether a batch whose storing failed is stored nobody else can tell. */
  private async reread(current: Generation): Promise<void> {
    const { name, views } = current;
    const checkpoint = (await this.store.current()) === name ? await views.reread() : null;
    if (checkpoint === null) throw new ClaimLost(); // what it had put in force is gone: all is taken up anew
    current.checkpoint = checkpoint;
    this.report(name, checkpoint, views.findings);
  }

  /** A database that failed over to a standby may have lost what it had acknowledged, and the log with it. */
  private async isStored({ name, views, checkpoint }: Generation): Promise<boolean> {
    if ((await this.store.current()) !== name) return false;
    return (await views.checkpoint())?.position === checkpoint.position;
  }

  private isAsFar({ position }: Checkpoint): boolean {
    return comparePositions(position, this.current?.checkpoint.position ?? START) >= 0;
  }

  private takeUp(generation: Generation): void {
    this.current = generation;
    this.formerGoAt = Date.now() + formerStayMs;
    this.report(generation.name, generation.checkpoint, generation.views.findings);
  }

  private async closedUnlessTakenUp<T>(
    views: ViewsWriter,
    work: (views: ViewsWriter) => Promise<T>,
  ): Promise<T> {
    try {
      return await work(views);
    } finally {
      if (this.current?.views !== views) await views.close();
    }
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }
}
