import { addMonths, amsterdamDay, type Day } from '@domeinbrug/calendar';
import type { CodeLevel } from '@domeinbrug/journey';
import type { Length, Window, WindowKind, WindowShare } from '@domeinbrug/rules';
import type { Funder, Law, Service } from '@domeinbrug/terms';
import type { Claim } from './fact-types.js';
import { latestBegun } from './lines.js';
import { holderOn } from './mergers.js';
import { isSuspended, payerOf, poolOf, type Situation } from './table.js';
import type { TriggerDays } from './triggers.js';

/** One opening of a window for one service. */
export interface Run {
  window: Window;
  service: Service;
  trigger: Day;
  /** Days after cuts and death, whether or not anybody pays on them; ascending, never empty. */
  days: Day[];
  provider: string | null;
  /** Who pays on the days that the window really pays. */
  paid: Map<Day, WindowPayment[]>;
}

export interface WindowPayment {
  funder: Funder;
  share: number;
  law: Law;
  kind: WindowKind;
  rule: string;
  provider: string | null;
}

export interface WindowContext {
  situation: Situation;
  triggers: TriggerDays;
  /** Funders that the table makes pay a service on a day. */
  tableFunders: (service: Service, day: Day) => Funder[];
  from: Day;
  horizon: Day;
}

/** All runs of all windows: in the order of the rule set, then by trigger day. */
export function windowRuns(context: WindowContext): Run[] {
  const runs: Run[] = [];
  for (const window of context.situation.ruleSet.windows) {
    const earlierWindows = [...runs];
    for (const service of window.services) {
      const own: Run[] = [];
      for (const trigger of context.triggers[window.trigger]) {
        const run = open(context, window, service, trigger, own, earlierWindows);
        if (!run) continue;
        pay(context, run, [...earlierWindows, ...own]);
        own.push(run);
      }
      runs.push(...own);
    }
  }
  return runs;
}

/** The run that a trigger opens, if it meets the requirements, may repeat, and has at least one day. */
function open(
  context: WindowContext,
  window: Window,
  service: Service,
  trigger: Day,
  own: Run[],
  earlierWindows: Run[],
): Run | null {
  if (window.repeat === 'once' && own.length > 0) return null;
  if (!meetsRequirements(context.situation, window, service, trigger, earlierWindows)) return null;
  const used = window.repeat === 'continue' ? own.reduce((sum, run) => sum + run.days.length, 0) : 0;
  const days = coveredDays(context, window, service, trigger, used).filter(
    (day) =>
      livesOrIsAftermath(context.situation, window, day) &&
      day <= lastDayByCuts(context, window, service, trigger),
  );
  if (days.length === 0) return null;
  const provider = providerOfRun(context.situation, window, service, trigger, earlierWindows);
  return { window, service, trigger, days, provider, paid: new Map() };
}

/** The days that the length gives, before cuts and death. */
function coveredDays(
  context: WindowContext,
  window: Window,
  service: Service,
  trigger: Day,
  used: number,
): Day[] {
  const start = window.starts === 'day-after' ? trigger + 1 : trigger;
  const days: Day[] = [];
  for (let day = context.from; day <= context.horizon; day += 1) {
    const readOn = window.parametersAs === 'per-day' ? day : trigger;
    if (window.side === 'before') {
      const first = later(context.situation, window.length, service, readOn, trigger, -1);
      if (first <= day && day < trigger) days.push(day);
    } else {
      const until = later(context.situation, window.length, service, readOn, start, 1) - used;
      if (start <= day && day < until) days.push(day);
    }
  }
  return days;
}

/** A length after (or, with direction -1, before) a day; a parameter's unit counts. */
function later(
  situation: Situation,
  length: Length,
  service: Service,
  readOn: Day,
  from: Day,
  direction: 1 | -1,
): Day {
  if ('days' in length) return from + direction * length.days;
  if ('weeks' in length) return from + direction * 7 * length.weeks;
  if ('months' in length) return addMonths(from, direction * length.months);
  const { unit } = situation.ruleSet.parameters[length.parameter]!;
  const count = Number(situation.read(length.parameter, service, readOn).value);
  if (unit === 'months') return addMonths(from, direction * count);
  return from + direction * count * (unit === 'weeks' ? 7 : 1);
}

/** A window that a death did not open ends with the day of death. */
function livesOrIsAftermath({ facts }: Situation, window: Window, day: Day): boolean {
  return window.trigger === 'death' || facts.death === null || day <= facts.death;
}

/** The last day that the window's cuts leave; without a cut there is no limit. */
function lastDayByCuts(context: WindowContext, window: Window, service: Service, trigger: Day): Day {
  return Math.min(
    Infinity,
    ...window.cutBy.map((cut) => lastDayByCut(context, cut, window, service, trigger)),
  );
}

function lastDayByCut(
  { triggers, situation }: WindowContext,
  cut: Window['cutBy'][number],
  window: Window,
  service: Service,
  trigger: Day,
): Day {
  if (cut === 'move') return Math.min(...triggers.move.filter((day) => day > trigger)) - 1;
  if (cut === 'discharge') {
    const isTheTrigger = (day: Day): boolean => window.trigger === 'discharge' && day === trigger;
    return Math.min(...triggers.discharge.filter((day) => day >= trigger && !isTheTrigger(day)));
  }
  const completed = situation.facts.completions.filter(
    (each) => each.service === service && each.day >= trigger,
  );
  return Math.min(...completed.map(({ day }) => day));
}

