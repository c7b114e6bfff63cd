import type { Building, FailedBuilding } from './building.js';
import type { ViewsDatabase } from './tables.js';
import type { ViewsWriter } from './views-writer.js';

/**
 * Another process writes the read models now, or what this one had put in force is gone with a database that failed over:
 * what it was about to write is not written, and it has to claim them anew.
 */
export class ClaimLost extends Error {
  override readonly name = 'ClaimLost';

  constructor() {
    super('Another process keeps the read models up now; this one goes on by following it.');
  }
}

/**
 * A place with generations of read models, one of them in force. A generation is built beside the one in force and takes
 * over by a pointer when it is complete; killed at any moment, the next start finds either the old one or the new one,
 * whole. Only the one that has claimed the place builds and writes there; it may be paused at any moment and come back
 * when another has the claim, and then every transaction that it begins throws {@link ClaimLost}.
 */
export interface ViewsStore {
  /**
   * Becomes the one that writes, unless another is.
   *
   * @param lost called once, when another has become that since
   */
  claim(lost: () => void): Promise<boolean>;
  /** Lets another process become the one that writes. */
  release(): Promise<void>;
  /** Who writes now, for people; `null` when nobody does, or nobody can tell. */
  heldBy(): Promise<string | null>;
  /** Calls `wake` when something may have changed, also when it is missed once; returns the way to stop. */
  follow(wake: () => void): () => Promise<void>;
  /** The generation in force; `null` when none was ever begun. */
  current(): Promise<string | null>;
  /** The name of one that is to be built. */
  next(): Promise<string>;
  /**
   * Makes a generation anew and lets `fill` fill its tables; the indexes are made at the end. It is of no use until this
   * has ended and it is put in force.
   */
  make(generation: string, fill: (views: ViewsWriter) => Promise<void>): Promise<void>;
  /** Opens a generation for the one writer, makes it when it is not there, and brings its schema up to date. */
  openForWriting(generation: string): Promise<ViewsWriter>;
  /** Opens a generation for questions; a writer may go on beside it. `null` when it has been removed. */
  openForReading(generation: string): ViewsDatabase | null;
  /** Lets everybody know how far a building is; `null` = it has ended. */
  tellBuilding(building: Building | null): Promise<void>;
  /** What was told last of a building that has not ended. */
  building(): Promise<Building | null>;
  /** Lets those who follow know of a building that failed; forgotten once a building is told of again, or has ended. */
  tellFailure(failure: FailedBuilding): Promise<void>;
  /** What was told last of one; `null` = none has failed since. */
  failure(): Promise<FailedBuilding | null>;
  /** Puts a generation that is complete in force. */
  putInForce(generation: string): Promise<void>;
  /** Removes generations that are no longer in force and those that were never finished, as the place sees fit. */
  removeFormer(): Promise<void>;
  /** Removes all that were in force before, or were given up; their names. */
  dropFormer(): Promise<string[]>;
  /** A file of this process for what sorting a generation's feed does not hold in memory. */
  scratch(generation: string): string;
  close(): Promise<void>;
}
