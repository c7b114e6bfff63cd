import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { filesBelow, numbersIn } from './traces-of-numbers.js';

const number = '999990019';
const at = (bytes: Buffer): string[] => numbersIn(new Map([['x', bytes]]), [number]).map(({ form }) => form);

it.each([
  ['plain', Buffer.from(`{"x":"${number}"}`)],
  ['utf-16', Buffer.from(`a${number}`, 'utf16le')],
  ['hex', Buffer.from(Buffer.from(`a${number}b`).toString('hex'))],
])('finds a number in the form %s', (form, bytes) => {
  expect(at(bytes)).toEqual([form]);
});

it.each(['base64', 'base64url'] as const)(
  'finds a number in %s, whatever stands before and behind it',
  (encoding) => {
    for (const before of ['', 'a', 'ab', 'abc', '{"bsn":"', '{"x":"yz', '\u00ff\u00fe>'])
      for (const behind of ['', '"', '"}', 'xyz', '\u00ff']) {
        const text = Buffer.from(before + number + behind, 'latin1').toString(encoding);
        expect([before, behind, at(Buffer.from(text))]).toEqual([
          before,
          behind,
          [`base64 after ${before.length % 3}`],
        ]);
      }
  },
);

it('does not find what is not there', () => {
  for (const text of ['', '999990018', Buffer.from('999990018').toString('base64'), '9999-90019'])
    expect(at(Buffer.from(text))).toEqual([]);
});

it('finds a row of a database that only its write-ahead log has', () => {
  const folder = mkdtempSync(join(tmpdir(), 'domeinbrug-numbers-'));
  mkdirSync(join(folder, 'below'));
  const database = new Database(join(folder, 'below', 'x.db'));
  database.pragma('journal_mode = WAL');
  database.exec(`CREATE TABLE t (x TEXT); INSERT INTO t VALUES ('${number}')`);
  expect(numbersIn(filesBelow(folder), [number])).toEqual([
    { number, place: join(folder, 'below', 'x.db-wal'), form: 'plain' },
  ]);
  database.close();
  writeFileSync(join(folder, 'below', 'y'), 'nothing');
  rmSync(folder, { recursive: true });
});
