// Lints the description of the interface as the built service gives it, in both languages: by our own rules, and by
// the linter of the NL GOV API Design Rules where `../shared/samples/adr/linter.yaml` or ADR_LINTER names one.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startService } from '../dist/apps/api/src/main.js';
import { readConfig } from '../dist/libs/settings/src/index.js';

const official = process.env.ADR_LINTER ?? join('..', 'shared', 'samples', 'adr', 'linter.yaml');
const folder = mkdtempSync(join(tmpdir(), 'domeinbrug-lint-'));

async function writeDescriptions() {
  const settings = readConfig({ DOMEINBRUG_DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'warn' });
  const service = await startService({ ...settings, port: 0 });
  try {
    return await Promise.all(
      ['en', 'nl'].map(async (language) => {
        const answer = await fetch(`${service.address}/v1/openapi.json`, {
          headers: { 'accept-language': language },
        });
        const file = join(folder, `openapi.${language}.json`);
        writeFileSync(file, await answer.text());
        return file;
      }),
    );
  } finally {
    await service.close();
  }
}

function lint(rules, files) {
  console.log(`\n${rules}`);
  const options = ['spectral', 'lint', '--ruleset', rules, '--fail-severity', 'error', ...files];
  return spawnSync('npx', ['--no-install', ...options], { stdio: 'inherit' }).status === 0;
}

try {
  const files = await writeDescriptions();
  const rules = ['.spectral.yaml', official].filter((path) => existsSync(path));
  if (!rules.includes(official)) console.log(`There is no ${official}, so only our own rules are run.`);
  if (!rules.every((path) => lint(path, files))) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
