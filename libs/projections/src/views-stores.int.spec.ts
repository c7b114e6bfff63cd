import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromTheStart, openViewsStore } from '@domeinbrug/projections';
import { describeWithPostgres } from '../../../test/servers/postgres-server.js';
import { dropFolder, openFolder, record, shipped } from '../../../test/build/log-folder.js';
import type { Place, Told } from './contract/views-under-test.js';

// Classes are compared with those of the product, so the suite that drives it is the built one too.
const { describeViews } = jest.requireActual<typeof import('./contract/views-contract.js')>(
  '../../../dist/libs/projections/src/contract/views-contract.js',
);
const inForce = fromTheStart(shipped('six-weeks'));

async function openLog(): Promise<Told> {
  const folder = await openFolder();
  return {
    log: folder.log,
    record: ({ client, ...event }) => record(folder.log, client, event),
    discard: () => dropFolder(folder),
  };
}

describeViews(
  'a folder',
  async (): Promise<Place> => {
    const dataDir = mkdtempSync(join(tmpdir(), 'domeinbrug-views-'));
    const store = openViewsStore({ kind: 'folder', dataDir });
    await store.claim(() => undefined);
    return {
      store,
      scratch: join(dataDir, 'scratch'),
      async discard() {
        await store.close();
        rmSync(dataDir, { recursive: true });
      },
    };
  },
  openLog,
  inForce,
);

describeWithPostgres('views', (server) => {
  describeViews(
    'PostgreSQL',
    async (): Promise<Place> => {
      const dataDir = mkdtempSync(join(tmpdir(), 'domeinbrug-views-'));
      const schema = server().newSchema();
      const store = openViewsStore({ kind: 'postgres', url: server().url, schema, dataDir });
      await store.claim(() => undefined);
      return {
        store,
        scratch: join(dataDir, 'scratch'),
        async discard() {
          await store.close();
          await server().dropSchemas(schema);
          rmSync(dataDir, { recursive: true });
        },
      };
    },
    openLog,
    inForce,
  );
});
