import { formatInstant } from '@domeinbrug/calendar';
import {
  determineCoverage,
  payerLines,
  type CoverageTimeline,
  type CoverKind,
  type KnownAt,
} from '@domeinbrug/coverage';
import {
  AskedDay,
  AskedList,
  AskedNumber,
  AskedPosition,
  AskedText,
  invalidRequest,
} from '@domeinbrug/platform';
import {
  clientsFoldedAfter,
  funderPage,
  funderTotals,
  gapsByFunder,
  type FunderClient,
  type FunderQuestion,
  type FunderTotals,
  type ViewsDatabase,
} from '@domeinbrug/projections';
import { windowKinds } from '@domeinbrug/rules';
import { services, type Funder, type Service } from '@domeinbrug/terms';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { journeyOf, storedEvents } from './client-journey.js';
import { notReached } from './knowledge.js';

const coverKinds: readonly CoverKind[] = ['regular', 'retained', 'joint', ...windowKinds];

/** Whom a funder pays for on a day. */
export class FunderCoverageQuestion {
  @AskedDay('The day asked about; must be given.')
  on?: string;

  @AskedList(services, 'services', 'Only these services.')
  services?: Service[];

  @AskedList(coverKinds, 'kinds of cover', 'Only rows of these kinds, and then no gaps.')
  kinds?: CoverKind[];

  @AskedNumber(1, 1000, 'At most so many clients on a page; 100 when left out.')
  limit: number = 100;

  @AskedText(
    /^[A-Za-z0-9_-]{1,120}$/,
    'Take the address of the next page from the Link of the page before.',
    'From the Link of the page before.',
    'WyIxOTciXQ',
  )
  after?: string;

  @AskedPosition('Wait until this position has been taken in, as answered to a POST.')
  atLeast?: string;
}

export interface FunderCoverage {
  funder: Funder;
  on: string;
  knownAt: string;
  position: string;
  ruleSet: CoverageTimeline['ruleSet'];
  /** Over all pages; on the first only. */
  totals?: FunderTotals;
  /** By client id. */
  clients: FunderClient[];
  /** The `after` of the next page; `null` on the last. */
  next: string | null;
}

/** A funder's clients, rows and gaps on one day, by what is known now, under the active rules. */
export class ReadFunderCoverage extends Query<FunderCoverage> {
  constructor(
    readonly funder: Funder,
    readonly question: FunderCoverageQuestion,
  ) {
    super();
  }
}

/** Where a page begins: after a client, in the state at the first page's position. */
interface Cursor {
  position: string;
  recordedAt: number;
  client: string;
}

const waitMs = 2_000;

@QueryHandler(ReadFunderCoverage)
export class ReadFunderCoverageHandler implements IQueryHandler<ReadFunderCoverage> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem 400; 503 while the read models are built or behind `atLeast` */
  async execute({ funder, question }: ReadFunderCoverage): Promise<FunderCoverage> {
    const { projections } = this.stores;
    const cursor = question.after === undefined ? null : readCursor(question.after);
    const asked = checkedQuestion(funder, question);
    const { atLeast } = question;
    if (atLeast !== undefined && !(await projections.reached(atLeast, waitMs))) throw notReached(atLeast);
    const views = projections.views();
    return cursor
      ? this.nextPage(views, asked, cursor, question.limit)
      : this.firstPage(views, asked, question.limit);
  }

  private async firstPage(
    views: ViewsDatabase,
    asked: FunderQuestion,
    limit: number,
  ): Promise<FunderCoverage> {
    const { checkpoint, totals } = await funderTotals(views, asked);
    const page = await this.nextPage(views, asked, { ...checkpoint, client: '' }, limit);
    return { ...page, totals };
  }

  private async nextPage(
    views: ViewsDatabase,
    asked: FunderQuestion,
    cursor: Cursor,
    limit: number,
  ): Promise<FunderCoverage> {
    const stored = await funderPage(views, asked, cursor.client, limit);
    const end = stored.more ? stored.clients.at(-1)!.clientId : null;
    const clients = await this.asOf(views, asked, cursor, stored.clients, end);
    const shown = clients.slice(0, limit);
    const last = shown.length < clients.length ? shown.at(-1)!.clientId : end;
    const { id, version, hash } = this.stores.rules.active;
    return {
      funder: asked.funder,
      on: asked.on,
      knownAt: formatInstant(cursor.recordedAt),
      position: cursor.position,
      ruleSet: { id, version, hash },
      clients: shown,
      next: last === null ? null : writeCursor({ ...cursor, client: last }),
    };
  }

  /** The page as it was at the cursor's position: clients folded since then are determined anew. */
  private async asOf(
    views: ViewsDatabase,
    asked: FunderQuestion,
    cursor: Cursor,
    stored: FunderClient[],
    end: string | null,
  ): Promise<FunderClient[]> {
    const moved = await clientsFoldedAfter(views, cursor.position, cursor.client, end);
    if (moved.length === 0) return stored;
    const pages = new Map(stored.map((client) => [client.clientId, client]));
    for (const clientId of moved) {
      const then = await this.clientAt(clientId, asked, {
        instant: cursor.recordedAt,
        position: cursor.position,
      });
      if (then) pages.set(clientId, then);
      else pages.delete(clientId);
    }
    return [...pages.values()].sort((a, b) => (a.clientId < b.clientId ? -1 : 1));
  }

  private async clientAt(
    clientId: string,
    asked: FunderQuestion,
    knownAt: KnownAt,
  ): Promise<FunderClient | null> {
    const { log, rules } = this.stores;
    const journey = journeyOf(clientId, await storedEvents(log, clientId, knownAt.position));
    const timeline = determineCoverage(journey, rules.compiledOf(rules.active), knownAt);
    const isAsked = (row: { service: Service; firstDay: string; lastDay: string | null }): boolean =>
      (!asked.services || asked.services.includes(row.service)) &&
      row.firstDay <= asked.on &&
      (row.lastDay === null || row.lastDay >= asked.on);
    const cover = timeline.cover.filter(
      (row) =>
        row.funder === asked.funder && isAsked(row) && (!asked.kinds || asked.kinds.includes(row.kind)),
    );
    const gaps = asked.kinds
      ? []
      : gapsByFunder(timeline.gaps, rules.active, payerLines(journey, knownAt))
          .filter(({ funder }) => funder === asked.funder)
          .map(({ gap, law, firstDay, lastDay }) => ({ ...gap, law, firstDay, lastDay }))
          .filter(isAsked);
    return cover.length + gaps.length > 0 ? { clientId, cover, gaps } : null;
  }
}

function checkedQuestion(
  funder: Funder,
  { on, services: some, kinds }: FunderCoverageQuestion,
): FunderQuestion {
  if (on !== undefined) return { funder, on, services: some, kinds };
  throw invalidRequest([
    { pointer: '/on', code: 'required', detail: 'Say which day it is about: on=YYYY-MM-DD.' },
  ]);
}

function writeCursor({ position, recordedAt, client }: Cursor): string {
  return Buffer.from(JSON.stringify([position, recordedAt, client])).toString('base64url');
}

function readCursor(text: string): Cursor {
  try {
    const [position, recordedAt, client] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    if (
      typeof position === 'string' &&
      /^\d{1,15}$/.test(position) &&
      typeof recordedAt === 'number' &&
      typeof client === 'string'
    ) {
      return { position, recordedAt, client };
    }
  } catch {
    // Not JSON: refused below like any other text that no page gave.
  }
  const detail = 'Take the address of the next page from the Link of the page before.';
  throw invalidRequest([{ pointer: '/after', code: 'invalid-form', detail }]);
}
