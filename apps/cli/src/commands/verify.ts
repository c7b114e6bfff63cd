import { openLogReaderAt, sealedPlaceOf } from '@domeinbrug/privacy';
import {
  coverageUnder,
  openViewsStore,
  verifyViews,
  viewsPlaceOf,
  type Verification,
} from '@domeinbrug/projections';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRules } from '../../../api/src/stores/open-rules.js';
import { exitCodes, type ExitCode } from '../refusal.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { counted } from '../text/columns.js';
import { describeLog, isWhole, lostEvents, verifyLog } from '../verify-log.js';

/**
 * Compares the log with its digests and the read models with the log, row by row. Reads only; a service may run
 * beside it. Exit code 1 when anything differs or nothing could be compared.
 */
export async function verify(
  terminal: Terminal,
  options: FolderOptions & { json?: boolean },
): Promise<ExitCode> {
  const config = settingsFor(options);
  const log = await openLogReaderAt(sealedPlaceOf(config));
  const store = openViewsStore(viewsPlaceOf(config));
  const scratch = await mkdtemp(join(tmpdir(), 'domeinbrug-verify-'));
  try {
    const { inForce } = await openRules(config, log);
    const chain = await verifyLog(log);
    const views = await verifyViews(store, scratch, log, coverageUnder(inForce));
    if (views !== null) chain.lostUpTo = await lostEvents(log, views.position);
    if (options.json) terminal.out(JSON.stringify({ log: chain, views }, null, 2));
    else terminal.out([...describeLog(chain), ...viewsLines(views)].join('\n'));
    const sound = isWhole(chain) && (views === null || (views.differing === 0 && views.refused === null));
    return sound ? exitCodes.done : exitCodes.problems;
  } finally {
    await store.close();
    await log.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

function viewsLines(views: Verification | null): string[] {
  if (views === null) {
    return [
      'There are no read models yet; they are made when the service starts, or by projections rebuild.',
    ];
  }
  const { position, rows, differing, differences, refused } = views;
  if (refused !== null) return [`The read models were not compared. ${refused}`];
  const compared = Object.entries(rows)
    .map(([table, count]) => `${table} ${count}`)
    .join(', ');
  if (differing === 0) {
    return [`The read models are what the log gives up to position ${position}: ${compared}.`];
  }
  return [
    `The read models differ from what the log gives up to position ${position}: ${counted(differing, 'row')}.`,
    ...differences.map(
      ({ table, row, difference, columns }) =>
        `  ${table}: ${row}: ${difference}${columns.length > 0 ? ` in ${columns.join(', ')}` : ''}`,
    ),
    'Build them anew with projections rebuild.',
  ];
}
