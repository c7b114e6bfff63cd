import { createHmac } from 'node:crypto';
import { ArchiveReader, type ArchiveShared } from '@domeinbrug/archive';
import { amsterdamDay } from '@domeinbrug/calendar';
import { sweepOf, type SweepFigures } from '../sweep/sweep-result.js';
import type { KnownAt } from '@domeinbrug/coverage';
import type { CellRow, Cells } from '../cells.js';
import { defaultDimensions, type Dimension } from '../cube/dimensions.js';
import { cellsOf } from '../results/cells-of.js';
import { privacyRule } from '../privacy/privacy-rule.js';
import { journeyOf, type DifferingJourney } from '../results/journeys-of.js';
import { noRow, splitOf, type Split } from '../results/split-between.js';
import { figuresOf } from '../results/figures-of.js';
import { identityOf } from './identity.js';
import { archiveAt } from './archive-at.js';
import { replayVersion, type PrivacyProfile, type ReplayQuestion } from './replay-question.js';
import type { SliceQuestion, SliceState } from './replay-slice.js';
import { ReplayStore, type AnsweredReplay } from './replay-store.js';
import { ReplayStopped, ReplayThreads, type Watch } from './replay-threads.js';

/** How far a replay is. */
export interface ReplayStatus {
  id: string;
  state: 'running' | 'done' | 'failed' | 'cancelled';
  /** Clients done, of those in the archive. */
  done: number;
  clients: number;
  /** Why there is no answer; `null` unless it failed. */
  failure: string | null;
}

export interface ReplaysSetting {
  /** Where answers are kept; `null` = in memory only. */
  folder: string | null;
  /** Answers in the folder are found, and none is added: for whoever must not write there. */
  readsOnly?: boolean;
  /** The generation of the archive in force; `null` while there is none. */
  archive: () => ArchiveShared | null;
  /** Pseudonyms of a run's clients are made with it. */
  pseudonymKey: Buffer;
  /** Threads; by default as many as there are processors. */
  threads?: number;
}

interface Run {
  question: ReplayQuestion;
  status: ReplayStatus;
  abort: AbortController;
  listeners: Set<() => void>;
  ended: Promise<void>;
}

/** So many runs may wait or be under way at once. */
export const mostRuns = 16;
/**
 * Cells of one book by part of the period: about 20 bytes each, three books a thread. By funder, service, kind and month
 * all payers of the country and the longest period fit; by region and provider as well, shorter ones do.
 */
const mostCellParts = 8_000_000;

/** Too many replays wait already. */
export class ReplaysBusy extends Error {
  override readonly name = 'ReplaysBusy';
}

/** The replays of a service: asked, watched, answered, forgotten. */
export class Replays {
  private readonly runs = new Map<string, Run>();
  private readonly store: ReplayStore;
  private readonly threads: ReplayThreads;

  constructor(private readonly setting: ReplaysSetting) {
    this.store = new ReplayStore(setting.folder, setting.readsOnly);
    this.threads = new ReplayThreads(setting.threads);
  }

  /**
   * Begins a replay, or finds the one that was asked before: it is the same when its id is.
   *
   * @returns `known` when it was not begun by this call
   * @throws ReplaysBusy
   */
  ask(question: ReplayQuestion): { status: ReplayStatus; known: boolean } {
    const id = identityOf(question);
    const status = this.status(id);
    if (status && (status.state === 'running' || status.state === 'done')) return { status, known: true };
    const waiting = [...this.runs.values()].filter((run) => run.status.state === 'running').length;
    if (waiting >= mostRuns)
      throw new ReplaysBusy(`${mostRuns} replays are waiting already; ask again when one of them is done.`);
    return { status: this.begin(id, question).status, known: false };
  }

  status(id: string): ReplayStatus | undefined {
    const run = this.runs.get(id);
    if (run) return { ...run.status };
    const answered = this.store.find(id);
    const { clients } = answered?.figures.counts ?? { clients: 0 };
    return answered && { id, state: 'done', done: clients, clients, failure: null };
  }

  /** What was asked, of a replay that {@link status} knows. */
  question(id: string): ReplayQuestion | undefined {
    return this.runs.get(id)?.question ?? this.store.find(id)?.question;
  }

  /** Ends once the replay has, or the signal says so; tells at once how far it is, then whenever that changes. */
  async *follow(id: string, signal: AbortSignal): AsyncGenerator<ReplayStatus> {
    for (let told = ''; !signal.aborted;) {
      const status = this.status(id);
      if (!status) return;
      const text = JSON.stringify(status);
      if (text !== told) {
        told = text;
        yield status;
        continue; // much may have happened before the reader came back
      }
      if (status.state !== 'running') return;
      await this.changed(id, signal);
    }
  }

