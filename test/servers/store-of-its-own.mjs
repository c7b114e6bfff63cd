import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startCluster } from './postgres-cluster.mjs';

const tests = fileURLToPath(new URL('../', import.meta.url));

export const kinds = ['embedded', 'postgres', 'kurrentdb'];

/**
 * A store that outlives whoever uses it: the data folder itself, a PostgreSQL server that flushes its commits, or the stand-in
 * for EventStoreDB / KurrentDB in this process, with the read models in such a PostgreSQL server.
 *
 * @returns the settings with which the product keeps its log and read models there, the places of both, and how to end it
 */
export async function startStore(kind, dataDir) {
  if (kind === 'embedded') {
    const folder = { kind: 'folder', dataDir };
    return { settings: {}, place: folder, views: folder, stop: () => undefined };
  }
  const cluster = await startCluster({
    listen_addresses: '',
    shared_buffers: '512MB',
    max_wal_size: '4GB',
    dynamic_shared_memory_type: 'mmap',
  });
  const url = `postgres:///postgres?host=${cluster.socket}&user=postgres`;
  const inDatabase = { kind: 'postgres', url, schema: 'domeinbrug' };
  const views = { ...inDatabase, dataDir };
  if (kind === 'postgres') {
    return { settings: { DATABASE_URL: url }, place: inDatabase, views, stop: cluster.stop };
  }
  const { KurrentdbStandIn } = await translatedStandIn();
  const standIn = await KurrentdbStandIn.start();
  return {
    settings: { KURRENTDB_URL: standIn.url, DATABASE_URL: url },
    place: { kind, url: standIn.url },
    views,
    stop: async () => {
      await standIn.stop();
      await cluster.stop();
    },
  };
}

/** The stand-in is written for the tests, which translate it as they go; here that is done once, into the build. */
async function translatedStandIn() {
  const { transformFileSync } = await import('@swc/core');
  const folder = join(tests, 'contract', 'kurrentdb-stand-in');
  const sources = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  const built = join(tests, '..', 'dist', 'test');
  for (const file of [
    ...sources.map((name) => join(folder, name)),
    join(tests, 'servers', 'faulty-proxy.ts'),
  ]) {
    const { code } = transformFileSync(file, {
      jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
      module: { type: 'es6' },
    });
    const target = join(built, dirname(file).slice(tests.length), basename(file).replace('.ts', '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
  return import(pathToFileURL(join(built, 'contract', 'kurrentdb-stand-in', 'stand-in.js')).href);
}
