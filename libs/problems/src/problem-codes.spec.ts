import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemCodes } from './problem-codes.js';

test('the page about HTTP lists every code with its status and titles', () => {
  const page = readFileSync(join(__dirname, '../../../docs/http.md'), 'utf8');
  const listed = [...page.matchAll(/^\| `([a-z-]+)` *\| (\d{3}) *\| (.*?) *\| (.*?) *\|$/gm)].map(
    ([, code, status, title, dutch]) => [code, { status: Number(status), title, dutch }],
  );
  expect(Object.fromEntries(listed)).toEqual(problemCodes);
});
