import { AppendFailed, LogClosed, type AppendResult } from '../event-log.js';
import { refuseWhenBusy } from '../group-appends.js';
import type { WrittenAppend } from '../written-append.js';

/** So many go to the server at the same time. */
const MAX_AT_ONCE = 32;

/**
 * Lets appends through: those of one stream one after another, in the order they came, so that they do not fight each
 * other for a revision; those of different streams beside each other. A history, whose moments must not go back along
 * the log, goes alone; those that wait behind one that fails fail too, or there would be a gap in what is told.
 */
export class AppendQueue {
  private readonly lanes = new Map<string, Promise<unknown>>();
  private readonly waiting = new Set<Promise<unknown>>();
  private readonly starting: (() => void)[] = [];
  private history: Promise<unknown> = Promise.resolve();
  /** The last history that is not done, as it ends. */
  private historyBefore: Promise<unknown> | undefined;
  private running = 0;
  private closing = false;

  constructor(private readonly store: (append: WrittenAppend) => Promise<AppendResult>) {}

  /** @throws LogBusy, LogClosed, and what `store` rejects with */
  append(append: WrittenAppend): Promise<AppendResult> {
    if (this.closing) throw new LogClosed('The event log is closing and takes no more appends.');
    refuseWhenBusy(this.waiting.size);
    const { stream, recordedAt } = append;
    const before = recordedAt
      ? Promise.allSettled([...this.waiting])
      : Promise.allSettled([this.lanes.get(stream), this.history]);
    const earlier = recordedAt ? this.historyBefore : undefined;
    const outcome = before.then(async () => {
      await earlier?.catch(behindAFailure);
      return this.run(append);
    });
    this.enter(outcome, append);
    return outcome;
  }

  /** Takes nothing more; resolves when nothing waits any longer, or after so many ms. */
  async drain(milliseconds: number): Promise<void> {
    this.closing = true;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
    await Promise.race([Promise.allSettled([...this.waiting]), late]);
    clearTimeout(timer);
  }

  private enter(outcome: Promise<AppendResult>, { stream, recordedAt }: WrittenAppend): void {
    const done = outcome.then(
      () => {},
      () => {},
    );
    this.waiting.add(done);
    this.lanes.set(stream, done);
    if (recordedAt) {
      this.history = done;
      this.historyBefore = outcome;
    }
    void done.then(() => {
      if (this.historyBefore === outcome) this.historyBefore = undefined;
      this.waiting.delete(done);
      if (this.lanes.get(stream) === done) this.lanes.delete(stream);
    });
  }

  private async run(append: WrittenAppend): Promise<AppendResult> {
    while (this.running >= MAX_AT_ONCE) await new Promise<void>((resolve) => this.starting.push(resolve));
    this.running++;
    try {
      return await this.store(append);
    } finally {
      this.running--;
      this.starting.shift()?.();
    }
  }
}

function behindAFailure(error: unknown): never {
  const why = error instanceof Error ? error.message : String(error);
  throw new AppendFailed(`What goes before it in the history could not be stored: ${why}`, 'not-stored');
}