  /** The answer, whole; `undefined` before its end. */
  answered(id: string): AnsweredReplay | undefined {
    return this.runs.get(id)?.status.state === 'running' ? undefined : this.store.find(id);
  }

  /**
   * The cells of an answered replay by other dimensions than were asked before: computed anew from the snapshot.
   *
   * @throws ReplayFailed, ReplayStopped
   */
  async cells(id: string, by: readonly Dimension[], watch?: Watch): Promise<Cells> {
    const answered = this.store.find(id)!;
    const known = answered.cells[by.join()];
    if (known) return known;
    const slices = await this.slices(answered.question, by, watch);
    const cells = cellsOf(slices, { by, period: answered.question.period, pools: this.pools() });
    // Forgotten in between it stays so, and what others asked meanwhile stays too.
    const kept = this.store.find(id);
    if (kept) this.store.keep({ ...kept, cells: { ...kept.cells, [by.join()]: cells } });
    return cells;
  }

  /**
   * Clients for whom anything differs, in order of their pseudonyms in this run.
   *
   * @param after a pseudonym; from just after it
   */
  async journeys(
    id: string,
    { after, limit }: { after: string; limit: number },
  ): Promise<{ found: DifferingJourney[]; more: boolean }> {
    const { question, differing: all } = this.store.find(id)!;
    const differing = all.slice(0, told(all.length, question.privacy));
    const { shared, event } = await archiveAt(this.setting.archive, question.knownAt.position);
    const reader = new ArchiveReader(shared);
    const first = this.firstAfter(id, differing, after);
    const page = differing.slice(first, first + limit);
    const found = page.flatMap((client) => {
      const number = reader.numberOf(client);
      if (number === undefined) return [];
      return [journeyOf(this.pseudonymOf(id, client), reader.factsAt(number, event), question)];
    });
    return { found, more: differing.length > first + limit };
  }

  /**
   * Splits the difference between the alternatives of two answered replays over the same days and people.
   *
   * @returns `null` where a part would tell of too few clients under the profile of the second
   * @throws ReplayFailed, ReplayStopped
   */
  async split(from: string, to: string, watch?: Watch): Promise<Split | null> {
    const [a, b] = [this.store.find(from)!.question, this.store.find(to)!.question];
    const ruled = {
      ...b.alternative,
      prices: a.alternative.prices,
      assumedUse: a.alternative.assumedUse,
    };
    const steps = [
      { knewBefore: a.knownAt, baseline: a.alternative, alternative: a.alternative },
      { knewBefore: b.knownAt, baseline: a.alternative, alternative: ruled },
      { knewBefore: b.knownAt, baseline: ruled, alternative: b.alternative },
    ];
    const parts: CellRow[] = [];
    for (const { knewBefore, ...ruleSets } of steps) {
      const slices = await this.slices({ ...b, ...ruleSets }, [], watch, knewBefore);
      const { rows } = cellsOf(slices, { by: [], period: b.period, pools: this.pools() });
      parts.push(rows[0] ?? noRow);
    }
    return splitOf(parts as [CellRow, CellRow, CellRow], privacyRule(b.privacy)!);
  }

  /**
   * Cancels a replay that is under way: it is remembered as cancelled, for whoever else waits for it. Any other it
   * forgets, with its answer.
   *
   * @returns whether there was one
   */
  async forget(id: string): Promise<boolean> {
    const run = this.runs.get(id);
    const cancels = run?.status.state === 'running';
    run?.abort.abort();
    await run?.ended;
    if (!cancels) this.runs.delete(id);
    return this.store.forget(id) || run !== undefined;
  }

  /** Resolves when the replay is no longer under way. */
  async ended(id: string): Promise<void> {
    await this.runs.get(id)?.ended;
  }

  async close(): Promise<void> {
    for (const { abort } of this.runs.values()) abort.abort();
    await this.threads.close();
    await Promise.all([...this.runs.values()].map(({ ended }) => ended));
  }

