import { addMonths, formatDay, OPEN_END, parseDay, tryParseDay, type Day } from '@domeinbrug/calendar';
import {
  compileRuleSet,
  coverFacts,
  determineCoverage,
  evaluationOf,
  setLapses,
  type CompiledRuleSet,
  type CoverageSink,
  type CoverageTimeline,
  type Evaluation,
  type Outcome,
} from '@domeinbrug/coverage';
import { foldJourney, type JourneyEvent } from '@domeinbrug/journey';
import type { RuleSet } from '@domeinbrug/rules';
import { services, type Service } from '@domeinbrug/terms';
import { naiveDays, type NaiveAnswer } from '../reference/naive-coverage.js';
import { lastPossibleDay } from './event-drafts.js';
import type { History } from './histories.js';

export interface Row {
  service: Service;
  firstDay: string;
  lastDay: string | null;
}

export interface Piece {
  service: number;
  from: Day;
  until: Day;
  outcome: Outcome;
}

/** For those who only want what the engine remembers of its work. */
export const silentSink: CoverageSink = {
  piece: () => undefined,
  minutes: () => undefined,
  finding: () => undefined,
};

export function retractionOf({ source, id }: JourneyEvent, recordedAt: number): JourneyEvent {
  return {
    source,
    id: `retraction-of-${id}`,
    type: 'event-retracted',
    recordedAt,
    data: { retracts: { source, id }, reason: '13' },
  };
}

export function timelineOf({ events, knownAt }: History, compiled: CompiledRuleSet): CoverageTimeline {
  return determineCoverage({ clientId: 'client0001', events }, compiled, { instant: knownAt, position: '0' });
}

/** Every piece of every service, as the engine jumps from change to change. */
export function walkedOutcomes({ events, knownAt }: History, compiled: CompiledRuleSet): Piece[] {
  const pieces: Piece[] = [];
  coverFacts(foldJourney(events, knownAt), compiled, {
    ...silentSink,
    piece: (_, service, from, until, outcome) => pieces.push({ service, from, until, outcome }),
  });
  return pieces;
}

/** A client about whom nothing has been asked yet. */
export function preparedEvaluation({ events, knownAt }: History, compiled: CompiledRuleSet): Evaluation {
  const evaluation = evaluationOf(foldJourney(events, knownAt), compiled);
  setLapses(evaluation);
  return evaluation;
}

/** All of an outcome but what was read for it. */
export function essence({ status, gap, payments }: Outcome): object {
  const paid = payments.map(({ funderKind, code, share, law, kind, rule, provider, run }) =>
    [funderKind, code, share, law, kind, rule, provider, run?.trigger].join(' '),
  );
  return { status, gap, paid };
}

/** By service and needed day: the table's verdict and how many payers it names, as far as the reference looks. */
export function tableVerdicts(history: History, table: RuleSet): Map<string, string> {
  const verdicts = new Map<string, string>();
  const [first, last] = naiveDays({ ...history, ruleSet: table });
  for (const { service, from, until, outcome } of walkedOutcomes(history, compileRuleSet(table))) {
    if (outcome.status === 'not-needed') continue;
    const verdict = `${outcome.status}, payers: ${outcome.payments.length}`;
    for (let day = Math.max(from, first); day < until && day <= last; day += 1) {
      verdicts.set(`${services[service]} ${day}`, verdict);
    }
  }
  return verdicts;
}

export function grouped<T>(rows: readonly T[], key: (row: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return [...groups.values()];
}

/** Rows in order of day, none overlapping the next, none touching one that is alike. */
export function expectApart<T extends Row>(rows: T[], likeness: (row: T) => string): void {
  const inOrder = [...rows].sort((a, b) => (a.firstDay < b.firstDay ? -1 : 1));
  inOrder.slice(1).forEach((row, index) => {
    const previous = inOrder[index]!;
    const next = dayAfter(previous.lastDay);
    expect(next !== null && row.firstDay >= next).toBe(true);
    if (row.firstDay === next) expect(likeness(row)).not.toBe(likeness(previous));
  });
}

export function dayAfter(lastDay: string | null): string | null {
  return lastDay === null ? null : formatDay(parseDay(lastDay) + 1);
}

export function isOn(row: Row, day: string): boolean {
  return row.firstDay <= day && (row.lastDay === null || day <= row.lastDay);
}

export function lastDayOfRow({ lastDay }: Row): Day {
  return lastDay === null ? OPEN_END : parseDay(lastDay);
}

export function firstDayIn(data: object): Day {
  const days = Object.values(data).map((value) =>
    typeof value === 'string' ? tryParseDay(value) : undefined,
  );
  return Math.min(...days.filter((day) => day !== undefined));
}

export function isTableKind(kind: string): boolean {
  return kind === 'regular' || kind === 'retained' || kind === 'joint';
}

/** Days on which somebody pays a service; open ends as far as any window of a drawn rule set can reach. */
export function coveredDays({ cover }: NaiveAnswer): Set<string> {
  const last = addMonths(lastPossibleDay, 12);
  const covered = new Set<string>();
  for (const row of cover) {
    for (let day = parseDay(row.firstDay); day <= Math.min(lastDayOfRow(row), last); day += 1) {
      covered.add(`${row.service} ${day}`);
    }
  }
  return covered;
}

export function payersOf(rows: readonly CoverageTimeline['cover'][number][]): string[] {
  return rows.map(({ service, funder, share, kind, rule, provider }) =>
    [service, funder, share, kind, rule, provider].join(' '),
  );
}
