import { changesAfter, feedOf } from '../changes.js';
import { findingsPage } from '../findings-page.js';
import { minutesSums } from '../minutes-sums.js';
import { windowsPage } from '../provider-windows.js';
import { findingCounts, parkedClients, rowCounts } from '../status.js';
import { StoredKeys } from '../stored-keys.js';
import type { ViewsDatabase } from '../tables.js';
import { checkpointOf, clientsFoldedAfter, funderPage, storedTimeline } from '../views.js';

const provider = '65656055';
const year = { firstDay: '2024-01-01', lastDay: '2024-12-31' };

/** Every question that read models answer, asked of the sample history. */
export async function answersOf(db: ViewsDatabase): Promise<unknown> {
  return {
    checkpoint: await checkpointOf(db),
    feed: await feedOf(db),
    rows: await rowCounts(db),
    counts: await findingCounts(db),
    parked: await parkedClients(db),
    timeline: await storedTimeline(db, 'CLIENT0A'),
    folded: [
      await clientsFoldedAfter(db, '3', '', null),
      await clientsFoldedAfter(db, '3', 'CLIENT0A', 'CLIENT0C'),
    ],
    pages: await pagesOf(db, 'insurer:3311'),
    gaps: await pagesOf(db, 'municipality:0363'),
    kinds: await funderPage(db, { funder: 'insurer:3311', ...year, kinds: ['handover'] }, '', 9),
    services: await funderPage(db, { funder: 'insurer:3311', ...year, services: ['guidance'] }, '', 9),
    changes: [
      await changesAfter(db, null, 100, { funder: 'insurer:3311' }),
      await changesAfter(db, { position: '9', clientId: 'CLIENT0A', ordinal: 1 }, 2, { client: 'CLIENT0A' }),
      await changesAfter(db, { position: '3', clientId: 'CLIENT0A', ordinal: 1 }, 3, { provider }),
    ],
    findings: [
      await findingsPage(db, {}, { clientId: '', ordinal: 0 }, 100),
      await findingsPage(
        db,
        { organisation: `urn:nld:agb:${provider}` },
        { clientId: 'CLIENT0A', ordinal: 0 },
        1,
      ),
      await findingsPage(db, { codes: ['duplicate-key'] }, { clientId: '', ordinal: 0 }, 100),
    ],
    minutes: [
      await minutesSums(db, { provider, clinicsOfOthers: true, by: [] }),
      await minutesSums(db, { provider, clinicsOfOthers: true, by: ['reason', 'month', 'service'] }),
      await minutesSums(db, { provider, clinicsOfOthers: true, by: ['month'], ...year }),
    ],
    windows: await windowsPage(db, { provider, today: '2024-01-01' }, '', 1),
    keys: [await new StoredKeys(db).beside(['CLIENT0B']), await new StoredKeys(db).sharers()],
  };
}

/** All pages of a funder, a client at a time. */
async function pagesOf(db: ViewsDatabase, funder: 'insurer:3311' | 'municipality:0363'): Promise<unknown[]> {
  const pages = [];
  for (let after = '', more = true; more;) {
    const page = await funderPage(db, { funder, ...year }, after, 1);
    pages.push(page);
    ({ more } = page);
    after = page.clients.at(-1)?.clientId ?? '';
  }
  return pages;
}
