import type { Asker } from '@domeinbrug/access';
import { formatDay } from '@domeinbrug/calendar';
import type { FunderTotals } from '@domeinbrug/coverage';
import { AskedDay } from '@domeinbrug/platform';
import type { ProblemError } from '@domeinbrug/problems';
import type { FunderDaysAsked, Viewpoint } from '@domeinbrug/portfolio';
import {
  checkpointOf,
  clientsFoldedAfter,
  funderPage,
  type FunderClient,
  type FunderQuestion,
  type ViewsDatabase,
} from '@domeinbrug/projections';
import { ownGap, ownRow, type Seen } from '@domeinbrug/sight';
import { services, type Funder } from '@domeinbrug/terms';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { cutToDays, funderClientAt } from './funder-client.js';
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
import { untilTakenIn } from './stored-views.js';

/** Whom a funder pays for, on a day or in a period. */
export class FunderCoverageQuestion extends FunderPageQuestion {
  @AskedDay('Only this day, with the rows that it lies in whole; not together with firstDay or lastDay.')
  on?: string;

  static problemsOf(asked: FunderCoverageQuestion): ProblemError[] {
    return [...missingPeriod(asked), ...periodErrors(asked), ...knowledgeErrors(asked)];
  }
}

/** With reasons as far as the asker may see them. */
export interface SeenFunderClient {
  clientId: string;
  cover: Seen<FunderClient['cover'][number]>[];
  gaps: Seen<FunderClient['gaps'][number]>[];
}

export interface FunderCoverage extends Coordinates {
  funder: Funder;
  firstDay: string;
  lastDay: string;
  /** Over all pages, of the days asked only; on the first page. */
  totals?: FunderTotals;
  /** By client id. */
  clients: SeenFunderClient[];
  /** The `after` of the next page; `null` on the last. */
  next: string | null;
}

/** A funder's clients, rows and gaps on a day or in a period, under the active rules, by what is known or was known. */
export class ReadFunderCoverage extends Query<FunderCoverage> {
  constructor(
    readonly funder: Funder,
    readonly question: FunderCoverageQuestion,
    readonly asker: Asker,
  ) {
    super();
  }
}

interface FoundClients {
  clients: FunderClient[];
  /** After which client the next page begins; `null` on the last. */
  end: string | null;
}

@QueryHandler(ReadFunderCoverage)
export class ReadFunderCoverageHandler implements IQueryHandler<ReadFunderCoverage> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem 400 with every problem; 503 while the read models are built or behind `atLeast` */
  async execute({ funder, question, asker }: ReadFunderCoverage): Promise<FunderCoverage> {
    refused(FunderCoverageQuestion.problemsOf(question));
    const { after, on, atLeast, limit } = question;
    const period = { firstDay: (on ?? question.firstDay)!, lastDay: (on ?? question.lastDay)! };
    const asked = daysAsked(funder, period, question);
    const { portfolio, aliases } = this.stores;
    await untilTakenIn(this.stores, atLeast);
    const start: PageStart =
      after === undefined
        ? { view: await this.firstView(question), client: '' }
        : await readPageStart(this.stores, asker, after, asked);
    const totals = after === undefined ? await portfolio.totals(start.view, asked) : undefined;
    const found = this.isStored(question, start.view)
      ? await this.storedClients(asked, start, limit)
      : await this.computedClients(asked, start, limit);
    const clients =
      on === undefined ? found.clients.map((client) => cutToDays(client, asked)) : found.clients;
    return {
      funder,
      ...period,
      ...coordinatesOf(start.view),
      ...(totals ? { totals } : {}),
      clients: clients.map((client) => seenClient(asker, client)),
      next:
        found.end === null ? null : writePageStart(aliases, asker, { ...start, client: found.end }, asked),
    };
  }

  private async firstView(question: FunderCoverageQuestion): Promise<Viewpoint> {
    const { log, projections, rules } = this.stores;
    const ruleSet = rules.active;
    if (!isNow(question)) return { at: await knowledgeAsked(log, question), ruleSet };
    const { position, recordedAt } = await checkpointOf(projections.views());
    return { at: { position, instant: recordedAt }, ruleSet };
  }

  /** The read models keep what is known now, under the active rules; another page is computed. */
  private isStored(question: FunderCoverageQuestion, { ruleSet }: Viewpoint): boolean {
    return isNow(question) && ruleSet.hash === this.stores.rules.active.hash;
  }

  private async computedClients(
    asked: FunderDaysAsked,
    { view, client }: PageStart,
    limit: number,
  ): Promise<FoundClients> {
    const { found, more } = await this.stores.portfolio.clients(view, asked, { after: client, limit });
    const clients: FunderClient[] = [];
    for (const id of found) clients.push(await funderClientAt(this.stores, id, view, asked));
    return { clients, end: more ? found.at(-1)! : null };
  }

  private async storedClients(
    asked: FunderDaysAsked,
    start: PageStart,
    limit: number,
  ): Promise<FoundClients> {
    const views = this.stores.projections.views();
    const stored = await funderPage(views, storedQuestion(asked), start.client, limit);
    const end = stored.more ? stored.clients.at(-1)!.clientId : null;
    const clients = await this.asOf(views, asked, start, stored.clients, end);
    const shown = clients.slice(0, limit);
    return { clients: shown, end: shown.length < clients.length ? shown.at(-1)!.clientId : end };
  }

  /** The page as it was seen from the first one: clients folded since then are determined anew. */
  private async asOf(
    views: ViewsDatabase,
    asked: FunderDaysAsked,
    { view, client }: PageStart,
    stored: FunderClient[],
    end: string | null,
  ): Promise<FunderClient[]> {
    const moved = await clientsFoldedAfter(views, view.at.position, client, end);
    if (moved.length === 0) return stored;
    const page = new Map(stored.map((each) => [each.clientId, each]));
    for (const clientId of moved) {
      const then = await funderClientAt(this.stores, clientId, view, asked);
      if (then.cover.length + then.gaps.length > 0) page.set(clientId, then);
      else page.delete(clientId);
    }
    return [...page.values()].sort((a, b) => (a.clientId < b.clientId ? -1 : 1));
  }
}

function seenClient(asker: Asker, { clientId, cover, gaps }: FunderClient): SeenFunderClient {
  return {
    clientId,
    cover: cover.map((row) => ownRow(asker, row)),
    gaps: gaps.map((gap) => ownGap(asker, gap)),
  };
}

/** Whether it is about what is known now, not at a moment. */
function isNow({ knownAt, knownAtPosition }: FunderCoverageQuestion): boolean {
  return knownAt === undefined && knownAtPosition === undefined;
}

function storedQuestion({ funder, scope, kinds }: FunderDaysAsked): FunderQuestion {
  return {
    funder,
    firstDay: formatDay(scope.from),
    lastDay: formatDay(scope.until - 1),
    services: scope.services.map((service) => services[service]!),
    ...(kinds ? { kinds } : {}),
  };
}

function missingPeriod(asked: FunderCoverageQuestion): ProblemError[] {
  if (asked.on !== undefined) return [];
  if ((asked.firstDay ?? asked.lastDay) !== undefined) return countedPeriodErrors(asked);
  const detail = 'Say which day it is about: on=YYYY-MM-DD, or firstDay and lastDay.';
  return [{ pointer: '/on', code: 'required', detail }];
}
