import type { RecordedEvent } from '@domeinbrug/event-store';
import { keyHolders, type KeyHolder } from './event-keys.js';
import type { StoredKeys } from './stored-keys.js';

/** The keys of new events beside those that are stored, as if they were stored already. */
export class BatchKeys {
  private readonly holders: readonly KeyHolder[];
  /** Keys of the batch that more than one stream holds: the first that is stored, then those of the batch. */
  private readonly contested = new Map<string, KeyHolder[]>();

  /** @param events in log order, none of them stored yet */
  constructor(
    private readonly stored: StoredKeys,
    events: readonly RecordedEvent[],
  ) {
    this.holders = keyHolders(events);
    const all = new Map<string, KeyHolder[]>();
    const first = stored.firstHolders(this.holders.map(({ key }) => key));
    for (const holder of [...first, ...this.holders]) {
      all.set(holder.key, [...(all.get(holder.key) ?? []), holder]);
    }
    for (const [key, holders] of all) if (holders.length > 1) this.contested.set(key, holders);
  }

  /** As `HoldersBeside`. */
  readonly beside = (clients: readonly string[]): KeyHolder[] => {
    const found = new Map(this.stored.beside(clients).map((holder) => [holder.key, holder]));
    for (const [key, holders] of this.contested) {
      if (found.has(key) || !holders.some(({ client }) => clients.includes(client))) continue;
      const other = this.firstBeside(key, clients);
      if (other) found.set(key, other);
    }
    return [...found.values()];
  };

  /**
   * The clients that held a key alone until an event of the batch brought it for somebody else. Who comes third
   * changes nothing for the first two.
   */
  clientsReached(relativesOf: (client: string) => string[]): string[] {
    return [...this.contested].flatMap(([key, [first]]) => {
      const relatives = relativesOf(first!.client);
      const isNew = !this.stored.firstBeside(key, relatives) && this.firstBeside(key, relatives);
      return isNew ? [first!.client] : [];
    });
  }

  /** In the transaction of the rows that were folded with them. */
  store(): void {
    this.stored.add(this.holders, [...this.contested.keys()]);
  }

  private firstBeside(key: string, clients: readonly string[]): KeyHolder | null {
    const stored = this.stored.firstBeside(key, clients);
    return stored ?? this.contested.get(key)!.find(({ client }) => !clients.includes(client)) ?? null;
  }
}
