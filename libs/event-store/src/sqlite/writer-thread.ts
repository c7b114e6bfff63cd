import type { Worker } from 'node:worker_threads';
import { AppendFailed, LogClosed } from '../event-log.js';
import type { AppendResult, LogHead } from '../event-log.js';
import { refuseWhenBusy } from '../group-appends.js';
import type { WrittenAppend } from '../written-append.js';

/** The ticket tells which caller an answer is for. */
export type TicketedAppend = WrittenAppend & { ticket: number };

/** What the thread is sent: appends in order. `'close'` comes last. */
export type ToWriter = TicketedAppend[] | 'close';

/** What the thread says. `head` only when the group stored something. */
export type FromWriter =
  | { kind: 'ready' }
  | { kind: 'answered'; tickets: number[]; results: AppendResult[]; head: LogHead | undefined }
  | { kind: 'failed'; tickets: number[]; message: string; outcome: AppendFailed['outcome'] };

interface Caller {
  resolve(result: AppendResult): void;
  reject(error: Error): void;
}

/** The caller's side of the writer thread: hands out tickets and sees that every one of them is answered. */
export class WriterThread {
  private readonly waiting = new Map<number, Caller>();
  private readonly exited: Promise<void>;
  /** Appends of this turn, which go to the thread in one message: a message costs more than what is in it. */
  private outbox: TicketedAppend[] = [];
  private lastTicket = 0;
  private closing = false;
  private cause = 'it ended by itself';
  private stopped: AppendFailed | undefined;

  /**
   * @param onCommit called after each commit that stored something, after its appends were answered
   * @param onFailure called once when the thread ends without having been closed
   */
  constructor(
    private readonly worker: Worker,
    private readonly onCommit: (head: LogHead) => void,
    private readonly onFailure: (error: Error) => void,
  ) {
    this.exited = new Promise((resolve) => {
      worker.once('exit', (code) => {
        this.end(code);
        resolve();
      });
    });
    worker.on('error', (error: Error) => (this.cause = error.message));
    worker.on('message', (message: FromWriter) => this.hear(message));
  }

  append(append: WrittenAppend): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      if (this.closing) throw new LogClosed('The event log is closing and takes no more appends.');
      if (this.stopped) throw this.stopped;
      refuseWhenBusy(this.waiting.size);
      const ticket = ++this.lastTicket;
      if (this.outbox.push({ ...append, ticket }) === 1) queueMicrotask(() => this.send());
      this.waiting.set(ticket, { resolve, reject });
    });
  }

  /** Resolves when everything taken has been answered and the thread has ended. */
  close(): Promise<void> {
    if (!this.closing) {
      this.closing = true;
      this.send();
      this.worker.postMessage('close' satisfies ToWriter);
    }
    return this.exited;
  }

  private send(): void {
    if (this.outbox.length > 0) this.worker.postMessage(this.outbox satisfies ToWriter);
    this.outbox = [];
  }

  private hear(message: FromWriter): void {
    if (message.kind === 'ready') return;
    if (message.kind === 'failed') {
      const error = new AppendFailed(message.message, message.outcome);
      message.tickets.forEach((ticket) => this.redeem(ticket)?.reject(error));
      return;
    }
    message.tickets.forEach((ticket, index) => this.redeem(ticket)?.resolve(message.results[index]!));
    if (message.head) this.onCommit(message.head);
  }

  private redeem(ticket: number): Caller | undefined {
    const caller = this.waiting.get(ticket);
    this.waiting.delete(ticket);
    return caller;
  }

  private end(exitCode: number): void {
    const why = `The event log's writer has stopped: ${this.cause}. Restart the service`;
    const lost = new AppendFailed(
      `${why}; whether this append was stored is not known, so send it again.`,
      'unknown',
    );
    for (const caller of this.waiting.values()) caller.reject(lost);
    const asked = this.closing && exitCode === 0 && this.waiting.size === 0;
    this.waiting.clear();
    this.stopped = new AppendFailed(`${why}; nothing was stored.`, 'not-stored');
    if (!asked) this.onFailure(this.stopped);
  }
}

/** Resolves when the thread has said that it is ready; rejects when it ends before. */
export function untilReady(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error("The event log's writer ended before it was ready.")));
  });
}
