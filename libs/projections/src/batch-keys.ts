import type { RecordedEvent } from '@domeinbrug/event-store';
import { keyHolders, type KeyHolder } from './event-keys.js';
import type { StoredKeys } from './stored-keys.js';

/** The keys of new events beside those that are stored, as if they were stored already. */
export class BatchKeys {
  /** Keys of the batch that more than one stream holds: the first that is stored, then those of the batch. */
  private readonly contested = new Map<string, KeyHolder[]>();

  /** Of the clients that it was prepared for those that share a stored key with another. */
  private sharers: ReadonlySet<string> = new Set();

  private constructor(
    private readonly stored: StoredKeys,
    readonly holders: readonly KeyHolder[],
    first: readonly KeyHolder[],
  ) {
    const all = new Map<string, KeyHolder[]>();
    for (const holder of [...first, ...holders]) {
      all.set(holder.key, [...(all.get(holder.key) ?? []), holder]);
    }
    for (const [key, each] of all) if (each.length > 1) this.contested.set(key, each);
  }

  /** @param events in log order, none of them stored yet */
  static async of(stored: StoredKeys, events: readonly RecordedEvent[]): Promise<BatchKeys> {
    const holders = keyHolders(events);
    return new BatchKeys(stored, holders, await stored.firstHolders(holders.map(({ key }) => key)));
  }

  /** Looks up at once what {@link beside} is then asked for each of these clients. */
  async prepareFor(clients: readonly string[]): Promise<void> {
    this.sharers = new Set(await this.stored.sharersAmong(clients));
  }

  /** As `HoldersBeside`, of clients that it was prepared for. */
  readonly beside = async (clients: readonly string[]): Promise<KeyHolder[]> => {
    const isSharing = clients.some((client) => this.sharers.has(client));
    const stored = isSharing ? await this.stored.beside(clients) : [];
    const found = new Map(stored.map((holder) => [holder.key, holder]));
    for (const [key, holders] of this.contested) {
      if (found.has(key) || !holders.some(({ client }) => clients.includes(client))) continue;
      const other = await this.firstBeside(key, clients);
      if (other) found.set(key, other);
    }
    return [...found.values()];
  };

  /**
   * The clients that held a key alone until an event of the batch brought it for somebody else. Who comes third
   * changes nothing for the first two.
   */
  async clientsReached(relativesOf: (client: string) => string[]): Promise<string[]> {
    const reached: string[] = [];
    for (const [key, [first]] of this.contested) {
      const relatives = relativesOf(first!.client);
      const stored = await this.stored.firstBeside(key, relatives);
      if (!stored && (await this.firstBeside(key, relatives))) reached.push(first!.client);
    }
    return reached;
  }

  /** The keys of the batch that more than one stream holds. */
  get sharedKeys(): string[] {
    return [...this.contested.keys()];
  }

  private async firstBeside(key: string, clients: readonly string[]): Promise<KeyHolder | null> {
    const stored = await this.stored.firstBeside(key, clients);
    return stored ?? this.contested.get(key)!.find(({ client }) => !clients.includes(client)) ?? null;
  }
}
