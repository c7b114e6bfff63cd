/** A JSON Schema (2020-12), as OpenAPI 3.1 takes it. */
export type JsonSchema = Record<string, unknown>;

/**
 * What values of `T` look like on the wire. Built from the functions below and checked against `T` by the compiler:
 * an answer that gets a field, loses one or changes its type no longer fits its shape. So the description of the
 * interface cannot fall behind the answers.
 */
export interface Shape<T> {
  readonly schema: JsonSchema;
  /** A value that fits. */
  readonly example: T;
  /** The shapes that `schema` refers to by name. */
  readonly named: Readonly<Record<string, JsonSchema>>;
  readonly isOptional?: true;
  /** Never there: makes `Shape<A>` and `Shape<B>` different types whenever A and B are. */
  readonly exactly?: (value: T) => T;
}

/** A shape for each field; for one that may be absent, {@link optional}. */
export type Fields<T> = { [K in keyof T]-?: Shape<T[K]> };

const leaf = <T>(schema: JsonSchema, example: T, description?: string): Shape<T> => ({
  schema: { ...schema, ...(description === undefined ? {} : { description }), examples: [example] },
  example,
  named: {},
});

export function text<T extends string = string>(
  description: string,
  example: NoInfer<T>,
  form: { pattern?: string; format?: string } = {},
): Shape<T> {
  return leaf<T>({ type: 'string', ...form }, example, description);
}

/** A day, `YYYY-MM-DD`. */
export const day = (description: string, example = '2024-03-04'): Shape<string> =>
  text(description, example, { format: 'date' });

/** An instant in UTC. */
export const moment = (description: string, example = '2024-03-05T07:12:00.000Z'): Shape<string> =>
  text(description, example, {
    format: 'date-time',
    pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$',
  });

/** A position in the log. */
export const position = (description: string, example = '197'): Shape<string> =>
  text(description, example, { pattern: '^(0|[1-9][0-9]{0,14})$' });

export const wholeNumber = (
  description: string,
  example: number,
  limits: { minimum?: number; maximum?: number } = { minimum: 0 },
): Shape<number> => leaf({ type: 'integer', ...limits }, example, description);

export const decimal = (description: string, example: number): Shape<number> =>
  leaf({ type: 'number' }, example, description);

export const yesNo = (description: string, example = true): Shape<boolean> =>
  leaf({ type: 'boolean' }, example, description);

/** One word of a list; the first is the example unless another is named. */
export const oneOf = <T extends string>(
  words: readonly T[],
  description: string,
  example: NoInfer<T> = words[0]!,
): Shape<T> => leaf({ type: 'string', enum: [...words] }, example, description);

/** Always the same value. */
export const always = <T extends null | string>(value: T, description?: string): Shape<T> =>
  leaf({ const: value }, value, description);

/** What another standard or another page describes. */
export const anything = (description: string, example: unknown): Shape<unknown> =>
  leaf({}, example, description);

export function list<T>(of: Shape<T>, description?: string, example: T[] = [of.example]): Shape<T[]> {
  const said = description === undefined ? {} : { description };
  return { schema: { type: 'array', items: of.schema, ...said }, example, named: of.named };
}

/** A list that is always empty, where others see more. */
export const emptyList = (description: string): Shape<[]> => ({
  schema: { type: 'array', items: {}, maxItems: 0, description },
  example: [],
  named: {},
});

/** Values by names that are not known beforehand. */
export function record<T>(of: Shape<T>, description: string, name = 'example'): Shape<Record<string, T>> {
  const schema = { type: 'object', additionalProperties: of.schema, description };
  return { schema, example: { [name]: of.example }, named: of.named };
}

export function nullable<T>(of: Shape<T>, description?: string): Shape<T | null> {
  const { type, enum: words } = of.schema as { type?: unknown; enum?: unknown[] };
  const said = description === undefined ? {} : { description };
  const schema =
    typeof type === 'string'
      ? { ...of.schema, ...said, type: [type, 'null'], ...(words ? { enum: [...words, null] } : {}) }
      : { anyOf: [of.schema, { type: 'null' }], ...said };
  return { schema, example: of.example, named: of.named };
}

/** A field that may be absent. */
export function optional<T>(of: Shape<T>): Shape<T | undefined> {
  return { schema: of.schema, example: of.example, named: of.named, isOptional: true };
}

/** The same shape, said in the words of the place where it stands. */
export function said<T>(of: Shape<T>, description: string): Shape<T> {
  return { ...of, schema: { ...of.schema, description } };
}

/** A value of one of two shapes; the example is of the first. */
export function either<A, B>(first: Shape<A>, second: Shape<B>, description?: string): Shape<A | B> {
  const schema = {
    anyOf: [first.schema, second.schema],
    ...(description === undefined ? {} : { description }),
  };
  return { schema, example: first.example, named: { ...first.named, ...second.named } };
}

export function object<T extends object>(description: string, fields: Fields<T>): Shape<T> {
  const all = Object.entries<Shape<unknown>>(fields as unknown as Record<string, Shape<unknown>>);
  const example = Object.fromEntries(all.map(([name, shape]) => [name, shape.example])) as T;
  const required = all.filter(([, shape]) => !shape.isOptional).map(([name]) => name);
  const schema = {
    type: 'object',
    description,
    required,
    properties: Object.fromEntries(all.map(([name, shape]) => [name, shape.schema])),
  };
  const named = Object.assign({}, ...all.map(([, shape]) => shape.named)) as Shape<T>['named'];
  return { schema, example, named };
}

/** An object that stands in `components` under a name of its own. */
export function named<T extends object>(name: string, description: string, fields: Fields<T>): Shape<T> {
  const { schema, example, named: inner } = object(description, fields);
  return {
    schema: { $ref: `#/components/schemas/${name}` },
    example,
    named: { ...inner, [name]: schema },
  };
}
