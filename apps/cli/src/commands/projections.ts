import { formatInstant } from '@domeinbrug/calendar';
import { openLogReaderAt, openSealedLogInProcess, sealedPlaceOf } from '@domeinbrug/privacy';
import {
  openViewsStore,
  readProjections,
  remainingMs,
  rebuildViews,
  rowCounts,
  viewsPlaceOf,
  type Building,
  type ProjectionStatus,
  type ViewsStore,
} from '@domeinbrug/projections';
import { openRules } from '../../../api/src/stores/open-rules.js';
import { exitCodes, WrongUse, type ExitCode } from '../refusal.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { counted } from '../text/columns.js';

type Options = FolderOptions & { json?: boolean };

/** Derives the read models anew under the active rules. Writes, so no service may hold the data folder. */
export async function rebuildProjections(terminal: Terminal, options: Options): Promise<void> {
  const config = settingsFor(options);
  // A folder without a log is a mistake; only the writing half would make one.
  await (await openLogReaderAt(sealedPlaceOf(config))).close();
  const log = await openSealedLogInProcess(sealedPlaceOf(config));
  const store = openViewsStore(viewsPlaceOf(config));
  try {
    await claimOrRefuse(store);
    const { inForce } = await openRules(config, log);
    const { position, identity } = await rebuildViews(store, log, inForce);
    terminal.out(
      options.json
        ? JSON.stringify({ position, identity }, null, 2)
        : `The read models are built anew under ${inForce.ruleSet.id}@${inForce.ruleSet.version}, up to position ${position}.`,
    );
  } finally {
    await store.close();
    await log.close();
  }
}

/** Removes read models that were in force before, or were given up half-way. */
export async function dropFormerProjections(terminal: Terminal, options: Options): Promise<void> {
  const store = openViewsStore(viewsPlaceOf(settingsFor(options)));
  try {
    const dropped = await store.dropFormer();
    const said = dropped.length === 0 ? 'There were none to remove.' : `Removed: ${dropped.join(', ')}.`;
    terminal.out(options.json ? JSON.stringify({ dropped }, null, 2) : said);
  } finally {
    await store.close();
  }
}

/** @throws WrongUse while another process writes the read models */
async function claimOrRefuse(store: ViewsStore): Promise<void> {
  if (await store.claim(() => undefined)) return;
  throw new WrongUse(
    `The read models of this database are kept up by ${(await store.heldBy()) ?? 'another process'}. ` +
      'End the services that have the role all or projector first; those with the role api may go on.',
  );
}

/** How far the read models are. Exit code 1 when they stand still or clients are parked. */
export async function projectionsStatus(terminal: Terminal, options: Options): Promise<ExitCode> {
  const config = settingsFor(options);
  const log = await openLogReaderAt(sealedPlaceOf(config));
  const projections = await readProjections({
    dataDir: config.dataDir,
    views: viewsPlaceOf(config),
    log,
  });
  try {
    const status = await projections.status();
    const rows = status.state === 'absent' ? null : await rowCounts(projections.views());
    terminal.out(
      options.json ? JSON.stringify({ ...status, rows }, null, 2) : statusLines(status, rows).join('\n'),
    );
    return status.state === 'stopped' || status.parked.length > 0 ? exitCodes.problems : exitCodes.done;
  } finally {
    await projections.close();
    await log.close();
  }
}

function statusLines(
  { state, position, logPosition, lag, identity, findings, parked, reason, building }: ProjectionStatus,
  rows: Record<string, number> | null,
): string[] {
  const waiting =
    state === 'absent'
      ? ['There are no read models yet; they are made when the service starts, or by projections rebuild.']
      : [];
  return [
    `${state}: at position ${position} of ${logPosition}, ${counted(lag.events, 'event')} behind`,
    ...(identity === null ? waiting : [`made by ${identity}`]),
    ...(reason === null ? [] : [reason]),
    ...(building ? [buildingLine(building)] : []),
    ...counts('rows', rows),
    ...counts('findings', findings),
    ...parked.map(
      ({ clientId, position: at, since, reason: why }) =>
        `parked: client ${clientId} at position ${at} since ${formatInstant(since)}: ${why}`,
    ),
  ];
}

/** A minute is the longest that a building which goes on is silent, but for its indexes. */
function buildingLine(building: Building): string {
  const { generation, since, toldAt, share } = building;
  const left = remainingMs(building);
  const told = Date.now() - toldAt > 60_000 ? `; not heard of since ${formatInstant(toldAt)}` : '';
  return (
    `being built: ${generation}, ${Math.round(share * 100)} % of the events after ${inSeconds(toldAt - since)}` +
    `${left === null ? '' : `, about ${inSeconds(left)} to go`}${told}`
  );
}

function inSeconds(ms: number): string {
  return counted(Math.round(ms / 1_000), 'second');
}

function counts(of: string, byName: Record<string, number> | null): string[] {
  const named = Object.entries(byName ?? {}).map(([name, count]) => `${name} ${count}`);
  return named.length === 0 ? [] : [`${of}: ${named.join(', ')}`];
}
