import { contains, type Day, type DayRange } from '@domeinbrug/calendar';
import { latestBegun, NONE, type Claim } from '@domeinbrug/journey';
import { columns, services } from '@domeinbrug/terms';
import { afterLength, type CompiledWindow } from './compile.js';
import { leaveTrace, read, stretchOn, type Evaluation } from './evaluation.js';
import { newLook, nextDay, type Look } from './look.js';
import type { Payment } from './outcome.js';
import type { Run } from './run.js';

/** Who pays a service on a day when only the windows before a place in rule-set order apply. */
export type PaidBefore = (
  evaluation: Evaluation,
  service: number,
  day: Day,
  windowOrder: number,
) => readonly Payment[];

const VACANCY = services.indexOf('vacancy');
const none: readonly Run[] = [];

/** The runs of a window for a service, by trigger day. */
export function runsOf(
  evaluation: Evaluation,
  window: CompiledWindow,
  service: number,
  paidBefore: PaidBefore,
): readonly Run[] {
  if (evaluation.facts.triggers[window.trigger].length === 0) return none;
  const slot = window.slots[service]!;
  return (evaluation.runs[slot] ??= openRuns(evaluation, window, service, paidBefore));
}

function openRuns(
  evaluation: Evaluation,
  window: CompiledWindow,
  service: number,
  paidBefore: PaidBefore,
): Run[] {
  const runs: Run[] = [];
  for (const trigger of evaluation.facts.triggers[window.trigger]) {
    if (window.repeat === 'once' && runs.length > 0) break;
    const spent =
      window.repeat === 'continue' ? runs.reduce((days, run) => days + run.until - run.from, 0) : 0;
    const look = newLook();
    const provider = whoServed(evaluation, window, service, trigger, look, paidBefore);
    if (provider === undefined || !meetsConditions(evaluation, window, service, trigger)) continue;
    const run = openRun(evaluation, { window, service, trigger, provider }, spent, look);
    if (run) runs.push(run);
  }
  return runs;
}

/** `undefined` when not a single day is left. */
function openRun(
  evaluation: Evaluation,
  opening: Pick<Run, 'window' | 'service' | 'trigger' | 'provider'>,
  spent: number,
  look: Look,
): Run | undefined {
  const { window, service, trigger } = opening;
  const { from, until } = daysOf(evaluation, window, service, trigger, look);
  const { day, cutBy } = cut(evaluation, window, service, trigger, until - spent);
  const run: Run = {
    from,
    until: day,
    cutBy,
    window,
    service,
    trigger,
    provider: opening.provider,
    parameters: look.parameters,
  };
  return isEverOpen(evaluation, run) ? run : undefined;
}

/** The days that the length gives; read per day, the days that its greatest value could give. */
function daysOf(
  evaluation: Evaluation,
  window: CompiledWindow,
  service: number,
  trigger: Day,
  look: Look,
): DayRange {
  const parameter = window.lengthParameter;
  if (!parameter) return daysWithLength(window, trigger, 0);
  if (window.parametersAs === 'at-trigger') {
    return daysWithLength(window, trigger, Number(read(evaluation, parameter, service, trigger, look).value));
  }
  // A greater value might open the window, even when no day of it is left to read the length on.
  leaveTrace(evaluation, service, parameter);
  return daysWithLength(window, trigger, parameter.greatest);
}

function daysWithLength(window: CompiledWindow, trigger: Day, value: number): DayRange {
  const parameter = window.lengthParameter && { unit: window.lengthParameter.unit, value };
  if (window.side === 'before') {
    return { from: afterLength(trigger, window.length, parameter, -1), until: trigger };
  }
  const from = window.starts === 'day-after' ? trigger + 1 : trigger;
  return { from, until: afterLength(from, window.length, parameter, 1) };
}

type CutOff = { day: Day } & Pick<Run, 'cutBy'>;

/** A window ends with the day of death unless death opened it, and with what cuts it; of several the earliest. */
function cut(
  evaluation: Evaluation,
  window: CompiledWindow,
  service: number,
  trigger: Day,
  until: Day,
): CutOff {
  const { death, triggers, completions } = evaluation.facts;
  const end: CutOff = { day: until, cutBy: null };
  if (death && window.trigger !== 'death') cutOn(end, death.until, 'death');
  for (const cause of window.cutBy) {
    if (cause === 'discharge') {
      const own = window.trigger === 'discharge' ? trigger + 1 : trigger;
      for (const day of triggers.discharge) if (day >= own) cutOn(end, day + 1, cause);
    } else if (cause === 'move') {
      for (const day of triggers.move) if (day > trigger) cutOn(end, day, cause);
    } else {
      for (const done of completions)
        if (done.service === service && done.from >= trigger) cutOn(end, done.until, cause);
    }
  }
  return end;
}

