import { nullable, wholeNumber, type Shape } from '../description/shape.js';

/** A whole number of any size and sign. */
export const any = (description: string, example: number): Shape<number> =>
  wholeNumber(description, example, {});

/** The same, or null where it would tell of too few people. */
export const few = (description: string, example: number): Shape<number | null> =>
  nullable(any(description, example), description);
