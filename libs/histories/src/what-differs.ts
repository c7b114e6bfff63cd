import type { Day } from '@domeinbrug/calendar';
import {
  compareRuleSets,
  type DatedValue,
  type Parameter,
  type RuleSet,
  type Window,
} from '@domeinbrug/rules';
import { services, type Level, type Service } from '@domeinbrug/terms';

/** Where two rule sets differ, as far as a history can show it: what invented histories are steered by. */
export interface WhatDiffers {
  /** Those of the rows and windows that differ, and those that their windows look at. */
  services: Service[];
  /** Windows of either that differ, or that a differing parameter belongs to. */
  windows: Window[];
  /** Names of parameters. */
  parameters: string[];
  /** Days from which any value holds, those of differing parameters first. */
  since: Day[];
  /** By level: every code that a value is given for. */
  codes: Record<Exclude<Level, 'national'>, string[]>;
  /** What a municipality may decide on: rows that the Wmo may pay outside the Wlz, in either. */
  decidedLocally: Service[];
  /** Numbers of days that something lasts or lies apart. */
  lengths: number[];
}

export function whatDiffers(a: RuleSet, b: RuleSet): WhatDiffers {
  const differences = compareRuleSets(a, b);
  const named = (part: string): string[] =>
    unique(differences.filter(({ path }) => path[0] === part).flatMap(({ path }) => path[1] ?? []));
  const orders = differences.some(({ path }) => path[0] === 'windows' && path.length === 1);
  const parameters = named('parameters');
  const ids = named('windows');
  const windows = [...a.windows, ...b.windows].filter(
    (window) =>
      orders || ids.includes(window.id) || parametersOf(window).some((name) => parameters.includes(name)),
  );
  const all = [...parameters.flatMap((name) => parametersNamed(name, a, b)), ...everyParameter(a, b)];
  return {
    services: concernedServices(a, b, named('cover'), parameters, windows),
    windows,
    parameters,
    since: unique(all.flatMap(datedValues).map(({ since }) => since)),
    codes: codesOf(all),
    decidedLocally: services.filter((service) =>
      [a, b].some(({ cover }) => cover[service]?.[0] === 'wmo' || cover[service]?.[0]?.startsWith('$')),
    ),
    lengths: unique([
      ...windows.flatMap(lengthsOf),
      ...parameters.flatMap((name) => parametersNamed(name, a, b)).flatMap(daysOf),
      ...windows
        .flatMap(parametersOf)
        .flatMap((name) => parametersNamed(name, a, b))
        .flatMap(daysOf),
    ]).filter((days) => days > 0),
  };
}

/** Parameters that the engine reads by name, and whose rows they are read for. */
const readByName: Record<string, (cells: readonly string[], service: Service) => boolean> = {
  undelivered: (cells) => cells.includes('undelivered'),
  wmoStops: (cells) => cells.includes('undelivered') && cells[0] === 'wmo',
  transitionDay: (cells) => new Set(cells).size > 1,
  carerMinutes: () => true,
  hospitalAbsenceDays: (_, service) => service === 'residence',
  leaveAbsenceDays: (_, service) => service === 'residence',
};

function concernedServices(
  a: RuleSet,
  b: RuleSet,
  rows: readonly string[],
  parameters: readonly string[],
  windows: readonly Window[],
): Service[] {
  const ofTable = services.filter((service) =>
    [a, b].some(({ cover }) => {
      const cells = cover[service] ?? [];
      const isRead = (name: string): boolean =>
        cells.includes(`$${name}`) || (readByName[name]?.(cells, service) ?? false);
      return rows.includes(service) || (cells.length > 0 && parameters.some(isRead));
    }),
  );
  const ofWindows = windows.flatMap(({ services: own, requires }) => [
    ...own,
    ...(requires.claimWithin?.service ? [requires.claimWithin.service] : []),
  ]);
  return unique([...ofWindows, ...ofTable]);
}

function parametersOf({ length, requires }: Window): string[] {
  const within = requires.claimWithin?.days;
  return [
    ...('parameter' in length ? [length.parameter] : []),
    ...(typeof within === 'object' ? [within.parameter] : []),
  ];
}

function lengthsOf({ length, requires, phases }: Window): number[] {
  const within = requires.claimWithin?.days;
  return [
    ...('days' in length ? [length.days] : []),
    ...('weeks' in length ? [length.weeks * 7] : []),
    ...('months' in length ? [length.months * 30] : []),
    ...(typeof within === 'number' ? [within] : []),
    ...(requires.minDaysInService === undefined ? [] : [requires.minDaysInService]),
    ...phases.flatMap(({ days }) => days ?? []),
  ];
}

const daysIn: Record<string, number> = { days: 1, weeks: 7, months: 30 };

function daysOf(parameter: Parameter): number[] {
  const days = daysIn[parameter.unit];
  if (days === undefined) return [];
  return datedValues(parameter).flatMap(({ value }) => (typeof value === 'number' ? value * days : []));
}

function codesOf(parameters: readonly Parameter[]): WhatDiffers['codes'] {
  const ofLevel = (level: Exclude<Level, 'national'>): string[] =>
    unique(parameters.flatMap(({ local }) => Object.keys(local[level])));
  return {
    provider: ofLevel('provider'),
    insurer: ofLevel('insurer'),
    municipality: ofLevel('municipality'),
    'care-office': ofLevel('care-office'),
  };
}

function datedValues({ national, local }: Parameter): DatedValue[] {
  return [...national, ...Object.values(local).flatMap((byCode) => Object.values(byCode).flat())];
}

function parametersNamed(name: string, ...ruleSets: readonly RuleSet[]): Parameter[] {
  return ruleSets.flatMap(({ parameters }) => parameters[name] ?? []);
}

function everyParameter(...ruleSets: readonly RuleSet[]): Parameter[] {
  return ruleSets.flatMap(({ parameters }) => Object.values(parameters));
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
