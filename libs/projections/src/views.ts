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
  /** The days asked about, `YYYY-MM-DD`, both inclusive. */
  firstDay: string;
  lastDay: string;
  /** Only these services; all when left out. */
  services?: readonly Service[];
  /** Only rows of these kinds, and then no gaps, which have none; all when left out. */
  kinds?: readonly CoverKind[];
}

/** One page of a funder's clients as stored now. */
export interface FunderPage {
  checkpoint: Checkpoint;
  clients: FunderClient[];
  /** Whether more clients come after the last of this page. */
  more: boolean;
}

/**
 * The funder's clients with a row or gap in the period, by client id, from just after `after`. Rows and gaps are
 * whole, not cut to the period: a row of a funder is its to see from its first to its last day.
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

/** Where the read models stand. */
export async function checkpointOf(db: ViewsDatabase): Promise<Checkpoint> {
  return (await readCheckpoint(db)) ?? beginning('', START);
}

type RowTables = 'portfolio' | 'portfolio_gaps';

function inPeriod({ funder, firstDay, lastDay, services }: FunderQuestion) {
  return (row: ExpressionBuilder<ViewsTables, RowTables>): Expression<SqlBool> =>
    row.and([
      row('funder', '=', funder),
      row('first_day', '<=', lastDay),
      row.or([row('last_day', 'is', null), row('last_day', '>=', firstDay)]),
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
    .where(inPeriod(question))
    .where(() => (question.kinds ? sql<SqlBool>`false` : sql<SqlBool>`true`));
}

function clientsOf(db: ViewsDatabase, question: FunderQuestion) {
  const paid = db.selectFrom('portfolio').select('client').where(inPeriod(question)).where(ofKinds(question));
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
    .where(inPeriod(question))
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
