import { addMonths, type Day } from '@domeinbrug/calendar';
import { NONE } from '@domeinbrug/journey';
import {
  cellValues,
  parametersRead,
  triggers,
  windowKinds,
  type AssumedUse,
  type Cell,
  type CellValue,
  type Length,
  type Parameter,
  type ParameterValue,
  type RuleSet,
  type Window,
} from '@domeinbrug/rules';
import { columns, laws, levels, services } from '@domeinbrug/terms';
import { topics } from './look.js';
import { compileParameter, type CompiledParameter } from './parameter.js';

/** A resolved rule set made ready for the engine, once; shared by live answers and replays. */
export interface CompiledRuleSet {
  id: string;
  version: string;
  hash: string;
  /** Those that a rule reads; the place is the bit. */
  parameters: CompiledParameter[];
  /** Cells by service and column; a service without a row is covered by nobody. */
  cover: CompiledCell[][];
  windows: CompiledWindow[];
  /** The windows that name a service, in rule-set order, by service. */
  windowsOf: CompiledWindow[][];
  /** Mask of the services that any window names. */
  servicesOfWindows: number;
  /** A place for the runs of each window and service: {@link CompiledWindow.slots}; none opened yet. */
  noRuns: undefined[];
  undelivered: CompiledParameter;
  wmoStops: CompiledParameter;
  transitionDay: CompiledParameter;
  carerMinutes: CompiledParameter;
  absenceDays: { hospital: CompiledParameter; leave: CompiledParameter };
  /** By service; cents per day or per hour, `null` where there is no price. Not among the parameters read for cover. */
  prices: (CompiledParameter | null)[];
  assumedUse: Record<string, AssumedUse>;
}

/** A fixed value, or a parameter to be read on the day. */
export type CompiledCell =
  { value: CellValue; parameter: null } | { value: null; parameter: CompiledParameter };

export interface CompiledWindow extends Omit<Window, 'services'> {
  /** Its place in rule-set order. */
  order: number;
  services: number[];
  /** By service, for those that it names: where a client's runs of it are kept. */
  slots: number[];
  /** The kinds of facts that open its runs, and that may cut or interrupt them. */
  topics: number;
  /** How long it lasts when a parameter says so, else `null`: then `length` is fixed. */
  lengthParameter: CompiledParameter | null;
  /** The `days` of `requires.claimWithin`, when a parameter. */
  withinParameter: CompiledParameter | null;
  /** The service whose claims `requires.claimWithin` looks at; `null` = the window's own. */
  withinService: number | null;
}

/** What the engine's own parameters say in a rule set that does not declare them. */
const defaults: Record<string, ParameterValue> = {
  undelivered: 'strict',
  wmoStops: 'at-entitlement',
  transitionDay: 'new-domain',
  carerMinutes: 'outside',
  hospitalAbsenceDays: 91,
  leaveAbsenceDays: 42,
};

/** Masks of parameters read are 31-bit integers. */
const mostParameters = 31;

/**
 * @throws RangeError when its rules read more than 31 different parameters, or name one that is not declared
 */
export function compileRuleSet(ruleSet: RuleSet): CompiledRuleSet {
  const parameters = compileParameters(ruleSet);
  const named = (name: string): CompiledParameter => {
    const found = parameters.find((parameter) => parameter.name === name);
    if (!found) throw new RangeError(`Rule set ${ruleSet.id} has no parameter "${name}".`);
    return found;
  };
  const own = (name: string): CompiledParameter =>
    parameters.find((parameter) => parameter.name === name) ?? defaultParameter(name);
  let slots = 0;
  const windows = ruleSet.windows.map((window, order) => compileWindow(window, order, named, () => slots++));
  return {
    id: ruleSet.id,
    version: ruleSet.version,
    hash: ruleSet.hash,
    parameters,
    cover: services.map((service) => compileRow(ruleSet.cover[service], named)),
    windows,
    windowsOf: services.map((_, service) => windows.filter((window) => window.services.includes(service))),
    servicesOfWindows: windows
      .flatMap((window) => window.services)
      .reduce((mask, service) => mask | (1 << service), 0),
    noRuns: new Array<undefined>(slots).fill(undefined),
    undelivered: own('undelivered'),
    wmoStops: own('wmoStops'),
    transitionDay: own('transitionDay'),
    carerMinutes: own('carerMinutes'),
    absenceDays: { hospital: own('hospitalAbsenceDays'), leave: own('leaveAbsenceDays') },
    prices: services.map((service) => {
      const price = ruleSet.prices[service];
      return price ? compileParameter(service, price, 0) : null;
    }),
    assumedUse: ruleSet.assumedUse,
  };
}

