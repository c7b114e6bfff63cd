import { columns, levels, services, tableServices } from '@domeinbrug/terms';
import { cellValues, ruleSetStatuses, units } from './rule-set.js';
import {
  day,
  defined,
  kebabPattern,
  list,
  map,
  namePattern,
  oneOf,
  parameterReference,
  provenance,
  provenanceForm,
  text,
  versionPattern,
  withProvenance,
  type Schema,
} from './schema-parts.js';
import { assumedUseForm, windowForm } from './window-schema.js';

const parameterValue = (types: readonly string[]): Schema => ({
  type: types,
  description: 'a number, a word or true/false',
});
const nationalValue: Schema = {
  ...parameterValue(['number', 'string', 'boolean']),
  description: 'a value; after national there is no level that null could hand on to',
  'x-code': 'national-null',
};
const localValues = defined('localValues');
const localValue: Schema = {
  ...parameterValue(['number', 'string', 'boolean', 'null']),
  description: 'a value, or null to hand on to the next level',
};

const datedValues = (value: Schema): Schema => ({
  type: 'object',
  description: 'days with the value from that day on, such as { 2015-01-01: 42 }',
  propertyNames: { format: 'date', description: 'a day; write YYYY-MM-DD, such as 2026-07-01' },
  additionalProperties: withProvenance(value),
});
const valuesPerCode = (level: string): Schema => ({
  type: 'object',
  description: `codes of the level ${level}, each with dated values`,
  propertyNames: {
    pattern: '^[0-9A-Za-z][0-9A-Za-z._-]*$',
    description: `the code of one ${level}, in quotes`,
  },
  additionalProperties: localValues,
});
const levelValues: Schema = Object.fromEntries(
  levels.map((level) => [level, level === 'national' ? datedValues(nationalValue) : valuesPerCode(level)]),
);

const allowed: Schema = {
  if: { type: 'object', required: ['oneOf'] },
  then: map('{oneOf}', { oneOf: list('a list of values', parameterValue(['number', 'string', 'boolean'])) }),
  else: map(
    '{min, max, step} or {oneOf: [...]}',
    {
      min: { type: 'number', description: 'a number' },
      max: { type: 'number', description: 'a number' },
      step: { type: 'number', exclusiveMinimum: 0, description: 'a number above 0' },
    },
    { required: ['min', 'max'] },
  ),
};

const parameters: Schema = {
  type: 'object',
  description: 'parameters by name',
  propertyNames: {
    pattern: `^${namePattern}$`,
    description: 'a parameter name; write letters and digits, such as handoverLength',
  },
  additionalProperties: map('unit, allowed and dated values per level', {
    unit: oneOf(units, 'unit'),
    allowed,
    ...levelValues,
  }),
};

const cell = defined('cell');
const cellForm = withProvenance({
  type: 'string',
  description: 'a cell: a law, none, absorbed, ended, undelivered or $parameter',
  if: { pattern: '^\\$' },
  then: parameterReference,
  else: oneOf(cellValues, 'cell'),
});
const row = defined('row');
const rowForm = withProvenance(
  list(`one cell for each of the ${columns.length} columns`, cell, {
    minItems: columns.length,
    maxItems: columns.length,
  }),
);
const cover = map(
  'the columns and a row for each service',
  {
    columns: list(`each of the ${columns.length} columns once`, oneOf(columns, 'column'), {
      minItems: columns.length,
      maxItems: columns.length,
      uniqueItems: true,
    }),
    ...Object.fromEntries(tableServices.map((service) => [service, row])),
  },
  { 'x-code': 'unknown-service' },
);

const cents = (types: string[]): Schema => ({
  type: types,
  minimum: 0,
  description: 'whole cents, 8835 for € 88.35',
});
const price = defined('price');
const priceForm = map('unit and dated cents per level', {
  unit: oneOf(['cent-per-day', 'cent-per-hour'], 'unit of a price'),
  provenance,
  ...Object.fromEntries(
    levels.map((level) => [
      level,
      level === 'national'
        ? datedValues({ ...cents(['integer']), 'x-code': 'national-null' })
        : { ...valuesPerCode(level), additionalProperties: datedValues(cents(['integer', 'null'])) },
    ]),
  ),
});
const prices = map('prices by service', Object.fromEntries(services.map((known) => [known, price])), {
  'x-code': 'unknown-service',
});

const base: Schema = {
  if: { type: 'string' },
  then: {
    type: 'string',
    pattern: `^${kebabPattern}(@${versionPattern})?$`,
    description: 'the id of a rule set, or id@version',
  },
  else: map(
    'the base: an id, id@version or {id, version}',
    {
      id: { type: 'string', pattern: `^${kebabPattern}$`, description: 'the id of a rule set' },
      version: {
        type: 'string',
        pattern: `^${versionPattern}$`,
        description: 'a version in quotes, such as "2026.1"',
      },
    },
    { required: ['id'] },
  ),
};

/** The text form of a rule set as a JSON Schema (2020-12), to be published. */
export const ruleSetSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:domeinbrug:rule-set:1',
  title: 'Rule set',
  ...map(
    'a rule set: a map that begins with schema, id, version, title and status',
    {
      schema: { const: 'domeinbrug/rule-set/1', description: 'domeinbrug/rule-set/1' },
      id: {
        type: 'string',
        pattern: `^${kebabPattern}$`,
        not: { const: 'active' },
        description: 'lower-case words joined by -, other than active',
      },
      version: {
        type: 'string',
        pattern: `^${versionPattern}$`,
        description: 'a version in quotes, such as "2026.1"',
      },
      title: { type: 'string', minLength: 1, description: 'a title' },
      status: oneOf(ruleSetStatuses, 'status'),
      publishedOn: day,
      source: text('the documents it comes from'),
      base,
      parameters,
      cover,
      windows: { type: 'array', description: 'a list of windows', items: windowForm },
      assumedUse: assumedUseForm,
      prices,
      examples: {
        type: 'array',
        description: 'a list of cases',
        items: { type: 'object', description: 'a case: a map with events and expect' },
      },
    },
    { required: ['schema', 'id', 'version', 'title', 'status'] },
  ),
  $defs: {
    provenance: provenanceForm,
    localValues: datedValues(localValue),
    cell: cellForm,
    row: rowForm,
    price: priceForm,
  },
};

/** The form of an overlay inside a case: no name, version, title or status of its own. */
export const inlineRuleSetSchema: Schema = {
  ...ruleSetSchema,
  $id: 'urn:domeinbrug:rule-set:1:inline',
  title: 'Rule set inside a case',
  required: [],
};
