import type { Because, CoverKind, CoverRow, CoverageTimeline, GapReason } from '@domeinbrug/coverage';
import { START, type Position } from '@domeinbrug/event-store';
import type { Funder, Law, Service } from '@domeinbrug/terms';
import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import { beginning, readCheckpoint, type Checkpoint } from './checkpoint.js';
import { positionKey, type ViewsTables } from './tables.js';
import type { ViewsDatabase } from './tables.js';

/** A gap of a client as its would-be funder sees it: the days on which it is that funder's to know. */
export interface FunderGapRow {
  service: Service;
  firstDay: string;
  lastDay: string | null;
  reason: GapReason;
  law: Law;
  because: Because;
}

export interface FunderClient {
  clientId: string;
  cover: CoverRow[];
  gaps: FunderGapRow[];
}

export interface FunderQuestion {
  funder: Funder;
  /** The day asked about, `YYYY-MM-DD`. */
  on: string;
  /** Only these services; all when left out. */
  services?: readonly Service[];
  /** Only rows of these kinds, and then no gaps, which have none; all when left out. */
  kinds?: readonly CoverKind[];
}

export interface FunderTotals {
  clients: number;
  rows: number;
  gaps: number;
  /** Per service and kind of cover: clients with such a row that day. */
  cover: { service: Service; kind: CoverKind; clients: number }[];
}

/** One page of a funder's clients as stored now. */
export interface FunderPage {
  checkpoint: Checkpoint;
  clients: FunderClient[];
  /** Whether more clients come after the last of this page. */
  more: boolean;
}

/**
 * The funder's clients with a row or gap on the day, by client id, from just after `after`. Rows and gaps are
 * whole, not cut to the day: a row of a funder is its to see from its first to its last day.
 */
export async function funderPage(
  db: ViewsDatabase,
  question: FunderQuestion,
  after: string,
  limit: number,
): Promise<FunderPage> {
  return db.transaction().execute(async (trx) => {
    const checkpoint = await checkpointOf(trx);
    const found = await clientsOf(trx, question)
      .where('client', '>', after)
      .orderBy('client')
      .limit(limit + 1)
      .execute();
    const ids = found.slice(0, limit).map(({ client }) => client);
    return { checkpoint, clients: await rowsOf(trx, question, ids), more: found.length > limit };
  });
}

/** Totals over all of the funder's clients on the day, with the position they are of. */
export async function funderTotals(
  db: ViewsDatabase,
  question: FunderQuestion,
): Promise<{ checkpoint: Checkpoint; totals: FunderTotals }> {
  return db.transaction().execute(async (trx) => {
    const checkpoint = await checkpointOf(trx);
    const { clients } = await trx
      .selectFrom(clientsOf(trx, question).as('found'))
      .select(({ fn }) => fn.countAll<number>().as('clients'))
      .executeTakeFirstOrThrow();
    const cover = await trx
      .selectFrom('portfolio')
      .where(onTheDay(question))
      .where(ofKinds(question))
      .select(({ fn }) => [
        'service',
        'kind',
        fn.count<number>('client').distinct().as('clients'),
        fn.countAll<number>().as('rows'),
      ])
      .groupBy(['service', 'kind'])
      .orderBy('service')
      .orderBy('kind')
      .execute();
    const { gaps } = await gapsOf(trx, question)
      .select(({ fn }) => fn.countAll<number>().as('gaps'))
      .executeTakeFirstOrThrow();
    const rows = cover.reduce((sum, each) => sum + each.rows, 0);
    const perService = cover.map(({ service, kind, clients: some }) => ({
      service: service as Service,
      kind: kind as CoverKind,
      clients: some,
    }));
    return { checkpoint, totals: { clients, rows, gaps, cover: perService } };
  });
}

/** Clients whose coverage was folded again after a position, by id, within a range of ids (`upTo` null = all the rest). */
export async function clientsFoldedAfter(
  db: ViewsDatabase,
  position: Position,
  after: string,
  upTo: string | null,
): Promise<string[]> {
  const query = db
    .selectFrom('timelines')
    .select('client')
    .where('position', '>', positionKey(position))
    .where('client', '>', after)
    .orderBy('client');
  const found = await (upTo === null ? query : query.where('client', '<=', upTo)).execute();
  return found.map(({ client }) => client);
}

/** The stored timeline of a client under the active rule set, or `null`. */
export async function storedTimeline(db: ViewsDatabase, client: string): Promise<CoverageTimeline | null> {
  const row = await db
    .selectFrom('timelines')
    .select('timeline_json')
    .where('client', '=', client)
    .executeTakeFirst();
  return row ? (JSON.parse(row.timeline_json) as CoverageTimeline) : null;
}

async function checkpointOf(db: ViewsDatabase): Promise<Checkpoint> {
  return (await readCheckpoint(db)) ?? beginning('', START);
}

type RowTables = 'portfolio' | 'portfolio_gaps';

function onTheDay({ funder, on, services }: FunderQuestion) {
  return (row: ExpressionBuilder<ViewsTables, RowTables>): Expression<SqlBool> =>
    row.and([
      row('funder', '=', funder),
      row('first_day', '<=', on),
      row.or([row('last_day', 'is', null), row('last_day', '>=', on)]),
      ...(services ? [row('service', 'in', services)] : []),
    ]);
}

function ofKinds({ kinds }: FunderQuestion) {
  return (row: ExpressionBuilder<ViewsTables, 'portfolio'>): Expression<SqlBool> =>
    kinds ? row('kind', 'in', kinds) : sql<SqlBool>`true`;
}

function gapsOf(db: ViewsDatabase, question: FunderQuestion) {
  return db
    .selectFrom('portfolio_gaps')
    .where(onTheDay(question))
    .where(() => (question.kinds ? sql<SqlBool>`false` : sql<SqlBool>`true`));
}

function clientsOf(db: ViewsDatabase, question: FunderQuestion) {
  const paid = db.selectFrom('portfolio').select('client').where(onTheDay(question)).where(ofKinds(question));
  return db.selectFrom(paid.union(gapsOf(db, question).select('client')).as('either')).select('client');
}

async function rowsOf(db: ViewsDatabase, question: FunderQuestion, ids: string[]): Promise<FunderClient[]> {
  if (ids.length === 0) return [];
  const clients = new Map(
    ids.map((clientId): [string, FunderClient] => [clientId, { clientId, cover: [], gaps: [] }]),
  );
  const cover = await db
    .selectFrom('portfolio')
    .selectAll()
    .where('client', 'in', ids)
    .where(onTheDay(question))
    .where(ofKinds(question))
    .orderBy('client')
    .orderBy('ordinal')
    .execute();
  const gaps = await gapsOf(db, question)
    .selectAll()
    .where('client', 'in', ids)
    .orderBy('client')
    .orderBy('ordinal')
    .execute();
  for (const row of cover) {
    clients.get(row.client)!.cover.push({
      service: row.service as Service,
      firstDay: row.first_day,
      lastDay: row.last_day,
      funder: row.funder as Funder,
      share: row.share,
      law: row.law as Law | null,
      kind: row.kind as CoverKind,
      provider: row.provider,
      rule: row.rule,
      because: JSON.parse(row.because_json) as Because,
    });
  }
  for (const row of gaps) {
    clients.get(row.client)!.gaps.push({
      service: row.service as Service,
      firstDay: row.first_day,
      lastDay: row.last_day,
      reason: row.reason as GapReason,
      law: row.law as Law,
      because: JSON.parse(row.because_json) as Because,
    });
  }
  return [...clients.values()];
}
