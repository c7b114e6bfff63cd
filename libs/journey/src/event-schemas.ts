import { tryParseDay } from '@domeinbrug/calendar';
import { eventTypes, fieldsOf, isEventType, type EventType, type FieldSchema } from './event-catalogue.js';
import { dutchTerms } from './event-terms.js';

/**
 * What the world sees of the event catalogue: the full names of the types on the wire and the published JSON
 * Schema of each event's `data`.
 */

export const eventTypePrefix = 'nl.domeinbrug.';
export const eventTypeSuffix = '.v1';
export const schemaFolder = 'https://domeinbrug.example/v1/schemas/';

/** `client-admitted` -> `nl.domeinbrug.client-admitted.v1`. */
export function wireTypeOf(type: EventType): string {
  return `${eventTypePrefix}${type}${eventTypeSuffix}`;
}

/** `nl.domeinbrug.client-admitted.v1` -> `client-admitted`; `undefined` for a type that nobody may send. */
export function eventTypeOf(wireType: string): EventType | undefined {
  if (!wireType.startsWith(eventTypePrefix) || !wireType.endsWith(eventTypeSuffix)) return undefined;
  const type = wireType.slice(eventTypePrefix.length, -eventTypeSuffix.length);
  return isEventType(type) ? type : undefined;
}

/** The full names of all types that may be sent. */
export const wireTypes: readonly string[] = eventTypes.map(wireTypeOf);

/** The form of the ids under which clients are kept. */
export const clientIdPattern = '^[A-Za-z0-9]{8,64}$';

/** That of what an organisation may call a client: such an id, or what it was given in its place, which is longer. */
export const clientNamePattern = '^[A-Za-z0-9]{8,128}$';

const clientId: FieldSchema = {
  type: 'string',
  pattern: clientNamePattern,
  description: 'The client’s id, as an answer gave it to the sender. Either this or bsn.',
};
const bsn: FieldSchema = {
  type: 'string',
  pattern: '^[0-9]{9}$',
  description:
    'The client’s BSN, which must pass the eleven-test; it is replaced by a pseudonym and not kept.',
};

/** A JSON Schema 2020-12 document for the `data` of one event type. */
export interface EventSchema {
  $schema: string;
  $id: string;
  title: string;
  description: string;
  type: 'object';
  properties: Record<string, FieldSchema>;
  required: string[];
  oneOf: { required: string[] }[];
  additionalProperties: false;
}

/** The published schema of one event type's `data`: its own fields, the common ones, and who the client is. */
export function schemaOf(type: EventType): EventSchema {
  const fields = Object.entries(fieldsOf(type));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `${schemaFolder}${type}${eventTypeSuffix}.json`,
    title: type,
    description: `The data of ${wireTypeOf(type)} (Dutch: ${dutchTerms[type]}). Days are YYYY-MM-DD and inclusive.`,
    type: 'object',
    properties: { clientId, bsn, ...Object.fromEntries(fields.map(([name, field]) => [name, field.schema])) },
    required: fields.filter(([, field]) => field.required).map(([name]) => name),
    oneOf: [{ required: ['clientId'] }, { required: ['bsn'] }],
    additionalProperties: false,
  };
}

/**
 * Whether `data` could be the data of this type: every required field there, no field unknown, each value of
 * its schema and each day a real day. Who the client is (`clientId`, `bsn`) does not count.
 */
export function fitsType(type: EventType, data: Record<string, unknown>): boolean {
  const fields = fieldsOf(type);
  return (
    Object.entries(fields).every(([name, field]) => !field.required || data[name] !== undefined) &&
    Object.entries(data).every(([name, value]) => {
      if (value === undefined || name === 'clientId' || name === 'bsn') return true;
      return Object.hasOwn(fields, name) && fits(fields[name]!.schema, value);
    })
  );
}

/** Whether one value satisfies one field's schema. */
export function fits(schema: FieldSchema, value: unknown): boolean {
  switch (schema.type) {
    case 'string':
      return typeof value === 'string' && fitsText(schema, value);
    case 'integer':
    case 'number':
      return typeof value === 'number' && fitsNumber(schema, value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'array':
      return Array.isArray(value) && fitsList(schema, value);
    case 'object':
      return (
        typeof value === 'object' && value !== null && !Array.isArray(value) && fitsObject(schema, value)
      );
  }
}

function fitsText(schema: FieldSchema, value: string): boolean {
  if (schema.enum && !schema.enum.includes(value)) return false;
  // JSON Schema counts characters as code points.
  if (schema.maxLength !== undefined && [...value].length > schema.maxLength) return false;
  if (schema.pattern && !new RegExp(schema.pattern, 'u').test(value)) return false;
  return schema.format !== 'date' || tryParseDay(value) !== undefined;
}

function fitsNumber(schema: FieldSchema, value: number): boolean {
  if (schema.type === 'integer' && !Number.isInteger(value)) return false;
  return (
    Number.isFinite(value) && value >= (schema.minimum ?? -Infinity) && value <= (schema.maximum ?? Infinity)
  );
}

function fitsList(schema: FieldSchema, values: unknown[]): boolean {
  if (values.length < (schema.minItems ?? 0)) return false;
  if (schema.uniqueItems && new Set(values).size < values.length) return false;
  return !schema.items || values.every((value) => fits(schema.items!, value));
}

function fitsObject(schema: FieldSchema, value: object): boolean {
  const known = schema.properties ?? {};
  if (schema.required?.some((name) => !Object.hasOwn(value, name))) return false;
  return Object.entries(value).every(([name, member]) =>
    Object.hasOwn(known, name) ? fits(known[name]!, member) : schema.additionalProperties !== false,
  );
}
