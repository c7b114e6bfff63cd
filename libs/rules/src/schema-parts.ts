/**
 * The text form of a rule set as a JSON Schema (2020-12). Each `description` says what to write there and ends
 * up in the message when something else was written; `x-code` names the problem where `wrong-value` says too little.
 */
export type Schema = Readonly<Record<string, unknown>>;

export const namePattern = '[A-Za-z][A-Za-z0-9_-]*';
export const kebabPattern = '[a-z0-9]+(-[a-z0-9]+)*';
export const versionPattern = '[0-9A-Za-z][0-9A-Za-z.+_-]*';

/** A part that stands in several places, written once under `$defs`. */
export const defined = (part: string): Schema => ({ $ref: `#/$defs/${part}` });
export const text = (description: string): Schema => ({ type: 'string', description });
export const day: Schema = { type: 'string', format: 'date', description: 'a day as YYYY-MM-DD' };
export const oneOf = (values: readonly string[], what: string, code?: string): Schema => ({
  type: 'string',
  enum: values,
  description: what,
  ...(code && { 'x-code': code }),
});
export const wholeNumber = (minimum: number, description: string): Schema => ({
  type: 'integer',
  minimum,
  description,
});
export const map = (description: string, properties: Schema, rest: Schema = {}): Schema => ({
  type: 'object',
  description,
  properties,
  additionalProperties: false,
  ...rest,
});
export const list = (description: string, items: Schema, rest: Schema = {}): Schema => ({
  type: 'array',
  description,
  items,
  minItems: 1,
  ...rest,
});

export const provenance = defined('provenance');
export const provenanceForm = map('where a part comes from', {
  source: text('the document it comes from'),
  article: text('the article of law'),
  certainty: oneOf(['text', 'reading', 'agreement', 'pilot', 'assumption'], 'certainty'),
  owner: text('who may change it'),
  decidedOn: day,
});

/** The bare value, or `{value, provenance}`. */
export const withProvenance = (value: Schema): Schema => ({
  if: { type: 'object' },
  then: map('{value, provenance}', { value, provenance }, { required: ['value'] }),
  else: value,
});

export const parameterReference: Schema = {
  type: 'string',
  pattern: `^\\$${namePattern}$`,
  description: '$ and the name of a parameter, such as $handoverLength',
};
