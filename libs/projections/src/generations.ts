import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, join } from 'node:path';

/**
 * Read models are built beside those in force and take over by a pointer: `views-2.db` is complete before the file
 * `views.current` names it, and that file is replaced in one step. Killed at any moment, the next start finds either
 * the old generation or the new one, whole.
 */
const pointer = 'views.current';
const generation = /^views-(\d+)\.db/;

/** Where the read models in force lie in a data folder; the file need not exist yet. */
export function viewsPath(dataDir: string): string {
  const named = join(dataDir, pointer);
  return join(dataDir, existsSync(named) ? readFileSync(named, 'utf8').trim() : 'views-1.db');
}

/** Where the next generation is to be built. */
export function nextViewsPath(dataDir: string): string {
  const number = Number(generation.exec(basename(viewsPath(dataDir)))?.[1] ?? 0);
  return join(dataDir, `views-${number + 1}.db`);
}

/** Puts a generation that is complete and closed in force. */
export function putInForce(dataDir: string, path: string): void {
  synchronise(path);
  const next = join(dataDir, `${pointer}.next`);
  const file = openSync(next, 'w', 0o600);
  try {
    writeSync(file, `${basename(path)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(next, join(dataDir, pointer));
  synchronise(dataDir);
}

/** Removes what is not in force: former generations, and those that were never finished. */
export function removeOtherViews(dataDir: string): void {
  const current = basename(viewsPath(dataDir));
  for (const name of readdirSync(dataDir)) {
    const isOther = generation.test(name) && !name.startsWith(current);
    if (isOther) rmSync(join(dataDir, name), { force: true });
  }
}

function synchronise(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
