import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemCodes } from '@domeinbrug/problems';
import { errorCodes } from './error-codes.js';

const root = join(__dirname, '../../../..');

test('the page about HTTP lists every code inside an error with its sentence', () => {
  const page = readFileSync(join(root, 'docs/http.md'), 'utf8');
  const table = page.slice(page.indexOf('## Codes inside an error'));
  const listed = [...table.matchAll(/^\| `([a-z0-9-]+)` *\| (.*?) *\|$/gm)].map(([, code, said]) => [
    code,
    said,
  ]);
  expect(Object.fromEntries(listed)).toEqual(errorCodes);
  expect(listed.map(([code]) => code)).toEqual(Object.keys(errorCodes).sort());
});

/** The texts of the sources that answer over HTTP. */
function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

test('every code that a door or use case names is in one of the tables', () => {
  const named = ['apps/api/src/use-cases', 'apps/api/src/doors', 'libs/platform/src']
    .flatMap((folder) => sources(join(root, folder)))
    .flatMap((text) => [...text.matchAll(/\bcode: '([a-z-]+)'/g)].map(([, code]) => code!));
  const unlisted = named.filter((code) => !(code in errorCodes) && !(code in problemCodes));
  expect(unlisted).toEqual([]);
});
