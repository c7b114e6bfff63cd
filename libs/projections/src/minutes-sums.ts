import type { UnpaidReason } from '@domeinbrug/coverage';
import { clinicServices, type Service } from '@domeinbrug/terms';
import { sql, type RawBuilder } from 'kysely';
import type { Checkpoint } from './checkpoint.js';
import type { ViewsDatabase } from './tables.js';
import { checkpointOf } from './views.js';

export const minutesDimensions = ['month', 'service', 'reason'] as const;
export type MinutesDimension = (typeof minutesDimensions)[number];

export interface MinutesQuestion {
  /** AGB code. */
  provider: string;
  by: readonly MinutesDimension[];
  /** Also of care in a clinic for which the provider is not paid; else it would tell of a stay with another. */
  clinicsOfOthers: boolean;
  /** Inclusive; left out: without bound. */
  firstDay?: string;
  lastDay?: string;
}

/** Whole minutes of one cell; a dimension that was not asked for is not there. */
export interface MinutesSums {
  /** `YYYY-MM`. */
  month?: string;
  service?: Service;
  /** Why they are not paid; `null` for those that are, and for those over a cap. */
  reason?: UnpaidReason | null;
  funded: number;
  overCap: number;
  unpaid: number;
}

const columnOf: Record<MinutesDimension, RawBuilder<unknown>> = {
  month: sql`substr(cast(day as text), 1, 7)`,
  service: sql`service`,
  reason: sql`unpaid_because`,
};

const inOrder = (dimension: MinutesDimension): RawBuilder<unknown> => sql`${columnOf[dimension]} nulls first`;

const isNotOfAnothersClinic = sql<boolean>`(
  minutes.service not in (${sql.join([...clinicServices])})
  or exists (
    select 1 from portfolio
    where portfolio.client = minutes.client and portfolio.provider = minutes.provider
      and portfolio.service = minutes.service and portfolio.first_day <= minutes.day
      and (portfolio.last_day is null or portfolio.last_day >= minutes.day)))`;

/**
 * A provider's recorded minutes, by what was asked, in that order. Minutes of one day that are partly paid stand in
 * two cells when the reason is asked for, so that the cells always add up.
 */
export async function minutesSums(
  db: ViewsDatabase,
  { provider, by, clinicsOfOthers, firstDay, lastDay }: MinutesQuestion,
): Promise<{ checkpoint: Checkpoint; sums: MinutesSums[] }> {
  return db.transaction().execute(async (trx) => {
    const checkpoint = await checkpointOf(trx);
    let recorded = trx.selectFrom('minutes').where('provider', '=', provider);
    if (firstDay !== undefined) recorded = recorded.where('day', '>=', firstDay);
    if (lastDay !== undefined) recorded = recorded.where('day', '<=', lastDay);
    if (!clinicsOfOthers) recorded = recorded.where(isNotOfAnothersClinic);
    const within = recorded
      .select(['day', 'service', 'funded', 'over_cap'])
      .select([sql<string | null>`null`.as('unpaid_because'), sql<number>`0`.as('unpaid')]);
    const outside = recorded
      .where('outside', '>', 0)
      .select(['day', 'service', sql<number>`0`.as('funded'), sql<number>`0`.as('over_cap')])
      .select(['reason as unpaid_because', 'outside as unpaid']);
    const cells = await trx
      .selectFrom(
        within
          .where((eb) => eb.or([eb('funded', '>', 0), eb('over_cap', '>', 0)]))
          .unionAll(outside)
          .as('minutes'),
      )
      .select(by.map((dimension) => columnOf[dimension].as(dimension)))
      .select(({ fn }) => [
        // Of no minutes at all the sum of SQL is null.
        fn.coalesce(fn.sum<number>('funded'), sql<number>`0`).as('funded'),
        fn.coalesce(fn.sum<number>('over_cap'), sql<number>`0`).as('over_cap'),
        fn.coalesce(fn.sum<number>('unpaid'), sql<number>`0`).as('unpaid'),
      ])
      .$if(by.length > 0, (query) => query.groupBy(by.map((dimension) => columnOf[dimension])))
      .$if(by.length > 0, (query) => query.orderBy(sql.join(by.map(inOrder))))
      .execute();
    return {
      checkpoint,
      sums: cells.map(({ over_cap, ...cell }) => ({ ...cell, overCap: over_cap }) as MinutesSums),
    };
  });
}
