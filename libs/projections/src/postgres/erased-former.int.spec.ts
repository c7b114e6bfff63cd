import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromTheStart, openViewsStore, type ViewsStore } from '@domeinbrug/projections';
import {
  caseManagement,
  dropFolder,
  indication,
  openFolder,
  record,
  registered,
  shipped,
  type Folder,
  type Sent,
} from '../../../../test/build/log-folder.js';
import { describeWithPostgres } from '../../../../test/servers/postgres-server.js';

const built = '../../../../dist/libs/projections/src';
const { GenerationKeeper } = jest.requireActual<typeof import('../generation-keeper.js')>(
  `${built}/generation-keeper.js`,
);
const { ReferenceBook } = jest.requireActual<typeof import('../reference-book.js')>(
  `${built}/reference-book.js`,
);

const erased: Sent = { type: 'client-erased', id: 'erasure', data: { day: '2024-06-01' } };

describeWithPostgres('read models that were in force before', (server) => {
  let dataDir: string;
  let schema: string;
  let store: ViewsStore;
  let folder: Folder;
  let keeper: InstanceType<typeof GenerationKeeper>;

  beforeEach(async () => {
    [dataDir, schema] = [mkdtempSync(join(tmpdir(), 'domeinbrug-former-')), server().newSchema()];
    folder = await openFolder();
    store = openViewsStore({ kind: 'postgres', url: server().url, schema, dataDir });
    await store.claim(() => undefined);
    const { log } = folder;
    keeper = new GenerationKeeper(store, log, new ReferenceBook(log), null, () => undefined);
    await record(log, 'CLIENT0A', registered(), caseManagement, indication);
    await keeper.resume(fromTheStart(shipped('six-weeks')));
    await keeper.catchUp(() => false);
    await keeper.replace(fromTheStart(shipped('sharp-cut')));
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await keeper.close();
    await store.close();
    await dropFolder(folder);
    await server().dropSchemas(schema);
    rmSync(dataDir, { recursive: true });
  });

  const later = (ms: number): void => {
    const now = Date.now;
    jest.spyOn(Date, 'now').mockImplementation(() => now() + ms);
  };
  const generations = async (): Promise<string[]> => {
    const found = await server().query<{ name: string }>(
      'SELECT nspname AS name FROM pg_namespace WHERE nspname ~ $1 ORDER BY 1',
      [`^${schema}_views_[0-9]+$`],
    );
    return found.map(({ name }) => name);
  };

  it('stay a minute for whoever had them open, and go when somebody is erased', async () => {
    expect(await keeper.catchUp(() => false)).toBe(false);
    expect(await generations()).toEqual([`${schema}_views_1`, `${schema}_views_2`]);
    await record(folder.log, 'CLIENT0A', erased);
    await keeper.catchUp(() => false);
    expect(await generations()).toEqual([`${schema}_views_2`]);
  });

  it('go a while later where somebody was asking something there', async () => {
    const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const reading = store.openForReading(`${schema}_views_1`)!;
    await reading.transaction().execute(async (transaction) => {
      await transaction.selectFrom('timelines').selectAll().execute();
      await record(folder.log, 'CLIENT0A', erased);
      expect(await keeper.catchUp(() => false)).toBe(false);
      expect(await keeper.catchUp(() => false)).toBe(false);
    });
    await reading.destroy();
    expect(warned).toHaveBeenCalledTimes(1);
    expect(warned).toHaveBeenCalledWith(expect.stringContaining('are still there'), 'FormerViewsKept');
    expect(await generations()).toHaveLength(2);
    later(10_000);
    expect(await keeper.catchUp(() => false)).toBe(true);
    expect(await generations()).toEqual([`${schema}_views_2`]);
  });

  it('are left to whoever writes next by one that lets go', async () => {
    await keeper.letGo();
    later(70_000);
    expect(await keeper.catchUp(() => false)).toBe(true);
    expect(await generations()).toHaveLength(2);
  });

  it('go after that minute though nobody was erased', async () => {
    later(70_000);
    expect(await keeper.catchUp(() => false)).toBe(true);
    expect(await generations()).toEqual([`${schema}_views_2`]);
  });
});