/** Every requirement of the window, looked at on (or just before) the trigger day. */
function meetsRequirements(
  situation: Situation,
  window: Window,
  service: Service,
  trigger: Day,
  earlierWindows: Run[],
): boolean {
  const { requires } = window;
  const { facts } = situation;
  const state = situation.stateOn(trigger);
  const dayBefore = facts.claims.filter((claim) => claim.service === service && holdsOn(claim, trigger - 1));
  const old = requires.minDaysInService;
  return [
    !requires.claimWithin || foundBefore(situation, window, service, trigger, earlierWindows) !== null,
    !requires.carer || hasCarer(situation, trigger, requires.carer),
    !requires.sameProvider ||
      (state.delivery !== null && dayBefore.some(({ provider }) => provider === state.delivery!.provider)),
    old === undefined || dayBefore.some(({ first }) => trigger - first >= old),
    !requires.profile || (state.entitlement !== null && requires.profile.includes(state.entitlement.profile)),
    !requires.deliveryForm || requires.deliveryForm.includes(state.column),
  ].every(Boolean);
}

/** A carer on that day, and where it is asked, known by then. */
function hasCarer({ facts }: Situation, day: Day, carer: 'at-death' | 'recorded-before-death'): boolean {
  return facts.carers.some(
    (each) => holdsOn(each, day) && (carer === 'at-death' || amsterdamDay(each.recordedAt) <= day),
  );
}

/**
 * What `claimWithin` finds: on the nearest of the days before the trigger a claim of the service, or else a
 * run of an earlier-listed window that paid the service that day. `null` when there is nothing on any of them.
 */
function foundBefore(
  situation: Situation,
  window: Window,
  service: Service,
  trigger: Day,
  earlierWindows: Run[],
): { provider: string | null } | null {
  const { days, service: asked = service } = window.requires.claimWithin!;
  const count =
    typeof days === 'number' ? days : Number(situation.read(days.parameter, service, trigger).value);
  for (let day = trigger - 1; day >= trigger - count; day -= 1) {
    const claim = claimOn(situation, asked, day);
    const run = earlierWindows.find((each) => each.service === asked && each.paid.has(day));
    if (claim ?? run) return claim ?? run!;
  }
  return null;
}

function claimOn({ facts }: Situation, service: Service, day: Day): Claim | null {
  return latestBegun(
    facts.claims.filter((claim) => claim.service === service),
    day,
  );
}

/** Mutation days are the home's; else the provider of what `claimWithin` found, else of the claim on the day before. */
function providerOfRun(
  situation: Situation,
  window: Window,
  service: Service,
  trigger: Day,
  earlierWindows: Run[],
): string | null {
  if (service === 'vacancy') return situation.stateOn(trigger).delivery?.provider ?? null;
  if (window.requires.claimWithin) {
    return foundBefore(situation, window, service, trigger, earlierWindows)!.provider;
  }
  return claimOn(situation, service, trigger - 1)?.provider ?? null;
}

/** A day is paid as a whole or not at all. */
function pay(context: WindowContext, run: Run, before: Run[]): void {
  for (const day of run.days) {
    const payments = paymentsOn(context.situation, run, day);
    if (payments && !isDropped(context, run, day, payments, before)) run.paid.set(day, payments);
  }
}

/** What the window would pay on a day; `null` when one of its payers is unknown. */
function paymentsOn(situation: Situation, run: Run, day: Day): WindowPayment[] | null {
  const { window, trigger, provider } = run;
  const state = situation.stateOn(window.payer === 'at-trigger' ? trigger : day);
  const payments: WindowPayment[] = [];
  for (const { law, share } of sharesOn(run, day)) {
    const bound = payerOf(state, law);
    if (!bound) return null;
    const [level, code] = bound.split(':') as [CodeLevel, string];
    const funder: Funder = `${level}:${holderOn(situation.facts.mergers, level, code, day)}`;
    payments.push({ funder, share, law, kind: window.kind, rule: window.id, provider });
  }
  return payments;
}

/** The phase of a day, counted from the window's start; of a lead-in from its first covered day. The last one runs on. */
function sharesOn({ window, trigger, days }: Run, day: Day): WindowShare[] {
  const start = window.side === 'before' ? days[0]! : window.starts === 'day-after' ? trigger + 1 : trigger;
  let end = start;
  for (const phase of window.phases) {
    end += phase.days ?? Infinity;
    if (day < end) return phase.pays;
  }
  return window.phases.at(-1)!.pays;
}

/** A window never pays beside itself, beside the same payer, for what rests or is pooled, or from the Wlz without a right to it. */
function isDropped(
  { situation, tableFunders }: WindowContext,
  run: Run,
  day: Day,
  payments: WindowPayment[],
  before: Run[],
): boolean {
  const { facts } = situation;
  const earlier = before.filter((each) => each.service === run.service && each.paid.has(day));
  const paying = [
    ...tableFunders(run.service, day),
    ...earlier.flatMap((each) => each.paid.get(day)!.map(({ funder }) => funder)),
  ];
  return (
    earlier.some((each) => each.window.id === run.window.id) ||
    payments.some(({ funder }) => paying.includes(funder)) ||
    isSuspended(facts, run.service, day) ||
    poolOf(facts, run.service, day) !== null ||
    (payments.some(({ law }) => law === 'wlz') && !isEntitled(situation, run, day))
  );
}

/** On the day itself; of a lead-in on its trigger day; after a death on the day of death. */
function isEntitled({ facts, stateOn }: Situation, { window, trigger }: Run, day: Day): boolean {
  const asked = window.side === 'before' ? trigger : Math.min(day, facts.death ?? day);
  return stateOn(asked).entitlement !== null;
}

function holdsOn({ first, last }: { first: Day; last: Day }, day: Day): boolean {
  return first <= day && day <= last;
}
