import { openKeyStore, type KeyStore } from '@domeinbrug/privacy';
import { describeWithPostgres } from '../../../../test/servers/postgres-server.js';

// Classes are compared with those of the product, so the suite that drives it is the built one too.
const { describeKeyStore } = jest.requireActual<typeof import('../contract/key-store-contract.js')>(
  '../../../../dist/libs/privacy/src/contract/key-store-contract.js',
);

describeWithPostgres('the keys in a database', (server) => {
  describeKeyStore('PostgreSQL', async () => {
    const schema = server().newSchema();
    const opened: KeyStore[] = [];
    return Promise.resolve({
      open() {
        const store = openKeyStore({ kind: 'postgres', url: server().url, schema, dataDir: '.' });
        opened.push(store);
        return store;
      },
      async discard() {
        await Promise.all(opened.map((store) => store.close()));
        await server().dropSchema(schema);
      },
    });
  });

  it('says that the database cannot be reached, and no part of its address that is secret', async () => {
    const url = 'postgres://domeinbrug:secret@127.0.0.1:1/none';
    const store = openKeyStore({ kind: 'postgres', url, schema: 'keys', dataDir: '.' });
    const refused = await store.find(['CLIENT0A']).catch((error: unknown) => error as Error);
    expect(refused).toMatchObject({ name: 'LogUnreachable' });
    expect((refused as Error).message).not.toContain('secret');
    await store.close();
  });
});
