import type { Day } from '@domeinbrug/calendar';
import { NONE, type Activity } from '@domeinbrug/journey';
import type { UnpaidReason } from './coverage-timeline.js';
import { read, type Evaluation } from './evaluation.js';
import { newLook } from './look.js';
import type { Outcome } from './outcome.js';
import { outcomeOn } from './outcome-on.js';
import type { Run } from './run.js';

/** How the minutes of one service, day, provider and subject were paid; whole minutes. */
export interface SplitMinutes extends Pick<Activity, 'service' | 'day' | 'provider' | 'subject'> {
  funded: number;
  overCap: number;
  outside: number;
  /** Why there are minutes outside; `null` when there are none. */
  reason: UnpaidReason | null;
}

export interface MinutesAnswer {
  rows: SplitMinutes[];
  /** Minutes that each run has taken of its cap. */
  used: ReadonlyMap<Run, number>;
}

/**
 * Funded on a day that any row other than a window's covers; in a window up to its cap, in order of day, provider,
 * source and id; else outside. Minutes for the carer of a living client follow `carerMinutes`.
 *
 * @param services only of these, as places in `services`; left out: of all
 */
export function splitMinutes(evaluation: Evaluation, services?: readonly number[]): MinutesAnswer {
  if (evaluation.facts.activities.length === 0) return noMinutes;
  const asked = evaluation.facts.activities.filter(({ service }) => services?.includes(service) ?? true);
  const inOrder = asked.sort(
    (a, b) => a.service - b.service || a.day - b.day || a.provider - b.provider || a.opened - b.opened,
  );
  const used = new Map<Run, number>();
  const rows: SplitMinutes[] = [];
  const outcomes = new OutcomesInOrder(evaluation);
  for (const activity of inOrder) {
    const split = splitActivity(evaluation, activity, outcomes, used);
    const row = rowOf(activity, rows);
    row.funded += split.funded;
    row.overCap += split.overCap;
    row.outside += activity.minutes - split.funded - split.overCap;
    // One row has one service, day and subject, and so one reason.
    row.reason = split.reason;
  }
  return { rows, used };
}

const noMinutes: MinutesAnswer = { rows: [], used: new Map() };

/** The row that the activity belongs to, which is among the last ones, or a new one. */
function rowOf({ service, day, provider, subject }: Activity, rows: SplitMinutes[]): SplitMinutes {
  for (let at = rows.length - 1; at >= 0; at--) {
    const row = rows[at]!;
    if (row.service !== service || row.day !== day || row.provider !== provider) break;
    if (row.subject === subject) return row;
  }
  const row = { service, day, provider, subject, funded: 0, overCap: 0, outside: 0, reason: null };
  rows.push(row);
  return row;
}

/** Outcomes of days in order of service and day, each looked for once for as long as it is the same. */
class OutcomesInOrder {
  private service = NONE;
  private outcome: Outcome | null = null;

  constructor(private readonly evaluation: Evaluation) {}

  on(service: number, day: Day): Outcome {
    if (!this.outcome || service !== this.service || day >= this.outcome.until) {
      this.service = service;
      this.outcome = outcomeOn(this.evaluation, service, day);
    }
    return this.outcome;
  }
}

interface Split {
  funded: number;
  overCap: number;
  reason: UnpaidReason | null;
}

function splitActivity(
  evaluation: Evaluation,
  activity: Activity,
  outcomes: OutcomesInOrder,
  used: Map<Run, number>,
): Split {
  const unpaid = (reason: UnpaidReason): Split => ({ funded: 0, overCap: 0, reason });
  if (isUnpaidForCarer(evaluation, activity)) return unpaid('carer-minutes');
  const outcome = outcomes.on(activity.service, activity.day);
  const { payments } = outcome;
  if (payments.length === 0) return unpaid(whyUnpaid(evaluation, activity.day, outcome));
  if (payments.some((payment) => !payment.run)) return { funded: activity.minutes, overCap: 0, reason: null };
  const runs = new Set(payments.map((payment) => payment.run!));
  return { ...fill([...runs], activity.minutes, used), reason: null };
}

/** Of a day without payer. */
function whyUnpaid({ facts: { death } }: Evaluation, day: Day, { gap, status }: Outcome): UnpaidReason {
  if (death && day > death.from) return 'after-death';
  return gap ?? (status as UnpaidReason);
}

function isUnpaidForCarer(evaluation: Evaluation, { service, day, subject }: Activity): boolean {
  const { death } = evaluation.facts;
  if (subject === 'client' || (death && day > death.from)) return false;
  return read(evaluation, evaluation.rules.carerMinutes, service, day, newLook()).value !== 'funded';
}

/** Runs take minutes up to their cap, in rule-set order; what is left is over the cap. */
function fill(runs: readonly Run[], minutes: number, used: Map<Run, number>): Omit<Split, 'reason'> {
  let left = minutes;
  for (const run of runs) {
    const before = used.get(run) ?? 0;
    const room = run.window.cap ? Math.max(0, run.window.cap.minutes - before) : left;
    const taken = Math.min(room, left);
    used.set(run, before + taken);
    left -= taken;
  }
  return { funded: minutes - left, overCap: left };
}