function cutOn(end: CutOff, day: Day, cause: Run['cutBy']): void {
  if (day >= end.day) return;
  end.day = day;
  end.cutBy = cause;
}

function isEverOpen(evaluation: Evaluation, run: Run): boolean {
  if (!run.window.lengthParameter || run.window.parametersAs === 'at-trigger') return run.from < run.until;
  let day = run.from;
  while (day < run.until) {
    const look = newLook();
    if (openDaysOn(evaluation, run, day, look)) return true;
    day = nextDay(look, day);
  }
  return false;
}

/** The days of the run as the length stands on a day; `undefined` when that day is not among them. */
export function openDaysOn(evaluation: Evaluation, run: Run, day: Day, look: Look): DayRange | undefined {
  if (day < run.from || day >= run.until) return undefined;
  const { window, service, trigger } = run;
  if (!window.lengthParameter || window.parametersAs === 'at-trigger') return run;
  const { value } = read(evaluation, window.lengthParameter, service, day, look);
  const days = daysWithLength(window, trigger, Number(value));
  if (day < days.from) look.until = Math.min(look.until, days.from);
  else if (day < days.until) look.until = Math.min(look.until, days.until);
  return day >= days.from && day < days.until ? days : undefined;
}

function meetsConditions(
  evaluation: Evaluation,
  window: CompiledWindow,
  service: number,
  trigger: Day,
): boolean {
  const { requires } = window;
  const stretch = stretchOn(evaluation, trigger)!;
  const dayBefore = (meets: (claim: Claim) => boolean): boolean =>
    evaluation.needs[service]!.claims.some((claim) => contains(claim, trigger - 1) && meets(claim));
  return (
    (!requires.deliveryForm || requires.deliveryForm.includes(columns[stretch.column]!)) &&
    (!requires.profile || requires.profile.map(Number).includes(stretch.profile)) &&
    (requires.minDaysInService === undefined ||
      dayBefore((claim) => trigger - claim.from >= requires.minDaysInService!)) &&
    (!requires.sameProvider ||
      (stretch.provider !== NONE && dayBefore((claim) => claim.provider === stretch.provider))) &&
    (!requires.carer || hasCarer(evaluation, requires.carer, trigger))
  );
}

function hasCarer(evaluation: Evaluation, when: 'at-death' | 'recorded-before-death', day: Day): boolean {
  return evaluation.facts.carers.some(
    (carer) => carer.from <= day && day < carer.until && (when === 'at-death' || carer.recordedOn <= day),
  );
}

/**
 * The provider whose care the run goes on with; `undefined` when `claimWithin` finds nobody. The day nearest to
 * the trigger counts, on it a claim before an earlier window, of claims the latest begun.
 */
function whoServed(
  evaluation: Evaluation,
  window: CompiledWindow,
  service: number,
  trigger: Day,
  look: Look,
  paidBefore: PaidBefore,
): number | undefined {
  const within = window.requires.claimWithin;
  if (service === VACANCY) {
    const found =
      !within || servedWithin(evaluation, window, service, trigger, look, paidBefore) !== undefined;
    return found ? (stretchOn(evaluation, trigger)?.provider ?? NONE) : undefined;
  }
  if (within) return servedWithin(evaluation, window, service, trigger, look, paidBefore);
  return latestBegun(evaluation.needs[service]!.claims, trigger - 1)?.provider ?? NONE;
}

function servedWithin(
  evaluation: Evaluation,
  window: CompiledWindow,
  service: number,
  trigger: Day,
  look: Look,
  paidBefore: PaidBefore,
): number | undefined {
  const days = window.withinParameter
    ? Number(read(evaluation, window.withinParameter, service, trigger, look).value)
    : (window.requires.claimWithin!.days as number);
  const sought = window.withinService ?? service;
  const { claims } = evaluation.needs[sought]!;
  const first = trigger - days;
  const lastClaimed = lastDayAmong(claims, first, trigger);
  const runs = evaluation.rules.windowsOf[sought]!.filter((earlier) => earlier.order < window.order).flatMap(
    (earlier) => runsOf(evaluation, earlier, sought, paidBefore),
  );
  for (let day = trigger - 1; runs.length > 0 && day > lastClaimed; day--) {
    if (!runs.some((run) => contains(run, day))) continue;
    const paid = paidBefore(evaluation, sought, day, window.order).find((payment) => payment.run);
    if (paid) return paid.provider;
  }
  return lastClaimed < first ? undefined : latestBegun(claims, lastClaimed)!.provider;
}

/** The last of the days `[from, until)` that lies in any of the ranges; the day before them when none does. */
function lastDayAmong(ranges: readonly DayRange[], from: Day, until: Day): Day {
  let last = from - 1;
  for (const range of ranges) {
    const day = Math.min(range.until, until) - 1;
    if (day >= range.from && day > last) last = day;
  }
  return last;
}
