import Database from 'better-sqlite3';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { eraseAgain } from './erasure-list.js';
import { keysFile } from './open-keys.js';
import { KeysRefused, type KeyOwner, type KeyStore } from './key-store.js';

const keysAPage = 1_000;

/**
 * Brings the keys of one store into another, wrapped as they are, with erasures and holds. Whoever was erased in the first
 * is erased in the other too, also where an earlier copy had brought the key.
 *
 * @returns how many keys the first one has
 */
export async function copyKeys(from: KeyStore, to: KeyStore): Promise<number> {
  await eraseAgain(to, await from.erasures());
  for (const hold of await from.holds()) await to.hold(hold);
  let copied = 0;
  for (let after: KeyOwner | null = null; ;) {
    const page = await from.page(after, keysAPage);
    if (page.length > 0) await to.add(page);
    copied += page.length;
    if (page.length < keysAPage) return copied;
    after = page.at(-1)!;
  }
}

/**
 * Puts the key that the keys of clients are wrapped by into another data folder that has none: copied keys open nothing
 * without it.
 *
 * @throws KeysRefused when that folder has another one
 */
export function copyMasterKey(from: string, to: string): void {
  const [source, target] = [from, to].map((dataDir) => join(dataDir, 'keys', 'clients.key')) as [
    string,
    string,
  ];
  if (!existsSync(source)) return;
  if (!existsSync(target)) {
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    writeFileSync(target, readFileSync(source), { flag: 'wx', mode: 0o600, flush: true });
  } else if (!readFileSync(source).equals(readFileSync(target))) {
    throw new KeysRefused(
      `${target} is another key than ${source}: what is copied could not be opened there. Copy into an empty one.`,
    );
  }
}

/** Copies the file of keys of a data folder, all of it as of one moment, also while a service writes to it. */
export async function copyKeysFile(dataDir: string, file: string): Promise<boolean> {
  const path = join(dataDir, 'keys', keysFile);
  if (!existsSync(path)) return false;
  closeSync(openSync(file, 'wx', 0o600));
  const source = new Database(path, { readonly: true, timeout: 10_000 });
  try {
    await source.backup(file, { progress: ({ totalPages }) => totalPages + 1 });
  } finally {
    source.close();
  }
  chmodSync(file, 0o600);
  return true;
}
