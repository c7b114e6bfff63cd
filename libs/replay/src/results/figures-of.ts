import { coverKinds, gapReasons, organisationCode } from '@domeinbrug/coverage';
import type { RuleSet } from '@domeinbrug/rules';
import { columns, laws, services } from '@domeinbrug/terms';
import type { Cells } from '../cells.js';
import { CubeSum } from '../cube/cube-state.js';
import { alignedOf, type AlignedAdmissions } from './aligned-admissions.js';
import { changedInAll, compareLabels, less, sumsAt } from './cells-of.js';
import { handoverOf, type HandoverFigures } from './handover-by-region.js';
import { ruleKinds, tableCell, type FigureName } from '../figures/scenario-figures.js';
import { addCounts, noCounts, type WindowCount } from '../figures/window-figures.js';
import { noAmounts } from '../cube/amount-cells.js';
import { summaryOf, type WaitingTimesSummary } from '../waiting-times/summary.js';
import { WaitingTimes } from '../waiting-times/waiting-times.js';
import { clientCounts, windowIdsOf, type ClientCounts, type SliceState } from '../run/replay-slice.js';

/** What a replay tells beside its cells; nothing suppressed. Days are days of service, without amounts. */
export interface ReplayFigures {
  counts: ClientCounts;
  /** One row: days of service that somebody pays, whoever and however many do. */
  covered: Cells;
  /** Days by the law under which they are paid, `joint` for pools. */
  laws: Cells;
  /** Needed days on which nobody pays, by service and reason. */
  gaps: Cells;
  /** Days of a service with more than one payer, by service. */
  overlaps: Cells;
  /** Days by kind of cover and region. */
  kinds: Cells;
  /** Each rule and how often it was hit: `service/column` for a cell of the table, a window by its id. */
  rules: Cells;
  /** Rules that pay no day of anybody. */
  neverHit: { baseline: string[]; alternative: string[] };
  windows: WindowsCompared[];
  handover: HandoverFigures;
  aligned: AlignedAdmissions;
  /** Of the clients who take part; windows are those of the alternative. */
  waitingTimes: WaitingTimesSummary;
}

/** What became of a window's runs under both rule sets. */
export interface WindowsCompared {
  window: string;
  baseline: Record<WindowCount, number>;
  alternative: Record<WindowCount, number>;
  change: Record<WindowCount, number>;
  /** Clients for whom any of it differs: for privacy only. */
  changedClients: number;
}

export type ScenarioName = 'baseline' | 'alternative';

/** The figures of a run, from its slices. */
export function figuresOf(
  slices: readonly SliceState[],
  ruleSets: Record<ScenarioName, RuleSet>,
): ReplayFigures {
  const windowIds = windowIdsOf(ruleSets.baseline, ruleSets.alternative);
  const table = (name: FigureName, dimensions: string[], labels: Labels): Cells =>
    tableOf(slices, name, dimensions, labels);
  const rules = table('rules', ['rule'], ([kind, number]) => [ruleName(kind, number, windowIds)]);
  const kinds = table('kinds', ['kind', 'region'], ([kind, region]) => [
    coverKinds[kind]!,
    organisationCode(region),
  ]);
  return {
    counts: countsOf(slices),
    covered: table('everyone', [], () => []),
    laws: {
      ...table('laws', ['law'], ([law]) => [laws[law] ?? 'joint']),
      changedInAll: changedInAll(slices).slice(0, 1), // days alone
    },
    gaps: table('gaps', ['service', 'reason'], ([service, reason]) => [
      services[service]!,
      gapReasons[reason]!,
    ]),
    overlaps: table('overlaps', ['service'], ([service]) => [services[service]!]),
    kinds,
    rules,
    neverHit: {
      baseline: neverHit(rules, ruleSets.baseline, 'baseline'),
      alternative: neverHit(rules, ruleSets.alternative, 'alternative'),
    },
    windows: windowsOf(slices, windowIds),
    handover: handoverOf(
      slices,
      table('handover', ['region'], ([region]) => [organisationCode(region)]),
    ),
    aligned: alignedOf(slices),
    waitingTimes: waitingTimesOf(slices),
  };
}

function waitingTimesOf(slices: readonly SliceState[]): WaitingTimesSummary {
  const all = new WaitingTimes();
  for (const { waiting } of slices) all.merge(waiting);
  return summaryOf(all.state());
}

type Labels = (key: readonly [number, number, number]) => (string | null)[];

/** The cells of one figure under both rule sets; the alternative as in `cellsOf`. */
function tableOf(
  slices: readonly SliceState[],
  name: FigureName,
  dimensions: string[],
  labels: Labels,
): Cells {
  const [base, other, changed] = [new CubeSum(), new CubeSum(), new CubeSum()];
  for (const { baseline, before, after, changedFigures } of slices) {
    base.add(baseline.figures[name]);
    other.add(baseline.figures[name]);
    other.add(before.figures[name], -1);
    other.add(after.figures[name]);
    changed.add(changedFigures[name]);
  }
  const keys = new Map([...base.keys(), ...other.keys()].map((key) => [key.join(' '), key]));
  const rows = [...keys.values()].map((key) => {
    const [baseline, alternative] = [
      sumsAt(base.at(key, 0), noAmounts()),
      sumsAt(other.at(key, 0), noAmounts()),
    ];
    const changedClients = changed.at(key, 0).clients;
    return {
      labels: labels(key),
      baseline,
      alternative,
      change: less(alternative, baseline),
      changedClients,
      behind: [],
    };
  });
  const occurring = rows.filter(({ baseline, alternative }) => baseline.days > 0 || alternative.days > 0);
  return { dimensions, rows: occurring.sort((a, b) => compareLabels(a.labels, b.labels)) };
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
    const changedClients = slices.reduce((sum, { changedWindows }) => sum + changedWindows[at]!, 0);
    return { window, baseline, alternative, change, changedClients };
  });
}

function ruleName(kind: number, number: number, windowIds: readonly string[]): string {
  const name = ruleKinds[kind]!;
  if (name === 'table') return tableCell.nameOf(number);
  return name === 'window' ? windowIds[number]! : name;
}

const payingNothing = ['none', 'absorbed', 'ended'];

/** Cells that name a payer, and windows, without a day. */
function neverHit(rules: Cells, { cover, windows }: RuleSet, scenario: ScenarioName): string[] {
  const hit = new Set(rules.rows.filter((row) => row[scenario].days > 0).map(({ labels: [rule] }) => rule));
  const cells = services.flatMap((service) =>
    columns
      .filter((_, column) => !payingNothing.includes(cover[service]?.[column] ?? 'none'))
      .map((column) => `${service}/${column}`),
  );
  return [...cells, ...windows.map(({ id }) => id)].filter((rule) => !hit.has(rule));
}
