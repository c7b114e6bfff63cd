import { formatDay, lastDayOf, type Instant } from '@domeinbrug/calendar';
import {
  determineCoverage,
  type Because,
  type CompiledRuleSet,
  type CoverageTimeline,
  type CoverRow,
} from '@domeinbrug/coverage';
import { foldJourney, type Fact, type JourneyEvent, type JourneyFacts } from '@domeinbrug/journey';
import type { Service } from '@domeinbrug/terms';
import { momentOf } from './events.js';

/** After every recording that a test can write. */
const everything: Instant = momentOf('2999-01-01T00:00:00Z');

export function fold(...events: JourneyEvent[]): JourneyFacts {
  return foldJourney(events, everything);
}

/** What is known of the events at a moment (RFC 3339). */
export function foldAt(knownAt: string, ...events: JourneyEvent[]): JourneyFacts {
  return foldJourney(events, momentOf(knownAt));
}

/** `2024-01-01 - 2024-03-03`, both days inclusive; `open` without end. */
export function days({ from, until }: Pick<Fact, 'from' | 'until'>): string {
  return `${formatDay(from)} - ${lastDayOf(until) ?? 'open'}`;
}

export function cover(events: readonly JourneyEvent[], rules: CompiledRuleSet): CoverageTimeline {
  return determineCoverage({ clientId: 'client-1', events }, rules, { instant: everything, position: '0' });
}

/**
 * The rows and gaps of one service, each one line, by first day: `2024-01-01 - open insurer:3311`. A share other than
 * 100 and a rule other than the table follow; of a gap its reason.
 */
export function linesOf(timeline: CoverageTimeline, service: Service): string[] {
  const rows = timeline.cover.filter((row) => row.service === service);
  const gaps = timeline.gaps.filter((row) => row.service === service);
  return [
    ...rows.map((row) => `${row.firstDay} - ${row.lastDay ?? 'open'} ${payment(row)}`),
    ...gaps.map((row) => `${row.firstDay} - ${row.lastDay ?? 'open'} gap ${row.reason}`),
  ].sort();
}

function payment({ funder, share, rule }: CoverRow): string {
  const parts = [funder, share === 100 ? '' : `${share}%`, rule === 'table' ? '' : rule];
  return parts.filter(Boolean).join(' ');
}

/** {@link linesOf} what comes out of these events under these rules. */
export function coverOf(service: Service, events: readonly JourneyEvent[], rules: CompiledRuleSet): string[] {
  return linesOf(cover(events, rules), service);
}

/** The ids of the events that open and close the nth row of a service, and the parameters that were read. */
export function becauseOfRow(timeline: CoverageTimeline, service: Service, firstDay: string): WrittenBecause {
  const row = timeline.cover.find((one) => one.service === service && one.firstDay === firstDay);
  if (!row)
    throw new Error(`No row of ${service} begins on ${firstDay}: ${linesOf(timeline, service).join('; ')}`);
  return written(row.because);
}

export function becauseOfGap(timeline: CoverageTimeline, service: Service, firstDay: string): WrittenBecause {
  const row = timeline.gaps.find((one) => one.service === service && one.firstDay === firstDay);
  if (!row)
    throw new Error(`No gap of ${service} begins on ${firstDay}: ${linesOf(timeline, service).join('; ')}`);
  return written(row.because);
}

interface WrittenBecause {
  opened: string[];
  closed: string[];
  /** `name = value (national since 2015-01-01)`. */
  parameters: string[];
}

function written({ opened, closed, parameters }: Because): WrittenBecause {
  return {
    opened: opened.map(({ id }) => id),
    closed: closed.map(({ id }) => id),
    parameters: parameters.map(
      ({ name, value, level, code, since }) =>
        `${name} = ${value} (${code === null ? level : `${level} ${code}`} since ${since})`,
    ),
  };
}
