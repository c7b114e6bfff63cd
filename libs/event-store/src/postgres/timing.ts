/** How long the database is waited for, in ms. */
export interface PostgresTiming {
  /** Until a connection can be used. */
  connect: number;
  /** Until the server gives a statement up, so that what became of it is known. Less than `answer`. */
  statement: number;
  /** Until a statement without an answer, and its connection with it, counts as lost: the network swallows everything. */
  answer: number;
  /** For a connection to end. */
  close: number;
  /** Between two looks at the head. */
  look: number;
}

export const USUAL_TIMING: PostgresTiming = {
  connect: 5_000,
  statement: 30_000,
  answer: 35_000,
  close: 2_000,
  look: 1_000,
};
