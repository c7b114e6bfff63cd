import { contains, yearOf, type Day, type DayRange } from '@domeinbrug/calendar';
import { NONE } from '@domeinbrug/journey';
import { LONGEST_DAYS } from './kaplan-meier.js';
import { shareFigures, type ShareFacts } from './shares.js';
import { countsOfClient, Tallies, type TalliesState } from './tallies.js';
import { regionOn, startsOfCaseManagement, waitFigures, type Wait } from './waits.js';

/** What {@link WaitingTimes} has counted: post it to another thread as it is, and merge it there. */
export interface WaitingTimesState {
  waits: TalliesState;
  ages: TalliesState;
  shares: TalliesState;
}

/** A window that keeps somebody's care going over a transition: the days that a handover is offered. */
export interface OfferedWindow extends DayRange {
  service: number;
}

/** The period whose waits count, `until` exclusive, and the last day of which all is taken to be known: that of `knownAt`. */
export interface Observed extends DayRange {
  lastKnownDay: Day;
}

export const ageFigures = ['age-at-start-of-case-management', 'age-at-admission'] as const;
export const shareNames = [...shareFigures.map(({ name }) => name), 'handover-days-used'] as const;
const HANDOVER_DAYS = shareFigures.length;

/** Places among the counts of a wait, after the clients: how many ended otherwise, then waits by their days. */
export const ENDED_OTHERWISE = 1;
export const EVENTS = 2;
export const CENSORED = EVENTS + LONGEST_DAYS + 2;
const COUNTS_OF_WAIT = CENSORED + LONGEST_DAYS + 2;
/** Of an age: how many without a year of birth, then the others by years. */
export const UNKNOWN = 1;
export const YEARS = 2;
const OLDEST = 130;
/** Of a share. */
export const COUNTED = 1;
export const OF = 2;

/**
 * Waiting times, ages and shares over many clients, added client by client. All that is kept are counts, so parts that
 * were counted apart give the same figures in whatever order they are merged.
 */
export class WaitingTimes {
  private readonly waits = new Tallies(waitFigures.map(() => COUNTS_OF_WAIT));
  private readonly ages = new Tallies(ageFigures.map(() => YEARS + OLDEST + 1));
  private readonly shares = new Tallies(shareNames.map(() => OF + 1));

  /** Counts one client, once. What begins outside the period does not count. */
  add(facts: ShareFacts, observed: Observed): void {
    const counts = (day: Day): boolean => contains(observed, day) && day <= observed.lastKnownDay;
    waitFigures.forEach((figure, place) => {
      const waits = figure.waits(facts).filter(({ from }) => counts(from));
      if (waits.length > 0) this.addWaits(place, waits, facts, observed);
    });
    this.addAges(0, startsOfCaseManagement(facts).filter(counts), facts);
    this.addAges(1, facts.triggers.admission.filter(counts), facts);
    shareFigures.forEach(({ chances }, place) => {
      const countsOf = countsOfClient(this.shares, place);
      for (const { day, knownOn, so } of chances(facts)) {
        if (!counts(day) || knownOn > observed.lastKnownDay) continue;
        for (const sum of countsOf(regionOn(facts.state, day))) count(sum, Number(so), 1);
      }
    });
  }

  /**
   * Counts the days of a client's handover windows that begin in the period, and those of them on which time was
   * recorded for the service; once.
   */
  addHandovers(facts: ShareFacts, windows: readonly OfferedWindow[], observed: Observed): void {
    const countsOf = countsOfClient(this.shares, HANDOVER_DAYS);
    for (const { service, from, until } of windows) {
      const end = Math.min(until, observed.lastKnownDay + 1);
      if (!contains(observed, from) || from >= end) continue;
      const used = new Set(
        facts.activities
          .filter((activity) => activity.service === service && contains({ from, until: end }, activity.day))
          .map(({ day }) => day),
      );
      for (const sum of countsOf(regionOn(facts.state, from))) count(sum, used.size, end - from);
    }
  }

  state(): WaitingTimesState {
    return { waits: this.waits.state(), ages: this.ages.state(), shares: this.shares.state() };
  }

  /** Adds what was counted of other clients. */
  merge(other: WaitingTimesState): void {
    this.waits.merge(other.waits);
    this.ages.merge(other.ages);
    this.shares.merge(other.shares);
  }

  private addWaits(
    figure: number,
    waits: readonly Wait[],
    facts: ShareFacts,
    { lastKnownDay }: Observed,
  ): void {
    const countsOf = countsOfClient(this.waits, figure);
    for (const { from, came, lastDay } of waits) {
      const seenUntil = Math.min(lastDay, lastKnownDay);
      const length = Math.min(Math.min(came, seenUntil) - from, LONGEST_DAYS + 1);
      for (const sum of countsOf(regionOn(facts.state, from))) {
        sum[(came <= seenUntil ? EVENTS : CENSORED) + length]!++;
        if (came > seenUntil && lastDay < lastKnownDay) sum[ENDED_OTHERWISE]!++;
      }
    }
  }

  private addAges(figure: number, days: readonly Day[], { state, birthYear }: ShareFacts): void {
    if (days.length === 0) return;
    const countsOf = countsOfClient(this.ages, figure);
    for (const day of days) {
      const years = Math.min(Math.max(yearOf(day) - birthYear, 0), OLDEST);
      for (const sum of countsOf(regionOn(state, day))) {
        sum[birthYear === NONE ? UNKNOWN : YEARS + years]!++;
      }
    }
  }
}

function count(sum: Uint32Array, counted: number, of: number): void {
  sum[COUNTED]! += counted;
  sum[OF]! += of;
}
