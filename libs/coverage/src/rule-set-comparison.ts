import type { JourneyFacts } from '@domeinbrug/journey';
import { isSame, windowForm, type DatedValue, type Trigger } from '@domeinbrug/rules';
import { columns, services } from '@domeinbrug/terms';
import type { CompiledCell, CompiledRuleSet, CompiledWindow } from './compile.js';
import { RESIDENCE, type Evaluation } from './evaluation.js';
import type { CompiledParameter } from './parameter.js';

/**
 * Where one compiled rule set may answer otherwise than another, in the terms of the first: what a client's
 * evaluation under the first is held against, to know whether the second can give that client anything else.
 */
export interface CoverageDifference {
  /** Mask over the first one's parameters of those whose readings differ. */
  parameters: number;
  /** By service: its row differs, or its price, or a parameter of its row that leaves no trace in a footprint. */
  services: boolean[];
  /** Windows that only one has, that differ in anything but a parameter's value, or whose use or price differs. */
  windows: { services: readonly number[]; trigger: Trigger }[];
  /** Time for carers is paid otherwise, and no footprint tells who has any. */
  carerMinutes: boolean;
  /** Nothing differs: no client can get another answer or amount. */
  isNone: boolean;
}

/**
 * What differs between two rule sets for the determination of cover and its amounts. Conservative: what is not named
 * is the same for every client; what is named need not change anything for anybody.
 */
export function differenceOf(a: CompiledRuleSet, b: CompiledRuleSet): CoverageDifference {
  const parameters = differingParameters(a, b);
  const untold = untoldDifferences(a, b);
  const priced = services.map((_, service) => !samePrice(a, b, service));
  const differing = services.map(
    (_, service) =>
      priced[service]! ||
      !sameRow(a.cover[service]!, b.cover[service]!) ||
      (parameters & bitOutside(a, service)) !== 0 ||
      isUntoldIn(a, service, untold),
  );
  const windows = differingWindows(a, b, priced);
  const carerMinutes = untold.has('carerMinutes');
  const isNone = parameters === 0 && !differing.includes(true) && windows.length === 0 && !carerMinutes;
  return { parameters, services: differing, windows, carerMinutes, isNone };
}

/**
 * Whether covering a client under the second rule set may give anything (pieces, minutes, findings, amounts) that it
 * did not give under the first.
 *
 * @param evaluation of the client under the first, all services covered and all minutes split
 * @param facts those of the evaluation
 */
export function mayDiffer(
  difference: CoverageDifference,
  evaluation: Pick<Evaluation, 'footprints'>,
  facts: JourneyFacts,
): boolean {
  if (difference.isNone) return false;
  return (
    evaluation.footprints.some((read) => (read & difference.parameters) !== 0) ||
    difference.windows.some(({ trigger }) => facts.triggers[trigger].length > 0) ||
    mayNeed(difference.services, facts) ||
    (difference.carerMinutes && facts.activities.some(({ subject }) => subject === 'carer'))
  );
}

function mayNeed(differing: readonly boolean[], facts: JourneyFacts): boolean {
  const isConcerned = ({ service }: { service: number }): boolean => differing[service]!;
  return (
    facts.claims.some(isConcerned) ||
    facts.stays.some(isConcerned) ||
    facts.joint.some(isConcerned) ||
    (differing[RESIDENCE]! && facts.deliveries.length > 0)
  );
}

function differingParameters(a: CompiledRuleSet, b: CompiledRuleSet): number {
  const others = [...b.parameters, ...engineParameters(b)];
  return a.parameters.reduce((mask, parameter) => {
    const other = others.find(({ name }) => name === parameter.name);
    return other && sameReadings(parameter, other) ? mask : mask | parameter.bit;
  }, 0);
}

/** Those that the engine reads by name, declared or not. */
function engineParameters({
  undelivered,
  wmoStops,
  transitionDay,
  carerMinutes,
  absenceDays,
}: CompiledRuleSet): CompiledParameter[] {
  return [undelivered, wmoStops, transitionDay, carerMinutes, absenceDays.hospital, absenceDays.leave];
}

/** Names of those that differ and have no bit in the first, which does not declare them: no footprint has them. */
function untoldDifferences(a: CompiledRuleSet, b: CompiledRuleSet): Set<string> {
  const others = engineParameters(b);
  const untold = engineParameters(a).filter(
    (parameter, at) => parameter.bit === 0 && !sameReadings(parameter, others[at]!),
  );
  return new Set(untold.map(({ name }) => name));
}

