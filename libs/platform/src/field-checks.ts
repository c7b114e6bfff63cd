import { Transform, Type } from 'class-transformer';
import { IsOptional, ValidateBy, ValidateNested } from 'class-validator';

/**
 * Fields of questions: how each is read, and a sentence that says what to write when it cannot be. Those of a
 * query string (`Asked…`) may be left out, and say what they mean for the description of the interface.
 */

/** How the description of the interface shows a field: a JSON Schema. */
export interface FieldDescription {
  type: 'string' | 'integer' | 'array';
  description: string;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  enum?: string[];
  example: string | number | string[];
  items?: { type: 'string'; enum: string[] };
  uniqueItems?: boolean;
}

/** Every field declared below, by the class it belongs to: the description of the interface is made from it. */
export const questionFields: { owner: object; property: string; described: FieldDescription }[] = [];

function asked(
  name: string,
  sentence: string,
  holds: (value: unknown) => boolean,
  described: FieldDescription,
): PropertyDecorator {
  const optional = IsOptional();
  const check = ValidateBy({ name, validator: { validate: holds, defaultMessage: () => sentence } });
  return (target, property) => {
    optional(target, property);
    check(target, property);
    questionFields.push({ owner: target, property: String(property), described });
  };
}

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const momentPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** A calendar day as text. */
export function AskedDay(description: string): PropertyDecorator {
  return asked('invalid-day', 'Write a day that exists, as YYYY-MM-DD, such as 2024-03-04.', isDay, {
    type: 'string',
    format: 'date',
    description,
    example: '2024-03-04',
  });
}

/** A moment with its offset, as text. */
export function AskedMoment(description: string): PropertyDecorator {
  return asked(
    'invalid-instant',
    'Write a moment with its offset, such as 2024-03-10T22:59:59Z; in an address, write the + of an offset as %2B.',
    isMoment,
    { type: 'string', format: 'date-time', description, example: '2024-03-10T22:59:59Z' },
  );
}

/** A position in the log. */
export function AskedPosition(description: string): PropertyDecorator {
  return asked(
    'invalid-position',
    'Write a position as another answer gave it: a whole number.',
    (value) => typeof value === 'string' && /^(0|[1-9]\d{0,14})$/.test(value),
    { type: 'string', pattern: '^(0|[1-9][0-9]{0,14})$', description, example: '197' },
  );
}

/** A text of a given form. @param sentence what to write */
export function AskedText(
  pattern: RegExp,
  sentence: string,
  description: string,
  example: string,
): PropertyDecorator {
  return asked('invalid-form', sentence, (value) => typeof value === 'string' && pattern.test(value), {
    type: 'string',
    pattern: pattern.source,
    description,
    example,
  });
}

/** One of a few known words. */
export function AskedWord(known: readonly string[], description: string): PropertyDecorator {
  return asked(
    'unknown-value',
    `Write ${known.join(' or ')}, or leave it out.`,
    (value) => known.includes(value as string),
    { type: 'string', enum: [...known], description, example: known[0]! },
  );
}

/** A comma-separated list of known words, each once, read into an array. */
export function AskedList(known: readonly string[], what: string, description: string): PropertyDecorator {
  const words = new Set(known);
  const split = Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.split(',') : value,
  );
  const check = asked(
    'unknown-value',
    `Write one or more ${what}, each once, with commas between: ${known.join(', ')}.`,
    (value) =>
      Array.isArray(value) &&
      value.every((word) => words.has(word as string)) &&
      new Set(value).size === value.length,
    {
      type: 'array',
      items: { type: 'string', enum: [...known] },
      uniqueItems: true,
      description,
      example: [known[0]!],
    },
  );
  return (target, property) => {
    split(target, property);
    check(target, property);
  };
}

/** A whole number within a range, in a query string. */
export function AskedNumber(least: number, most: number, description: string): PropertyDecorator {
  const read = Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
  );
  const check = GivenNumber(least, most, description);
  return (target, property) => {
    read(target, property);
    check(target, property);
  };
}

/** A whole number within a range, in a body, where it is no text. */
export function GivenNumber(least: number, most: number, description: string): PropertyDecorator {
  return asked(
    'invalid-number',
    `Write a whole number from ${least} to ${most}.`,
    (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
    { type: 'integer', minimum: least, maximum: most, description, example: Math.min(most, 100) },
  );
}

/** A list in a body, of so many items; each of them by `isItem`. */
export function GivenList(
  least: number,
  most: number,
  sentence: string,
  isItem: (value: unknown) => boolean = () => true,
): PropertyDecorator {
  const holds = (value: unknown): boolean =>
    Array.isArray(value) && value.length >= least && value.length <= most && value.every(isItem);
  return ValidateBy({ name: 'invalid-list', validator: { validate: holds, defaultMessage: () => sentence } });
}

/** An object in a body that may be left out, with the fields that its class declares. @param sentence what to write */
export function GivenObject(fields: () => new () => object, sentence: string): PropertyDecorator {
  const checks = [
    IsOptional(),
    Type(fields),
    ValidateNested({ message: sentence }),
    ValidateBy({
      name: 'invalid-form',
      validator: { validate: (value) => !Array.isArray(value), defaultMessage: () => sentence },
    }),
  ];
  return (target, property) => checks.forEach((check) => check(target, property));
}

function isMoment(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    momentPattern.test(value) &&
    isDay(value.slice(0, 10)) &&
    !Number.isNaN(Date.parse(value))
  );
}

function isDay(value: unknown): boolean {
  const match = typeof value === 'string' ? dayPattern.exec(value) : null;
  if (!match) return false;
  const [year, month, dayOfMonth] = match.slice(1).map(Number) as [number, number, number];
  const lastOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= lastOfMonth;
}
