import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Reads what one setting says; what is wrong with it is noted in a sentence that says what to write instead. */

/**
 * What a process does of what several share: `api` answers, `projector` keeps the read models up and answers only about
 * itself, `all` does both. Of those that may keep them up one does, and another takes over when it is gone.
 */
export const roles = ['all', 'api', 'projector'] as const;
export type Role = (typeof roles)[number];

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

type Note = (detail: string) => void;

export function portOf(text: string, note: Note): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  note(`"${text}" is no port; write a whole number from 0 to 65535 (0 takes any free one).`);
  return 0;
}

export function hostOf(text: string, note: Note): string {
  if (!/^[A-Za-z0-9.:_-]+$/.test(text)) {
    note(`"${text}" is no address to listen on; write a host name or an IP address, such as 127.0.0.1.`);
  }
  return text;
}

/** The folder itself may not be there yet; the nearest one above it that is must let us write. */
export function dataDirOf(text: string, note: Note): string {
  const folder = resolve(text);
  let existing = folder;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  if (!statSync(existing).isDirectory()) {
    note(`${existing} is a file; name a folder, or a place where one can be made.`);
  } else if (!isAccessible(existing, constants.W_OK | constants.X_OK)) {
    note(`${existing} may not be written to by this user; give it the rights, or name another folder.`);
  }
  return folder;
}

export const databaseSchemes = ['postgres', 'postgresql'];
export const kurrentdbSchemes = ['esdb', 'esdb+discover', 'kurrentdb', 'kurrentdb+discover'];

/** The address itself is not told again: it may hold a password. */
export function storeUrlOf(text: string, schemes: readonly string[], note: Note): string | null {
  if (text === '') return null;
  const [, scheme] = /^([a-z+]+):\/\/\S+/.exec(text) ?? []; // a socket has no host
  if (scheme === undefined || !schemes.includes(scheme))
    note(`This is no address of such a store; write ${schemes.map((each) => `${each}://…`).join(' or ')}.`);
  return text;
}

export function schemaOf(text: string, note: Note): string {
  if (!/^[a-z_][a-z0-9_]{0,47}$/.test(text))
    note(`"${text}" cannot be a schema; write at most 48 lower-case letters, digits and underscores.`);
  return text;
}

export function roleOf(text: string, hasDatabase: boolean, note: Note): Role {
  const role = roles.find((known) => known === text);
  if (!role) note(`"${text}" is no role; write one of ${roles.join(', ')}.`);
  else if (role !== 'all' && !hasDatabase) {
    note(
      `A process of its own for "${role}" shares read models with others, which a data folder cannot: name the ` +
        'database that holds them in DATABASE_URL, or leave DOMEINBRUG_ROLE out.',
    );
  }
  return role ?? 'all';
}

export function rulesDirOf(text: string, note: Note): string {
  const folder = resolve(text);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    note(`${folder} is no folder; name the folder that holds the rule sets (*.yaml), or leave it out.`);
  } else if (!isAccessible(folder, constants.R_OK | constants.X_OK)) {
    note(`${folder} may not be read by this user; give it the rights, or name another folder.`);
  }
  return folder;
}

export function ruleSetOf(text: string, note: Note): string | null {
  if (text === '') return null;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*(@[^\s@]+)?$/.test(text)) {
    note(`"${text}" is no name of a rule set; write its id, or id@version, such as sharp-cut@2026.1.`);
  }
  return text;
}

export function logLevelOf(text: string, note: Note): LogLevel {
  const level = logLevels.find((known) => known === text);
  if (!level) note(`"${text}" is no level; write one of ${logLevels.join(', ')}.`);
  return level ?? 'info';
}

export function flagOf(text: string, note: Note): boolean {
  if (text !== '0' && text !== '1') note(`"${text}" is neither on nor off; write 1 or 0.`);
  return text === '1';
}

export function addressOrNone(text: string, note: Note): string | null {
  if (text !== '' && !/^https?:\/\/[^\s]+$/.test(text)) {
    note(`"${text}" is no address; write that of the collector, such as http://127.0.0.1:4318.`);
  }
  return text || null;
}

export function secondsOf(text: string, note: Note): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) note(`"${text}" is no number of seconds; write a whole number from 1.`);
  return Number(text);
}

export function fileOrNone(text: string, note: Note): string | null {
  if (text === '') return null;
  const path = resolve(text);
  if (!existsSync(path) || !statSync(path).isFile()) {
    note(`${path} is no file; name the file that holds the mandates, or leave it out.`);
  } else if (!isAccessible(path, constants.R_OK)) {
    note(`${path} may not be read by this user; give it the rights.`);
  }
  return path;
}

function isAccessible(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
