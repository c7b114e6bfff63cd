import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The `rules` folder beside the product's own `package.json`, wherever it was built to or started from. */
export function shippedRules(): string {
  return join(productFolder(), 'rules');
}

/** How long events are kept, as shipped. */
export function shippedRetentionTerms(): string {
  return join(productFolder(), 'retention', 'terms.yaml');
}

/** The version in the product's `package.json`. */
export function productVersion(): string {
  const text = readFileSync(join(productFolder(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function productFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
