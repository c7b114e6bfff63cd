import type { Service } from '@domeinbrug/terms';
import type { CoverageTimeline } from './coverage-timeline.js';

/** What is asked of a timeline; days inclusive, absent or `null` = without bound. */
export interface Clip {
  firstDay?: string | null;
  lastDay?: string | null;
  services?: readonly Service[];
}

/** The same rows, cut to the days and services asked. Findings stay: they are about the journey, not about a day. */
export function clipTimeline(timeline: CoverageTimeline, clip: Clip): CoverageTimeline {
  const rows = <R extends { service: Service; firstDay: string; lastDay: string | null }>(all: R[]): R[] =>
    all.flatMap((row) => clipRow(row, clip));
  return {
    ...timeline,
    cover: rows(timeline.cover),
    gaps: rows(timeline.gaps),
    minutes: timeline.minutes.filter(
      (row) =>
        isAsked(row.service, clip) &&
        clipRow({ ...row, firstDay: row.day, lastDay: row.day }, clip).length > 0,
    ),
  };
}

function clipRow<R extends { service: Service; firstDay: string; lastDay: string | null }>(
  row: R,
  clip: Clip,
): R[] {
  if (!isAsked(row.service, clip)) return [];
  // `YYYY-MM-DD` texts of one era order as their days do.
  const firstDay = clip.firstDay && clip.firstDay > row.firstDay ? clip.firstDay : row.firstDay;
  const lastDay =
    clip.lastDay && (row.lastDay === null || clip.lastDay < row.lastDay) ? clip.lastDay : row.lastDay;
  return lastDay !== null && lastDay < firstDay ? [] : [{ ...row, firstDay, lastDay }];
}

function isAsked(service: Service, { services }: Clip): boolean {
  return !services || services.includes(service);
}