/** Whether a client who needs the service may read one of these. */
function isUntoldIn(rules: CompiledRuleSet, service: number, untold: ReadonlySet<string>): boolean {
  if (untold.size === 0) return false;
  const ofResidence = untold.has('hospitalAbsenceDays') || untold.has('leaveAbsenceDays');
  const ofUndelivered = untold.has('undelivered') || untold.has('wmoStops');
  return (
    untold.has('transitionDay') ||
    (ofResidence && service === RESIDENCE) ||
    (ofUndelivered && rules.cover[service]!.some(mayBeUndelivered))
  );
}

function mayBeUndelivered({ value, parameter }: CompiledCell): boolean {
  if (!parameter) return value === 'undelivered';
  const local = parameter.local.flatMap(({ byCode }) => [...byCode.values()].flat());
  return [...parameter.national, ...local].some((dated) => dated.value === 'undelivered');
}

/** Whose a gap is to know of follows the cell `outside`, which a gap elsewhere in the row does not read. */
function bitOutside(rules: CompiledRuleSet, service: number): number {
  return rules.cover[service]![columns.indexOf('outside')]!.parameter?.bit ?? 0;
}

function sameRow(a: readonly CompiledCell[], b: readonly CompiledCell[]): boolean {
  return a.every(
    ({ value, parameter }, column) =>
      value === b[column]!.value && parameter?.name === b[column]!.parameter?.name,
  );
}

function samePrice(a: CompiledRuleSet, b: CompiledRuleSet, service: number): boolean {
  const [one, other] = [a.prices[service]!, b.prices[service]!];
  return one === null || other === null ? one === other : sameReadings(one, other);
}

/** Whether two parameters say the same to everybody on every day, whichever days were written. */
function sameReadings(a: CompiledParameter, b: CompiledParameter): boolean {
  return (
    a.unit === b.unit &&
    isSame(nationalSteps(a.national), nationalSteps(b.national)) &&
    isSame(localSteps(a), localSteps(b))
  );
}

/** Before its first date the first national value holds. */
function nationalSteps(values: readonly DatedValue[]): unknown[] {
  return steps(values).map(({ since, value }, at) => [at === 0 ? null : since, value]);
}

function localSteps({ local }: CompiledParameter): Record<string, unknown> {
  return Object.fromEntries(
    local.flatMap(({ level, byCode }) =>
      [...byCode].map(([code, values]) => [
        `${level} ${code}`,
        steps(values).map(({ since, value }) => [since, value]),
      ]),
    ),
  );
}

function steps(values: readonly DatedValue[]): DatedValue[] {
  return values.filter(({ value }, at) => at === 0 || value !== values[at - 1]!.value);
}

/** A window pays without need, so a price or assumed use of what it pays is told with the window. */
function differingWindows(
  a: CompiledRuleSet,
  b: CompiledRuleSet,
  priced: readonly boolean[],
): CoverageDifference['windows'] {
  const isTold = (window: CompiledWindow, others: CompiledRuleSet): boolean =>
    !hasLike(window, others.windows) ||
    hasOtherPlace(window.id, a.windows, b.windows) ||
    !sameUse(window.id, a, b) ||
    window.services.some((service) => priced[service]);
  const told = [
    ...a.windows.filter((window) => isTold(window, b)),
    ...b.windows.filter((window) => isTold(window, a)),
  ];
  return told.map(({ services: concerned, trigger }) => ({ services: concerned, trigger }));
}

function hasLike(window: CompiledWindow, others: readonly CompiledWindow[]): boolean {
  const other = others.find(({ id }) => id === window.id);
  return other !== undefined && isSame(formOf(window), formOf(other));
}

/** What a window means, its parameters by name and without its place. */
function formOf(window: CompiledWindow): Record<string, unknown> {
  const { id, kind, source, trigger, side, starts, length, requires, phases, payer } = window;
  const { parametersAs, cutBy, repeat, cap } = window;
  return windowForm({
    ...{ id, kind, source, trigger, side, starts, length, requires, phases, payer },
    ...{ parametersAs, cutBy, repeat, cap },
    services: window.services.map((service) => services[service]!),
  });
}

/** Of two windows that changed places at least one stands elsewhere among those that both rule sets have. */
function hasOtherPlace(id: string, a: readonly CompiledWindow[], b: readonly CompiledWindow[]): boolean {
  const place = (some: readonly CompiledWindow[], others: readonly CompiledWindow[]): number =>
    some
      .filter((window) => others.some((other) => other.id === window.id))
      .findIndex((window) => window.id === id);
  return place(a, b) !== place(b, a);
}

function sameUse(id: string, a: CompiledRuleSet, b: CompiledRuleSet): boolean {
  const [one, other] = [a.assumedUse[id], b.assumedUse[id]];
  return one?.per === other?.per && isSame(one?.minutes, other?.minutes);
}
