import type { Asker } from '@domeinbrug/access';
import { amsterdamDay, formatDay } from '@domeinbrug/calendar';
import {
  costingUnder,
  determineCoverage,
  settlementBetween,
  type Costing,
  type CoverageTimeline,
  type CoverRow,
  type FunderShare,
  type KnownAt,
  type SettlementRow,
} from '@domeinbrug/coverage';
import { AskedDay, AskedList, AskedMoment } from '@domeinbrug/platform';
import { invalidRequest, type ProblemError } from '@domeinbrug/problems';
import type { RuleSet } from '@domeinbrug/rules';
import { isFunder } from '@domeinbrug/sight';
import { services, type Funder, type Service } from '@domeinbrug/terms';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { unknownClient } from './client-journey.js';
import { knowledgeAsked } from './knowledge.js';
import { AskedRuleSet, ruleSetNamed } from './rule-set-named.js';
import { aboutClient, maySeeNow } from './sight.js';

/** Between two moments of knowledge, or between two rule sets. */
export class SettlementQuestion {
  @AskedMoment('What was known before; together with toKnownAt.')
  fromKnownAt?: string;

  @AskedMoment('What was known after; together with fromKnownAt.')
  toKnownAt?: string;

  @AskedRuleSet('The rules before; together with toRuleSet.')
  fromRuleSet?: string;

  @AskedRuleSet('The rules after; together with fromRuleSet.')
  toRuleSet?: string;

  @AskedDay('Through this day; left out: the day before the later moment, between rule sets without end.')
  lastDay?: string;

  @AskedList(services, 'services', 'Only these services.')
  services?: Service[];

  static problemsOf(asked: SettlementQuestion): ProblemError[] {
    return pairErrors(asked);
  }
}

/** A side of the comparison, as every answer about coverage names its coordinates. */
export interface SettlementSide {
  knownAt: string;
  position: string;
  ruleSet: CoverageTimeline['ruleSet'];
}

/** Another's share, for a funder: what kind of organisation, never which. */
export interface OthersShare {
  funder: string;
  share: number;
}

export interface Settlement {
  clientId: string;
  from: SettlementSide;
  to: SettlementSide;
  lastDay: string | null;
  rows: (Omit<SettlementRow, 'from' | 'to'> & {
    from: (FunderShare | OthersShare)[];
    to: (FunderShare | OthersShare)[];
  })[];
}

/** Who pays what instead of whom. */
export class SettleClient extends Query<Settlement> {
  constructor(
    readonly clientId: string,
    readonly question: SettlementQuestion,
    readonly asker: Asker,
  ) {
    super();
  }
}

interface Side {
  ruleSet: RuleSet;
  knownAt: KnownAt;
}

@QueryHandler(SettleClient)
export class SettleClientHandler implements IQueryHandler<SettleClient> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem 400 with every problem; 404 for a client that is not the asker's */
  async execute({ clientId, question, asker }: SettleClient): Promise<Settlement> {
    const { rules } = this.stores;
    const { from, to, lastDay } = await this.sidesOf(question);
    const client = await aboutClient(this.stores, asker, clientId, to.knownAt.position);
    const timelineOf = ({ ruleSet, knownAt }: Side): CoverageTimeline =>
      determineCoverage(client.person.journeyAt(knownAt.position), rules.compiledOf(ruleSet), knownAt);
    const [before, after] = [partlyOf(asker, timelineOf(from)), partlyOf(asker, timelineOf(to))];
    const costingOf = ({ ruleSet, knownAt }: Side): Costing =>
      costingUnder(client.person.journeyAt(knownAt.position), rules.compiledOf(ruleSet), knownAt);
    const costing = { before: costingOf(from), after: costingOf(to) };
    const settled = settlementBetween(before, after, { lastDay, services: question.services, costing });
    const rows = rowsFor(asker, settled);
    if (rows.length === 0 && isFunder(asker) && !maySeeNow(this.stores, asker, client.journey))
      throw unknownClient();
    return { clientId, from: sideOf(before), to: sideOf(after), lastDay, rows };
  }

  private async sidesOf(
    question: SettlementQuestion,
  ): Promise<{ from: Side; to: Side; lastDay: string | null }> {
    const { log, rules } = this.stores;
    const [fromRules, toRules] = [
      ruleSetNamed(rules, question.fromRuleSet, '/fromRuleSet'),
      ruleSetNamed(rules, question.toRuleSet, '/toRuleSet'),
    ];
    const errors = [
      ...SettlementQuestion.problemsOf(question),
      ...[fromRules, toRules].flatMap((read) => ('error' in read ? [read.error] : [])),
    ];
    if (errors.length > 0 || 'error' in fromRules || 'error' in toRules) throw invalidRequest(errors);
    const fromKnownAt = await knowledgeAsked(log, { knownAt: question.fromKnownAt });
    const toKnownAt = await knowledgeAsked(log, { knownAt: question.toKnownAt });
    const later = Math.max(fromKnownAt.instant, toKnownAt.instant);
    const byDefault = question.fromKnownAt === undefined ? null : formatDay(amsterdamDay(later) - 1);
    return {
      from: { ruleSet: fromRules.ruleSet, knownAt: fromKnownAt },
      to: { ruleSet: toRules.ruleSet, knownAt: toKnownAt },
      lastDay: question.lastDay ?? byDefault,
    };
  }
}