function compileParameters(ruleSet: RuleSet): CompiledParameter[] {
  const read = [...parametersRead(ruleSet)].filter((name) => Object.hasOwn(ruleSet.parameters, name));
  if (read.length > mostParameters) {
    throw new RangeError(
      `Rule set ${ruleSet.id} reads ${read.length} parameters; at most ${mostParameters} are possible. ` +
        'Give some of the values directly in their cell or window.',
    );
  }
  return read.map((name, at) => compileParameter(name, ruleSet.parameters[name]!, 1 << at));
}

function compileRow(
  row: readonly Cell[] | undefined,
  named: (name: string) => CompiledParameter,
): CompiledCell[] {
  return columns.map((_, column) => {
    const cell = row?.[column] ?? 'none';
    return cell.startsWith('$')
      ? { value: null, parameter: named(cell.slice(1)) }
      : { value: wordOf(cellValues, cell as CellValue), parameter: null };
  });
}

function compileWindow(
  window: Window,
  order: number,
  named: (name: string) => CompiledParameter,
  nextSlot: () => number,
): CompiledWindow {
  const within = window.requires.claimWithin;
  return {
    ...window,
    kind: wordOf(windowKinds, window.kind),
    trigger: wordOf(triggers, window.trigger),
    phases: window.phases.map(({ days, pays }) => ({
      days,
      pays: pays.map(({ law, share }) => ({ law: wordOf(laws, law), share })),
    })),
    order,
    services: window.services.map((service) => services.indexOf(service)),
    slots: services.map((service) => (window.services.includes(service) ? nextSlot() : NONE)),
    topics: topicsOf(window),
    lengthParameter: 'parameter' in window.length ? named(window.length.parameter) : null,
    withinParameter: typeof within?.days === 'object' ? named(within.days.parameter) : null,
    withinService: within?.service === undefined ? null : services.indexOf(within.service),
  };
}

/**
 * The word of the list that equals a text. One and the same text is compared at a glance, equal ones letter by letter;
 * and the engine compares words for every piece of every client.
 */
function wordOf<W extends string>(words: readonly W[], text: W): W {
  return words[words.indexOf(text)]!;
}

function topicsOf(window: Window): number {
  const byTrigger = {
    admission: topics.delivery,
    discharge: topics.delivery,
    'delivery-start': topics.delivery,
    'entitlement-start': topics.entitlement,
    'bridging-start': topics.bridging,
    move: topics.home,
    death: topics.death,
  }[window.trigger];
  const cuts = window.cutBy.map(
    (cause) => ({ discharge: topics.delivery, move: topics.home, completed: topics.completion })[cause],
  );
  return [byTrigger, ...cuts, topics.death, topics.suspension].reduce(
    (mask, topic) => mask | topic,
    window.requires.carer ? topics.carer : 0,
  );
}

function defaultParameter(name: string): CompiledParameter {
  const value = defaults[name]!;
  const local = Object.fromEntries(levels.map((level) => [level, {}])) as Parameter['local'];
  const unit = typeof value === 'number' ? 'days' : 'choice';
  return compileParameter(name, { unit, national: [{ since: 0, value }], local }, 0);
}

/** The first day after `length` days, weeks or calendar months from a day; a negative `times` counts back. */
export function afterLength(
  start: Day,
  length: Length,
  parameter: { unit: string; value: number } | null,
  times: 1 | -1,
): Day {
  if ('days' in length) return start + times * length.days;
  if ('weeks' in length) return start + times * 7 * length.weeks;
  if ('months' in length) return addMonths(start, times * length.months);
  const { unit, value } = parameter!;
  if (unit === 'months') return addMonths(start, times * value);
  return start + times * value * (unit === 'weeks' ? 7 : 1);
}
