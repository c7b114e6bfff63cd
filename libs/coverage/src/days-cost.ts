import { OPEN_END, type Day, type DayRange } from '@domeinbrug/calendar';
import { latestBegun, type Claim, type Volume } from '@domeinbrug/journey';
import { codesOn, stretchOn, type Evaluation } from './evaluation.js';
import type { SplitMinutes } from './minutes.js';
import { outcomeOn } from './outcome-on.js';
import { readParameter } from './parameter.js';

/** Whole cents. The three differ only where the use is assumed. */
export interface Cents {
  low: number;
  mid: number;
  high: number;
}

/**
 * What a range of days costs, so that any of its days can be told apart: what the days from one to another cost is
 * the difference, and however a range is cut, its parts add up to the whole without losing a cent.
 */
export interface DaysCost {
  /** Recorded days or minutes; the volume that was granted; or what the rule set takes a window to use. */
  basis: 'recorded' | 'agreed' | 'assumed';
  /** What the days of the range before a day cost. */
  before(day: Day): Cents;
}

/**
 * What the days of one rule's cover of a service cost in full, before shares, under the prices of the evaluation's
 * rule set: a day price times days; an hour price times the minutes that were recorded and funded in the range, else
 * the volume of the claim in force on its first day, else what the rule set assumes of the window.
 *
 * @param minutes all of the client's, or of the service
 * @returns `null` where no price or no use is known, and for days without end
 */
export function costOfDays(
  evaluation: Evaluation,
  minutes: readonly SplitMinutes[],
  service: number,
  rule: string,
  days: DayRange,
): DaysCost | null {
  const price = evaluation.rules.prices[service];
  if (!price || days.until >= OPEN_END) return null;
  const priced = (day: Day): number => pricesAddedUp(evaluation, service, days.from, day);
  if (price.unit === 'cent-per-day') return cost('recorded', (day) => alike(priced(day)));
  const recorded = minutes.filter((split) => split.service === service && isIn(days, split.day));
  if (recorded.some(({ funded }) => funded > 0)) {
    return cost('recorded', (until) => alike(recordedCents(evaluation, recorded, until)));
  }
  const agreed = agreedMinutesADay(evaluation, service, days.from);
  if (agreed !== null) return cost('agreed', (day) => alike((agreed * priced(day)) / 60));
  const assumed = assumedMinutesADay(evaluation, service, rule, days.from);
  if (!assumed) return null;
  const { low, mid, high } = assumed;
  return cost('assumed', (day) => {
    const perMinuteADay = priced(day) / 60;
    return { low: low * perMinuteADay, mid: mid * perMinuteADay, high: high * perMinuteADay };
  });
}

/** Rounds what has added up, never the parts. */
function cost(basis: DaysCost['basis'], exact: (day: Day) => Cents): DaysCost {
  return {
    basis,
    before: (day) => {
      const { low, mid, high } = exact(day);
      return { low: Math.round(low), mid: Math.round(mid), high: Math.round(high) };
    },
  };
}

function alike(cents: number): Cents {
  return { low: cents, mid: cents, high: cents };
}

function isIn({ from, until }: DayRange, day: Day): boolean {
  return from <= day && day < until;
}

/** The price of each of the days, added up; prices are dated and may be those of an organisation. */
function pricesAddedUp(evaluation: Evaluation, service: number, from: Day, until: Day): number {
  let total = 0;
  let day = from;
  while (day < until) {
    const reading = priceOn(evaluation, service, day);
    const next = Math.min(until, reading.until, stretchOn(evaluation, day)?.until ?? OPEN_END);
    total += reading.cents * (next - day);
    day = next;
  }
  return total;
}

function priceOn(evaluation: Evaluation, service: number, day: Day): { cents: number; until: Day } {
  const price = evaluation.rules.prices[service]!;
  const { value, until } = readParameter(price, codesOn(evaluation, service, day), day);
  return { cents: Number(value), until };
}

function recordedCents(evaluation: Evaluation, recorded: readonly SplitMinutes[], until: Day): number {
  return recorded
    .filter(({ day }) => day < until)
    .reduce(
      (total, { service, day, funded }) => total + (funded * priceOn(evaluation, service, day).cents) / 60,
      0,
    );
}

const daysPer = { day: 1, week: 7, 'four-weeks': 28, month: 365 / 12, year: 365 } as const;

/** The volume of the claim in force on a day, spread evenly over its days. */
function agreedMinutesADay(evaluation: Evaluation, service: number, day: Day): number | null {
  const claim = latestBegun<Claim>(evaluation.needs[service]!.claims, day);
  const granted = minutesOf(claim?.volume);
  if (!claim?.volume || granted === null) return null;
  if (claim.volume.per !== 'total') return granted / daysPer[claim.volume.per];
  return claim.until >= OPEN_END ? null : granted / (claim.until - claim.from);
}

function minutesOf(volume: Volume | null | undefined): number | null {
  if (volume?.unit === 'minutes') return volume.quantity;
  return volume?.unit === 'hours' ? volume.quantity * 60 : null;
}

/** What is assumed per window is spread evenly over the days of its run. */
function assumedMinutesADay(evaluation: Evaluation, service: number, rule: string, day: Day): Cents | null {
  const assumed = evaluation.rules.assumedUse[rule];
  const { payments } = outcomeOn(evaluation, service, day);
  const run = payments.find((payment) => payment.run?.window.id === rule)?.run;
  if (!assumed || !run) return null;
  const days = assumed.per === 'window' ? run.until - run.from : daysPer[assumed.per];
  const { low, mid, high } = assumed.minutes;
  return { low: low / days, mid: mid / days, high: high / days };
}
