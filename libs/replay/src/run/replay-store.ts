import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cells } from '../cells.js';
import type { Dimension } from '../cube/dimensions.js';
import type { ReplayFigures } from '../results/figures-of.js';
import type { SweepFigures } from '../sweep/sweep-result.js';
import { replayVersion, type ReplayQuestion } from './replay-question.js';

/** A replay that has been answered, whole: what may leave is decided when it is asked for. */
export interface AnsweredReplay {
  id: string;
  /** The version that answered. */
  engine: string;
  question: ReplayQuestion;
  figures: ReplayFigures;
  /** `null` when nothing was varied. */
  sweep: SweepFigures | null;
  /** By funder, service, kind and month. */
  cells: Cells;
  /** Ids of the clients for whom anything differs, in order of their pseudonyms in this run. */
  differing: string[];
}

/** So many files are held in memory: those read or written last. */
const mostInMemory = 8;

/**
 * Answers of replays, kept in a folder: one file each, and one for their cells by each other grouping that was asked for.
 * A file is written beside and put in its place when it is whole.
 */
export class ReplayStore {
  private readonly inMemory = new Map<string, AnsweredReplay | Cells>();
  private readonly writes: boolean;

  /**
   * @param folder made when the first answer is kept; `null` = answers are kept in memory only
   * @param readsOnly answers in the folder are found; what is added stays in memory, none is forgotten there
   */
  constructor(
    private readonly folder: string | null,
    readsOnly = false,
  ) {
    this.writes = folder !== null && !readsOnly;
  }

  /** What another engine answered is none of ours: its form may be another. */
  find(id: string): AnsweredReplay | undefined {
    const found = this.read<AnsweredReplay>(id);
    return found?.engine === replayVersion ? found : undefined;
  }

  keep(answered: AnsweredReplay): void {
    this.write(answered.id, answered);
  }

  findCells(id: string, by: readonly Dimension[]): Cells | undefined {
    return this.read(cellsName(id, by));
  }

  keepCells(id: string, by: readonly Dimension[], cells: Cells): void {
    this.write(cellsName(id, by), cells);
  }

  /** @returns whether there was anything to forget */
  forget(id: string): boolean {
    const wasKnown = this.find(id) !== undefined;
    const isOfIt = (name: string): boolean => name === id || name.startsWith(`${id}.`);
    for (const name of [...this.inMemory.keys()].filter(isOfIt)) this.inMemory.delete(name);
    if (this.writes && existsSync(this.folder!)) {
      for (const file of readdirSync(this.folder!).filter(isOfIt)) rmSync(join(this.folder!, file));
    }
    return wasKnown;
  }

  /** Takes clients out of every answer: figures and cells lead to nobody and stay. */
  forgetClients(clients: ReadonlySet<string>): void {
    if (clients.size === 0) return;
    for (const id of this.ids()) {
      const answered = this.read<AnsweredReplay>(id);
      if (!answered?.differing.some((client) => clients.has(client))) continue;
      this.write(id, { ...answered, differing: answered.differing.filter((client) => !clients.has(client)) });
    }
  }

  /** Of all answers, also those of another engine. */
  private ids(): string[] {
    const kept =
      this.folder !== null && existsSync(this.folder) ? readdirSync(this.folder).filter(isAnswer) : [];
    const inMemory = [...this.inMemory.keys()].map((name) => `${name}${suffix}`).filter(isAnswer);
    return [...new Set([...kept, ...inMemory])].map((name) => name.slice(0, -suffix.length));
  }

  private read<Kept extends AnsweredReplay | Cells>(name: string): Kept | undefined {
    const known = this.inMemory.get(name) as Kept | undefined;
    if (known || this.folder === null || !existsSync(this.pathOf(name))) return known;
    const read = wholeJson<Kept>(this.pathOf(name));
    if (read) this.remember(name, read);
    return read;
  }

  private write(name: string, kept: AnsweredReplay | Cells): void {
    this.remember(name, kept);
    if (!this.writes) return;
    mkdirSync(this.folder!, { recursive: true });
    const building = `${this.pathOf(name)}.${process.pid}.building`; // another process may answer the same
    writeFileSync(building, JSON.stringify(kept), { mode: 0o600, flush: true });
    renameSync(building, this.pathOf(name));
  }

  private remember(name: string, kept: AnsweredReplay | Cells): void {
    this.inMemory.delete(name);
    this.inMemory.set(name, kept);
    const [oldest] = this.inMemory.keys();
    if (this.writes && this.inMemory.size > mostInMemory) this.inMemory.delete(oldest!);
  }

  private pathOf(name: string): string {
    return join(this.folder!, `${name}${suffix}`);
  }
}

const suffix = '.json';

/** Cells have a dot in their name, and so does a file that is being written. */
function isAnswer(name: string): boolean {
  return name.indexOf('.') === name.length - suffix.length;
}

/** `undefined` for a file that a power cut left half: it is answered anew. */
function wholeJson<Kept>(path: string): Kept | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Kept;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    process.emitWarning(`${path} is damaged and not used.`, 'ReplayAnswerRefused');
    return undefined;
  }
}

function cellsName(id: string, by: readonly Dimension[]): string {
  return `${id}.by-${by.join('-')}`;
}
