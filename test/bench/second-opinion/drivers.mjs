import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The drivers are in no lock file (see the decision record), so whoever needs them installs them, once. */
export function installDrivers() {
  if (existsSync(`${here}node_modules/@duckdb/node-api`) && existsSync(`${here}node_modules/pg`)) return;
  const args = ['install', '--no-package-lock', '--no-audit', '--no-fund', '--prefix', here];
  const { status } = spawnSync('npm', args, { stdio: 'inherit' });
  if (status !== 0)
    throw new Error(`The drivers of DuckDB and PostgreSQL could not be installed in ${here}.`);
}
