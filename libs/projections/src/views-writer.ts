import type { CoverageTimeline } from '@domeinbrug/coverage';
import type { Position } from '@domeinbrug/event-store';
import type { Checkpoint } from './checkpoint.js';
import type { ClientRows, Value } from './client-rows.js';
import type { KeyHolder } from './event-keys.js';
import type { Parked, StoredClient } from './fold-client.js';
import type { FindingCounts } from './status.js';
import type { StoredKeys } from './stored-keys.js';

/** What the tables are to hold of one client. */
export interface ClientUpdate {
  client: string;
  /** `null` leaves them as they are. */
  rows: ClientRows | null;
  /** The timeline that the stored rows are of; `null` when the client has none. */
  before: CoverageTimeline | null;
  /** `null` when the client is not parked, or no longer. */
  parked: Parked | null;
}

/** What a batch of events makes different. */
export interface ViewsBatch {
  /** Clients of whom nothing may be left, also nothing of the feed; done first. */
  erased: readonly string[];
  clients: readonly ClientUpdate[];
  /** The keys of its events. */
  holders: readonly KeyHolder[];
  /** The keys among them that more than one stream now holds. */
  sharedKeys: readonly string[];
  /** As `changeRows` gives them. */
  changes: readonly Value[][];
  /** Where the read models were when it was read; {@link ViewsMoved} when they are not there. */
  from: Position;
  /** Where the read models are then. What the feed misses is not touched: it is filled in beside. */
  to: Checkpoint;
}

/** What the tables hold of one client when they are made anew. */
export interface FoldedRows extends Omit<ClientUpdate, 'before'> {
  /** Of the events in the client's own stream. */
  keys: KeyHolder[];
}

/** The read models are not where the one that writes them left them: a database came back without its last transactions. */
export class ViewsMoved extends Error {
  override readonly name = 'ViewsMoved';

  constructor(from: Position) {
    super(
      `The read models are no longer at position ${from}, up to where they were stored; they are read again.`,
    );
  }
}

/**
 * The one that writes a generation of read models. Each call that writes is all or nothing, and the checkpoint moves
 * with the rows that led there.
 */
export interface ViewsWriter {
  readonly keys: StoredKeys;
  /** How many findings there are with each code, one for each organisation that it concerns. */
  readonly findings: FindingCounts;
  /** `null` when nothing was begun. */
  checkpoint(): Promise<Checkpoint | null>;
  begin(checkpoint: Checkpoint): Promise<void>;
  /** Forgets what was kept in memory: after a failure nobody else can tell what is stored. The checkpoint that is. */
  reread(): Promise<Checkpoint | null>;
  /** What is known of each of these clients, also of those that have no rows. */
  storedClients(clients: readonly string[]): Promise<Map<string, StoredClient>>;
  storeBatch(batch: ViewsBatch): Promise<void>;
  storeClients(clients: readonly ClientUpdate[]): Promise<void>;
  /** For a rebuild: clients that have no rows yet. Their keys can be asked only after {@link addCollectedKeys}. */
  addClients(clients: readonly FoldedRows[]): Promise<void>;
  addCollectedKeys(): Promise<void>;
  /** Takes away what was filled in of the feed before the filling was broken off; broken off itself, it is to be called again. */
  emptyFeed(upTo: Position): Promise<void>;
  /** @param rows as `changeRows` gives them */
  addChanges(rows: readonly Value[][]): Promise<void>;
  /** Nothing of the feed is missing from here on. */
  completeFeed(): Promise<void>;
  /**
   * Makes what is written last as easy to read as the rest. May take a moment, so it is for when nothing waits.
   *
   * @returns `false` while a reader keeps what was erased from being cut off the journal: then ask again
   */
  rest(): boolean;
  close(): Promise<void>;
}
