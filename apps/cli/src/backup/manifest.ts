import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemFound, WrongUse } from '../refusal.js';
import { flush } from './durable-files.js';

/** What a backup holds, written when all of it is there. */
export interface BackupManifest {
  format: typeof backupFormat;
  /** Version of the product that made it. */
  product: string;
  /** RFC 3339. */
  madeAt: string;
  /** Up to which event, and the digest there: two logs with the same one hold the same events. */
  position: string;
  digest: string;
  files: BackupFile[];
}

export interface BackupFile {
  /** In the data folder and in the backup: `log.db`, `keys/pseudonym.key`. */
  name: string;
  bytes: number;
  /** SHA-256, hex. */
  sha256: string;
}

export const backupFormat = 'domeinbrug/backup/1';
export const logName = 'log.db';
/** Who looked at or changed what of whom; not there before the first start of a service. */
export const auditName = 'audit/log.db';
const manifestName = 'backup.json';

export async function describeFile(folder: string, name: string): Promise<BackupFile> {
  const path = join(folder, name);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return { name, bytes: statSync(path).size, sha256: hash.digest('hex') };
}

export function writeManifest(folder: string, manifest: BackupManifest): void {
  const path = join(folder, manifestName);
  writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true });
  flush(folder);
}

/** @throws WrongUse when the folder is no backup */
export function readManifest(folder: string): BackupManifest {
  const path = join(folder, manifestName);
  if (!existsSync(path)) {
    throw new WrongUse(
      `${folder} is no backup: it has no ${manifestName}. Name the folder that domeinbrug backup made.`,
    );
  }
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as BackupManifest;
  if (manifest.format === backupFormat) return manifest;
  throw new WrongUse(
    `${folder} was made by another version of Domeinbrug (${String(manifest.format)}); restore it with that one.`,
  );
}

/** @throws ProblemFound naming every file that is not what it was when the backup was made */
export async function checkFiles(folder: string, files: readonly BackupFile[]): Promise<void> {
  const wrong: string[] = [];
  for (const { name, sha256 } of files) {
    if (!existsSync(join(folder, name))) wrong.push(`${name} is gone`);
    else if ((await describeFile(folder, name)).sha256 !== sha256) wrong.push(`${name} has changed`);
  }
  if (wrong.length === 0) return;
  throw new ProblemFound(
    `The backup ${folder} is damaged: ${wrong.join(', ')}. Nothing was restored; take another one.`,
  );
}
