import type { EventLog } from '@domeinbrug/event-store';
import type { ClientCoverage } from '../client-coverage.js';
import { openViewsStore } from '../open-views-store.js';
import { catchUp } from '../projector.js';
import { deriveViews } from '../rebuild.js';
import type { ViewsDatabase } from '../tables.js';
import { verifyViews, type Verification } from '../verify.js';
import type { ViewsStore } from '../views-store.js';
import type { ViewsWriter } from '../views-writer.js';
import { answersOf } from './answers.js';
import type { HistoryStep } from './sample-history.js';

/** A place of its own for one test. */
export interface Place {
  /** Claimed. */
  store: ViewsStore;
  /** A folder that is there for the test alone. */
  scratch: string;
  /** Closes the store and throws the place away. */
  discard(): Promise<void>;
}

/** A log of its own for one test. */
export interface Told {
  log: EventLog;
  record(step: HistoryStep): Promise<void>;
  discard(): Promise<void>;
}

/** Read models in a place, kept up with a log as a projector does. */
export class ViewsUnderTest {
  constructor(
    private readonly place: Place,
    private readonly told: Told,
    private readonly coverage: ClientCoverage,
  ) {}

  get store(): ViewsStore {
    return this.place.store;
  }

  async record(steps: readonly HistoryStep[]): Promise<void> {
    for (const step of steps) await this.told.record(step);
  }

  /** Writes to the generation in force, or to the first one. */
  async writing<T>(work: (writer: ViewsWriter) => Promise<T>): Promise<T> {
    const current = await this.store.current();
    const generation = current ?? (await this.store.next());
    const writer = await this.store.openForWriting(generation);
    try {
      const done = await work(writer);
      if (current === null) await this.store.putInForce(generation);
      return done;
    } finally {
      await writer.close();
    }
  }

  async project(): Promise<void> {
    await this.writing((writer) => catchUp(writer, this.told.log, this.coverage));
  }

  /** As `rebuildViews` does with a thread. */
  async rebuild(): Promise<void> {
    const generation = await this.store.next();
    await deriveViews(this.store, generation, this.told.log, this.coverage);
    await this.store.putInForce(generation);
    await this.store.removeFormer();
  }

  async reading<T>(ask: (db: ViewsDatabase) => Promise<T>): Promise<T> {
    return asking(this.store, (await this.store.current())!, ask);
  }

  async verified(): Promise<Verification> {
    const { log } = this.told;
    return (await verifyViews(this.store, this.place.scratch, log, this.coverage))!;
  }

  /** The answers of read models that were derived into a file. */
  async answersOfDerived(): Promise<unknown> {
    const files = openViewsStore({ kind: 'folder', dataDir: this.place.scratch });
    const generation = await files.next();
    await deriveViews(files, generation, this.told.log, this.coverage);
    return asking(files, generation, answersOf);
  }

  async discard(): Promise<void> {
    await this.place.discard();
    await this.told.discard();
  }
}

async function asking<T>(
  store: ViewsStore,
  generation: string,
  ask: (db: ViewsDatabase) => Promise<T>,
): Promise<T> {
  const db = store.openForReading(generation)!;
  try {
    return await ask(db);
  } finally {
    await db.destroy();
  }
}
