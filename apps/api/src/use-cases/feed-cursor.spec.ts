import type { Asker } from '@domeinbrug/access';
import { ClientAliases } from '@domeinbrug/privacy';
import { beforeAll as beforeAllOf } from '@domeinbrug/projections';
import { randomBytes } from 'node:crypto';
import { cursorBefore, cursorForm, readCursor, writeCursor } from './feed-cursor.js';

const aliases = new ClientAliases([randomBytes(32)]);
const asker = (code: string): Asker => ({ kind: 'insurer', code }) as unknown as Asker;
const [one, other] = [asker('3311'), asker('3313')];
const place = { position: '197', clientId: 'CLIENT0A', ordinal: 3 };

test('a cursor leads its reader back to the place', () => {
  const cursor = writeCursor(place, one, aliases);
  expect(cursor).toMatch(cursorForm);
  expect(readCursor(cursor, one, aliases)).toEqual(place);
  expect(readCursor(cursorBefore('197'), one, aliases)).toEqual(beforeAllOf('197'));
});

test('a cursor of a version before leads in front of its position, so that nothing is missed', () => {
  expect('197.3').toMatch(cursorForm);
  expect(readCursor('197.3', one, aliases)).toEqual(beforeAllOf('197'));
});

test('entries with the same number at two positions have nothing in common that others could count by', () => {
  const sealed = (position: string): string =>
    writeCursor({ ...place, position }, one, aliases).split('.')[1]!;
  expect(sealed('198')).not.toBe(sealed('199'));
});

test('a cursor is as long whatever the number of the entry is', () => {
  const lengths = [1, 9, 10, 1_000].map((ordinal) => writeCursor({ ...place, ordinal }, one, aliases).length);
  expect(new Set(lengths).size).toBe(1);
});

test.each([
  ['another organisation’s', writeCursor(place, other, aliases)],
  ['one that was put at another position', `198.${writeCursor(place, one, aliases).split('.')[1]}`],
  ['the place of another list', `197.${aliases.sealPlace('CLIENT0A.3', one)}`],
])('%s is refused', (_, cursor) => {
  expect(() => readCursor(cursor, one, aliases)).toThrow(expect.objectContaining({ status: 400 }));
});
