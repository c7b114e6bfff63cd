import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const installed = '/usr/lib/postgresql';
const mostTries = 300;

/** Where Debian's packages put the newest server on this machine; `undefined` when there is none. */
export function installedPostgres() {
  const versions = existsSync(installed) ? readdirSync(installed).sort((a, b) => Number(b) - Number(a)) : [];
  return versions
    .map((version) => join(installed, version, 'bin'))
    .find((path) => existsSync(join(path, 'initdb')));
}

/**
 * A server with a cluster of its own in a temporary folder, with a socket there. It refuses to run as root, so there it
 * runs as the user `postgres`, who comes with the package. Whoever reaches the socket is let in;
 * over a network, if `settings` makes it listen, a role needs a password.
 *
 * @param {Record<string, string>} settings of the server
 * @returns the folder of its socket, how to end it at once, how to start it again, and how to stop it for good, which
 * takes the cluster away
 */
export async function startCluster(settings) {
  const bin = installedPostgres();
  if (!bin)
    throw new Error(`There is no PostgreSQL server in ${installed}. Install it: apt-get install postgresql`);
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
  const port = settings.port ? ['-p', settings.port] : [];
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
      if (spawnSync(join(bin, 'pg_isready'), ['-h', folder, ...port]).status === 0) return;
      await pause(100);
    }
    await stop();
    throw new Error(`PostgreSQL did not start: ${said.join('')}`);
  };
  await start();
  return { socket: folder, end, start, stop };
}

function unprivileged() {
  if (process.getuid() !== 0) return {};
  const number = (of) => Number(execFileSync('id', [of, 'postgres'], { encoding: 'utf8' }));
  return { uid: number('-u'), gid: number('-g') };
}
