/**
 * The port of the keys under which personal fields lie in the log. The store is one of its own beside the log: what lies
 * under a key that is gone stays unreadable wherever the log is copied to. Keys in it are wrapped, so that the store alone
 * opens nothing. Every store behind the port passes the suite in `contract/key-store-contract.ts`.
 */

/** Whose key it is: the client's own (`person` is empty), or that of somebody beside the client, such as a carer. */
export interface KeyOwner {
  client: string;
  /** Leads to nobody by itself. */
  person: string;
}

/** As text: a client's pseudonym holds no line ends. */
export function ownerName({ client, person }: KeyOwner): string {
  return `${client}\n${person}`;
}

export interface WrappedKey extends KeyOwner {
  wrapped: Buffer;
}

/** What stays of an owner whose key was destroyed, so that none is ever made again. */
export interface Erasure extends KeyOwner {
  /** Milliseconds since 1970. */
  at: number;
  /** Who did it, and why: of an organisation or a function, never of the person. */
  by: string;
  reason: string;
}

/** Why a client may not be erased for now. */
export interface Hold {
  client: string;
  at: number;
  by: string;
  reason: string;
}

/** What is known of some clients. */
export interface FoundKeys {
  keys: WrappedKey[];
  erasures: Erasure[];
}

export interface KeyStore {
  /** Keys and erasures of these clients and of those beside them. */
  find(clients: readonly string[]): Promise<FoundKeys>;
  /**
   * Stores keys of owners that have none and were not erased; of the others nothing changes. Resolves once they are
   * durable. Of two that add a key of one owner at once, one is stored: {@link find} tells which.
   */
  add(keys: readonly WrappedKey[]): Promise<void>;
  /**
   * Destroys an owner's key, with a client's own also those of all beside it; resolves once that is durable.
   *
   * @param over what held the client before and does not refuse this erasure
   * @returns the erasure that counts: an earlier one when there was one
   * @throws ClientHeld for anything else that holds the client
   */
  erase(erasure: Erasure, over?: Hold): Promise<Erasure>;
  /** All, in order of their moments. */
  erasures(): Promise<Erasure[]>;
  /** The keys after an owner, in order; for copying them elsewhere. `null` = from the first that is somebody's. */
  page(after: KeyOwner | null, limit: number): Promise<WrappedKey[]>;
  /** Lets nobody erase the client until {@link release}; the reason last given counts. */
  hold(hold: Hold): Promise<void>;
  /** @returns what held the client; `null` when nothing did */
  release(client: string): Promise<Hold | null>;
  /** All, in order of their moments. */
  holds(): Promise<Hold[]>;
  /** Releases everything; may be called twice. */
  close(): Promise<void>;
}

/** The client may not be erased for now. Nothing was changed. */
export class ClientHeld extends Error {
  override readonly name = 'ClientHeld';

  constructor(readonly hold: Hold) {
    super(
      `This client is held since ${new Date(hold.at).toISOString().slice(0, 10)} by ${hold.by} (${hold.reason}). ` +
        `Nothing was erased; once that is over, the hold is taken away with domeinbrug retention release.`,
    );
  }
}

/** The store of keys cannot be used as it is. */
export class KeysRefused extends Error {
  override readonly name = 'KeysRefused';
}
