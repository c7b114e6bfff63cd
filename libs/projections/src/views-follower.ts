import type { FailedBuilding } from './building.js';
import type { Checkpoint } from './checkpoint.js';
import { readCheckpoint } from './checkpoint.js';
import { findingCounts, type FindingCounts } from './status.js';
import type { ViewsDatabase } from './tables.js';
import type { ViewsStore } from './views-store.js';

/** Findings are counted again at most so often: that takes a second where there are millions. */
const countEveryMs = 60_000;

/** Tells what another process has made of the read models; for the one thread of a process that does not write them. */
export class ViewsFollower {
  private open: { generation: string; views: ViewsDatabase } | null = null;
  private told = '';
  private findings: FindingCounts = {};
  private countedAt = 0;

  private failedAt = 0;

  /**
   * @param report called with what is in force, whenever that is another generation or position
   * @param reportFailure called each time that what is to come into force could not be built
   */
  constructor(
    private readonly store: ViewsStore,
    private readonly report: (generation: string, checkpoint: Checkpoint, findings: FindingCounts) => void,
    private readonly reportFailure: (failure: FailedBuilding) => void,
  ) {}

  async look(): Promise<void> {
    const failure = await this.store.failure();
    if (failure && failure.failedAt !== this.failedAt) this.reportFailure(failure);
    this.failedAt = failure?.failedAt ?? 0;
    await this.lookAtRows();
  }

  private async lookAtRows(): Promise<void> {
    const generation = await this.store.current();
    const views = generation === null ? null : await this.viewsOf(generation);
    const checkpoint = views && (await readCheckpoint(views));
    if (!checkpoint) return;
    const found = `${generation} ${JSON.stringify(checkpoint)}`;
    if (found === this.told) return;
    if (Date.now() - this.countedAt > countEveryMs) {
      this.findings = await findingCounts(views);
      this.countedAt = Date.now();
    }
    this.told = found;
    this.report(generation!, checkpoint, this.findings);
  }

  /** Lets go of what it reads; the next look begins anew. */
  async rest(): Promise<void> {
    await this.open?.views.destroy();
    this.open = null;
    this.told = '';
    this.countedAt = 0;
  }

  private async viewsOf(generation: string): Promise<ViewsDatabase | null> {
    if (this.open?.generation === generation) return this.open.views;
    await this.rest();
    const views = this.store.openForReading(generation);
    if (views) this.open = { generation, views };
    return views;
  }
}