  private begin(id: string, question: ReplayQuestion): Run {
    const status: ReplayStatus = { id, state: 'running', done: 0, clients: 0, failure: null };
    const abort = new AbortController();
    const run: Run = { question, status, abort, listeners: new Set(), ended: Promise.resolve() };
    this.runs.set(id, run);
    const tell = (change: Partial<ReplayStatus>): void => {
      Object.assign(status, change);
      for (const listener of run.listeners) listener();
    };
    const progress = (done: number, clients: number): void => tell({ done, clients });
    run.ended = this.answer(id, question, { progress, signal: abort.signal }).then(
      () => {
        tell({ state: 'done' });
        this.runs.delete(id);
      },
      (error: Error) =>
        tell(
          error instanceof ReplayStopped
            ? { state: 'cancelled' }
            : { state: 'failed', failure: error.message },
        ),
    );
    return run;
  }

  private async answer(id: string, asked: ReplayQuestion, watch: Watch): Promise<void> {
    const question = await this.asOfItsPosition(asked);
    const slices = await this.slices(question, defaultDimensions, watch);
    if (watch.signal?.aborted) throw new ReplayStopped();
    const { period } = question;
    const cells = cellsOf(slices, { by: defaultDimensions, period, pools: this.pools() });
    const answered: AnsweredReplay = {
      id,
      engine: replayVersion,
      question,
      figures: figuresOf(slices, question),
      sweep: await this.sweep(question, watch),
      cells: { [defaultDimensions.join()]: cells },
      differing: this.differing(id, slices),
    };
    this.store.keep(answered);
  }

  /** A position may be asked for by many instants; the answer, which is the same, names one. */
  private async asOfItsPosition(question: ReplayQuestion): Promise<ReplayQuestion> {
    const { position } = question.knownAt;
    const { lastTold } = await archiveAt(this.setting.archive, position);
    return { ...question, knownAt: { instant: lastTold, position } };
  }

  private async slices(
    question: ReplayQuestion,
    by: readonly Dimension[],
    watch?: Watch,
    knewBefore?: KnownAt,
  ): Promise<SliceState[]> {
    const { shared, event, lastTold } = await archiveAt(this.setting.archive, question.knownAt.position);
    const { baseline, alternative, period, population } = question;
    const months = Math.ceil((period.until - period.from) / 28);
    const mostCells = Math.floor(mostCellParts / (by.includes('month') ? months : 1));
    const figures = by === defaultDimensions;
    const lastKnownDay = Math.min(period.until - 1, amsterdamDay(lastTold));
    const asked: SliceQuestion = {
      baseline,
      alternative,
      period,
      event,
      eventBefore: knewBefore && new ArchiveReader(shared).eventAt(knewBefore.position),
      lastKnownDay,
      population,
      by,
      figures,
      mostCells,
    };
    return this.threads.run(shared, 'replay', asked, watch);
  }

  private async sweep(question: ReplayQuestion, watch: Watch): Promise<SweepFigures | null> {
    const { baseline, alternative, period, population, vary, knownAt } = question;
    if (vary === null) return null;
    const { shared, event } = await archiveAt(this.setting.archive, knownAt.position);
    const asked = { baseline, alternative, period, event, population, vary };
    return sweepOf(await this.threads.run(shared, 'sweep', asked, watch), alternative, vary);
  }

  private pools(): readonly string[] {
    return new ArchiveReader(this.setting.archive()!).pools;
  }

  private differing(id: string, slices: readonly SliceState[]): string[] {
    const reader = new ArchiveReader(this.setting.archive()!);
    return slices
      .flatMap(({ differing }) => [...differing])
      .map((number) => reader.clientAt(number))
      .map((client) => ({ client, pseudonym: this.pseudonymOf(id, client) }))
      .sort((a, b) => (a.pseudonym < b.pseudonym ? -1 : 1))
      .map(({ client }) => client);
  }

  /** Where the clients after a pseudonym begin, among clients in order of their pseudonyms. */
  private firstAfter(id: string, clients: readonly string[], after: string): number {
    let low = 0;
    let high = clients.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.pseudonymOf(id, clients[middle]!) > after) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Another in each run, so that the lists of two runs cannot be laid side by side. */
  pseudonymOf(id: string, client: string): string {
    return createHmac('sha256', this.setting.pseudonymKey)
      .update(`${id} ${client}`)
      .digest('hex')
      .slice(0, 16);
  }

  private changed(id: string, signal: AbortSignal): Promise<void> {
    const run = this.runs.get(id);
    if (!run) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        run.listeners.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      run.listeners.add(done);
      signal.addEventListener('abort', done);
    });
  }
}

/** How many of so many people a list may have: under a profile, as many as it tells there are, and never more. */
function told(people: number, profile: PrivacyProfile): number {
  const privacy = privacyRule(profile)!;
  return Math.floor(people / privacy.roundsClientsTo) * privacy.roundsClientsTo;
}
