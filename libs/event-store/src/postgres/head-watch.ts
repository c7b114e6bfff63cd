import type { Client } from 'pg';
import type { LogHead } from '../event-log.js';
import { comparePositions } from '../event-log.js';
import { Listeners } from '../listeners.js';
import { channelOf, disconnect } from './connection.js';

/** ms between two looks at the head. */
const lookEvery = 1_000;

/**
 * Tells of commits by any process: of this log's own at once, of others' when the database notifies. A notification may
 * be lost with its connection, so the head is looked at every second as well.
 */
export class HeadWatch {
  private readonly listeners = new Listeners();
  private client: Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private failing = false;
  private closed = false;

  /**
   * @param last the head that is known already
   * @param connectToListen makes the connection that is notified, now and whenever it was lost
   * @param onFailure told once each time that the database stops answering
   */
  constructor(
    private readonly schema: string,
    private last: LogHead,
    private readonly readHead: () => Promise<LogHead>,
    private readonly connectToListen: () => Promise<Client>,
    private readonly onFailure: (error: Error) => void,
  ) {}

  subscribe(listener: (head: LogHead) => void): () => void {
    if (!this.timer && !this.closed) {
      this.timer = setInterval(() => this.look(), lookEvery).unref();
      this.look();
    }
    return this.listeners.add(listener);
  }

  /** Tells of a head unless it, or a later one, was told already. */
  reached(head: LogHead): void {
    if (this.closed || comparePositions(head.position, this.last.position) <= 0) return;
    this.last = head;
    this.listeners.tell(head);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.timer);
    this.listeners.clear();
    await this.looking;
    if (this.client) await disconnect(this.client);
  }

  private look(): void {
    this.looking ??= this.listenAndRead().finally(() => (this.looking = undefined));
  }

  /** Looks also where it cannot be notified, as when the server has no connection left for that. */
  private async listenAndRead(): Promise<void> {
    const failures: Error[] = [];
    const note = (error: unknown): void => void failures.push(error as Error);
    await this.listen().catch(note);
    await this.readHead()
      .then((head) => this.reached(head))
      .catch(note);
    const [failure] = failures;
    if (failure && !this.failing && !this.closed) this.onFailure(failure);
    this.failing = failure !== undefined;
  }

  private async listen(): Promise<void> {
    if (this.client || this.closed) return;
    const client = await this.connectToListen();
    client.on('notification', ({ payload }) => {
      if (payload) this.reached(JSON.parse(payload) as LogHead);
    });
    client.once('end', () => {
      if (this.client === client) this.client = undefined;
    });
    try {
      await client.query(`LISTEN ${channelOf(this.schema)}`);
      this.client = client;
    } catch (error) {
      await disconnect(client);
      throw error;
    }
  }
}
