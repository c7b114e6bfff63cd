import { Worker } from 'node:worker_threads';
import { ArchiveReader, type ArchiveShared } from '@domeinbrug/archive';
import type { PortfolioQuestions, Viewpoint } from './portfolio-questions.js';
import type { FromReader, QuestionName, ToReader } from './reader-messages.js';

/** The archive is not there yet, or not as far in the log as was asked. */
export class PortfolioNotReady extends Error {
  override readonly name = 'PortfolioNotReady';
}

/** Portfolio questions that are answered on a thread of their own. */
export interface PortfolioReader extends PortfolioQuestions {
  /** Ends the thread; questions in hand are rejected. */
  close(): Promise<void>;
}

const pollMs = 5;

/**
 * Starts the thread. Every question rejects with {@link PortfolioNotReady} while there is no archive, or while it
 * lags behind the position that is asked about.
 *
 * @param archive the generation in force; `null` while none is
 * @param patienceMs how long a question waits for the archive to take in what the log has
 */
export function startPortfolioReader(
  archive: () => ArchiveShared | null,
  patienceMs = 2_000,
): PortfolioReader {
  const thread = new ReaderThread(archive, patienceMs);
  const ask =
    <N extends QuestionName>(
      question: N,
      viewsOf: (args: Parameters<PortfolioQuestions[N]>) => Viewpoint[],
    ) =>
    (...args: Parameters<PortfolioQuestions[N]>): ReturnType<PortfolioQuestions[N]> =>
      thread.ask(question, viewsOf(args), args) as ReturnType<PortfolioQuestions[N]>;
  const first = ([view]: readonly [Viewpoint, ...unknown[]]): Viewpoint[] => [view];
  return {
    totals: ask('totals', first),
    clients: ask('clients', first),
    overlapTotals: ask('overlapTotals', first),
    overlaps: ask('overlaps', first),
    settlement: ask('settlement', ([from, to]) => [from, to]),
    close: () => thread.close(),
  };
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

class ReaderThread {
  private worker: Worker | null = null;
  private given: ArchiveShared | null = null;
  private reader: ArchiveReader | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private asked = 0;
  private closing = false;

  constructor(
    private readonly archive: () => ArchiveShared | null,
    private readonly patienceMs: number,
  ) {}

  async ask(question: QuestionName, views: readonly Viewpoint[], args: unknown[]): Promise<unknown> {
    await this.untilReached(Math.max(...views.map(({ at }) => Number(at.position))));
    if (this.closing) throw new PortfolioNotReady('The service is stopping.');
    const worker = (this.worker ??= this.start());
    const shared = this.archive()!;
    if (shared !== this.given) this.post(worker, { kind: 'archive', shared });
    this.given = shared;
    const id = this.asked++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.post(worker, { kind: 'ask', id, question, args });
    });
  }

  async close(): Promise<void> {
    this.closing = true;
    await this.worker?.terminate();
  }

  private post(worker: Worker, message: ToReader): void {
    worker.postMessage(message);
  }

  /** Positions of the log are whole numbers here: the archive is that of the embedded log. */
  private async untilReached(position: number): Promise<void> {
    const deadline = Date.now() + this.patienceMs;
    while (!this.hasReached(position)) {
      if (Date.now() >= deadline || this.closing)
        throw new PortfolioNotReady('The archive of facts is not that far yet; try again in a moment.');
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }

  private hasReached(position: number): boolean {
    const shared = this.archive();
    if (!shared) return false;
    if (shared !== this.reader?.shared) this.reader = new ArchiveReader(shared);
    return Number(this.reader.upTo.position) >= position;
  }

  /** A thread that has failed is started anew by the next question. */
  private start(): Worker {
    const worker = new Worker(new URL('./portfolio.worker.js', import.meta.url));
    worker.on('message', (message: FromReader) => this.hear(message));
    const fail = (reason: string): void => {
      if (this.worker === worker) [this.worker, this.given] = [null, null];
      for (const each of this.waiting.values()) each.reject(new PortfolioNotReady(reason));
      this.waiting.clear();
    };
    worker.on('error', (error) => fail(error.message));
    worker.on('exit', () => fail('The reader of portfolios has ended; ask again.'));
    return worker;
  }

  private hear(message: FromReader): void {
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.kind === 'answer') waiting?.resolve(message.answer);
    else waiting?.reject(new Error(message.message));
  }
}
