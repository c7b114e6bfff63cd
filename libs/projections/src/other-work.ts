/** Lets messages, timers and whatever is built beside in between. */
export function otherWork(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** How long a thread may compute without a pause, in ms: the claim to write is renewed once a second. */
const longest = 100;

/** Pauses in a long computation, for {@link otherWork}. */
export class Pauses {
  private last = performance.now();

  async whenDue(): Promise<void> {
    if (performance.now() - this.last < longest) return;
    await otherWork();
    this.last = performance.now();
  }
}
