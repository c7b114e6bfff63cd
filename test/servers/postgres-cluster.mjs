import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { installedPostgres } from './postgres-binaries.mjs';

const mostTries = 300;

/**
 * A server with a cluster of its own in a temporary folder, with a socket there. It refuses to run as root, so there it
 * runs as the user `postgres`, who comes with Debian's package, or else as `nobody`. Whoever reaches the socket is let in;
 * over a network, if `settings` makes it listen, a role needs a password.
 *
 * @param {Record<string, string>} settings of the server
 * @returns the folder of its socket, how to end it at once, how to start it again, and how to stop it for good, which
 * takes the cluster away
 */
export async function startCluster(settings) {
  const bin = installedPostgres();
  if (!bin)
    throw new Error(
      'There is no PostgreSQL server. Install one (apt-get install postgresql), or set TEST_POSTGRES=18 to have it from npm.',
    );
  const folder = mkdtempSync(join(tmpdir(), 'throwaway-postgres-'));
  const as = unprivileged();
  if (as.uid !== undefined) chownSync(folder, as.uid, as.gid);
  const options = { ...as, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] };
  const cluster = join(folder, 'cluster');
  const made = spawnSync(
    join(bin, 'initdb'),
    [
      ...['-D', cluster, '-U', 'postgres', '-N', '-E', 'UTF8', '--locale', 'C'],
      ...['--auth-local', 'trust', '--auth-host', 'scram-sha-256'],
    ],
    options,
  );
  if (made.status !== 0) {
    rmSync(folder, { recursive: true });
    throw new Error(`PostgreSQL could not make a cluster in ${folder}: ${made.stderr}`);
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  let server;
  const killed = () => server.kill('SIGINT'); // its fast shutdown
  process.once('exit', killed); // also when whoever asked for it fails
  const end = async () => {
    if (server.exitCode !== null) return;
    killed();
    await once(server, 'exit');
  };
  const stop = async () => {
    process.removeListener('exit', killed);
    await end();
    rmSync(folder, { recursive: true });
  };
  const start = async () => {
    const said = [];
    server = spawn(join(bin, 'postgres'), ['-D', cluster, '-k', folder, ...args], options);
    server.stderr.on('data', (text) => said.push(text));
    for (let tries = 0; tries < mostTries && server.exitCode === null; tries++) {
      if (isReady(cluster)) return;
      await pause(100);
    }
    await stop();
    throw new Error(`PostgreSQL did not start: ${said.join('')}`);
  };
  await start();
  return { socket: folder, end, start, stop };
}

/** As the server itself notes it for `pg_ctl`; what comes from npm has no `pg_isready`. */
function isReady(cluster) {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[7]?.trim() === 'ready';
  } catch {
    return false; // it has not noted anything yet
  }
}

function unprivileged() {
  if (process.getuid() !== 0) return {};
  const user = spawnSync('id', ['postgres']).status === 0 ? 'postgres' : 'nobody';
  const number = (of) => Number(execFileSync('id', [of, user], { encoding: 'utf8' }));
  return { uid: number('-u'), gid: number('-g') };
}
