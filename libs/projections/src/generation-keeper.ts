import type { ArchiveShared } from '@domeinbrug/archive';
import { comparePositions, START, type EventLogReader } from '@domeinbrug/event-store';
import { archiveIn, ArchiveKeeper } from './archive-keeper.js';
import { beginning, type Checkpoint } from './checkpoint.js';
import { coverageUnder, type ClientCoverage } from './client-coverage.js';
import { nextViewsPath, putInForce, removeOtherViews, viewsPath } from './generations.js';
import { catchUp, projectBatch } from './projector.js';
import { buildGeneration, completeFeed } from './rebuild.js';
import { ReferenceBook } from './reference-book.js';
import type { RulesInForce } from './rules-in-force.js';
import type { FindingCounts } from './status.js';
import { openViewsForWriting, viewsExist } from './views-file.js';
import type { ViewsWriter } from './views-writer.js';

/** Events in a log that is caught up with at once. */
const shortLog = 500;

/** Read models that are kept up with the log. */
interface Generation {
  path: string;
  views: ViewsWriter;
  coverage: ClientCoverage;
  inForce: RulesInForce;
  checkpoint: Checkpoint;
}

/**
 * Keeps the read models and the archive of a data folder up with its log, and builds read models beside those in force
 * that take over. For the one thread that may write there.
 */
export class GenerationKeeper {
  private current: Generation | null = null;
  private building = new AbortController();
  /** Batches and switches, one at a time. */
  private turn: Promise<unknown> = Promise.resolve();

  private readonly book: ReferenceBook;
  private readonly archive: ArchiveKeeper;

  /**
   * @param report called with what is in force after each stored batch and each switch
   * @param tellArchive called with what readers of the archive need, whenever that has changed
   */
  constructor(
    private readonly dataDir: string,
    private readonly log: EventLogReader,
    private readonly report: (path: string, checkpoint: Checkpoint, findings: FindingCounts) => void,
    tellArchive: (shared: ArchiveShared) => void,
  ) {
    this.book = new ReferenceBook(log);
    this.archive = new ArchiveKeeper(archiveIn(dataDir), log, this.book, tellArchive);
  }

  /** Takes the read models there are into use. `false` when there are none of these rules: then replace them. */
  async resume(inForce: RulesInForce): Promise<boolean> {
    removeOtherViews(this.dataDir);
    const path = viewsPath(this.dataDir);
    if (!viewsExist(path) && !(await this.isShort(inForce))) return false;
    const coverage = coverageUnder(inForce);
    const views = await openViewsForWriting(path);
    if (views.checkpoint() === null && (await this.isShort(inForce)))
      views.begin(beginning(coverage.identity, coverage.since));
    const checkpoint = views.checkpoint();
    if (checkpoint?.identity === coverage.identity) {
      this.takeUp({ path, views, coverage, inForce, checkpoint });
      return true;
    }
    views.close();
    return false;
  }

  /** Takes in what the log has more, a batch at a time, until it has no more or `shouldStop`. */
  async catchUp(shouldStop: () => boolean): Promise<void> {
    while (!shouldStop() && (await this.inTurn(() => this.advance()))) await otherWork();
  }

  /**
   * Builds the read models under these rules beside those there are, and puts them in force once they are as far.
   * Their feed may still have to be filled in: {@link completeFeed}. Ends whatever else was being built.
   */
  async replace(inForce: RulesInForce): Promise<void> {
    const { signal } = this.beginBuilding();
    const path = nextViewsPath(this.dataDir);
    await buildGeneration(path, this.log, inForce, signal);
    const coverage = coverageUnder(inForce);
    await this.inTurn(async () => {
      signal.throwIfAborted();
      const views = await openViewsForWriting(path);
      const checkpoint = await catchUp(views, this.log, coverage, undefined, () => this.isAsFar(views));
      putInForce(this.dataDir, path);
      this.current?.views.close();
      removeOtherViews(this.dataDir);
      this.takeUp({ path, views, coverage, inForce, checkpoint });
    });
  }

  /** Fills in what the feed still misses. */
  async completeFeed(): Promise<void> {
    if (!this.current) return;
    const { views, path, inForce, checkpoint } = this.current;
    if (checkpoint.feed.missing === null) return;
    await completeFeed(views, path, this.log.place, inForce, this.beginBuilding().signal);
    await this.inTurn(async () => {
      this.current!.checkpoint = await Promise.resolve(views.checkpoint()!);
      this.report(path, this.current!.checkpoint, views.findings);
    });
  }

  /** Breaks off what is being built beside, or filled in. */
  stopBuilding(): void {
    this.building.abort();
  }

  async close(): Promise<void> {
    this.stopBuilding();
    await this.inTurn(async () => {
      this.current?.views.close();
      await this.archive.close();
    });
    this.current = null;
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
    if ((await this.projectNext()) || (await this.archive.advance())) return true;
    this.current?.views.rest();
    return false;
  }

  private async projectNext(): Promise<boolean> {
    if (!this.current) return false;
    const { views, coverage, checkpoint, path } = this.current;
    const next = await projectBatch(views, this.log, this.book, coverage, checkpoint);
    if (!next) return false;
    this.current.checkpoint = next.checkpoint;
    this.report(path, next.checkpoint, views.findings);
    const facts = next.folds.flatMap((fold) => fold.facts);
    await this.archive.take(facts, checkpoint.position, next.checkpoint);
    return true;
  }

  private isAsFar(views: ViewsWriter): boolean {
    const served = this.current?.checkpoint.position ?? START;
    return comparePositions(views.checkpoint()!.position, served) >= 0;
  }

  private takeUp(generation: Generation): void {
    this.current = generation;
    this.report(generation.path, generation.checkpoint, generation.views.findings);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }
}

/** Lets messages and the building in between. */
function otherWork(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
