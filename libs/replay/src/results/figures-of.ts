import { coverKinds, gapReasons, organisationCode } from '@domeinbrug/coverage';
import { windowKinds, type RuleSet } from '@domeinbrug/rules';
import { columns, laws, services } from '@domeinbrug/terms';
import { alignedDays, alignedLanes, type AlignedState } from '../figures/admission-figures.js';
import { ruleKinds, tableCell, type FigureName } from '../figures/scenario-figures.js';
import { addCounts, noCounts, type WindowCount } from '../figures/window-figures.js';
import { CubeSum, type Booked } from '../cube/cube-state.js';
import { clientCounts, windowIdsOf, type ClientCounts, type SliceState } from '../run/replay-slice.js';

/** Days and distinct clients under both rule sets. */
export interface Compared {
  baseline: Booked;
  alternative: Booked;
  change: Booked;
}

/** What a replay tells beside its cells; nothing suppressed. Days are days of service. */
export interface ReplayFigures {
  counts: ClientCounts;
  /** Days of service that somebody pays, whoever and however many do: by law, and all. */
  covered: Compared;
  laws: (Compared & { law: (typeof laws)[number] | 'joint' })[];
  /** Needed days on which nobody pays. */
  gaps: (Compared & { service: string; reason: string })[];
  /** Days of a service with more than one payer. */
  overlaps: (Compared & { service: string })[];
  windows: WindowsCompared[];
  /** Each rule and how often it was hit; `neverHit` in the scenario where it has no day at all. */
  rules: (Compared & { rule: string })[];
  neverHit: { baseline: string[]; alternative: string[] };
  handover: HandoverByRegion;
  aligned: AlignedAdmissions;
}

export interface WindowsCompared {
  window: string;
  baseline: Record<WindowCount, number>;
  alternative: Record<WindowCount, number>;
  change: Record<WindowCount, number>;
}

/** Covered handover days per admission, which is what a region gives its residents to hand over. */
export interface HandoverByRegion {
  regions: {
    /** Care office; `null` where it is unknown. */
    region: string | null;
    admissions: number;
    baseline: { days: number; perAdmission: number | null };
    alternative: { days: number; perAdmission: number | null };
  }[];
  /** Over regions with admissions; `null` without any. */
  spread: Record<'baseline' | 'alternative', { lowest: number; highest: number; difference: number } | null>;
}

/** Who pays case management around the first admission of the period, over all who were admitted. */
export interface AlignedAdmissions {
  /** Days after the admission, from -90 to 90. */
  days: number[];
  /** By day, the clients whose day lies in the period and in their life. */
  clients: number[];
  /** By lane and day, the clients of whom that lane pays; `nobody`: needed, and nobody does. The rest needs none. */
  baseline: Record<string, number[]>;
  alternative: Record<string, number[]>;
}

/** The figures of a run, from its slices. */
export function figuresOf(
  slices: readonly SliceState[],
  ruleSets: { baseline: RuleSet; alternative: RuleSet },
): ReplayFigures {
  const tables = tablesOf(slices);
  const windowIds = windowIdsOf(ruleSets.baseline, ruleSets.alternative);
  return {
    counts: countsOf(slices),
    covered: tables('everyone').at(0)?.figures ?? nothing(),
    laws: tables('laws').map(({ key: [law], figures }) => ({ law: laws[law] ?? 'joint', ...figures })),
    gaps: tables('gaps').map(({ key: [service, reason], figures }) => ({
      service: services[service]!,
      reason: gapReasons[reason]!,
      ...figures,
    })),
    overlaps: tables('overlaps').map(({ key: [service], figures }) => ({
      service: services[service]!,
      ...figures,
    })),
    windows: windowsOf(slices, windowIds),
    ...rulesHit(tables('rules'), windowIds, ruleSets),
    handover: handoverOf(slices, tables('kinds')),
    aligned: alignedOf(slices),
  };
}

interface Line {
  key: readonly [number, number, number];
  figures: Compared;
}

/** The cells of one figure under both rule sets, in order of their keys. */
function tablesOf(slices: readonly SliceState[]): (name: FigureName) => Line[] {
  return (name) => {
    const [base, other] = [new CubeSum(), new CubeSum()];
    for (const { baseline, before, after } of slices) {
      base.add(baseline.figures[name]);
      other.add(baseline.figures[name]);
      other.add(before.figures[name], -1);
      other.add(after.figures[name]);
    }
    const keys = new Map([...base.keys(), ...other.keys()].map((key) => [key.join(' '), key]));
    return [...keys.values()]
      .sort(([a, b, c], [d, e, f]) => a - d || b - e || c - f)
      .map((key) => ({ key, figures: compared(base.at(key, 0), other.at(key, 0)) }));
  };
}

function compared(baseline: Booked, alternative: Booked): Compared {
  const change = {
    days: alternative.days - baseline.days,
    clients: alternative.clients - baseline.clients,
  };
  return { baseline: { ...baseline }, alternative: { ...alternative }, change };
}

function nothing(): Compared {
  return compared({ days: 0, clients: 0 }, { days: 0, clients: 0 });
}

