import type { Asker } from '@domeinbrug/access';
import { invalidRequest } from '@domeinbrug/problems';
import type { ClientAliases } from '@domeinbrug/privacy';
import { beforeAll, type FeedPlace } from '@domeinbrug/projections';

/** What readers may send: a position and the place in it, or a number, which is in front of all its entries. */
export const cursorForm = /^(0|[1-9]\d{0,14})\.(\d{1,9}|[A-Za-z0-9_-]{22,200})$/;
export const howToWriteACursor = 'Write a cursor as an entry or a page gave it.';

/**
 * A place in a feed as its reader is told it. The position shows; which entry of that position it is does not, since the
 * places between two of a reader's own would tell that something of others changed with them. Sealing keeps the length, so
 * numbers are of one length too.
 */
export function writeCursor(
  { position, clientId, ordinal }: FeedPlace,
  asker: Asker,
  aliases: ClientAliases,
): string {
  return `${position}.${aliases.sealPlace(`${position}.${clientId}.${String(ordinal).padStart(numberLength, '0')}`, asker)}`;
}

const numberLength = 9;

/** In front of all entries of a position, and so of a feed that begins with it. */
export function cursorBefore(position: string): string {
  return `${position}.0`;
}

/**
 * A number was the place of an entry in versions before: whoever kept one is given the entries of that position once more.
 *
 * @throws Problem 400 for what was not given to this organisation
 */
export function readCursor(cursor: string, asker: Asker, aliases: ClientAliases): FeedPlace {
  const [position, sealed] = cursor.split('.') as [string, string];
  if (/^\d{1,9}$/.test(sealed)) return beforeAll(position);
  const place = /^(\d+)\.([A-Za-z0-9]*)\.(\d+)$/.exec(aliases.openPlace(sealed, asker) ?? '');
  if (place?.[1] !== position) throw unknown('It was not given to your organisation.');
  return { position, clientId: place[2]!, ordinal: Number(place[3]) };
}

export function unknown(why: string): ReturnType<typeof invalidRequest> {
  const detail = `${why} Send the cursor of an entry, or none to begin at the first.`;
  return invalidRequest([{ pointer: '/after', code: 'cursor-unknown', detail }]);
}
