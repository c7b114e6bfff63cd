import type { PublishedSweep } from '@domeinbrug/replay';
import { told } from '../text/told.js';
import { euros, rightAligned } from './totals.js';

const methods: Record<string, string> = {
  histogram: 'all values exactly, from one pass over the days of the longest window',
  footprint: 'each value by itself, for the clients whom it can concern',
};

function flattens({ complete, flattensAt, unit }: PublishedSweep): string {
  if (flattensAt !== null) return `From ${flattensAt} ${unit} on it is flat.`;
  return complete ? 'The curve does not flatten.' : 'Whether the curve flattens cannot be told.';
}

const bases = { recorded: 'recorded', agreed: 'agreed', assumedMid: 'assumed' };

/** The points of a sweep: what the alternative comes to at each value of the parameter, and what one more adds. */
export function sweepLines(sweep: PublishedSweep): string[] {
  const { unit, per, method, points } = sweep;
  const amounts = (['recorded', 'agreed', 'assumedMid'] as const).filter((basis) =>
    points.some(({ figures }) => (figures?.[basis] ?? 0) !== 0),
  );
  return [
    ...rightAligned(1, [
      [
        unit,
        'paid days',
        'gap days',
        'people it changes',
        `days per ${per}`,
        ...amounts.map((basis) => `${bases[basis]} euros per ${per}`),
      ],
      ...points.map(({ values, figures }) => [
        values.join(', '),
        told(figures?.days ?? null),
        told(figures?.gapDays ?? null),
        told(figures?.clients ?? null),
        figures?.marginal ? told(figures.marginal.days, true) : '',
        ...amounts.map((basis) => (figures?.marginal ? euros(Math.round(figures.marginal[basis])) : '')),
      ]),
    ]),
    flattens(sweep),
    `How: ${methods[method] ?? method}.`,
  ];
}
