import { lockDataFolder, openSqliteEventLogInProcess } from '@domeinbrug/event-store';
import {
  applyErasures,
  erasuresFile,
  openKeyStore,
  openLogReaderAt,
  readErasures,
} from '@domeinbrug/privacy';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
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
  /** How many erasures of the list were applied to what the backup brought. */
  erasures: number;
}

/**
 * Puts a backup into a data folder that holds nothing, and verifies it there: every digest from the first event to the
 * one that the backup was made at. Whoever was erased since is erased again, before anything of it counts. The log appears
 * last: broken off before, restoring begins again.
 *
 * @param erasures the list of who was erased since; `null` = nobody was
 * @throws WrongUse when the data folder holds something; ProblemFound when the backup is damaged; DataFolderInUse
 */
export async function restoreBackup(
  folder: string,
  dataDir: string,
  erasures: string | null,
): Promise<Restored> {
  const manifest = readManifest(folder);
  await checkFiles(folder, manifest.files);
  const list = erasures === null ? null : listAt(erasures);
  const lock = lockDataFolder(dataDir);
  try {
    refuseOccupied(dataDir);
    const draft = join(dataDir, draftName);
    rmSync(draft, { recursive: true, force: true });
    for (const { name } of manifest.files) copyPrivately(join(folder, name), join(draft, name));
    const verified = await verifyDraft(draft, manifest);
    const erased = list === null ? 0 : await eraseAgain(draft, list);
    putInPlace(draft, dataDir);
    return { manifest, verified, erasures: erased };
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
  const folder = { kind: 'folder', dataDir: draft } as const;
  const log = await openLogReaderAt({ ...folder, keys: folder });
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

/** The list itself, or the one in a data folder. @throws WrongUse */
function listAt(path: string): string {
  if (!existsSync(path)) throw new WrongUse(`--erasures: there is no ${path}.`);
  const list = statSync(path).isDirectory() ? join(path, 'keys', erasuresFile) : path;
  if (existsSync(list)) return list;
  throw new WrongUse(`--erasures: ${path} has no list; where nobody was erased say --no-erasures.`);
}

async function eraseAgain(draft: string, list: string): Promise<number> {
  const erasures = readErasures(list);
  copyPrivately(list, join(draft, 'keys', erasuresFile));
  const store = openKeyStore({ kind: 'folder', dataDir: draft });
  const log = await openSqliteEventLogInProcess({ dataDir: draft });
  try {
    await applyErasures({ store, log, dataDir: draft });
  } finally {
    await log.close();
    await store.close();
  }
  return erasures.length;
}

function putInPlace(draft: string, dataDir: string): void {
  const others = ['keys', 'audit'].flatMap((name) => filesIn(draft, name));
  for (const name of [...others, logName]) {
    const place = join(dataDir, name);
    mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
    renameSync(join(draft, name), place);
    flush(dirname(place));
  }
  rmSync(draft, { recursive: true, force: true });
}

function filesIn(draft: string, folder: string): string[] {
  return existsSync(join(draft, folder))
    ? readdirSync(join(draft, folder)).map((name) => `${folder}/${name}`)
    : [];
}