/** Exactly one pair, and whole. */
function pairErrors({ fromKnownAt, toKnownAt, fromRuleSet, toRuleSet }: SettlementQuestion): ProblemError[] {
  const moments = [fromKnownAt, toKnownAt].filter((value) => value !== undefined).length;
  const ruleSets = [fromRuleSet, toRuleSet].filter((value) => value !== undefined).length;
  if (moments > 0 && ruleSets > 0) {
    const detail = 'Compare either two moments of knowledge or two rule sets, not both at once.';
    return [{ pointer: '', code: 'comparison-mixed', detail }];
  }
  if (moments + ruleSets === 0) {
    const detail = 'Give fromKnownAt and toKnownAt, or fromRuleSet and toRuleSet.';
    return [{ pointer: '', code: 'comparison-missing', detail }];
  }
  const half = (given: unknown, name: string): ProblemError[] =>
    given === undefined
      ? [{ pointer: `/${name}`, code: 'comparison-half', detail: `Give ${name} as well.` }]
      : [];
  return moments > 0
    ? [...half(fromKnownAt, 'fromKnownAt'), ...half(toKnownAt, 'toKnownAt')]
    : [...half(fromRuleSet, 'fromRuleSet'), ...half(toRuleSet, 'toRuleSet')];
}

function sideOf({ knownAt, position, ruleSet }: CoverageTimeline): SettlementSide {
  return { knownAt, position, ruleSet };
}

/**
 * A provider is told who pays its own care instead of whom, and nothing of that of others. To a funder another is known by
 * its kind before anything is compared: that one insurer became another is no difference to it.
 */
function partlyOf(asker: Asker, timeline: CoverageTimeline): CoverageTimeline {
  if (asker.kind === 'provider')
    return { ...timeline, cover: timeline.cover.filter(({ provider }) => provider === asker.code) };
  if (!isFunder(asker)) return timeline;
  const own = `${asker.kind}:${asker.code}`;
  const cover = timeline.cover.map((row): CoverRow =>
    row.funder === own ? row : { ...row, funder: `${kindOf(row.funder)}:` as Funder },
  );
  return { ...timeline, cover };
}

/** A funder sees the rows in which it pays, before or after. */
function rowsFor(asker: Asker, rows: SettlementRow[]): Settlement['rows'] {
  if (!isFunder(asker)) return rows;
  const own = `${asker.kind}:${asker.code}`;
  const redacted = (shares: FunderShare[]): (FunderShare | OthersShare)[] =>
    shares.map((one) => (one.funder === own ? one : { funder: kindOf(one.funder), share: one.share }));
  return rows
    .filter(({ from, to }) => [...from, ...to].some(({ funder }) => funder === own))
    .map((row) => ({ ...row, from: redacted(row.from), to: redacted(row.to) }));
}

function kindOf(funder: string): string {
  return funder.slice(0, funder.indexOf(':'));
}
