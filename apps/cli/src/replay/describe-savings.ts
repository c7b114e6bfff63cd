import type { PublishedReplay } from '@domeinbrug/replay';
import { told } from '../text/told.js';
import { euros, rightAligned } from './totals.js';

/** What care offices pay less, and what is left of it as others take the places that come free. */
export function savingLines({ wlzSavings }: PublishedReplay): string[] {
  if (wlzSavings.length === 0) return [];
  const percents = wlzSavings[0]!.refill.map(({ percent }) => percent);
  const bases = ['recorded', 'agreed', 'assumedMid'] as const;
  const rows = wlzSavings.flatMap(({ service, days, refill, ...saved }) =>
    bases
      .filter((basis) => saved[basis] !== 0)
      .map((basis) => [service, basis, told(days), ...refill.map((left) => euros(left[basis]))]),
  );
  const heading = ['service', 'basis', 'days', ...percents.map((percent) => `${percent}%`)];
  if (rows.length === 0) return wlzSavings.map(({ service, days }) => `${service}: ${told(days)} days fewer`);
  return [
    ...rightAligned(2, [heading, ...rows]),
    'Columns: euros saved when so many percent of what is freed is taken by the next on the list.',
  ];
}

/** How many avoided days of residence pay for one run of a window, by what the rule set assumes it to use. */
export function breakEvenLines({ breakEven }: PublishedReplay): string[] {
  if (breakEven.length === 0) return [];
  const percents = breakEven[0]!.refill.map(({ percent }) => percent);
  return [
    ...rightAligned(1, [
      ['window', 'a run costs', 'a day saves', ...percents.map((percent) => `${percent}% refilled`)],
      ...breakEven.map(({ window, cost, wlzDay, refill }) => [
        window,
        euros(cost.mid),
        euros(wlzDay),
        ...refill.map(({ days }) => (days === null ? 'never' : days.toFixed(2))),
      ]),
    ]),
    'Columns: days that must be avoided. By assumed use and the latest prices of the rule set, not by recorded minutes.',
  ];
}
