import { createHmac } from 'node:crypto';
import { ArchiveReader, type ArchiveShared } from '@domeinbrug/archive';
import { amsterdamDay } from '@domeinbrug/calendar';
import type { KnownAt } from '@domeinbrug/coverage';
import type { CellRow, Cells } from '../cells.js';
import { TooManyCells } from '../cube/cell-table.js';
import { defaultDimensions, type Dimension } from '../cube/dimensions.js';
import { privacyRule } from '../privacy/privacy-rule.js';
import { cellsOf } from '../results/cells-of.js';
import { figuresOf } from '../results/figures-of.js';
import { journeyOf, type DifferingJourney } from '../results/journeys-of.js';
import { noRow, splitOf, type Split } from '../results/split-between.js';
import { sweepOf, type SweepFigures } from '../sweep/sweep-result.js';
import { archiveAt } from './archive-at.js';
import { replayVersion, type PrivacyProfile, type ReplayQuestion } from './replay-question.js';
import type { SliceQuestion, SliceState } from './replay-slice.js';
import type { AnsweredReplay } from './replay-store.js';
import { ReplayFailed, ReplayStopped, ReplayThreads, type Watch } from './replay-threads.js';

export interface ComputerSetting {
  /** The generation of the archive in force; `null` while there is none. */
  archive: () => ArchiveShared | null;
  /** Pseudonyms of a run's clients are made with it. */
  pseudonymKey: Buffer;
  /** Threads; by default as many as there are processors. */
  threads?: number;
}

/**
 * Cells of one book by part of the period: about 20 bytes each, three books a thread. By funder, service, kind and month
 * all payers of the country and the longest period fit; by region and provider as well, shorter ones do.
 */
const mostCellParts = 8_000_000;

/** As JSON they take half a kilobyte each, and a text cannot be longer than 512 megabytes. */
const mostRows = 500_000;

/** Computes what replays answer, from the archive's snapshot at the position that was asked about. */
export class ReplayComputer {
  private readonly threads: ReplayThreads;

  constructor(private readonly setting: ComputerSetting) {
    this.threads = new ReplayThreads(setting.threads);
  }

  /** @throws ReplayFailed, ReplayStopped */
  async answer(id: string, asked: ReplayQuestion, watch: Watch): Promise<AnsweredReplay> {
    const question = await this.asOfItsPosition(asked);
    const slices = await this.slices(question, defaultDimensions, watch);
    if (watch.signal?.aborted) throw new ReplayStopped();
    const cells = this.cellsOf(slices, question, defaultDimensions);
    return {
      id,
      engine: replayVersion,
      question,
      figures: figuresOf(slices, question),
      sweep: await this.sweep(question, watch),
      cells,
      differing: this.differing(id, slices),
    };
  }

  /** The cells alone, by any dimensions. @throws ReplayFailed, ReplayStopped */
  async cells(question: ReplayQuestion, by: readonly Dimension[], watch?: Watch): Promise<Cells> {
    return this.cellsOf(await this.slices(question, by, watch), question, by);
  }

  /** A page of the clients for whom anything differs, as many as may be told of. */
  async journeys(
    { id, question, differing: all }: AnsweredReplay,
    { after, limit }: { after: string; limit: number },
  ): Promise<{ found: DifferingJourney[]; more: boolean }> {
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

  /** See `Replays.split`. */
  async split(a: ReplayQuestion, b: ReplayQuestion, watch?: Watch): Promise<Split | null> {
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
      parts.push(this.cellsOf(slices, b, []).rows[0] ?? noRow);
    }
    return splitOf(parts as [CellRow, CellRow, CellRow], privacyRule(b.privacy)!);
  }

  close(): Promise<void> {
    return this.threads.close();
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
      mostRows,
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

  private cellsOf(
    slices: readonly SliceState[],
    { period }: ReplayQuestion,
    by: readonly Dimension[],
  ): Cells {
    const { pools } = new ArchiveReader(this.setting.archive()!);
    try {
      return cellsOf(slices, { by, period, pools, mostRows });
    } catch (error) {
      throw error instanceof TooManyCells ? new ReplayFailed(error.message) : error;
    }
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
  private pseudonymOf(id: string, client: string): string {
    return createHmac('sha256', this.setting.pseudonymKey)
      .update(`${id} ${client}`)
      .digest('hex')
      .slice(0, 16);
  }
}

/** How many of so many people a list may have: under a profile, as many as it tells there are, and never more. */
function told(people: number, profile: PrivacyProfile): number {
  const privacy = privacyRule(profile)!;
  return Math.floor(people / privacy.roundsClientsTo) * privacy.roundsClientsTo;
}
