import { amsterdamDay, formatDay, tryParseInstant, type Instant } from '@domeinbrug/calendar';
import {
  compileRuleSet,
  determineCoverage,
  settlementBetween,
  type CompiledRuleSet,
  type CoverageTimeline,
} from '@domeinbrug/coverage';
import type { CodeSuccession, JourneyEvent } from '@domeinbrug/journey';
import {
  findRuleSet,
  parseReference,
  readRuleSet,
  type RuleSet,
  type RuleSetCatalogue,
} from '@domeinbrug/rules';
import type { Service } from '@domeinbrug/terms';
import type { Case, ExpectedSettlement, RuleSetChoice } from './case-file.js';
import { eventsOf } from './case-events.js';
import { differences, settlementDifferences } from './compare.js';

export interface CaseResult {
  id: string;
  title: string;
  /** What was asked and what came out instead, one sentence or row each; empty = the case holds. */
  failures: string[];
}

export interface CaseRunner {
  run(written: Case): CaseResult;
}

/**
 * Runs cases against rule sets. Rule sets are compiled once per runner, so that a thousand cases take seconds.
 *
 * @param catalogue the rule sets that cases may name or overlay
 * @param fallback the rule set of cases that name none: examples of that set itself
 */
export function caseRunner(catalogue: RuleSetCatalogue, fallback?: RuleSet): CaseRunner {
  const compiled = new Map<string, CompiledRuleSet>();
  const rulesOf = (choice: RuleSetChoice | undefined): CompiledRuleSet => {
    const key = JSON.stringify(choice ?? null);
    const known = compiled.get(key) ?? compileRuleSet(ruleSetOf(choice, catalogue, fallback));
    compiled.set(key, known);
    return known;
  };
  return { run: (written) => runCase(written, rulesOf) };
}

type RulesOf = (choice: RuleSetChoice | undefined) => CompiledRuleSet;

function ruleSetOf(
  choice: RuleSetChoice | undefined,
  catalogue: RuleSetCatalogue,
  fallback?: RuleSet,
): RuleSet {
  if (choice === undefined) {
    if (fallback) return fallback;
    throw new RangeError('The case names no ruleSet; write the id of one, or an overlay with a base.');
  }
  if (typeof choice === 'string') {
    const found = findRuleSet(catalogue, parseReference(choice));
    if (found) return found;
    throw new RangeError(`There is no rule set "${choice}"; known are ${known(catalogue)}.`);
  }
  const { ruleSet, problems } = readRuleSet(choice, catalogue, { inline: true });
  if (ruleSet) return ruleSet;
  throw new RangeError(problems.map((problem) => `ruleSet ${problem.path}: ${problem.message}`).join('\n'));
}

function known(catalogue: RuleSetCatalogue): string {
  return [...new Set(catalogue.ruleSets.map(({ id }) => id))].join(', ');
}

function runCase(written: Case, rulesOf: RulesOf): CaseResult {
  const { events, successions, problems } = eventsOf(written.events);
  const failures = problems.length > 0 ? problems : caseFailures(written, events, successions, rulesOf);
  return { id: written.id, title: written.title ?? '', failures };
}

function caseFailures(
  written: Case,
  events: JourneyEvent[],
  successions: CodeSuccession[],
  rulesOf: RulesOf,
): string[] {
  const final = Math.max(0, ...[...events, ...successions].map((event) => event.recordedAt));
  const journey = { clientId: written.id, events, reference: { successions, codes: null } };
  const timeline = (choice: RuleSetChoice | undefined, knownAt: Instant): CoverageTimeline =>
    determineCoverage(journey, rulesOf(choice), { instant: knownAt, position: '0' });
  try {
    return [
      ...(written.expect ? differences(written.expect, timeline(written.ruleSet, final)) : []),
      ...Object.entries(written.knownAt ?? {}).flatMap(([moment, expected]) =>
        under(`known at ${moment}`, differences(expected, timeline(written.ruleSet, instantOf(moment)))),
      ),
      ...(written.variants ?? []).flatMap((variant) =>
        under(`variant "${variant.name}"`, differences(variant.expect, timeline(variant.ruleSet, final))),
      ),
      ...(written.settlement ?? []).flatMap((expected) =>
        under(settlementName(expected), settle(expected, written, timeline, final)),
      ),
    ];
  } catch (error) {
    if (error instanceof RangeError) return [error.message];
    throw error;
  }
}

function settle(
  expected: ExpectedSettlement,
  written: Case,
  timeline: (choice: RuleSetChoice | undefined, knownAt: Instant) => CoverageTimeline,
  final: Instant,
): string[] {
  const moment = (end: RuleSetChoice): Instant | undefined =>
    end === 'final' ? final : typeof end === 'string' ? tryParseInstant(end) : undefined;
  const side = (end: RuleSetChoice): CoverageTimeline => {
    const at = moment(end);
    return at === undefined ? timeline(end, final) : timeline(written.ruleSet, at);
  };
  const later = Math.max(moment(expected.from) ?? NaN, moment(expected.to) ?? NaN);
  const dayBeforeLater = Number.isNaN(later) ? null : formatDay(amsterdamDay(later) - 1);
  const rows = settlementBetween(side(expected.from), side(expected.to), {
    lastDay: expected.through ?? dayBeforeLater,
    ...(expected.services ? { services: expected.services as Service[] } : {}),
  });
  return settlementDifferences(expected, rows);
}

function settlementName({ from, to }: ExpectedSettlement): string {
  return `settlement from ${JSON.stringify(from)} to ${JSON.stringify(to)}`;
}

function instantOf(text: string): Instant {
  const instant = tryParseInstant(text);
  if (instant === undefined)
    throw new RangeError(`knownAt "${text}" is no instant; write 2024-03-10T23:59:59+01:00.`);
  return instant;
}

function under(heading: string, failures: string[]): string[] {
  return failures.map((failure) => `${heading}: ${failure}`);
}
