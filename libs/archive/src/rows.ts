/** One fact in whole numbers, as wide as they are: what a row of a segment stands for. */
export interface FactRow {
  kind: number;
  from: number;
  until: number;
  code: number;
  provider: number;
  extra: number;
}

/** A fact and the number of the first event after which it was known. */
export interface SeenRow extends FactRow {
  seenFrom: number;
}

/** A version that is no longer so, seen until an event (exclusive). */
export interface SupersededRow extends SeenRow {
  seenUntil: number;
  /** How many of the client's current facts stand before it. */
  place: number;
}

export function sameFact(a: FactRow, b: FactRow): boolean {
  return (
    a.kind === b.kind &&
    a.from === b.from &&
    a.until === b.until &&
    a.code === b.code &&
    a.provider === b.provider &&
    a.extra === b.extra
  );
}
