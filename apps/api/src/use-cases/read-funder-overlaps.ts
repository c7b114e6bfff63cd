import type { Asker } from '@domeinbrug/access';
import { formatDay } from '@domeinbrug/calendar';
import type { CoverageTimeline, OverlapDays, OverlapTotals } from '@domeinbrug/coverage';
import type { ProblemError } from '@domeinbrug/problems';
import type { ClientOverlaps, FunderDaysAsked } from '@domeinbrug/portfolio';
import { ownRow, type SeenBecause } from '@domeinbrug/sight';
import { services, type Funder, type Service } from '@domeinbrug/terms';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { timelineAt } from './funder-client.js';
import {
  coordinatesOf,
  daysAsked,
  FunderPageQuestion,
  readPageStart,
  writePageStart,
  type Coordinates,
  type PageStart,
} from './funder-page.js';
import { knowledgeAsked, knowledgeErrors } from './knowledge.js';
import { countedPeriodErrors, periodErrors } from './period.js';
import { refused } from './sound.js';

/** On which days a funder pays beside another law; `services` and `kinds` are of what it pays itself. */
export class OverlapsQuestion extends FunderPageQuestion {
  static problemsOf(asked: OverlapsQuestion): ProblemError[] {
    return [...countedPeriodErrors(asked), ...periodErrors(asked), ...knowledgeErrors(asked)];
  }
}

/** Days on which the funder pays beside another law; of the other the law only. */
export interface OverlapRow extends Pick<OverlapDays, 'law' | 'kind' | 'rule' | 'share' | 'beside'> {
  service: Service;
  firstDay: string;
  lastDay: string;
  days: number;
  /** Why the funder's own row is there. */
  because: SeenBecause;
}

export interface FunderOverlaps extends Coordinates {
  funder: Funder;
  firstDay: string;
  lastDay: string;
  /** Over all pages; on the first. */
  totals?: OverlapTotals;
  /** By client id. */
  clients: { clientId: string; overlaps: OverlapRow[] }[];
  next: string | null;
}

/** On which days a funder pays a service or a client beside another law, with which, for how long and why. */
export class ReadFunderOverlaps extends Query<FunderOverlaps> {
  constructor(
    readonly funder: Funder,
    readonly question: OverlapsQuestion,
    readonly asker: Asker,
  ) {
    super();
  }
}

@QueryHandler(ReadFunderOverlaps)
export class ReadFunderOverlapsHandler implements IQueryHandler<ReadFunderOverlaps> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem 400 with every problem; 503 while `atLeast` is not reached */
  async execute({ funder, question, asker }: ReadFunderOverlaps): Promise<FunderOverlaps> {
    refused(OverlapsQuestion.problemsOf(question));
    const { after, limit } = question;
    const period = { firstDay: question.firstDay!, lastDay: question.lastDay! };
    const asked = daysAsked(funder, period, question);
    const { log, rules, portfolio, aliases } = this.stores;
    const start: PageStart =
      after === undefined
        ? { view: { at: await knowledgeAsked(log, question), ruleSet: rules.active }, client: '' }
        : await readPageStart(this.stores, asker, after, asked);
    const totals = after === undefined ? await portfolio.overlapTotals(start.view, asked) : undefined;
    const { found, more } = await portfolio.overlaps(start.view, asked, { after: start.client, limit });
    const clients: FunderOverlaps['clients'] = [];
    for (const client of found) clients.push(await this.explained(client, start, asked, asker));
    return {
      funder,
      ...period,
      ...coordinatesOf(start.view),
      ...(totals ? { totals } : {}),
      clients,
      next: more ? writePageStart(aliases, asker, { ...start, client: found.at(-1)!.clientId }, asked) : null,
    };
  }

  /** Reasons are not in a portfolio: they are taken from the client's own timeline. */
  private async explained(
    { clientId, overlaps }: ClientOverlaps,
    { view }: PageStart,
    { funder }: FunderDaysAsked,
    asker: Asker,
  ): Promise<FunderOverlaps['clients'][number]> {
    const { timeline } = await timelineAt(this.stores, clientId, view);
    return { clientId, overlaps: overlaps.map((days) => overlapRow(days, timeline, funder, asker)) };
  }
}

function overlapRow(
  days: OverlapDays,
  { cover }: CoverageTimeline,
  funder: Funder,
  asker: Asker,
): OverlapRow {
  const { law, kind, rule, share, beside } = days;
  const service = services[days.service]!;
  const firstDay = formatDay(days.from);
  const own = cover.find(
    (row) =>
      row.service === service &&
      row.funder === funder &&
      row.rule === rule &&
      row.kind === kind &&
      row.share === share &&
      row.firstDay <= firstDay &&
      (row.lastDay === null || firstDay <= row.lastDay),
  );
  return {
    service,
    firstDay,
    lastDay: formatDay(days.until - 1),
    days: days.until - days.from,
    law,
    kind,
    rule,
    share,
    beside,
    because: ownRow(asker, own!).because,
  };
}
