import { columns, laws, levels, services, tableServices } from '@domeinbrug/terms';
import { cellValues, ruleSetStatuses, triggers, units, windowKinds } from './rule-set.js';

/**
 * The text form of a rule set as a JSON Schema (2020-12). Each `description` says what to write there and ends
 * up in the message when something else was written; `x-code` names the problem where `wrong-value` says too little.
 */
export type Schema = Readonly<Record<string, unknown>>;

const name = '[A-Za-z][A-Za-z0-9_-]*';
const kebab = '[a-z0-9]+(-[a-z0-9]+)*';
const version = '[0-9A-Za-z][0-9A-Za-z.+_-]*';

const text = (description: string): Schema => ({ type: 'string', description });
const day: Schema = { type: 'string', format: 'date', description: 'a day as YYYY-MM-DD' };
const oneOf = (values: readonly string[], what: string, code?: string): Schema => ({
  type: 'string',
  enum: values,
  description: what,
  ...(code && { 'x-code': code }),
});
const wholeNumber = (minimum: number, description: string): Schema => ({
  type: 'integer',
  minimum,
  description,
});
const map = (description: string, properties: Schema, rest: Schema = {}): Schema => ({
  type: 'object',
  description,
  properties,
  additionalProperties: false,
  ...rest,
});
const list = (description: string, items: Schema, rest: Schema = {}): Schema => ({
  type: 'array',
  description,
  items,
  minItems: 1,
  ...rest,
});

const provenance = map('where a part comes from', {
  source: text('the document it comes from'),
  article: text('the article of law'),
  certainty: oneOf(['text', 'reading', 'agreement', 'pilot', 'assumption'], 'certainty'),
  owner: text('who may change it'),
  decidedOn: day,
});

/** The bare value, or `{value, provenance}`. */
const withProvenance = (value: Schema): Schema => ({
  if: { type: 'object' },
  then: map('{value, provenance}', { value, provenance }, { required: ['value'] }),
  else: value,
});

const parameterReference: Schema = {
  type: 'string',
  pattern: `^\\$${name}$`,
  description: '$ and the name of a parameter, such as $handoverLength',
};

const parameterValue = (types: readonly string[]): Schema => ({
  type: types,
  description: 'a number, a word or true/false',
});
const nationalValue: Schema = {
  ...parameterValue(['number', 'string', 'boolean']),
  description: 'a value; after national there is no level that null could hand on to',
  'x-code': 'national-null',
};
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
  additionalProperties: datedValues(localValue),
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
    pattern: `^${name}$`,
    description: 'a parameter name; write letters and digits, such as handoverLength',
  },
  additionalProperties: map('unit, allowed and dated values per level', {
    unit: oneOf(units, 'unit'),
    allowed,
    ...levelValues,
  }),
};

