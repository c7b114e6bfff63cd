import { OPEN_END, type Day, type DayRange } from '@domeinbrug/calendar';

/**
 * What was looked at to answer for one day: the first later day on which any of it may change, the parameters
 * read (a mask of their bits) and the kinds of facts (a mask of {@link topics}).
 */
export interface Look extends Reads {
  until: Day;
}

export interface Reads {
  parameters: number;
  topics: number;
}

export const topics = {
  home: 1 << 0,
  insured: 1 << 1,
  careOffice: 1 << 2,
  entitlement: 1 << 3,
  delivery: 1 << 4,
  bridging: 1 << 5,
  claim: 1 << 6,
  stay: 1 << 7,
  suspension: 1 << 8,
  pool: 1 << 9,
  absence: 1 << 10,
  completion: 1 << 11,
  carer: 1 << 12,
  death: 1 << 13,
} as const;

/** The regime of a day rests on these. */
export const regimeTopics = topics.entitlement | topics.delivery | topics.bridging;

export function newLook(parameters = 0, topicsRead = 0): Look {
  return { until: OPEN_END, parameters, topics: topicsRead };
}

export function mayChangeOn(look: Look, day: Day): void {
  if (day < look.until) look.until = day;
}

/**
 * The day to jump to from a day that was answered.
 * @throws Error when it lies not after that day: then the engine is wrong, and would jump for ever
 */
export function nextDay(look: Look, day: Day): Day {
  if (look.until <= day) throw new Error(`Day ${day} was answered until ${look.until}, which is not later.`);
  return look.until;
}

/** Any of these ranges may begin or end after the day. */
export function mayChangeWith(look: Look, ranges: readonly DayRange[], day: Day): void {
  for (const { from, until } of ranges) {
    if (from > day) mayChangeOn(look, from);
    else if (until > day) mayChangeOn(look, until);
  }
}
