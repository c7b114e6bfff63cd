/** How long things may take, in ms unless it says otherwise. */
export interface KurrentdbTiming {
  /** One try of an append or of a read, until the server answers. */
  answer: number;
  /** How often an append is sent while nobody knows what became of it. */
  tries: number;
  /** Until an event that the server has is seen in the log's order. */
  follow: number;
  /** A subscription that tells nothing for so long is opened anew. */
  silence: number;
  /** A subscription that does not say whether it has caught up is checked after such a silence. */
  probe: number;
  /** Pauses between tries: the first, and the longest they grow to. */
  firstPause: number;
  longestPause: number;
  /** What is under way at closing. */
  drain: number;
  /** At opening, without anything being read. */
  open: number;
  /** Between two writings of the index to the data folder. */
  keep: number;
}

export const USUAL_TIMING: KurrentdbTiming = {
  answer: 10_000,
  tries: 5,
  follow: 10_000,
  silence: 60_000,
  probe: 2_000,
  firstPause: 100,
  longestPause: 10_000,
  drain: 20_000,
  open: 600_000,
  keep: 2_000,
};

/**
 * The pause before a try: twice as long each time, and between half and all of that by chance, so that many who lost
 * the same server do not come back at the same moment.
 * @param attempt 0 for the first try after a failure
 * @returns ms
 */
export function pauseBefore(
  attempt: number,
  { firstPause, longestPause }: Pick<KurrentdbTiming, 'firstPause' | 'longestPause'>,
  random = Math.random,
): number {
  const longest = Math.min(longestPause, firstPause * 2 ** attempt);
  return longest / 2 + (longest / 2) * random();
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
