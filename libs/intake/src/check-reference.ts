import { fits, referenceFields, type FieldSchema, type LoadedType } from '@domeinbrug/journey';
import { nearestName } from '@domeinbrug/terms';
import type { JsonObject } from './json-values.js';
import { pointerTo, problem, type Problem } from './problem.js';

/** Everything wrong with the fields of one event about codes or clients. `pointer` is where they stand. */
export function checkReferenceFields(type: LoadedType, data: JsonObject, pointer: string): Problem[] {
  const known = referenceFields[type];
  const problems: Problem[] = [];
  for (const [name, schema] of Object.entries(known)) {
    const at = pointerTo(pointer, name);
    if (data[name] === undefined)
      problems.push(problem(at, 'required', `${name} is required. ${schema.description ?? ''}`.trim()));
    else if (!fits(schema, data[name])) problems.push(unfitting(at, schema));
  }
  for (const name of Object.keys(data).filter((each) => !Object.hasOwn(known, each))) {
    const near = nearestName(name, Object.keys(known));
    const advice = near ? `did you mean ${near}?` : `known are: ${Object.keys(known).join(', ')}.`;
    problems.push(problem(pointerTo(pointer, name), 'unknown-field', `${type} has no such field; ${advice}`));
  }
  return problems;
}

function unfitting(pointer: string, schema: FieldSchema): Problem {
  const meaning = schema.description ? ` ${schema.description}` : '';
  if (schema.format === 'date')
    return problem(pointer, 'day-invalid', `Not a day that exists; write YYYY-MM-DD.${meaning}`);
  return schema.enum
    ? problem(pointer, 'field-value', `Must be one of: ${schema.enum.join(', ')}.${meaning}`)
    : problem(pointer, 'field-form', `Must match ${schema.pattern}.${meaning}`);
}
