import type { DayRange } from '@domeinbrug/calendar';
import { union, without } from '@domeinbrug/calendar';
import { services } from '@domeinbrug/terms';

/** Covered days of one client by service, in order; of each service they neither overlap nor touch. */
export type CoveredDays = readonly (readonly DayRange[])[];

/** Days of service that somebody pays under one rule set and nobody under the other. */
export interface Balance {
  gained: number;
  lost: number;
}

/** Collects the covered days of one client. */
export class CoveredDaysOf {
  private readonly ranges: DayRange[][] = services.map(() => []);

  add(service: number, from: number, until: number): void {
    this.ranges[service]!.push({ from, until });
  }

  all(): CoveredDays {
    return this.ranges.map((ranges) => union(ranges));
  }
}

/** @returns days of service; a client may gain in one and lose in another */
export function balanceOf(before: CoveredDays, after: CoveredDays): Balance {
  const daysOnlyIn = (some: CoveredDays, others: CoveredDays): number =>
    some.reduce(
      (sum, ranges, service) => sum + daysOf(ranges.flatMap((range) => without(range, others[service]!))),
      0,
    );
  return { gained: daysOnlyIn(after, before), lost: daysOnlyIn(before, after) };
}

function daysOf(ranges: readonly DayRange[]): number {
  return ranges.reduce((sum, { from, until }) => sum + until - from, 0);
}
