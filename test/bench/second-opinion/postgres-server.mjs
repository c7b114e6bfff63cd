import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const installed = '/usr/lib/postgresql';
const mostTries = 300;

/** For one question at a time over much data; what it holds is thrown away, so nothing is forced to disk. */
const settings = {
  listen_addresses: '',
  shared_buffers: '1GB',
  work_mem: '512MB',
  maintenance_work_mem: '512MB',
  max_parallel_workers_per_gather: '2',
  max_parallel_workers: '2',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '8GB',
  autovacuum: 'off',
  jit: 'off',
  join_collapse_limit: '1',
  dynamic_shared_memory_type: 'mmap',
};

/**
 * A server with a cluster of its own in a temporary folder, reached over a socket there. It refuses to run as root, so
 * there it runs as the user `postgres`, who comes with the package.
 *
 * @returns the folder of its socket, and how to stop it, which takes the cluster away
 */
export async function startPostgres() {
  const bin = newestBin();
  const folder = mkdtempSync(join(tmpdir(), 'second-opinion-postgres-'));
  const as = unprivileged();
  if (as.uid !== undefined) chownSync(folder, as.uid, as.gid);
  const options = { ...as, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] };
  const cluster = join(folder, 'cluster');
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', cluster, '-U', 'postgres', '-A', 'trust', '-N', '-E', 'UTF8', '--locale', 'C'],
    options,
  );
  if (made.status !== 0) {
    rmSync(folder, { recursive: true });
    throw new Error(`PostgreSQL could not make a cluster in ${folder}: ${made.stderr}`);
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(bin, 'postgres'), ['-D', cluster, '-k', folder, ...args], options);
  const said = [];
  server.stderr.on('data', (text) => said.push(text));
  const killed = () => server.kill('SIGINT'); // its fast shutdown
  process.once('exit', killed); // also when whoever asked for it fails
  const stop = async () => {
    process.removeListener('exit', killed);
    if (server.exitCode === null) {
      killed();
      await once(server, 'exit');
    }
    rmSync(folder, { recursive: true });
  };
  await untilReady(bin, folder, server, said, stop);
  return { socket: folder, stop };
}

async function untilReady(bin, folder, server, said, stop) {
  for (let tries = 0; tries < mostTries && server.exitCode === null; tries++) {
    if (spawnSync(join(bin, 'pg_isready'), ['-h', folder]).status === 0) return;
    await pause(100);
  }
  await stop();
  throw new Error(`PostgreSQL did not start: ${said.join('')}`);
}

function newestBin() {
  const versions = existsSync(installed) ? readdirSync(installed).sort((a, b) => Number(b) - Number(a)) : [];
  const bin = versions
    .map((version) => join(installed, version, 'bin'))
    .find((path) => existsSync(join(path, 'initdb')));
  if (!bin)
    throw new Error(`There is no PostgreSQL server in ${installed}. Install it: apt-get install postgresql`);
  return bin;
}

function unprivileged() {
  if (process.getuid() !== 0) return {};
  const number = (of) => Number(execFileSync('id', [of, 'postgres'], { encoding: 'utf8' }));
  return { uid: number('-u'), gid: number('-g') };
}
