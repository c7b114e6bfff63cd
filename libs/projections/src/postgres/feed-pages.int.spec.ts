import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openViewsStore } from '@domeinbrug/projections';
import { describeWithPostgres } from '../../../../test/servers/postgres-server.js';

const { changeColumns } = jest.requireActual<typeof import('../change-rows.js')>(
  '../../../../dist/libs/projections/src/change-rows.js',
);
const { positionKey } = jest.requireActual<typeof import('../tables.js')>(
  '../../../../dist/libs/projections/src/tables.js',
);

describeWithPostgres('the feed in PostgreSQL', (server) => {
  it('is emptied up to a position, few entries to a statement, also where most are of one position', async () => {
    const [dataDir, schema] = [mkdtempSync(join(tmpdir(), 'domeinbrug-feed-')), server().newSchema()];
    const store = openViewsStore({ kind: 'postgres', url: server().url, schema, dataDir });
    await store.claim(() => undefined);
    const generation = await store.next();
    const writer = await store.openForWriting(generation);
    await writer.addChanges([...entries('4', 5), ...entries('5', 24_000), ...entries('6', 5)]);
    await server().query(`
      CREATE FUNCTION ${generation}.refuse_many() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (SELECT count(*) FROM gone) > 10000 THEN RAISE EXCEPTION 'too many at once'; END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER few AFTER DELETE ON ${generation}.changes REFERENCING OLD TABLE AS gone
        FOR EACH STATEMENT EXECUTE FUNCTION ${generation}.refuse_many()`);
    await writer.emptyFeed('5');
    const left = await server().query(`SELECT DISTINCT position FROM ${generation}.changes`);
    expect(left).toEqual([{ position: positionKey('6') }]);
    await writer.close();
    await store.close();
    await server().dropSchemas(schema);
    rmSync(dataDir, { recursive: true });
  }, 60_000);
});

function entries(position: string, count: number): (string | number)[][] {
  return Array.from({ length: count }, (_, ordinal) =>
    changeColumns.map((column) => {
      if (column === 'position') return positionKey(position);
      return column === 'ordinal' || column === 'recorded_at' ? ordinal : 'x';
    }),
  );
}
