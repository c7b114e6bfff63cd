import { copyLog } from '@domeinbrug/event-store';
import { productVersion } from '@domeinbrug/settings';
import { copyKeysFile, keysFile } from '@domeinbrug/privacy';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { WrongUse } from '../refusal.js';
import { copyPrivately, flush } from './durable-files.js';
import {
  auditName,
  backupFormat,
  describeFile,
  logName,
  writeManifest,
  type BackupManifest,
} from './manifest.js';

/**
 * Copies what cannot be derived from a data folder, beside a service that writes to it: the log as it is at one moment,
 * the keys and the audit trail. Read models and archive follow from the log. The folder appears when all of it is there and on the disk.
 *
 * @param progress is told the share that is done, 0 to 1
 * @throws WrongUse when the folder is there already; LogNotFound, LogFileRefused
 */
export async function makeBackup(
  dataDir: string,
  folder: string,
  progress: (share: number) => void,
): Promise<BackupManifest> {
  const target = resolve(folder);
  if (existsSync(target))
    throw new WrongUse(`${folder} is there already; name a folder that is not, one for each backup.`);
  const draft = `${target}.unfinished`;
  rmSync(draft, { recursive: true, force: true }); // of one that was broken off
  mkdirSync(join(draft, 'keys'), { recursive: true, mode: 0o700 });
  try {
    const { position, digest } = await copyLog(dataDir, join(draft, logName), progress);
    // After the log: a key is made before the first event that needs it.
    const keys = [...copyKeys(dataDir, draft), ...(await copyClientKeys(dataDir, draft))];
    const names = [logName, ...keys, ...(await copyAudit(dataDir, draft))];
    const manifest: BackupManifest = {
      format: backupFormat,
      product: productVersion(),
      madeAt: new Date().toISOString(),
      position,
      digest,
      files: await Promise.all(names.map((name) => describeFile(draft, name))),
    };
    writeManifest(draft, manifest);
    renameSync(draft, target);
    flush(dirname(target));
    return manifest;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
}

async function copyClientKeys(dataDir: string, to: string): Promise<string[]> {
  const name = `keys/${keysFile}`;
  if (!(await copyKeysFile(dataDir, join(to, name)))) return [];
  flush(join(to, name));
  return [name];
}

async function copyAudit(dataDir: string, to: string): Promise<string[]> {
  if (!existsSync(join(dataDir, auditName))) return [];
  mkdirSync(dirname(join(to, auditName)), { mode: 0o700 });
  await copyLog(dirname(join(dataDir, auditName)), join(to, auditName));
  return [auditName];
}

/** @returns their names within the folder */
function copyKeys(dataDir: string, to: string): string[] {
  const keys = join(dataDir, 'keys');
  if (!existsSync(keys)) return [];
  return readdirSync(keys)
    .filter((name) => /\.(key|json)$/.test(name)) // others are drafts that are just being made
    .sort()
    .map((name) => {
      copyPrivately(join(keys, name), join(to, 'keys', name));
      return `keys/${name}`;
    });
}
