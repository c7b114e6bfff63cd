/** How far read models are that are being built beside those in force. */
export interface Building {
  generation: string;
  /** Milliseconds since 1970: when it was begun, and when this was told. A building that was killed tells no more. */
  since: number;
  toldAt: number;
  /** Of the events up to the log's end at that time, 0 to 1. Indexes and the feed come after them. */
  share: number;
}

/** Read models under other rules that could not be built; it is tried again for as long as those rules are wanted. */
export interface FailedBuilding {
  identity: string;
  reason: string;
  /** Milliseconds since 1970. */
  failedAt: number;
}

/** ms that the events which are left may take if they take as long as those before; `null` when none are done yet. */
export function remainingMs({ since, toldAt, share }: Building): number | null {
  return share === 0 ? null : Math.round(((toldAt - since) * (1 - share)) / share);
}

const tellEveryMs = 1_000;

/** Tells how far a building is, now and then. */
export class BuildingProgress {
  private readonly since = Date.now();
  private toldAt = 0;
  private done = 0;

  constructor(
    private readonly tell: (building: Building | null) => Promise<void>,
    private readonly generation: string,
    private readonly total: number,
  ) {}

  async add(events: number): Promise<void> {
    this.done += events;
    const now = Date.now();
    if (now - this.toldAt < tellEveryMs) return;
    this.toldAt = now;
    const share = this.total === 0 ? 1 : Math.min(1, this.done / this.total);
    await this.tell({ generation: this.generation, since: this.since, toldAt: now, share });
  }

  async end(): Promise<void> {
    await this.tell(null);
  }
}
