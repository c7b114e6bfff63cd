import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { caseSchema } from './case-schema.js';

/** A history of events, a rule set, and what must come out. `docs/cases.md` explains the format. */
export interface Case {
  id: string;
  title?: string;
  about?: string;
  /** The id of a shipped rule set, or an overlay. In examples of a rule set it may be left out: that set itself. */
  ruleSet?: RuleSetChoice;
  events: CaseEvent[];
  expect?: Expectation;
  /** By moment of knowledge (RFC 3339 with offset). */
  knownAt?: Record<string, Expectation>;
  variants?: { name: string; ruleSet: RuleSetChoice; expect: Expectation }[];
  settlement?: ExpectedSettlement[];
}

export type RuleSetChoice = string | Record<string, unknown>;

/** An event with its data beside its type; `key` is its id, days are `YYYY-MM-DD`. */
export interface CaseEvent {
  type: string;
  key?: string;
  recordedAt?: string;
  [field: string]: unknown;
}

/** All rows and gaps of `services` are listed, and no others exist for them. */
export interface Expectation {
  services: string[];
  cover?: ExpectedRow[];
  gaps?: ExpectedRow[];
  /** Codes that must be among the findings. */
  findings?: string[];
  /** Sums over what a row does not name. */
  minutes?: (Record<string, string | number> & { funded: number; overCap: number; outside: number })[];
}

export type ExpectedRow = Record<string, string | number | null> & {
  service: string;
  firstDay: string;
  lastDay: string | null;
};

export interface ExpectedSettlement {
  /** A moment, `final`, or a rule set. */
  from: RuleSetChoice;
  to: RuleSetChoice;
  /** Last day compared, inclusive. */
  through?: string;
  services?: string[];
  rows: {
    service: string;
    firstDay: string;
    lastDay: string | null;
    from: string;
    to: string;
    days: number | null;
  }[];
}

export interface CaseProblem {
  /** File, and line where there are several cases in it. */
  where: string;
  message: string;
}

const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile<Case>(caseSchema);

/**
 * Reads cases from the text of a file: YAML or JSON with one case or a list, NDJSON with one case a line.
 * What is no case is reported with its place; the others are returned.
 */
export function readCases(
  file: string,
  text: string,
): { cases: { where: string; case: Case }[]; problems: CaseProblem[] } {
  const cases: { where: string; case: Case }[] = [];
  const problems: CaseProblem[] = [];
  for (const { where, read } of documents(file, text)) {
    const document = attempt(read);
    if (document instanceof Error)
      problems.push({ where, message: `This is not readable: ${document.message}` });
    else if (validate(document)) cases.push({ where, case: document });
    else problems.push(...(validate.errors ?? []).map((error) => ({ where, message: sentence(error) })));
  }
  return { cases, problems };
}

interface Document {
  where: string;
  read: () => unknown;
}

function documents(file: string, text: string): Document[] {
  if (file.endsWith('.ndjson')) {
    return text
      .split('\n')
      .flatMap((line, at) =>
        line.trim() === '' ? [] : [{ where: `${file}:${at + 1}`, read: () => JSON.parse(line) as unknown }],
      );
  }
  const whole = attempt(() => (file.endsWith('.json') ? JSON.parse(text) : parse(text)) as unknown);
  if (!Array.isArray(whole)) return [{ where: file, read: () => orThrow(whole) }];
  return whole.map((one: unknown, at) => ({ where: `${file} [${at}]`, read: () => one }));
}

function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function orThrow(value: unknown): unknown {
  if (value instanceof Error) throw value;
  return value;
}

function sentence({ instancePath, message, params }: ErrorObject): string {
  const extra = (params as { additionalProperty?: string }).additionalProperty;
  const place = instancePath === '' ? 'The case' : instancePath;
  return extra === undefined
    ? `${place} ${message ?? 'is not right'}.`
    : `${place} has a key "${extra}" that cases do not have; look for a typing error or take it out.`;
}