function countsOf(slices: readonly SliceState[]): ClientCounts {
  const sum = (name: keyof ClientCounts): number => slices.reduce((all, { counts }) => all + counts[name], 0);
  return Object.fromEntries(clientCounts.map((name) => [name, sum(name)])) as ClientCounts;
}

function windowsOf(slices: readonly SliceState[], windowIds: readonly string[]): WindowsCompared[] {
  return windowIds.map((window, at) => {
    const [baseline, alternative] = [noCounts(), noCounts()];
    for (const { baseline: all, before, after } of slices) {
      addCounts(baseline, all.windows[at]!);
      addCounts(alternative, all.windows[at]!);
      addCounts(alternative, before.windows[at]!, -1);
      addCounts(alternative, after.windows[at]!);
    }
    const change = { ...alternative };
    addCounts(change, baseline, -1);
    return { window, baseline, alternative, change };
  });
}

function rulesHit(
  lines: readonly Line[],
  windowIds: readonly string[],
  ruleSets: Record<'baseline' | 'alternative', RuleSet>,
): Pick<ReplayFigures, 'rules' | 'neverHit'> {
  const nameOf = ([kind, number]: Line['key']): string => {
    const name = ruleKinds[kind]!;
    if (name === 'table') return tableCell.nameOf(number);
    return name === 'window' ? windowIds[number]! : name;
  };
  const rules = lines.map(({ key, figures }) => ({ rule: nameOf(key), ...figures }));
  const neverHit = (scenario: 'baseline' | 'alternative'): string[] => {
    const hit = new Set(rules.filter((each) => each[scenario].days > 0).map(({ rule }) => rule));
    return rulesOf(ruleSets[scenario]).filter((rule) => !hit.has(rule));
  };
  return { rules, neverHit: { baseline: neverHit('baseline'), alternative: neverHit('alternative') } };
}

/** Every rule that may pay: cells that name a payer, and windows. */
function rulesOf({ cover, windows }: RuleSet): string[] {
  const payingNothing = ['none', 'absorbed', 'ended'];
  const cells = services.flatMap((service) =>
    columns
      .filter((_, column) => !payingNothing.includes(cover[service]?.[column] ?? 'none'))
      .map((column) => `${service}/${column}`),
  );
  return [...cells, ...windows.map(({ id }) => id)];
}

function handoverOf(slices: readonly SliceState[], kinds: readonly Line[]): HandoverByRegion {
  const admissions = new Map<number, number>();
  for (const slice of slices) {
    for (let at = 0; at < slice.admissions.length; at += 2) {
      const region = slice.admissions[at]!;
      admissions.set(region, (admissions.get(region) ?? 0) + slice.admissions[at + 1]!);
    }
  }
  const handover = coverKinds.indexOf(windowKinds[0]);
  const regions = [...admissions]
    .sort(([a], [b]) => a - b)
    .map(([code, count]) => {
      const figures =
        kinds.find(({ key: [kind, region] }) => kind === handover && region === code)?.figures ?? nothing();
      const told = ({ days }: Booked): { days: number; perAdmission: number } => ({
        days,
        perAdmission: rounded(days / count),
      });
      return {
        region: organisationCode(code),
        admissions: count,
        baseline: told(figures.baseline),
        alternative: told(figures.alternative),
      };
    });
  const spread = (scenario: 'baseline' | 'alternative'): HandoverByRegion['spread']['baseline'] => {
    const all = regions.map((region) => region[scenario].perAdmission);
    if (all.length === 0) return null;
    const [lowest, highest] = [Math.min(...all), Math.max(...all)];
    return { lowest, highest, difference: rounded(highest - lowest) };
  };
  return { regions, spread: { baseline: spread('baseline'), alternative: spread('alternative') } };
}

/** Two decimals. */
function rounded(days: number): number {
  return Math.round(days * 100) / 100;
}

function alignedOf(slices: readonly SliceState[]): AlignedAdmissions {
  const days = Array.from(
    { length: alignedDays.before + alignedDays.after + 1 },
    (_, at) => at - alignedDays.before,
  );
  const sum = (
    of: (slice: SliceState) => readonly [AlignedState, 1 | -1][],
    pick: (state: AlignedState) => Float64Array,
  ): number[] =>
    days.map((_, at) =>
      slices.flatMap(of).reduce((all, [state, times]) => all + times * pick(state)[at]!, 0),
    );
  const under = (of: (slice: SliceState) => readonly [AlignedState, 1 | -1][]): Record<string, number[]> =>
    Object.fromEntries(alignedLanes.map((lane, index) => [lane, sum(of, (state) => state.lanes[index]!)]));
  return {
    days,
    clients: sum(baselineOf, (state) => state.clients),
    baseline: under(baselineOf),
    alternative: under(alternativeOf),
  };
}

function baselineOf({ baseline }: SliceState): readonly [AlignedState, 1][] {
  return [[baseline.aligned, 1]];
}

function alternativeOf({ baseline, before, after }: SliceState): readonly [AlignedState, 1 | -1][] {
  return [
    [baseline.aligned, 1],
    [before.aligned, -1],
    [after.aligned, 1],
  ];
}
