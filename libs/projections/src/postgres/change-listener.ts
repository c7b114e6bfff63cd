import type pg from 'pg';
import { connectToListen, endConnection } from './views-connection.js';

/** ms between two looks of those who follow; notifications come at once, and may be lost with their connection. */
const lookEvery = 1_000;

/** Wakes whoever follows: each time that is notified, and once a second. Its connection is made anew when lost. */
export class ChangeListener {
  private readonly timer: NodeJS.Timeout;
  private client: pg.Client | null = null;
  private connecting: Promise<void> | null = null;
  private isClosed = false;

  constructor(
    private readonly url: string,
    private readonly channel: string,
    private readonly wake: () => void,
  ) {
    this.timer = setInterval(() => {
      this.listen();
      wake();
    }, lookEvery).unref();
    this.listen();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.timer);
    await this.connecting;
    if (this.client) await endConnection(this.client);
  }

  /** One attempt at a time: to connect may take longer than until the next look. */
  private listen(): void {
    if (this.client || this.isClosed) return;
    this.connecting ??= this.connect().finally(() => (this.connecting = null));
  }

  private async connect(): Promise<void> {
    const client = await connectToListen(this.url, this.channel).catch(() => null); // looking goes on
    if (!client) return;
    this.client = client;
    client.on('notification', this.wake);
    client.once('end', () => (this.client = null));
  }
}
