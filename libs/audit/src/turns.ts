/** Lets so much be done at a time; what comes after that waits, in the order in which it came. */
export class Turns {
  private taken = 0;
  private readonly waiting: { size: number; begin: () => void }[] = [];

  /** @param most of one thing or another, such as lines */
  constructor(private readonly most: number) {}

  /** @param size how much of it the work is, at most all that may be done at a time */
  async take<T>(size: number, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((begin) => {
      this.waiting.push({ size, begin });
      this.beginNext();
    });
    try {
      return await work();
    } finally {
      this.taken -= size;
      this.beginNext();
    }
  }

  /** A small one does not pass a large one that is before it. */
  private beginNext(): void {
    for (let [next] = this.waiting; next && this.taken + next.size <= this.most; [next] = this.waiting) {
      this.waiting.shift();
      this.taken += next.size;
      next.begin();
    }
  }
}
