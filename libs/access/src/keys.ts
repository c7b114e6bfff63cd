import { randomBytes } from 'node:crypto';
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const keyBytes = 32;

/** Somebody else is putting another key in use. Nothing was changed. */
export class KeyBeingChanged extends Error {
  override readonly name = 'KeyBeingChanged';

  constructor(inUse: string, kept: string) {
    super(
      `${inUse} is being changed by somebody else, and nothing was changed by this. If nobody is at it, a change was broken ` +
        `off: take ${kept} away, which is the same key once more, and change it again.`,
    );
  }
}

/**
 * A secret key of 32 random bytes, kept in `<dataDir>/keys/<name>.key` and readable by its owner only. Made when
 * it is first asked for, the same ever after, also when two processes ask at once. A file that is no such key is
 * an error: a new key would give every client another pseudonym.
 */
export async function loadOrCreateKey(dataDir: string, name: string): Promise<Buffer> {
  const { path, text } = await loadOrCreate(dataDir, `${name}.key`, () =>
    randomBytes(keyBytes).toString('hex'),
  );
  return keyIn(path, text);
}

/** The same, where it is: `undefined` when it was never made. */
export async function loadKey(dataDir: string, name: string): Promise<Buffer | undefined> {
  const path = join(dataDir, 'keys', `${name}.key`);
  const text = await readIfThere(path);
  return text === undefined ? undefined : keyIn(path, text);
}

function keyIn(path: string, text: string): Buffer {
  if (!/^[0-9a-f]{64}$/.test(text.trim())) {
    throw new Error(
      `${path} holds no key of ${keyBytes} bytes in hex; put the right file back from a backup.`,
    );
  }
  return Buffer.from(text.trim(), 'hex');
}

/**
 * The key in use, made when it is first asked for, and those that were in use before it, the latest first: what was made
 * by a former key goes on to hold.
 */
export async function loadOrCreateKeys(dataDir: string, name: string): Promise<[Buffer, ...Buffer[]]> {
  const current = await loadOrCreateKey(dataDir, name);
  const former = (await formerKeys(dataDir, name)).map((number) =>
    loadOrCreateKey(dataDir, formerName(name, number)),
  );
  return [current, ...(await Promise.all(former))];
}

/**
 * Puts another key in the place of the one in use, which is kept as a former one. Whoever has loaded keys uses those until
 * they are loaded again.
 *
 * @returns how many former keys there are now
 * @throws KeyBeingChanged also after a change that was broken off; nothing has changed then
 */
export async function rotateKey(dataDir: string, name: string): Promise<number> {
  await loadOrCreateKey(dataDir, name);
  const former = await formerKeys(dataDir, name);
  const next = (former[0] ?? 0) + 1;
  const pathOf = (key: string): string => join(dataDir, 'keys', `${key}.key`);
  const kept = pathOf(formerName(name, next));
  // After the numbers: a change that began before ours shows here, and one that begins later meets ours at the number.
  await refuseHalfChanged(pathOf(name), former.length === 0 ? null : pathOf(formerName(name, former[0]!)));
  const draft = await writeDraft(pathOf(name), `${randomBytes(keyBytes).toString('hex')}\n`);
  try {
    await link(pathOf(name), kept); // only the first to take this number goes on
    await rename(draft, pathOf(name));
  } catch (error) {
    await rm(draft, { force: true });
    throw isCode(error, 'EEXIST') ? new KeyBeingChanged(pathOf(name), kept) : error;
  }
  return former.length + 1;
}

/** Between the two steps of a change the key in use has a former one's name too. */
async function refuseHalfChanged(inUse: string, latest: string | null): Promise<void> {
  if (latest !== null && (await readFile(latest)).equals(await readFile(inUse)))
    throw new KeyBeingChanged(inUse, latest);
}

/** Their numbers, the latest first. */
async function formerKeys(dataDir: string, name: string): Promise<number[]> {
  const form = new RegExp(`^${name}[.]former-([1-9][0-9]*)[.]key$`);
  return (await readdir(join(dataDir, 'keys')))
    .flatMap((file) => form.exec(file)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => b - a);
}

function formerName(name: string, number: number): string {
  return `${name}.former-${number}`;
}

/** The text of a secret file in the data folder's keys, made by `make` when it is not there. */
export async function loadOrCreate(
  dataDir: string,
  fileName: string,
  make: () => string | Promise<string>,
): Promise<{ path: string; text: string }> {
  if (!/^[a-z][a-z0-9.-]*$/.test(fileName)) throw new RangeError(`"${fileName}" is no name for a key file.`);
  const folder = join(dataDir, 'keys');
  const path = join(folder, fileName);
  const there = await readIfThere(path);
  if (there !== undefined) return { path, text: there };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await createWhole(path, `${await make()}\n`);
  return { path, text: await readFile(path, 'utf8') };
}

/** The file appears with all of its content or not at all; when another process was first, theirs stays. */
async function createWhole(path: string, text: string): Promise<void> {
  const draft = await writeDraft(path, text);
  try {
    await link(draft, path);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft);
  }
}

/** Beside the place where it is to be; on the disk when this ends. */
async function writeDraft(path: string, text: string): Promise<string> {
  const draft = `${path}.${randomBytes(8).toString('hex')}`;
  await writeFile(draft, text, { flag: 'wx', mode: 0o600, flush: true });
  return draft;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
