import {
  KeysRefused,
  ownerName,
  type Erasure,
  type FoundKeys,
  type KeyOwner,
  type KeyStore,
  type WrappedKey,
} from './key-store.js';
import { keyFor, newKey, seal, SealBroken, unseal } from './seal.js';

/** The key that all others are wrapped by. */
export interface MasterKey {
  /** @throws KeysRefused when there is none */
  find(): Promise<Buffer>;
  /** Made where nothing was wrapped yet. */
  findOrMake(): Promise<Buffer>;
}

/** Has a key before any client has, by which services over one store see that they have the same master key. It is not paged. */
const nobody: KeyOwner = { client: '', person: '' };

/** The keys of some clients, ready for use. */
export class Keys {
  private readonly byOwner = new Map<string, Buffer>();
  private readonly erased = new Map<string, Erasure>();

  constructor({ keys, erasures }: FoundKeys, unwrap: (key: WrappedKey) => Buffer) {
    for (const key of keys) this.byOwner.set(ownerName(key), unwrap(key));
    for (const erasure of erasures) this.erased.set(ownerName(erasure), erasure);
  }

  of(owner: KeyOwner): Buffer | undefined {
    return this.byOwner.get(ownerName(owner));
  }

  /** When and by whom the owner's key was destroyed. */
  erasureOf(owner: KeyOwner): Erasure | undefined {
    return this.erased.get(ownerName(owner));
  }
}

/**
 * Makes and gives the keys of clients. Nothing is kept from one question to the next, so that a key that was destroyed by
 * any process is gone for all.
 */
export class KeyRing {
  private found: Promise<Buffer> | undefined;
  private asking: { clients: Set<string>; found: Promise<Map<string, FoundKeys>> } | null = null;
  private waiting: { owners: KeyOwner[]; done: Promise<void> } | null = null;

  /** @param masterKey asked for when it is needed first */
  constructor(
    readonly store: KeyStore,
    private readonly masterKey: MasterKey,
  ) {}

  /** @throws KeysRefused when the keys were wrapped by another master key, or that one is not there */
  async find(clients: Iterable<string>): Promise<Keys> {
    const asked = [...new Set(clients)];
    const byClient = asked.length === 0 ? new Map<string, FoundKeys>() : await this.ask(asked);
    const own = asked.flatMap((client) => byClient.get(client) ?? []);
    const found = {
      keys: own.flatMap(({ keys }) => keys),
      erasures: own.flatMap(({ erasures }) => erasures),
    };
    return found.keys.length === 0 ? new Keys(found, unneeded) : new Keys(found, await this.unwrapping());
  }

  /** Whether the keys there are can be used at all. @throws KeysRefused */
  async check(): Promise<void> {
    const [first] = await this.store.page(null, 1);
    if (first) await this.find([first.client]);
  }

  /**
   * As {@link check}, and where there are no keys yet what they will be wrapped by is made, so that a folder of keys is whole from
   * the first start on: other services over the same keys are given it, and refused with another one.
   *
   * @throws KeysRefused
   */
  async prepare(): Promise<void> {
    await this.check();
    await this.ensure([nobody]);
  }

  /** As {@link find}, with keys for these owners, made and durable where there were none. Those that were erased get none. */
  async ensure(owners: readonly KeyOwner[]): Promise<Keys> {
    const clients = owners.map(({ client }) => client);
    const known = await this.find(clients);
    const lacking = owners.filter(
      ({ client, person }) =>
        !known.of({ client, person }) &&
        !known.erasureOf({ client, person }) &&
        !known.erasureOf({ client, person: '' }),
    );
    if (lacking.length === 0) return known;
    await this.make(lacking);
    return this.find(clients);
  }

  /** A name for somebody beside a client that leads to nobody without the master key. */
  async personNamed(client: string, name: string): Promise<string> {
    const text = JSON.stringify([client, name]);
    return keyFor(`person ${text}`, await this.master('findOrMake'))
      .toString('hex')
      .slice(0, 32);
  }

  close(): Promise<void> {
    return this.store.close();
  }

  /** What is asked in one turn is one question to the store. */
  private ask(clients: readonly string[]): Promise<Map<string, FoundKeys>> {
    const asking = (this.asking ??= this.beginToAsk());
    for (const client of clients) asking.clients.add(client);
    return asking.found;
  }

  private beginToAsk(): NonNullable<KeyRing['asking']> {
    const clients = new Set<string>();
    const found = Promise.resolve().then(async () => {
      this.asking = null;
      return foundByClient(await this.store.find([...clients]));
    });
    return { clients, found };
  }

  /** Keys that are asked for in one turn are made durable together. */
  private make(owners: readonly KeyOwner[]): Promise<void> {
    const waiting = (this.waiting ??= this.beginToMake());
    waiting.owners.push(...owners);
    return waiting.done;
  }

  private beginToMake(): { owners: KeyOwner[]; done: Promise<void> } {
    const owners: KeyOwner[] = [];
    const done = Promise.resolve().then(async () => {
      const master = await this.master('findOrMake').finally(() => (this.waiting = null));
      const wanted = new Map(owners.map((owner) => [ownerName(owner), owner]));
      await this.store.add([...wanted.values()].map((owner) => wrapped(owner, master)));
    });
    return { owners, done };
  }

  private async unwrapping(): Promise<(key: WrappedKey) => Buffer> {
    const master = await this.master('find');
    return (key) => unwrapped(key, master);
  }

  private master(how: keyof MasterKey): Promise<Buffer> {
    this.found ??= this.masterKey[how]().catch((error: unknown) => {
      this.found = undefined; // the next question tries again
      throw error;
    });
    return this.found;
  }
}

function foundByClient({ keys, erasures }: FoundKeys): Map<string, FoundKeys> {
  const byClient = new Map<string, FoundKeys>();
  const of = (client: string): FoundKeys => {
    const found = byClient.get(client) ?? { keys: [], erasures: [] };
    byClient.set(client, found);
    return found;
  };
  for (const key of keys) of(key.client).keys.push(key);
  for (const erasure of erasures) of(erasure.client).erasures.push(erasure);
  return byClient;
}

function wrapped({ client, person }: KeyOwner, master: Buffer): WrappedKey {
  return { client, person, wrapped: seal(master, newKey(), ownerName({ client, person })) };
}

function unwrapped(key: WrappedKey, master: Buffer): Buffer {
  try {
    return unseal(master, key.wrapped, ownerName(key));
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    throw new KeysRefused(
      'The keys of clients were made with another keys/clients.key than the one in this data folder, or were changed. ' +
        'Put the right file there: of several services over one database each has the keys folder of the first.',
    );
  }
}

function unneeded(): never {
  throw new Error('There are no keys to unwrap.');
}
