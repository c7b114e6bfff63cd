import type { EventRef } from '@domeinbrug/coverage';
import { sql } from 'kysely';
import { checkpointOf } from './views.js';
import type { Checkpoint } from './checkpoint.js';
import type { ViewsDatabase } from './tables.js';

/** What contradicts something, as it concerns one organisation. */
export interface StoredFinding {
  clientId: string;
  /** The place among the findings of the client; a page goes on after it. */
  ordinal: number;
  code: string;
  text: string;
  /** `urn:nld:agb:65656055`: one of those whose events it is about. */
  organisation: string;
  events: EventRef[];
}

export interface FindingsQuestion {
  /** Left out: of all. */
  organisation?: string;
  codes?: readonly string[];
  /** Codes that are left out, so that neither pages nor their number tell of them. */
  without?: readonly string[];
}

export interface FindingsPage {
  checkpoint: Checkpoint;
  findings: StoredFinding[];
  more: boolean;
}

/** Findings by client, from just after a place. */
export async function findingsPage(
  db: ViewsDatabase,
  { organisation, codes, without }: FindingsQuestion,
  after: { clientId: string; ordinal: number },
  limit: number,
): Promise<FindingsPage> {
  return db.transaction().execute(async (trx) => {
    const checkpoint = await checkpointOf(trx);
    let query = trx
      .selectFrom('findings')
      .selectAll()
      .where((eb) => eb(eb.refTuple('client', 'ordinal'), '>', eb.tuple(after.clientId, after.ordinal)));
    query =
      organisation === undefined
        ? query.where(isFirstOfItsFinding)
        : query.where('organisation', '=', organisation);
    if (without) query = query.where('code', 'not in', without);
    if (codes) query = query.where('code', 'in', codes);
    const rows = await query
      .orderBy('client')
      .orderBy('ordinal')
      .limit(limit + 1)
      .execute();
    const findings = rows.slice(0, limit).map(({ client, events_json, ...row }) => ({
      ...row,
      clientId: client,
      events: JSON.parse(events_json) as EventRef[],
    }));
    return { checkpoint, findings, more: rows.length > limit };
  });
}

/** A finding about several organisations stands once for each; who asks about all sees it once. */
const isFirstOfItsFinding = sql<boolean>`not exists (
  select 1 from findings as earlier
  where earlier.client = findings.client and earlier.ordinal < findings.ordinal
    and earlier.code = findings.code and earlier.text = findings.text
    and earlier.events_json = findings.events_json)`;
