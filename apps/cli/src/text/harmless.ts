import { stripVTControlCharacters } from 'node:util';

/** Text from a file or another system that is repeated on a terminal: without codes that would steer it. */
export function harmless(text: string): string {
  return stripVTControlCharacters(text).replace(/\p{Cc}/gu, ' ');
}
