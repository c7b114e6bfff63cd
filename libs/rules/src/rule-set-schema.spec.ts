import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ruleSetSchema } from './index.js';

const folder = join(__dirname, '../../../rules');
const asserting = ['type', 'enum', 'const', 'pattern', 'format', 'propertyNames'];

/** Every schema inside a schema, with its place. */
function* schemasIn(schema: unknown, place: string): Generator<[string, Record<string, unknown>]> {
  if (typeof schema !== 'object' || schema === null) return;
  if (Array.isArray(schema)) return;
  const node = schema as Record<string, unknown>;
  yield [place, node];
  for (const key of ['items', 'then', 'else', 'additionalProperties', 'propertyNames']) {
    yield* schemasIn(node[key], `${place}/${key}`);
  }
  for (const group of ['properties', '$defs']) {
    for (const [key, value] of Object.entries(node[group] ?? {}))
      yield* schemasIn(value, `${place}/${group}/${key}`);
  }
}

describe('the published schema', () => {
  test('says of every part what to write there', () => {
    const silent = [...schemasIn(ruleSetSchema, '')]
      .filter(([, schema]) => asserting.some((keyword) => keyword in schema) && !('description' in schema))
      .map(([place]) => place);
    expect(silent).toEqual([]);
  });

  test('is a schema of 2020-12', () => {
    expect(new Ajv2020({ strict: false }).validateSchema(ruleSetSchema)).toBe(true);
  });

  test('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(ruleSetSchema))).toEqual(ruleSetSchema);
  });

  test.each(readdirSync(folder))('holds for %s under any validator of 2020-12', (name) => {
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(ruleSetSchema);
    validate(parse(readFileSync(join(folder, name), 'utf8')));
    expect(validate.errors).toBeNull();
  });
});
