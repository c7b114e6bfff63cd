import { readFileSync } from 'node:fs';

/** The statements of a file in sql/, in order. */
export function statementsOf(file) {
  const text = readFileSync(new URL(`sql/${file}`, import.meta.url), 'utf8');
  return text
    .replace(/^\s*--.*$/gm, '')
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
