import { WrongUse } from './refusal.js';

/** Gathers what is wrong with a command line, so that all of it is told at once. */
export class WrongUses {
  private readonly sentences: string[] = [];

  /** What was read; `undefined` when it was wrong, and then it is told with the rest. */
  read<T>(argument: () => T): T | undefined {
    try {
      return argument();
    } catch (error) {
      if (!(error instanceof WrongUse)) throw error;
      this.add(error.message);
      return undefined;
    }
  }

  /** {@link read}, for what takes time to find out. */
  async readLater<T>(argument: () => Promise<T>): Promise<T | undefined> {
    try {
      return await argument();
    } catch (error) {
      return this.read(() => {
        throw error;
      });
    }
  }

  add(sentence: string): void {
    this.sentences.push(sentence);
  }

  /** @throws WrongUse with a line for each */
  throwIfAny(): void {
    if (this.sentences.length > 0) throw new WrongUse(this.sentences.join('\n'));
  }
}
