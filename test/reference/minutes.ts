import { parseDay } from '@domeinbrug/calendar';
import type { MinutesRow, UnpaidReason } from '@domeinbrug/coverage';
import type { Service } from '@domeinbrug/terms';
import type { Activity } from './fact-types.js';
import { sortedBy } from './rows.js';
import type { Situation } from './table.js';
import type { Run } from './windows.js';

type Split = Pick<MinutesRow, 'funded' | 'overCap' | 'outside' | 'reason'>;

/** Who is there to pay for recorded minutes. */
export interface Payers {
  /** Whether the table or a pool pays the service that day. */
  coveredByOther: (service: Service, day: number) => boolean;
  /** Why the table pays nothing, of a living client. */
  whyNot: (service: Service, day: number) => UnpaidReason;
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
    const nothing: Split = { funded: 0, overCap: 0, outside: 0, reason: null };
    const row = rows.get(key) ?? { service, day, provider, subject, ...nothing };
    const split = splitOf(situation, payers, left, activity, minutes);
    row.funded += split.funded;
    row.overCap += split.overCap;
    row.outside += split.outside;
    row.reason = split.reason;
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
  { coveredByOther, whyNot, runs }: Payers,
  left: Map<Run, number>,
  activity: Activity,
  minutes: number,
): Split {
  const { service } = activity.data;
  const { death } = situation.facts;
  const day = parseDay(activity.data.day);
  const outside = (reason: UnpaidReason): Split => ({ funded: 0, overCap: 0, outside: minutes, reason });
  if (isUnpaidCarerTime(situation, activity, day)) return outside('carer-minutes');
  if (coveredByOther(service, day)) return { funded: minutes, overCap: 0, outside: 0, reason: null };
  const open = runs.filter((run) => run.service === service && run.paid.has(day));
  if (open.length === 0) return outside(death !== null && day > death ? 'after-death' : whyNot(service, day));
  const funded = takenFrom(open, left, minutes);
  return { funded, overCap: minutes - funded, outside: 0, reason: null };
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
