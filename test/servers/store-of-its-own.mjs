import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startCluster } from './postgres-cluster.mjs';

const tests = fileURLToPath(new URL('../', import.meta.url));

export const kinds = ['embedded', 'postgres', 'kurrentdb'];

/**
 * A store that outlives whoever uses it: the data folder itself, a PostgreSQL server that flushes its commits, or the stand-in
 * for EventStoreDB / KurrentDB in this process.
 *
 * @returns the settings with which the product keeps its log there, the log's place, and how to end it
 */
export async function startStore(kind, dataDir) {
  if (kind === 'postgres') {
    const cluster = await startCluster({
      listen_addresses: '',
      shared_buffers: '512MB',
      max_wal_size: '4GB',
      dynamic_shared_memory_type: 'mmap',
    });
    const url = `postgres:///postgres?host=${cluster.socket}&user=postgres`;
    const place = { kind, url, schema: 'domeinbrug' };
    return { settings: { DATABASE_URL: url }, place, stop: cluster.stop };
  }
  if (kind === 'kurrentdb') {
    const { KurrentdbStandIn } = await translatedStandIn();
    const standIn = await KurrentdbStandIn.start();
    const place = { kind, url: standIn.url };
    return { settings: { KURRENTDB_URL: standIn.url }, place, stop: () => standIn.stop() };
  }
  return { settings: {}, place: { kind: 'folder', dataDir }, stop: () => undefined };
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
