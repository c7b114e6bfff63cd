import { lockDataFolder, openSqliteEventLogReader } from '@domeinbrug/event-store';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ProblemFound, WrongUse } from '../refusal.js';
import { isWhole, verifyLog, type LogVerification } from '../verify-log.js';
import { copyPrivately, flush } from './durable-files.js';
import { checkFiles, logName, readManifest, type BackupManifest } from './manifest.js';

/** Where a restored folder is put together and verified before any of it counts. */
const draftName = 'restoring';

export interface Restored {
  manifest: BackupManifest;
  verified: LogVerification;
}

/**
 * Puts a backup into a data folder that holds nothing, and verifies it there: every digest from the first event to the
 * one that the backup was made at. The log appears last: broken off before, restoring begins again.
 *
 * @throws WrongUse when the data folder holds something; ProblemFound when the backup is damaged; DataFolderInUse
 */
export async function restoreBackup(folder: string, dataDir: string): Promise<Restored> {
  const manifest = readManifest(folder);
  await checkFiles(folder, manifest.files);
  const lock = lockDataFolder(dataDir);
  try {
    refuseOccupied(dataDir);
    const draft = join(dataDir, draftName);
    rmSync(draft, { recursive: true, force: true });
    for (const { name } of manifest.files) copyPrivately(join(folder, name), join(draft, name));
    const verified = await verifyDraft(draft, manifest);
    putInPlace(draft, dataDir, manifest);
    return { manifest, verified };
  } finally {
    lock.release();
  }
}

/** What an unfinished restoring left is no data. */
function refuseOccupied(dataDir: string): void {
  const isUnfinished = existsSync(join(dataDir, draftName)) && !existsSync(join(dataDir, logName));
  const ours = [
    'lock.db',
    'lock.db-journal',
    'lock.holder',
    ...(isUnfinished ? [draftName, 'keys', 'audit'] : []),
  ];
  const others = readdirSync(dataDir).filter((name) => !ours.includes(name));
  if (others.length === 0) return;
  throw new WrongUse(
    `${dataDir} holds ${others.slice(0, 5).join(', ')}; a backup is restored into an empty folder. Move what is there ` +
      'away, or name another folder with --data-dir.',
  );
}

async function verifyDraft(draft: string, { position, digest }: BackupManifest): Promise<LogVerification> {
  const log = openSqliteEventLogReader({ dataDir: draft });
  try {
    const verified = await verifyLog(log);
    const head = await log.head();
    if (isWhole(verified) && head.position === position && verified.digest === digest) return verified;
  } finally {
    await log.close();
  }
  throw new ProblemFound(
    'The log of the backup does not give the digest that the backup was made with. Nothing was restored; take another one.',
  );
}

function putInPlace(draft: string, dataDir: string, { files }: BackupManifest): void {
  const others = files.map(({ name }) => name).filter((name) => name !== logName);
  for (const name of [...others, logName]) {
    const place = join(dataDir, name);
    mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
    renameSync(join(draft, name), place);
    flush(dirname(place));
  }
  rmSync(draft, { recursive: true, force: true });
}
