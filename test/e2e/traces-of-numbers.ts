import type { Dirent } from 'node:fs';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A number that was found where none may be, and in which of its forms. */
export interface Found {
  number: string;
  place: string;
  form: string;
}

/**
 * How a number can lie in bytes: as it is, in hexadecimal, in two bytes a character, and in base64, of which what is sure
 * depends on how many bytes stand before it. Digits have no letter by which base64url would differ.
 */
export function formsOf(number: string): [form: string, bytes: Buffer][] {
  const plain = Buffer.from(number);
  return [
    ['plain', plain],
    ['utf-16', Buffer.from(number, 'utf16le')],
    ['hex', Buffer.from(plain.toString('hex'))],
    ...[0, 1, 2].map((before): [string, Buffer] => [`base64 after ${before}`, inBase64(plain, before)]),
  ];
}

/** The characters that follow from the number alone. */
function inBase64(plain: Buffer, before: number): Buffer {
  const text = Buffer.concat([Buffer.alloc(before), plain]).toString('base64');
  const first = Math.ceil((before * 8) / 6);
  const end = Math.floor(((before + plain.length) * 8) / 6);
  return Buffer.from(text.slice(first, end));
}

/** Which of some numbers lie in the places, in any form. */
export function numbersIn(places: ReadonlyMap<string, Buffer>, numbers: readonly string[]): Found[] {
  const forms = numbers.flatMap((number) => formsOf(number).map((form) => [number, ...form] as const));
  return [...places].flatMap(([place, bytes]) =>
    forms.filter(([, , looked]) => bytes.includes(looked)).map(([number, form]) => ({ number, place, form })),
  );
}

/** Every file below a folder, such as a database with what it has not yet written through. */
export function filesBelow(folder: string): Map<string, Buffer> {
  const entries: Dirent[] = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path, readFileSync(path)]),
  );
}
