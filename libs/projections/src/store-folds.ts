import type { CoverageTimeline } from '@domeinbrug/coverage';
import type { Insertable, Kysely, Transaction } from 'kysely';
import type { FoldedClient, StoredClient } from './fold-client.js';
import { positionKey, positionOf, type ChangesTable, type ViewsTables } from './tables.js';

type Writer = Kysely<ViewsTables> | Transaction<ViewsTables>;

/** SQLite takes 32,766 values a statement; the widest table has 12 columns. */
const rowsAStatement = 1_000;

/** What the read models hold of a client: what its next fold starts from. */
export async function storedClient(db: Writer, client: string): Promise<StoredClient> {
  const timeline = await db
    .selectFrom('timelines')
    .select('timeline_json')
    .where('client', '=', client)
    .executeTakeFirst();
  const parked = await db.selectFrom('parked').selectAll().where('client', '=', client).executeTakeFirst();
  return {
    cover: timeline ? (JSON.parse(timeline.timeline_json) as CoverageTimeline).cover : [],
    parked: parked
      ? { position: positionOf(parked.position), recordedAt: parked.recorded_at, reason: parked.reason }
      : null,
  };
}

/** Writes what a fold gave; the caller moves the checkpoint in the same transaction. */
export async function storeFold(trx: Writer, fold: FoldedClient): Promise<void> {
  if (fold.current) await storeCurrent(trx, fold.client, fold.current);
  await insertAll(
    fold.folded.flatMap((folded) => changeRows(fold.client, folded)),
    (rows) => trx.insertInto('changes').values(rows).execute(),
  );
  await trx.deleteFrom('parked').where('client', '=', fold.client).execute();
  if (fold.parked) {
    const { position, recordedAt, reason } = fold.parked;
    await trx
      .insertInto('parked')
      .values({ client: fold.client, position: positionKey(position), recorded_at: recordedAt, reason })
      .execute();
  }
}

export async function moveCheckpoint(
  trx: Writer,
  checkpoint: { position: string; recordedAt: number; identity: string },
): Promise<void> {
  const row = {
    position: positionKey(checkpoint.position),
    recorded_at: checkpoint.recordedAt,
    identity: checkpoint.identity,
  };
  await trx
    .insertInto('checkpoint')
    .values({ id: 1, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

async function storeCurrent(
  trx: Writer,
  client: string,
  { timeline, gaps, last }: NonNullable<FoldedClient['current']>,
): Promise<void> {
  for (const table of ['timelines', 'portfolio', 'portfolio_gaps'] as const) {
    await trx.deleteFrom(table).where('client', '=', client).execute();
  }
  await trx
    .insertInto('timelines')
    .values({
      client,
      position: positionKey(last.position),
      recorded_at: last.recordedAt,
      timeline_json: JSON.stringify(timeline),
    })
    .execute();
  const rows = timeline.cover.map((row, ordinal) => ({
    client,
    ordinal,
    funder: row.funder,
    service: row.service,
    kind: row.kind,
    rule: row.rule,
    first_day: row.firstDay,
    last_day: row.lastDay,
    share: row.share,
    law: row.law,
    provider: row.provider,
    because_json: JSON.stringify(row.because),
  }));
  const gapRows = gaps.map(({ gap, funder, law, firstDay, lastDay }, ordinal) => ({
    client,
    ordinal,
    funder,
    law,
    service: gap.service,
    first_day: firstDay,
    last_day: lastDay,
    reason: gap.reason,
    because_json: JSON.stringify(gap.because),
  }));
  await insertAll(rows, (some) => trx.insertInto('portfolio').values(some).execute());
  await insertAll(gapRows, (some) => trx.insertInto('portfolio_gaps').values(some).execute());
}

function changeRows(
  client: string,
  { event, causedBy, changes }: FoldedClient['folded'][number],
): Insertable<ChangesTable>[] {
  return changes.map(({ change, before, after }, ordinal) => {
    const provider = (after ?? before).provider;
    const formerProvider = before?.provider ?? null;
    return {
      position: positionKey(event.position),
      ordinal,
      funder: (after ?? before).funder,
      provider,
      former_provider: formerProvider === provider ? null : formerProvider,
      client,
      recorded_at: event.recordedAt,
      caused_by_json: JSON.stringify([causedBy]),
      change,
      before_json: before && JSON.stringify(before),
      after_json: after && JSON.stringify(after),
    };
  });
}

async function insertAll<Row>(rows: Row[], insert: (some: Row[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < rows.length; start += rowsAStatement) {
    await insert(rows.slice(start, start + rowsAStatement));
  }
}
