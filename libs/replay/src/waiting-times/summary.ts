import { organisationCode } from '@domeinbrug/coverage';
import { dayBy, LONGEST_DAYS, shareOver, survivalCurve } from './kaplan-meier.js';
import { CLIENTS, EVERYWHERE, type Counts } from './tallies.js';
import {
  ageFigures,
  CENSORED,
  COUNTED,
  ENDED_OTHERWISE,
  EVENTS,
  OF,
  shareNames,
  UNKNOWN,
  YEARS,
  type WaitingTimesState,
} from './waiting-times.js';
import { waitFigures } from './waits.js';

interface FigureRow {
  name: string;
  /** Care office on the day that counts; `null` = none was known; `all` = all together. */
  region: string | null;
  /** Distinct clients. */
  clients: number;
}

/** How long people waited; those who still wait count for as long as they were seen to wait (Kaplan-Meier). */
export interface WaitRow extends FigureRow {
  from: string;
  to: string;
  /** Waits that came to what was waited for. */
  events: number;
  stillWaiting: number;
  /** By death, a move to another municipality, the end of the right, or a decision on an untold day. */
  endedOtherwise: number;
  /** Half of all waits are over by this day of waiting; `null` when that cannot be told, or takes more than three years. */
  medianDays: number | null;
  p90Days: number | null;
  /** The share that waits longer than the norm, 0 to 1; `null` without a norm, or when it cannot be told. */
  shareOverNorm: number | null;
  normDays: number | null;
}

/** How old people were: the year of the day minus the year of birth, so now and then a year too much. */
export interface AgeRow extends FigureRow {
  /** Times of which no year of birth is known: they are in no age. */
  unknown: number;
  /** Times of which it is known. */
  known: number;
  medianYears: number | null;
  p90Years: number | null;
}

/** How often something was so, of the times that it could have been. */
export interface ShareRow extends FigureRow {
  counted: number;
  of: number;
  /** 0 to 1, to four decimals. */
  share: number;
}

export interface WaitingTimesSummary {
  waits: WaitRow[];
  ages: AgeRow[];
  shares: ShareRow[];
}

/** The figures, in a fixed order; each first of all together, then of who had no known care office, then by care office. */
export function summaryOf({ waits, ages, shares }: WaitingTimesState): WaitingTimesSummary {
  return {
    waits: waits.map(([figure, region, counts]) => waitRow(figure, region, counts)),
    ages: ages.map(([figure, region, counts]) => ageRow(figure, region, counts)),
    shares: shares.map(([figure, region, counts]) => ({
      ...figureRow(shareNames[figure]!, region, counts),
      counted: counts[COUNTED]!,
      of: counts[OF]!,
      share: Math.round((counts[COUNTED]! / counts[OF]!) * 10_000) / 10_000,
    })),
  };
}

function figureRow(name: string, region: number, counts: Counts): FigureRow {
  return {
    name,
    region: region === EVERYWHERE ? 'all' : organisationCode(region),
    clients: counts[CLIENTS]!,
  };
}

function waitRow(figure: number, region: number, counts: Counts): WaitRow {
  const { name, from, to, normDays } = waitFigures[figure]!;
  const events = counts.subarray(EVENTS, CENSORED);
  const censored = counts.subarray(CENSORED);
  const curve = survivalCurve({ events, censored });
  const endedOtherwise = counts[ENDED_OTHERWISE]!;
  return {
    ...figureRow(name, region, counts),
    from,
    to,
    events: sumOf(events),
    stillWaiting: sumOf(censored) - endedOtherwise,
    endedOtherwise,
    medianDays: dayBy(curve, 0.5),
    p90Days: dayBy(curve, 0.9),
    shareOverNorm: normDays === null ? null : shareOver(curve, normDays),
    normDays,
  };
}

function ageRow(figure: number, region: number, counts: Counts): AgeRow {
  const events = new Uint32Array(LONGEST_DAYS + 2);
  events.set(counts.subarray(YEARS));
  const curve = survivalCurve({ events, censored: new Uint32Array(LONGEST_DAYS + 2) });
  return {
    ...figureRow(ageFigures[figure]!, region, counts),
    unknown: counts[UNKNOWN]!,
    known: sumOf(events),
    medianYears: dayBy(curve, 0.5),
    p90Years: dayBy(curve, 0.9),
  };
}

function sumOf(counts: Counts): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
