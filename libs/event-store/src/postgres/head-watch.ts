import type { Client } from 'pg';
import { START, comparePositions } from '../event-log.js';
import type { LogHead, Position } from '../event-log.js';
import { Listeners } from '../listeners.js';
import { channelOf, connect, disconnect } from './connection.js';
import type { Database } from './connection.js';

/**
 * Tells of commits by any process: of this log's own at once, of others' when the database notifies. A notification may
 * be lost with its connection, so the head is looked at every second as well.
 */
export class HeadWatch {
  private readonly listeners = new Listeners();
  private client: Client | undefined;
  /** The last that was notified, and what has to have been by the next look. */
  private notified: Position = START;
  private due: Position | undefined;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private failing = false;
  private closed = false;

  /**
   * @param last the head that is known already
   * @param onFailure told once each time that the database stops answering
   */
  constructor(
    private readonly database: Database,
    private readonly schema: string,
    private last: LogHead,
    private readonly readHead: () => Promise<LogHead>,
    private readonly onFailure: (error: Error) => void,
  ) {}

  subscribe(listener: (head: LogHead) => void): () => void {
    if (!this.timer && !this.closed) {
      this.timer = setInterval(() => this.look(), this.database.timing.look).unref();
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
    if (this.client) await disconnect(this.client, this.database);
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
      .then((head) => this.saw(head))
      .catch(note);
    const [failure] = failures;
    if (failure && !this.failing && !this.closed) this.onFailure(failure);
    this.failing = failure !== undefined;
  }

  private saw(head: LogHead): void {
    if (this.due === undefined) this.notified = head.position; // was perhaps stored before anybody listened
    this.due = head.position;
    this.reached(head);
  }

  private async listen(): Promise<void> {
    await this.endDeafConnection();
    if (this.client || this.closed) return;
    const client = await connect(this.database, 'listen');
    client.on('notification', ({ payload }) => {
      if (!payload) return;
      const head = JSON.parse(payload) as LogHead;
      this.notified = head.position;
      this.reached(head);
    });
    client.once('end', () => {
      if (this.client === client) this.client = undefined;
    });
    try {
      await client.query(`LISTEN ${channelOf(this.schema)}`);
      this.client = client;
      this.due = undefined;
    } catch (error) {
      await disconnect(client, this.database);
      throw error;
    }
  }
  /** A connection that died without a word: a look before this one found what it has not told until now. */
  private async endDeafConnection(): Promise<void> {
    const { client, due, notified } = this;
    if (!client || due === undefined || comparePositions(due, notified) <= 0) return;
    this.client = undefined;
    await disconnect(client, this.database);
  }
}
