import {
  EMPTY_LOG_DIGEST,
  nextDigest,
  openSqliteEventLogReader,
  START,
  type EventLogReader,
  type RecordedEvent,
} from '@domeinbrug/event-store';
import { contentHashOf } from '@domeinbrug/intake';
import { isEventType, journeyEventOf } from '@domeinbrug/journey';
import { clientOfStream, coverageUnder, verifyViews, type Verification } from '@domeinbrug/projections';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCodes, type ExitCode } from '../refusal.js';
import { rulesOf } from '../rules-folder.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { counted } from '../text/columns.js';

const eventsAPage = 2_000;

/** What the log says of itself. */
interface LogVerification {
  events: number;
  /** Digest of the last event: two logs with the same one hold the same events in the same order. */
  digest: string;
  /** Positions whose digest is not the one that the events up to there give; at most the first hundred. */
  broken: string[];
  /** Positions of journey events whose content is not the one that was hashed; at most the first hundred. */
  changed: string[];
}

const namedPositions = 100;

/**
 * Compares the log with its digests and the read models with the log, row by row. Reads only; a service may run
 * beside it. Exit code 1 when anything differs or nothing could be compared.
 */
export async function verify(
  terminal: Terminal,
  options: FolderOptions & { json?: boolean },
): Promise<ExitCode> {
  const config = settingsFor(options);
  const { active } = rulesOf(config);
  const log = openSqliteEventLogReader(config);
  const scratch = await mkdtemp(join(tmpdir(), 'domeinbrug-verify-'));
  try {
    const chain = await verifyLog(log);
    const views = await verifyViews(config.dataDir, join(scratch, 'views.db'), log, coverageUnder(active));
    if (options.json) terminal.out(JSON.stringify({ log: chain, views }, null, 2));
    else terminal.out([...logLines(chain), ...viewsLines(views)].join('\n'));
    const sound =
      chain.broken.length + chain.changed.length === 0 &&
      (views === null || (views.differing === 0 && views.refused === null));
    return sound ? exitCodes.done : exitCodes.problems;
  } finally {
    await log.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function verifyLog(log: EventLogReader): Promise<LogVerification> {
  const result: LogVerification = { events: 0, digest: EMPTY_LOG_DIGEST, broken: [], changed: [] };
  let after = START;
  for (;;) {
    const page = await log.readAll(after, eventsAPage);
    for (const event of page) {
      const { position, contentHash, digest } = event;
      if (digest !== nextDigest(result.digest, contentHash)) note(result.broken, position);
      if (!isAsHashed(event)) note(result.changed, position);
      // From what is stored, so that one broken link is one difference.
      result.digest = digest;
      result.events += 1;
      after = position;
    }
    if (page.length < eventsAPage) return result;
  }
}

function note(positions: string[], position: string): void {
  if (positions.length < namedPositions) positions.push(position);
}

/** Whether a journey event still says what it said when it was stored; events of other streams are not ours to hash. */
function isAsHashed(stored: RecordedEvent): boolean {
  const clientId = clientOfStream(stored.stream);
  if (clientId === null || !isEventType(stored.type)) return true;
  const { source, id, type, data } = journeyEventOf(stored);
  const { time } = stored.content as { time: string };
  return (
    stored.contentHash ===
    contentHashOf({ source, id, type, time, clientId, extensions: {}, data: { ...data } })
  );
}

function logLines({ events, digest, broken, changed }: LogVerification): string[] {
  if (broken.length + changed.length === 0) {
    return [`The log is whole: ${counted(events, 'event')}, digest ${digest}.`];
  }
  return [
    ...(broken.length > 0
      ? [`The digests at positions ${broken.join(', ')} do not follow from the events before them.`]
      : []),
    ...(changed.length > 0 ? [`The events at positions ${changed.join(', ')} are not what was stored.`] : []),
    'The log was changed. Put it back from a backup.',
  ];
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
