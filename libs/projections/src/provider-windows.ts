import type { CoverKind } from '@domeinbrug/coverage';
import { windowKinds } from '@domeinbrug/rules';
import type { Funder, Service } from '@domeinbrug/terms';
import type { Checkpoint } from './checkpoint.js';
import type { ViewsDatabase } from './tables.js';
import { checkpointOf } from './views.js';

/** Days that a window pays a provider for. */
export interface WindowRow {
  clientId: string;
  service: Service;
  kind: CoverKind;
  /** The window's id. */
  rule: string;
  funder: Funder;
  share: number;
  firstDay: string;
  /** `null` = no end known. */
  lastDay: string | null;
}

export interface WindowsQuestion {
  /** AGB code. */
  provider: string;
  /** Those that have not ended before this day. */
  today: string;
  /** Those whose last day lies before this day; left out: of any end. */
  endsBefore?: string;
}

export interface WindowsPage {
  checkpoint: Checkpoint;
  /** By client, service and first day; all of a client together. */
  rows: WindowRow[];
  /** The last client of the page, when more come after it. */
  more: string | null;
}

/** The windows of at most so many clients, from just after one. */
export async function windowsPage(
  db: ViewsDatabase,
  { provider, today, endsBefore }: WindowsQuestion,
  after: string,
  limit: number,
): Promise<WindowsPage> {
  return db.transaction().execute(async (trx) => {
    const checkpoint = await checkpointOf(trx);
    let running = trx
      .selectFrom('portfolio')
      .where('provider', '=', provider)
      .where('kind', 'in', windowKinds)
      .where((row) => row.or([row('last_day', '>=', today), row('last_day', 'is', null)]));
    if (endsBefore !== undefined) running = running.where('last_day', '<', endsBefore);
    const clients = await running
      .select('client')
      .distinct()
      .where('client', '>', after)
      .orderBy('client')
      .limit(limit + 1)
      .execute();
    const shown = clients.slice(0, limit).map(({ client }) => client);
    const rows = await running
      .selectAll()
      .where('client', '>', after)
      .where('client', '<=', shown.at(-1) ?? after)
      .orderBy('client')
      .orderBy('ordinal')
      .execute();
    return {
      checkpoint,
      rows: rows.map((row) => ({
        clientId: row.client,
        service: row.service as Service,
        kind: row.kind as CoverKind,
        rule: row.rule,
        funder: row.funder as Funder,
        share: row.share,
        firstDay: row.first_day,
        lastDay: row.last_day,
      })),
      more: clients.length > limit ? shown.at(-1)! : null,
    };
  });
}
