import { ValidateBy, type ValidationOptions } from 'class-validator';
import { Transform } from 'class-transformer';

/** Checks on single fields of query strings and bodies, each with a sentence that says what to write. */

type Check = (value: unknown) => boolean;

function check(name: string, sentence: string, holds: Check, options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    { name, validator: { validate: holds, defaultMessage: () => sentence } },
    { message: sentence, ...options },
  );
}

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** A calendar day as text. */
export function IsDay(): PropertyDecorator {
  return check('invalid-day', 'Write a day that exists, as YYYY-MM-DD, such as 2024-03-04.', isDay);
}

/** A moment with its offset as text. */
export function IsMoment(): PropertyDecorator {
  return check(
    'invalid-instant',
    'Write a moment with its offset, such as 2024-03-10T23:59:59+01:00 or 2024-03-10T22:59:59Z (in an address, write + as %2B).',
    (value) =>
      typeof value === 'string' &&
      instantPattern.test(value) &&
      !Number.isNaN(Date.parse(value)) &&
      isDay(value.slice(0, 10)),
  );
}

/** A position in the log. */
export function IsPosition(): PropertyDecorator {
  return check(
    'invalid-position',
    'Write a position as another answer gave it: a whole number.',
    (value) => typeof value === 'string' && /^(0|[1-9]\d{0,14})$/.test(value),
  );
}

/** A text of a given form. @param sentence what to write */
export function HasForm(pattern: RegExp, code: string, sentence: string): PropertyDecorator {
  return check(code, sentence, (value) => typeof value === 'string' && pattern.test(value));
}

/** A comma-separated list of known words, read into an array. */
export function ListOf(known: readonly string[], what: string): PropertyDecorator {
  const words = new Set(known);
  const split = Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.split(',') : value,
  );
  const isKnown = check(
    'unknown-value',
    `Write one or more ${what}, with commas between: ${known.join(', ')}.`,
    (value) => Array.isArray(value) && value.length > 0 && value.every((word) => words.has(word as string)),
  );
  return (target, property) => {
    split(target, property);
    isKnown(target, property);
  };
}

/** A whole number in a query string. */
export function WholeNumber(least: number, most: number): PropertyDecorator {
  const read = Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
  );
  const inRange = check(
    'invalid-number',
    `Write a whole number from ${least} to ${most}.`,
    (value) => typeof value === 'number' && value >= least && value <= most,
  );
  return (target, property) => {
    read(target, property);
    inRange(target, property);
  };
}

function isDay(value: unknown): boolean {
  const match = typeof value === 'string' ? dayPattern.exec(value) : null;
  if (!match) return false;
  const [year, month, dayOfMonth] = match.slice(1).map(Number) as [number, number, number];
  const lastOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= lastOfMonth;
}
