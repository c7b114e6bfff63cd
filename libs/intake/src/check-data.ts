import { tryParseDay } from '@domeinbrug/calendar';
import {
  eventTypes,
  fieldsOf,
  fits,
  schemaOf,
  wireTypeOf,
  type EventType,
  type FieldSchema,
} from '@domeinbrug/journey';
import { nearestName } from '@domeinbrug/terms';
import type { ErrorObject, ValidateFunction } from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import type { JsonObject } from './json-values.js';
import { pointerTo, problem, type Problem } from './problem.js';

const ajv = new Ajv2020.default({
  allErrors: true,
  verbose: true,
  strictRequired: false,
  formats: { date: (text: string) => tryParseDay(text) !== undefined },
});
const validators = new Map<EventType, ValidateFunction>();

/** The validator of a type's published schema, compiled when it is first needed. */
function validatorOf(type: EventType): ValidateFunction {
  const validator = validators.get(type) ?? ajv.compile(schemaOf(type));
  validators.set(type, validator);
  return validator;
}

/**
 * Everything wrong with the form of one type's data, by the published schema. Who the client is (`clientId`,
 * `bsn`) is checked elsewhere. `pointer` is where the data stands in what was sent.
 */
export function checkData(type: EventType, data: JsonObject, pointer = '/data'): Problem[] {
  const validate = validatorOf(type);
  if (validate(data)) return [];
  const problems = validate
    .errors!.filter((error) => !isAboutClient(error))
    .map((error) => ({
      ...problemOf(error, type),
      pointer: pointer + placeOf(error),
    }));
  return onePerPlaceAndCode(problems);
}

/**
 * Everything wrong with the data inside a correction when the corrected event, and so its type, is not at hand:
 * every field must exist in some type and have a value that it may have there.
 */
export function checkCorrectedData(data: JsonObject, pointer = '/data/data'): Problem[] {
  return Object.entries(data).flatMap(([name, value]) => {
    const at = pointerTo(pointer, name);
    const schemas = schemasByName.get(name);
    if (!schemas) return [unknownField(at, name, [...schemasByName.keys()], 'No event type')];
    return schemas.some((schema) => fits(schema, value)) ? [] : [unfitting(at, name, schemas[0]!)];
  });
}

const schemasByName = collectSchemas();

function collectSchemas(): Map<string, FieldSchema[]> {
  const byName = new Map<string, FieldSchema[]>();
  for (const type of eventTypes) {
    if (type === 'event-corrected' || type === 'event-retracted') continue;
    for (const [name, field] of Object.entries(fieldsOf(type))) {
      byName.set(name, [...(byName.get(name) ?? []), field.schema]);
    }
  }
  return byName;
}

function unfitting(pointer: string, name: string, schema: FieldSchema): Problem {
  if (schema.format === 'date') return problem(pointer, 'day-invalid', dayAdvice);
  const meaning = schema.description ?? '';
  return problem(
    pointer,
    'field-value',
    `No event type has a field ${name} with such a value. ${meaning}`.trim(),
  );
}

const dayAdvice = 'Not a day that exists; write YYYY-MM-DD, such as 2024-03-04.';

function isAboutClient(error: ErrorObject): boolean {
  return error.schemaPath.startsWith('#/oneOf') || /^\/(clientId|bsn)$/.test(error.instancePath);
}

function placeOf(error: ErrorObject): string {
  const { missingProperty, additionalProperty } = error.params as Record<string, string | undefined>;
  const member = missingProperty ?? additionalProperty;
  return member === undefined ? error.instancePath : pointerTo(error.instancePath, member);
}

function problemOf(error: ErrorObject, type: EventType): Problem {
  const schema = error.parentSchema as FieldSchema;
  const meaning = schema.description ? ` ${schema.description}` : '';
  switch (error.keyword) {
    case 'required':
      return problem('', 'required', missing(error, schema));
    case 'additionalProperties': {
      const { additionalProperty } = error.params as { additionalProperty: string };
      const known = Object.keys(schema.properties ?? {});
      return unknownField('', additionalProperty, known, wireTypeOf(type));
    }
    case 'type':
      return problem('', 'field-type', `Must be of JSON type ${schema.type}.${meaning}`);
    case 'enum':
      return problem('', 'field-value', `Must be one of: ${schema.enum!.join(', ')}.${meaning}`);
    case 'minimum':
    case 'maximum':
      return problem(
        '',
        'field-range',
        `Must be from ${schema.minimum ?? 'any'} to ${schema.maximum ?? 'any'}.${meaning}`,
      );
    case 'minItems':
      return problem('', 'list-empty', `Give at least one value, or leave the field out.${meaning}`);
    case 'uniqueItems':
      return problem('', 'list-repeats', `Give each value once.${meaning}`);
    default:
      return schema.format === 'date'
        ? problem('', 'day-invalid', `${dayAdvice}${meaning}`)
        : problem('', 'field-form', `${formAdvice(schema)}${meaning}`);
  }
}

function formAdvice({ pattern, maxLength }: FieldSchema): string {
  const length = `at most ${maxLength} characters`;
  return pattern === undefined ? `Must have ${length}.` : `Must match ${pattern}, ${length}.`;
}

function missing(error: ErrorObject, schema: FieldSchema): string {
  const { missingProperty } = error.params as { missingProperty: string };
  const description = schema.properties?.[missingProperty]?.description;
  return `The field ${missingProperty} is required.${description ? ` ${description}` : ''}`;
}

function unknownField(pointer: string, name: string, known: readonly string[], owner: string): Problem {
  const near = nearestName(name, known);
  const advice = near ? `did you mean ${near}?` : `known are: ${known.join(', ')}.`;
  return problem(pointer, 'unknown-field', `${owner} has no field ${name.slice(0, 40)}; ${advice}`);
}

/** A day breaks its pattern and its format at once; that is one problem to the sender. */
function onePerPlaceAndCode(problems: Problem[]): Problem[] {
  const seen = new Map(problems.map((each) => [`${each.pointer}\n${each.code}`, each]));
  return [...seen.values()];
}
