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
import { join } from 'node:path';

/**
 * Read models are built beside those in force and take over by a pointer: `views-2.db` is complete before the file
 * `views.current` names it, and that file is replaced in one step. Killed at any moment, the next start finds either
 * the old generation or the new one, whole.
 */
const pointer = 'views.current';
const generation = /^views-(\d+)\.db/;

/** The file with the read models in force; it need not exist yet. */
export function pointedTo(dataDir: string): string {
  const named = join(dataDir, pointer);
  return existsSync(named) ? readFileSync(named, 'utf8').trim() : 'views-1.db';
}

/** Where the read models in force lie in a data folder; the file need not exist yet. */
export function viewsPath(dataDir: string): string {
  return join(dataDir, pointedTo(dataDir));
}

/** The file that the next generation is to be built in. */
export function nextGeneration(dataDir: string): string {
  const current = pointedTo(dataDir);
  if (!existsSync(join(dataDir, current))) return current;
  return `views-${Number(generation.exec(current)?.[1] ?? 0) + 1}.db`;
}

/** Puts a generation that is complete and closed in force. */
export function pointTo(dataDir: string, file: string): void {
  synchronise(join(dataDir, file));
  const next = join(dataDir, `${pointer}.next`);
  const handle = openSync(next, 'w', 0o600);
  try {
    writeSync(handle, `${file}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(next, join(dataDir, pointer));
  synchronise(dataDir);
}

/** Removes what is not in force: former generations, and those that were never finished. */
export function removeOthers(dataDir: string): void {
  const current = pointedTo(dataDir);
  const others = readdirSync(dataDir).filter((name) => generation.test(name) && !name.startsWith(current));
  for (const name of others) rmSync(join(dataDir, name), { force: true });
}

function synchronise(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
