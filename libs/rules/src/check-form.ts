import { tryParseDay } from '@domeinbrug/calendar';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { suggestion } from './names.js';
import {
  formatPointer,
  mostProblems,
  type Path,
  type ProblemReport,
  type RuleSetProblemCode,
} from './problem.js';
import { inlineRuleSetSchema, ruleSetSchema } from './rule-set-schema.js';
import type { Schema } from './schema-parts.js';

/** What is left of a text once every part that does not have the right form is taken out. */
export interface FormChecked {
  tree: unknown;
  /** The parts taken out, so that nobody complains a second time that they are missing. */
  removed: Path[];
}

type Validate = ValidateFunction<unknown>;
const validators = new Map<Schema, Validate>();

/** Compiled on first use: it takes some milliseconds that a process without rule texts need not spend. */
function validatorOf(schema: Schema): Validate {
  const compiled = validators.get(schema);
  if (compiled) return compiled;
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true, // an error then carries the schema, whose description becomes its message
    strictTypes: false,
    strictRequired: false,
    validateSchema: false, // a test does, once
  });
  ajv.addVocabulary(['x-code']);
  ajv.addFormat('date', (text: string) => tryParseDay(text) !== undefined);
  const validate = ajv.compile<unknown>(schema);
  validators.set(schema, validate);
  return validate;
}

/** Checks a tree against the published schema; the problems go to the report, the good parts come back. */
export function checkForm(tree: unknown, inline: boolean, report: ProblemReport): FormChecked {
  const validate = validatorOf(inline ? inlineRuleSetSchema : ruleSetSchema);
  const holds: boolean = validate(tree);
  if (holds) return { tree, removed: [] };
  const reported = new Set<string>();
  const removed: Path[] = [];
  for (const error of validate.errors ?? []) {
    if (isEcho(error)) continue;
    const at = placeOf(error, tree);
    const pointer = formatPointer(at);
    if (reported.has(pointer)) continue;
    reported.add(pointer);
    report.add(at, codeOf(error), sentenceOf(error));
    const isNoMap = at.length === 0 && error.keyword === 'type';
    // Of what is wrong in so many places the rest is not looked at.
    if (isNoMap || reported.size > mostProblems) return { tree: {}, removed: [] };
    const part = partAround(at);
    if (part.length > 0) removed.push(part);
  }
  return { tree: removed.reduce(without, tree), removed };
}

/** ajv also tells that a branch failed and, of a refused key, which rule for keys it broke: once is enough. */
function isEcho(error: ErrorObject): boolean {
  return error.keyword === 'if' || error.propertyName !== undefined;
}

function placeOf(error: ErrorObject, tree: unknown): Path {
  const params = error.params as Record<string, string>;
  const inner = params['additionalProperty'] ?? params['propertyName'] ?? params['missingProperty'];
  const at = stepsOf(error.instancePath, tree);
  return inner === undefined ? at : [...at, inner];
}

/** A pointer as keys and, in lists, numbers. */
function stepsOf(pointer: string, tree: unknown): Path {
  const steps: (string | number)[] = [];
  let part = tree;
  for (const escaped of pointer.split('/').slice(1)) {
    const key = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
    const step = Array.isArray(part) ? Number(key) : key;
    steps.push(step);
    part = (part as Record<string | number, unknown>)[step];
  }
  return steps;
}

function codeOf(error: ErrorObject): RuleSetProblemCode {
  if (error.keyword === 'required') return 'missing-key';
  if (error.keyword === 'not') return 'reserved-id';
  const code = (error.parentSchema as Schema)['x-code'] as RuleSetProblemCode | undefined;
  if (error.keyword === 'additionalProperties') return code ?? 'unknown-key';
  if (error.keyword === 'enum') return code ?? 'wrong-value';
  return code === 'national-null' && error.data === null ? code : 'wrong-value';
}

/** What is wrong, and what to write instead. */
function sentenceOf(error: ErrorObject): string {
  const schema = error.parentSchema as { description?: string; properties?: Record<string, Schema> };
  const wanted = schema.description ?? 'another value';
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(String(params['additionalProperty']), Object.keys(schema.properties ?? {}));
    case 'required': {
      const key = String(params['missingProperty']);
      return `${key} is missing. Write ${meant(schema.properties?.[key]) ?? key}.`;
    }
    case 'propertyNames': {
      const names = (schema as { propertyNames?: Schema }).propertyNames;
      return `"${String(params['propertyName'])}" is not ${String(names?.['description'])}.`;
    }
    case 'enum':
      return unknownWord(error.data, params['allowedValues'] as string[], wanted);
    case 'minItems':
    case 'maxItems':
      return `There are ${(error.data as unknown[]).length} here. Write ${wanted}.`;
    case 'uniqueItems':
      return `Something stands here twice. Write ${wanted}.`;
    case 'not':
      return `${shown(error.data)} is kept for the service itself. Write ${wanted}.`;
    default:
      return `${shown(error.data)} cannot stand here. Write ${wanted}.`;
  }
}

function unknownKey(key: string, known: string[]): string {
  const choice = known.length <= 20 ? known.join(', ') : `${known.slice(0, 20).join(', ')}, …`;
  return `"${key}" means nothing here.${suggestion(key, known)} Known are: ${choice}.`;
}

function unknownWord(written: unknown, known: readonly string[], what: string): string {
  const near = typeof written === 'string' ? suggestion(written, known) : '';
  return `${shown(written)} is not a known ${what}.${near} Write one of: ${known.join(', ')}.`;
}

/** What a schema wants written; of a value with or without provenance, the bare one. */
function meant(schema: Schema | undefined): string | undefined {
  return (schema?.['description'] ?? (schema?.['else'] as Schema | undefined)?.['description']) as
    string | undefined;
}

function shown(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'A list';
  if (typeof value === 'object') return 'A map';
  const text = JSON.stringify(value) ?? 'Nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/**
 * The part to leave out for a problem inside it: a dated value, a row, a key of a window. Small enough that the rest
 * can still be checked, large enough that half a value is not checked as if it were whole.
 */
function partAround(path: Path): Path {
  const [section, , key] = path;
  if (section === 'parameters' || section === 'prices') {
    if (key === 'national') return path.slice(0, 4);
    return path.slice(0, key === 'unit' || key === 'allowed' || key === 'provenance' ? 3 : 5);
  }
  if (section === 'cover') return path.slice(0, path[1] === 'columns' ? 1 : 2);
  if (section === 'windows') return path.slice(0, key === 'id' ? 2 : 3);
  if (section === 'assumedUse') return path.slice(0, 3);
  return path.slice(0, 1);
}

/** A copy without one part; the other parts are shared. In a list the place stays, empty. */
function without(tree: unknown, [step, ...rest]: Path): unknown {
  if (step === undefined || typeof tree !== 'object' || tree === null) return tree;
  if (Array.isArray(tree)) {
    return tree.map((item: unknown, index) => {
      if (index !== step) return item;
      return rest.length === 0 ? undefined : without(item, rest);
    });
  }
  const entries = Object.entries(tree).filter(([key]) => rest.length > 0 || key !== step);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, key === step ? without(value, rest) : value]),
  );
}
