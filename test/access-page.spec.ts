import { accessPolicy, askerKinds, purposesOf, scopesOf } from '@domeinbrug/access';
import { eventFieldsSeen, eventsSeen, levels, onlookers, rowFieldsSeen } from '@domeinbrug/sight';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The page on access prints the tables that the service cuts by: what stands there is what happens. */
const page = readFileSync(join(__dirname, '../docs/access.md'), 'utf8');

function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [header, ...rows].map((row) => row.join(' | '));
}

/** Rows of the page's tables without their padding. */
const printed = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
      .join(' | '),
  )
  .filter((row) => !/^[-| ]+$/.test(row));

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

it.each([
  [
    'who may do what for which purpose',
    table(
      ['asker', 'scopes', 'purposes'],
      askerKinds.map((kind) => [kind, quoted(scopesOf[kind]), quoted(purposesOf[kind])]),
    ),
  ],
  [
    'levels',
    table(
      ['level', 'shows of an event'],
      levels.map((level) => [level, eventFieldsSeen[level].join(', ') || '—']),
    ),
  ],
  [
    'events',
    table(
      ['event of another', ...onlookers],
      Object.entries(eventsSeen).map(([type, seen]) => [
        `\`${type}\``,
        ...onlookers.map((each) => seen[each]),
      ]),
    ),
  ],
  [
    'rows',
    table(
      ['row', 'shows'],
      Object.entries(rowFieldsSeen).map(([standing, fields]) => [standing, fields.join(', ')]),
    ),
  ],
])('prints the table of %s', (_, rows) => {
  const start = printed.indexOf(rows[0]!);
  expect(printed.slice(start, start + rows.length)).toEqual(rows);
});

it('names the policy', () => {
  expect(page).toContain(`\`${accessPolicy.id} ${accessPolicy.version}\``);
});
