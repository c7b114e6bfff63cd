// Builds when there is no build yet or a source is newer than it, so that `npm start` is one command.
import { execSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const built = 'dist/apps/cli/src/main.js';

function newest(folder) {
  return Math.max(
    0,
    ...readdirSync(folder, { withFileTypes: true }).map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? newest(path) : statSync(path).mtimeMs;
    }),
  );
}

if (!existsSync(built) || Math.max(newest('apps'), newest('libs')) > statSync(built).mtimeMs) {
  console.error('Building Domeinbrug (once) ...');
  execSync('npm run --silent build', { stdio: ['ignore', 'ignore', 'inherit'] });
}
