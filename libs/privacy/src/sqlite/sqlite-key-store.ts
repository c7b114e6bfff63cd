import Database from 'better-sqlite3';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { ClientHeld } from '../key-store.js';
import type { Erasure, FoundKeys, Hold, KeyOwner, KeyStore, WrappedKey } from '../key-store.js';

/**
 * Keys in a file of their own, for any number of threads and processes. A commit is on the disk before it is told of, and
 * what is deleted is overwritten with zeros, in the file and, since its journal is cut off, nowhere beside it.
 */
export class SqliteKeyStore implements KeyStore {
  private opened: ReturnType<typeof open> | undefined;
  private isClosed = false;

  /** The file is made with the first key; until then nothing is known of anybody. */
  constructor(private readonly path: string) {}

  async find(clients: readonly string[]): Promise<FoundKeys> {
    const file = this.fileIfThere();
    if (!file) return Promise.resolve({ keys: [], erasures: [] });
    const asked = JSON.stringify(clients);
    return Promise.resolve({ keys: file.keysOf.all(asked), erasures: file.erasuresOf.all(asked) });
  }

  async add(keys: readonly WrappedKey[]): Promise<void> {
    const file = this.file();
    file.transaction(() => {
      for (const { client, person, wrapped } of keys) file.add.run({ client, person, wrapped });
    });
    return Promise.resolve();
  }

  async erase(erasure: Erasure, over?: Hold): Promise<Erasure> {
    const file = this.file();
    return Promise.resolve(
      file.transaction(() => {
        const held = file.holdOf.get(erasure.client);
        if (held && held.at !== over?.at) throw new ClientHeld(held);
        file.noteErasure.run(erasure);
        file.remove.run(erasure);
        return file.erasuresOf
          .all(JSON.stringify([erasure.client]))
          .find(({ person }) => person === erasure.person)!;
      }),
    );
  }

  async erasures(): Promise<Erasure[]> {
    return Promise.resolve(this.fileIfThere()?.erasures.all() ?? []);
  }

  async page(after: KeyOwner | null, limit: number): Promise<WrappedKey[]> {
    const { client, person } = after ?? { client: '', person: '' };
    return Promise.resolve(this.fileIfThere()?.page.all({ client, person, limit }) ?? []);
  }

  async hold(hold: Hold): Promise<void> {
    const file = this.file();
    file.transaction(() => file.hold.run(hold));
    return Promise.resolve();
  }

  async release(client: string): Promise<Hold | null> {
    const file = this.fileIfThere();
    if (!file) return Promise.resolve(null);
    return Promise.resolve(
      file.transaction(() => {
        const held = file.holdOf.get(client) ?? null;
        file.release.run(client);
        return held;
      }),
    );
  }

  async holds(): Promise<Hold[]> {
    return Promise.resolve(this.fileIfThere()?.holds.all() ?? []);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.opened?.database.close();
    this.opened = undefined;
    return Promise.resolve();
  }

  private fileIfThere(): ReturnType<typeof open> | undefined {
    return this.opened || existsSync(this.path) ? this.file() : undefined;
  }

  private file(): ReturnType<typeof open> {
    if (this.isClosed) throw new Error('The store of keys is closed; open it again.');
    return (this.opened ??= open(this.path));
  }
}

/** A commit of another may take its turn at the disk before ours. */
const waitMs = 10_000;

const tables = `
  CREATE TABLE IF NOT EXISTS keys (
    client TEXT NOT NULL, person TEXT NOT NULL, wrapped BLOB NOT NULL, PRIMARY KEY (client, person)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS erasures (
    client TEXT NOT NULL, person TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (client, person)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS holds (
    client TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;`;

function open(path: string) {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600)); // its journal takes the same rights
  const database = new Database(path, { timeout: waitMs });
  database.pragma('journal_mode = TRUNCATE');
  database.pragma('synchronous = FULL');
  database.pragma('secure_delete = ON');
  database.transaction(() => database.exec(tables)).immediate();
  return { database, ...statements(database) };
}

function statements(database: Database.Database) {
  const asked = 'client IN (SELECT value FROM json_each(?))';
  return {
    /** What writes takes its turn from the beginning: what it read still holds when it writes. */
    transaction: <T>(work: () => T): T => database.transaction(work).immediate(),
    keysOf: database.prepare<[string], WrappedKey>(`SELECT client, person, wrapped FROM keys WHERE ${asked}`),
    erasuresOf: database.prepare<[string], Erasure>(`SELECT * FROM erasures WHERE ${asked}`),
    add: database.prepare<[WrappedKey]>(
      `INSERT INTO keys (client, person, wrapped) SELECT @client, @person, @wrapped
       WHERE NOT EXISTS (SELECT 1 FROM erasures WHERE client = @client AND person IN (@person, ''))
       ON CONFLICT DO NOTHING`,
    ),
    noteErasure: database.prepare<[Erasure]>(
      'INSERT INTO erasures VALUES (@client, @person, @at, @by, @reason) ON CONFLICT DO NOTHING',
    ),
    remove: database.prepare<[KeyOwner]>(
      "DELETE FROM keys WHERE client = @client AND (@person = '' OR person = @person)",
    ),
    erasures: database.prepare<[], Erasure>('SELECT * FROM erasures ORDER BY at, client, person'),
    page: database.prepare<[KeyOwner & { limit: number }], WrappedKey>(
      `SELECT client, person, wrapped FROM keys WHERE (client, person) > (@client, @person)
       ORDER BY client, person LIMIT @limit`,
    ),
    holdOf: database.prepare<[string], Hold>('SELECT * FROM holds WHERE client = ?'),
    hold: database.prepare<[Hold]>(
      `INSERT INTO holds VALUES (@client, @at, @by, @reason)
       ON CONFLICT DO UPDATE SET at = excluded.at, by = excluded.by, reason = excluded.reason`,
    ),
    release: database.prepare<[string]>('DELETE FROM holds WHERE client = ?'),
    holds: database.prepare<[], Hold>('SELECT * FROM holds ORDER BY at, client'),
  };
}
