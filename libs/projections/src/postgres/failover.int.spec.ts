import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  coverageUnder,
  fromTheStart,
  openViewsStore,
  verifyViews,
  type ViewsStore,
} from '@domeinbrug/projections';
import {
  admission,
  caseManagement,
  dropFolder,
  guidance,
  indication,
  openFolder,
  record,
  registered,
  shipped,
  type Folder,
} from '../../../../test/build/log-folder.js';
import { describeWithPostgres, type PostgresServer } from '../../../../test/servers/postgres-server.js';

const built = '../../../../dist/libs/projections/src';
const { GenerationKeeper } = jest.requireActual<typeof import('../generation-keeper.js')>(
  `${built}/generation-keeper.js`,
);
const { ReferenceBook } = jest.requireActual<typeof import('../reference-book.js')>(
  `${built}/reference-book.js`,
);

const inForce = fromTheStart(shipped('six-weeks'));
const poison = { type: 'no-such-event', id: 'poison', data: {} };

describeWithPostgres('read models whose server came back without its last transactions', (server) => {
  let dataDir: string;
  let schema: string;
  let store: ViewsStore;
  let folder: Folder;
  let told: string[];
  let keeper: InstanceType<typeof GenerationKeeper>;

  beforeEach(async () => {
    [dataDir, schema, told] = [mkdtempSync(join(tmpdir(), 'domeinbrug-failover-')), server().newSchema(), []];
    folder = await openFolder();
    store = openViewsStore({ kind: 'postgres', url: server().url, schema, dataDir });
    await store.claim(() => undefined);
    const { log } = folder;
    keeper = new GenerationKeeper(store, log, new ReferenceBook(log), null, (_, { position }) =>
      told.push(position),
    );
    await record(log, 'CLIENT0A', registered(), caseManagement, indication);
    await keeper.resume(inForce);
    await keeper.catchUp(() => false);
  });

  afterEach(async () => {
    await keeper.close();
    await store.close();
    await dropFolder(folder);
    await server().dropSchemas(schema);
    rmSync(dataDir, { recursive: true });
  });

  async function expectAsTheLogGives(position: string): Promise<void> {
    const found = await verifyViews(store, join(dataDir, 'scratch'), folder.log, coverageUnder(inForce));
    expect(found).toMatchObject({ differing: 0, refused: null, position });
  }

  it('get what was lost before what comes next', async () => {
    const { log } = folder;
    const standby = await keep(server(), `${schema}_views_1`);
    await record(log, 'CLIENT0A', admission);
    await record(log, 'CLIENT0B', registered(), guidance, poison);
    await keeper.catchUp(() => false);
    await standby.takesOver();
    await record(log, 'CLIENT0B', { ...caseManagement, id: 'later' });
    await expect(keeper.catchUp(() => false)).rejects.toMatchObject({ name: 'ViewsMoved' });
    await keeper.catchUp(() => false);
    await expectAsTheLogGives('8');
  });

  it('are looked at also when nothing comes next', async () => {
    const standby = await keep(server(), `${schema}_views_1`);
    await record(folder.log, 'CLIENT0A', admission);
    await keeper.catchUp(() => false);
    await standby.takesOver();
    await keeper.catchUp(() => false);
    expect(told.slice(-3)).toEqual(['4', '3', '4']);
    await expectAsTheLogGives('4');
  });

  it('are taken up anew by whoever had put others in force that are gone', async () => {
    await server().query(`DELETE FROM ${schema}_views.current`);
    await expect(keeper.catchUp(() => false)).rejects.toMatchObject({ name: 'ClaimLost' });
    expect(await store.claim(() => undefined)).toBe(true);
    await keeper.letGo();
    await keeper.resume(inForce);
    await keeper.catchUp(() => false);
    await expectAsTheLogGives('3');
  });
});

/** All rows of a schema as they are now, and the way back to them. */
async function keep(server: PostgresServer, schema: string): Promise<{ takesOver(): Promise<void> }> {
  const tables = await server.query<{ name: string }>(
    'SELECT tablename AS name FROM pg_tables WHERE schemaname = $1',
    [schema],
  );
  const all = async (statement: (table: string, kept: string) => string): Promise<void> => {
    for (const { name } of tables)
      await server.query(statement(`${schema}.${name}`, `${schema}.kept_${name}`));
  };
  await all((table, kept) => `CREATE TABLE ${kept} AS TABLE ${table}`);
  return {
    takesOver: () => all((table, kept) => `DELETE FROM ${table}; INSERT INTO ${table} TABLE ${kept}`),
  };
}
