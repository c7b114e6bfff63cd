import type { Language } from './language.js';
import { problemCodes, type ProblemCode } from './problem-codes.js';

/** One thing that is wrong, and where. */
export interface ProblemError {
  /** JSON pointer into the body, or into the query string read as an object. */
  pointer: string;
  code: string;
  /** What is wrong and what to write instead. */
  detail: string;
}

/** What some problems say beside the members of every problem (RFC 9457, 3.2). */
export interface ProblemMembers {
  /** Of a client that was merged: the id under which the person is read. */
  mergedInto?: string;
  /** Of a feed that another has replaced: the cursor in front of the first entry of that one. */
  first?: string;
  /** Where log and read models stand, of a service that is not ready. */
  readiness?: object;
}

/** An error answer in the form of RFC 9457. */
export interface ProblemDetails extends ProblemMembers {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: ProblemCode;
  errors?: readonly ProblemError[];
}

export interface ProblemOptions {
  errors?: readonly ProblemError[];
  /** Header fields of the answer, such as `retry-after`. */
  headers?: Record<string, string>;
  members?: ProblemMembers;
}

/** What a use case throws when it cannot give what was asked; the edge turns it into {@link ProblemDetails}. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly errors: readonly ProblemError[] | undefined;
  readonly headers: Record<string, string>;
  readonly members: ProblemMembers;

  /** @param detail what was wrong this time, and what to do */
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    { errors, headers = {}, members = {} }: ProblemOptions = {},
  ) {
    super(detail);
    this.errors = errors;
    this.headers = headers;
    this.members = members;
  }

  get status(): number {
    return problemCodes[this.code].status;
  }
}

/** What to do about a body of a kind that a door does not read. */
export const sendJson =
  'Send JSON (a rule set also as YAML) and say so in Content-Type, such as application/json.';

export const problemMediaType = 'application/problem+json';

/**
 * @param instance the request's path, without its query string
 * @param language of the title; details are in English
 */
export function problemDetails(
  problem: Problem,
  instance: string,
  language: Language = 'en',
): ProblemDetails {
  const { status, title, dutch } = problemCodes[problem.code];
  return {
    ...problem.members,
    type: `https://domeinbrug.example/problems/${problem.code}`,
    title: language === 'nl' ? dutch : title,
    status,
    detail: problem.detail,
    instance,
    code: problem.code,
    ...(problem.errors ? { errors: problem.errors } : {}),
  };
}

/** A 400 that names every problem. */
export function invalidRequest(errors: readonly ProblemError[]): Problem {
  const count = errors.length === 1 ? 'One thing has' : `${errors.length} things have`;
  return new Problem('invalid-request', `${count} to be put right; see "errors".`, { errors });
}