const cell = withProvenance({
  type: 'string',
  description: 'a cell: a law, none, absorbed, ended, undelivered or $parameter',
  if: { pattern: '^\\$' },
  then: parameterReference,
  else: oneOf(cellValues, 'cell'),
});
const row = withProvenance(
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

const service = oneOf(services, 'service', 'unknown-service');
const pays = list(
  'a list of {law, share}',
  map(
    '{law, share}',
    {
      law: oneOf(laws, 'law'),
      share: {
        type: 'number',
        exclusiveMinimum: 0,
        maximum: 100,
        description: 'a percentage above 0, at most 100',
      },
    },
    { required: ['law', 'share'] },
  ),
);
const days = wholeNumber(1, 'a whole number of days, 1 or more');
const daysOrParameter: Schema = { if: { type: 'string' }, then: parameterReference, else: days };
const lengthNumber = wholeNumber(0, 'a whole number, 0 or more');
const length: Schema = {
  if: { type: 'string' },
  then: parameterReference,
  else: map(
    'a length: $parameter, {days: 42}, {weeks: 6} or {months: 1}',
    { days: lengthNumber, weeks: lengthNumber, months: lengthNumber },
    { minProperties: 1, maxProperties: 1 },
  ),
};

const requires = map('what must hold on the trigger day', {
  claimWithin: map('{days, service}', { days: daysOrParameter, service }, { required: ['days'] }),
  carer: oneOf(['at-death', 'recorded-before-death'], 'carer condition'),
  sameProvider: { type: 'boolean', description: 'true or false' },
  minDaysInService: wholeNumber(0, 'a whole number of days'),
  profile: list('a list of profile codes', {
    type: ['string', 'integer'],
    description: 'a profile code (COD163), such as "754"',
  }),
  deliveryForm: list('a list of columns', oneOf(columns, 'column')),
});

const window = map(
  'a window',
  {
    id: {
      type: 'string',
      pattern: `^${kebab}$`,
      description: 'lower-case words joined by -, such as run-out',
    },
    remove: { const: true, description: 'true, or leave remove out' },
    kind: oneOf(windowKinds, 'kind of window'),
    source: text('the document it comes from'),
    provenance,
    trigger: oneOf(triggers, 'trigger', 'unknown-trigger'),
    side: oneOf(['after', 'before'], 'side'),
    starts: oneOf(['trigger-day', 'day-after'], 'start'),
    length,
    services: list('a list of services', service),
    requires,
    pays,
    phases: list(
      'a list of {days, pays}; the last one runs on',
      map('{days, pays}', { days, pays }, { required: ['pays'] }),
    ),
    payer: oneOf(['per-day', 'at-trigger'], 'payer'),
    parametersAs: oneOf(['at-trigger', 'per-day'], 'reading of parameters'),
    cutBy: list('a list of discharge, move, completed', oneOf(['discharge', 'move', 'completed'], 'cut'), {
      minItems: 0,
    }),
    repeat: oneOf(['once', 'restart', 'continue'], 'repeat'),
    cap: {
      if: { type: 'null' },
      else: map(
        '{minutes: 360}, or null for no cap',
        { minutes: wholeNumber(0, 'whole minutes') },
        { required: ['minutes'] },
      ),
    },
  },
  { required: ['id'] },
);

const use = (description: string): Schema => ({ type: 'number', minimum: 0, description });
const assumedUse: Schema = {
  type: 'object',
  description: 'assumed minutes, by the id of the window',
  additionalProperties: map('{minutes, per, source}', {
    minutes: map(
      '{low, mid, high}',
      { low: use('minutes'), mid: use('minutes'), high: use('minutes') },
      { required: ['low', 'mid', 'high'] },
    ),
    per: oneOf(['window', 'day', 'week', 'month'], 'period'),
    source: text('where the estimate comes from'),
  }),
};

const cents = (types: string[]): Schema => ({
  type: types,
  minimum: 0,
  description: 'whole cents, 8835 for € 88.35',
});
const price = map('unit and dated cents per level', {
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
    pattern: `^${kebab}(@${version})?$`,
    description: 'the id of a rule set, or id@version',
  },
  else: map(
    'the base: an id, id@version or {id, version}',
    {
      id: { type: 'string', pattern: `^${kebab}$`, description: 'the id of a rule set' },
      version: {
        type: 'string',
        pattern: `^${version}$`,
        description: 'a version in quotes, such as "2026.1"',
      },
    },
    { required: ['id'] },
  ),
};

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
        pattern: `^${kebab}$`,
        not: { const: 'active' },
        description: 'lower-case words joined by -, other than active',
      },
      version: {
        type: 'string',
        pattern: `^${version}$`,
        description: 'a version in quotes, such as "2026.1"',
      },
      title: { type: 'string', minLength: 1, description: 'a title' },
      status: oneOf(ruleSetStatuses, 'status'),
      publishedOn: day,
      source: text('the documents it comes from'),
      base,
      parameters,
      cover,
      windows: { type: 'array', description: 'a list of windows', items: window },
      assumedUse,
      prices,
      examples: {
        type: 'array',
        description: 'a list of cases',
        items: { type: 'object', description: 'a case: a map with events and expect' },
      },
    },
    { required: ['schema', 'id', 'version', 'title', 'status'] },
  ),
};

/** The form of an overlay inside a case: no name, version, title or status of its own. */
export const inlineRuleSetSchema: Schema = {
  ...ruleSetSchema,
  $id: 'urn:domeinbrug:rule-set:1:inline',
  title: 'Rule set inside a case',
  required: [],
};
