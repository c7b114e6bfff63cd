/** What a row is, by its place in this list. The order is stored: add at the end, and raise the format. */
export const kinds = [
  'extension',
  'length',
  'home',
  'insured',
  'care-office',
  'wmo-claim',
  'zvw-claim',
  'entitlement',
  'delivery',
  'treatment',
  'bridging',
  'stay',
  'absence',
  'consent',
  'carer',
  'joint-funding',
  'completion',
  'activity',
  'death',
  'succession',
  'milestone',
  'birth-year',
] as const;

export type Kind = (typeof kinds)[number];

/** Not a fact: the upper halves of the numbers of the row after it. */
export const EXTENSION = 0;
/** Not a fact: how many rows follow, where 8 bits do not hold it. */
export const LENGTH = 1;

export const kindOf = Object.fromEntries(kinds.map((kind, at) => [kind, at])) as Record<Kind, number>;
