import { parseDay } from '@domeinbrug/calendar';
import type { MinutesRow } from '@domeinbrug/coverage';
import type { Service } from '@domeinbrug/terms';
import type { Activity } from './fact-types.js';
import { sortedBy } from './rows.js';
import type { Situation } from './table.js';
import type { Run } from './windows.js';

type Split = Pick<MinutesRow, 'funded' | 'overCap' | 'outside'>;

/** Who is there to pay for recorded minutes. */
export interface Payers {
  /** Whether the table or a pool pays the service that day. */
  coveredByOther: (service: Service, day: number) => boolean;
  /** In the order in which windows apply. */
  runs: Run[];
}

/** Recorded minutes, per service, day, provider and subject; those not about the client do not count. */
export function minutesRows(situation: Situation, payers: Payers): MinutesRow[] {
  const left = new Map(payers.runs.map((run) => [run, run.window.cap?.minutes ?? Infinity]));
  const rows = new Map<string, MinutesRow>();
  for (const activity of inOrderOfCaps(situation.facts.activities)) {
    const { service, day, provider, subject = 'client', minutes } = activity.data;
    const key = JSON.stringify([service, day, provider, subject]);
    const row = rows.get(key) ?? { service, day, provider, subject, funded: 0, overCap: 0, outside: 0 };
    const split = splitOf(situation, payers, left, activity, minutes);
    row.funded += split.funded;
    row.overCap += split.overCap;
    row.outside += split.outside;
    rows.set(key, row);
  }
  return sortedBy(
    [...rows.values()],
    (row) => row.service,
    (row) => row.day,
    (row) => row.provider,
    (row) => row.subject,
  );
}

/** Caps are used up in order of day, provider and key. */
function inOrderOfCaps(activities: readonly Activity[]): Activity[] {
  return sortedBy(
    activities.filter(({ data }) => data.attributable !== false),
    ({ data }) => data.day,
    ({ data }) => data.provider,
    ({ source }) => source,
    ({ id }) => id,
  );
}

function splitOf(
  situation: Situation,
  { coveredByOther, runs }: Payers,
  left: Map<Run, number>,
  activity: Activity,
  minutes: number,
): Split {
  const { service } = activity.data;
  const day = parseDay(activity.data.day);
  if (isUnpaidCarerTime(situation, activity, day)) return { funded: 0, overCap: 0, outside: minutes };
  if (coveredByOther(service, day)) return { funded: minutes, overCap: 0, outside: 0 };
  const open = runs.filter((run) => run.service === service && run.paid.has(day));
  if (open.length === 0) return { funded: 0, overCap: 0, outside: minutes };
  const funded = takenFrom(open, left, minutes);
  return { funded, overCap: minutes - funded, outside: 0 };
}

/** Fills the runs in order up to what is left of their caps; what was funded. */
function takenFrom(open: Run[], left: Map<Run, number>, minutes: number): number {
  let toFund = minutes;
  for (const run of open) {
    const taken = Math.min(toFund, left.get(run)!);
    left.set(run, left.get(run)! - taken);
    toFund -= taken;
  }
  return minutes - toFund;
}

/** While the client lives, time for the carer counts only where a parameter says so. */
function isUnpaidCarerTime({ facts, read }: Situation, { data }: Activity, day: number): boolean {
  if (data.subject !== 'carer' || (facts.death !== null && day > facts.death)) return false;
  return read('carerMinutes', data.service, day).value !== 'funded';
}
