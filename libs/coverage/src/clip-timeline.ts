import type { Service } from '@domeinbrug/terms';
import type { MinutesRow } from './coverage-timeline.js';

/** What is asked of a timeline; days inclusive, absent or `null` = without bound. */
export interface Clip {
  firstDay?: string | null;
  lastDay?: string | null;
  services?: readonly Service[];
}

/** The rows of a timeline, or of what one asker may see of it. */
interface Rows {
  cover: readonly ServiceDays[];
  gaps: readonly ServiceDays[];
  minutes: readonly MinutesRow[];
}

/** The same rows, cut to the days and services asked. Findings stay: they are about the journey, not about a day. */
export function clipTimeline<T extends Rows>(timeline: T, clip: Clip): T {
  return {
    ...timeline,
    cover: clipRows(timeline.cover, clip),
    gaps: clipRows(timeline.gaps, clip),
    minutes: timeline.minutes.filter(
      (row) =>
        isAsked(row.service, clip) &&
        clipRow({ ...row, firstDay: row.day, lastDay: row.day }, clip).length > 0,
    ),
  };
}

interface ServiceDays {
  service: Service;
  firstDay: string;
  lastDay: string | null;
}

/** Rows cut to what is asked, without those that have no day of it. */
export function clipRows<R extends ServiceDays>(rows: readonly R[], clip: Clip): R[] {
  return rows.flatMap((row) => clipRow(row, clip));
}

function clipRow<R extends ServiceDays>(row: R, clip: Clip): R[] {
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
