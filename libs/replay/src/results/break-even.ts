import type { RuleSet } from '@domeinbrug/rules';
import { roundClients, tooFew, type PrivacyRule } from '../privacy/privacy-rule.js';
import type { ReplayFigures } from './figures-of.js';

/** How many avoided days of residence pay for one run of a window. */
export interface BreakEven {
  window: string;
  service: string;
  /** Cents that one run costs, by what the rule set assumes of its use. */
  cost: { low: number; mid: number; high: number };
  /** Cents a day of residence. */
  wlzDay: number;
  /** Days, two decimals, when every avoided day is saved. */
  days: { low: number; mid: number; high: number };
  /**
   * By the share of freed places that the next on the list takes (percent): the days that then pay for a run; `null`
   * where all are taken, and nothing is saved.
   */
  refill: { percent: number; days: number | null }[];
  /** Runs that opened under the alternative; `null` when too few. */
  runs: number | null;
}

/** Shares of freed places that the next on the list takes, in percent: nobody knows which it will be. */
export const refills = [0, 25, 50, 75, 90, 100];
const minutesAnHour = 60;

/** Of each window whose use is assumed and whose service has a price an hour; needs a price a day for residence. */
export function breakEvensOf(
  alternative: RuleSet,
  figures: ReplayFigures,
  privacy: PrivacyRule,
): BreakEven[] {
  const wlzDay = latestPrice(alternative, 'residence', 'cent-per-day');
  if (wlzDay === undefined) return [];
  return alternative.windows.flatMap(({ id, services }) => {
    const use = alternative.assumedUse[id];
    if (use?.per !== 'window') return [];
    return services.flatMap((service) => {
      const hour = latestPrice(alternative, service, 'cent-per-hour');
      if (hour === undefined) return [];
      const costOf = (minutes: number): number => Math.round((minutes * hour) / minutesAnHour);
      const cost = each(use.minutes, costOf);
      const opened = figures.windows.find(({ window }) => window === id)?.alternative.opened ?? 0;
      return [
        {
          window: id,
          service,
          cost,
          wlzDay,
          days: each(cost, (cents) => rounded(cents / wlzDay)),
          refill: refills.map((percent) => ({
            percent,
            days: percent === 100 ? null : rounded(cost.mid / (wlzDay * (1 - percent / 100))),
          })),
          runs: tooFew(opened, privacy.k) ? null : roundClients(opened, privacy),
        },
      ];
    });
  });
}

function latestPrice(
  { prices }: RuleSet,
  service: string,
  unit: 'cent-per-day' | 'cent-per-hour',
): number | undefined {
  const price = prices[service];
  return price?.unit === unit ? Number(price.national.at(-1)!.value) : undefined;
}

function each({ low, mid, high }: BreakEven['cost'], change: (figure: number) => number): BreakEven['cost'] {
  return { low: change(low), mid: change(mid), high: change(high) };
}

function rounded(days: number): number {
  return Math.round(days * 100) / 100;
}
