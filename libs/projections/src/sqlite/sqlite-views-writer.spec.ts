import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import {
  dropFolder,
  guidance,
  openFolder,
  record,
  registered,
  shipped,
  type Folder,
} from '../../../../test/build/log-folder.js';
import { coverageUnder } from '../client-coverage.js';
import { catchUp } from '../projector.js';
import { fromTheStart } from '../rules-in-force.js';
import type { ViewsWriter } from '../views-writer.js';
import { openViewsForWriting } from './views-file.js';

/** So long SQLite's driver waits for readers where nothing else is said. */
const driverWaitsMs = 5_000;

describe('the journal of read models after an erasure', () => {
  const coverage = coverageUnder(fromTheStart(shipped('six-weeks')));
  let folder: Folder;
  let views: ViewsWriter;
  let path: string;

  beforeEach(async () => {
    folder = await openFolder();
    path = join(folder.dataDir, 'views.db');
    views = await openViewsForWriting(path);
    for (const client of ['CLIENT0A', 'CLIENT0B']) await record(folder.log, client, registered(), guidance);
    await catchUp(views, folder.log, coverage);
  });
  afterEach(async () => {
    await views.close();
    await dropFolder(folder);
  });

  async function erase(client: string): Promise<void> {
    await record(folder.log, client, { type: 'client-erased', id: 'erasure', data: { day: '2025-03-04' } });
    await catchUp(views, folder.log, coverage);
  }

  /** The read models' files in which the client is named. */
  const filesWith = (client: string): string[] =>
    readdirSync(folder.dataDir).filter(
      (name) => name.startsWith('views.db') && readFileSync(join(folder.dataDir, name)).includes(client),
    );

  it('is cut off at once when nobody reads', async () => {
    expect(filesWith('CLIENT0A')).not.toEqual([]);
    await erase('CLIENT0A');
    expect(filesWith('CLIENT0A')).toEqual([]);
    expect(filesWith('CLIENT0B')).not.toEqual([]);
  });

  it('is cut off once a reader who was at it has left, and nobody waits for the reader', async () => {
    const reader = new Database(path, { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM changes').get();
    const began = performance.now();
    await erase('CLIENT0A');
    expect(performance.now() - began).toBeLessThan(driverWaitsMs);
    expect(views.rest()).toBe(false);
    expect(filesWith('CLIENT0A')).toContain('views.db-wal');
    reader.exec('COMMIT');
    reader.close();
    expect(views.rest()).toBe(true);
    expect(filesWith('CLIENT0A')).toEqual([]);
    expect(statSync(`${path}-wal`).size).toBe(0);
  });

  it('is cut off by the next process when one was broken off before it could', async () => {
    const reader = new Database(path, { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM changes').get();
    await erase('CLIENT0A');
    reader.close();
    expect(filesWith('CLIENT0A')).toContain('views.db-wal');
    const next = await openViewsForWriting(path); // the first is left as it is: closing it would cut the journal off
    expect(next.rest()).toBe(true);
    expect(filesWith('CLIENT0A')).toEqual([]);
    await next.close();
  });
});
