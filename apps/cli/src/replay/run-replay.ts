import type { ArchiveShared } from '@domeinbrug/archive';
import {
  archiveAt,
  enoughTakePart,
  ReplayFailed,
  Replays,
  type AnsweredReplay,
  type Cells,
  type Dimension,
  type ReplayQuestion,
  type ReplayStatus,
  type Split,
} from '@domeinbrug/replay';
import { comparePositions } from '@domeinbrug/event-store';
import { progressOf } from '../progress.js';
import { ProblemFound, WrongUse } from '../refusal.js';
import type { Terminal } from '../terminal.js';
import { populationWords } from './describe-replay.js';
import type { ReplaySource } from './replay-source.js';

/** Replays over one source; close it. Only what was not answered before is run, or read. */
export class ReplayRunner {
  private readonly replays: Replays;
  private shared: ArchiveShared | null = null;

  private constructor(
    private readonly terminal: Terminal,
    private readonly source: ReplaySource,
    setting: { folder: string | null; threads: number | undefined; pseudonymKey: Buffer },
  ) {
    const { readsOnly } = source.answers;
    this.replays = new Replays({ ...setting, readsOnly, archive: () => this.shared });
  }

  /** @param keeps whether answers that were given before are found, and this one is kept where that may be */
  static async over(
    terminal: Terminal,
    source: ReplaySource,
    { keeps, threads }: { keeps: boolean; threads: number | undefined },
  ): Promise<ReplayRunner> {
    const pseudonymKey = await source.pseudonymKey();
    return new ReplayRunner(terminal, source, {
      folder: keeps ? source.answers.folder : null,
      threads,
      pseudonymKey,
    });
  }

  /** A kept answer. */
  answered(id: string): AnsweredReplay | undefined {
    return this.replays.answered(id);
  }

  /**
   * The answer to a question, kept or new.
   *
   * @throws WrongUse when nobody takes part
   * @throws ProblemFound when it fails
   */
  async run(id: string, question: ReplayQuestion): Promise<AnsweredReplay> {
    if (!this.answered(id)) {
      await this.prepare(question);
      await this.watch(question);
    }
    return this.answered(id)!;
  }

  /** The cells of an answer. @throws WrongUse when there are too many */
  async cells({ id, question }: AnsweredReplay, by: readonly Dimension[]): Promise<Cells> {
    if (!this.replays.knownCells(id, by)) await this.prepare(question);
    try {
      return await this.replays.cells(id, by);
    } catch (error) {
      throw error instanceof ReplayFailed ? new WrongUse(`--by: ${error.message}`) : error;
    }
  }

  /** Two kept answers, of the same days and people; `null` where a part would tell of too few. @throws ProblemFound when it fails */
  async split(from: AnsweredReplay, to: AnsweredReplay): Promise<Split | null> {
    const positions = [from, to].map(({ question }) => question.knownAt.position);
    await this.open(positions.reduce((a, b) => (comparePositions(a, b) > 0 ? a : b)));
    return this.replays.split(from.id, to.id);
  }

  close(): Promise<void> {
    return this.replays.close();
  }

  private async prepare(question: ReplayQuestion): Promise<void> {
    if (this.shared) return;
    const { position } = question.knownAt;
    await this.open(position);
    const at = await archiveAt(() => this.shared, position);
    if (await enoughTakePart(at, question)) return;
    const few = question.privacy === 'none' ? 'Nobody is' : 'Nobody, or fewer than ten people, are';
    const who = populationWords(question.population);
    throw new WrongUse(
      who === 'everybody'
        ? `${few} known in this folder at that moment, so there is nothing to replay: import first, or ask as of later.`
        : `${few} in this on any day of the period: ${who}. Check the codes, or leave one of them out.`,
    );
  }

  private async open(position: string): Promise<void> {
    const progress = progressOf(this.terminal, 'facts');
    try {
      this.shared = await this.source.archive(position, (share) => progress.at(share));
    } finally {
      progress.end();
    }
  }

  private async watch(question: ReplayQuestion): Promise<void> {
    const progress = progressOf(this.terminal, 'replay');
    let last: ReplayStatus = this.replays.ask(question).status;
    try {
      for await (last of this.replays.follow(last.id, new AbortController().signal)) {
        if (last.clients > 0) progress.at(last.done / last.clients);
      }
    } finally {
      progress.end();
    }
    if (last.state !== 'done') throw new ProblemFound(last.failure ?? 'The replay was cancelled.');
  }
}
