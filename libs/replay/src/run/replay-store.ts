import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cells } from '../cells.js';
import type { ReplayFigures } from '../results/figures-of.js';
import type { SweepFigures } from '../sweep/sweep-result.js';
import type { ReplayQuestion } from './replay-question.js';

/** A replay that has been answered, whole: what may leave is decided when it is asked for. */
export interface AnsweredReplay {
  id: string;
  /** The version that answered. */
  engine: string;
  question: ReplayQuestion;
  figures: ReplayFigures;
  /** `null` when nothing was varied. */
  sweep: SweepFigures | null;
  /** By the dimensions asked for so far, joined by commas. */
  cells: Record<string, Cells>;
  /** Ids of the clients for whom anything differs, in order of their pseudonyms in this run. */
  differing: string[];
}

/** Answers of replays, kept in a folder: one file each, written beside and put in its place when it is whole. */
export class ReplayStore {
  private readonly known = new Map<string, AnsweredReplay>();

  /**
   * @param folder made when the first answer is kept; `null` = answers are kept in memory only
   * @param readsOnly answers in the folder are found, none is added or forgotten there
   */
  constructor(
    private readonly folder: string | null,
    private readonly readsOnly = false,
  ) {}

  find(id: string): AnsweredReplay | undefined {
    const known = this.known.get(id);
    if (known || this.folder === null || !existsSync(this.pathOf(id))) return known;
    const read = JSON.parse(readFileSync(this.pathOf(id), 'utf8')) as AnsweredReplay;
    this.known.set(id, read);
    return read;
  }

  keep(answered: AnsweredReplay): void {
    this.known.set(answered.id, answered);
    if (this.folder === null || this.readsOnly) return;
    mkdirSync(this.folder, { recursive: true });
    const building = `${this.pathOf(answered.id)}.building`;
    writeFileSync(building, JSON.stringify(answered), { mode: 0o600 });
    renameSync(building, this.pathOf(answered.id));
  }

  /** @returns whether there was anything to forget */
  forget(id: string): boolean {
    const wasKnown = this.find(id) !== undefined;
    this.known.delete(id);
    if (this.folder !== null && !this.readsOnly) rmSync(this.pathOf(id), { force: true });
    return wasKnown;
  }

  private pathOf(id: string): string {
    return join(this.folder!, `${id}.json`);
  }
}
