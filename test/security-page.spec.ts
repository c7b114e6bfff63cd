import { existsSync, readFileSync } from 'node:fs';

const page = readFileSync('docs/security.md', 'utf8');
const rows = [...page.matchAll(/^\| (API\d+) .*\| (.*?) *\|$/gm)].map(([, risk, tests]) => ({
  risk: risk!,
  tests: [...tests!.matchAll(/`([^`]+)`/g)].map(([, file]) => file!),
}));

test('the page on security has each risk of the OWASP API top ten, with tests that are there', () => {
  expect(rows.map(({ risk }) => risk)).toEqual(Array.from({ length: 10 }, (_, index) => `API${index + 1}`));
  expect(rows.filter(({ tests }) => tests.length === 0)).toEqual([]);
  expect(rows.flatMap(({ tests }) => tests).filter((file) => !existsSync(file))).toEqual([]);
});
