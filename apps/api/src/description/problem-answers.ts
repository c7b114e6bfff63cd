import {
  Problem as RaisedProblem,
  problemCodes,
  problemDetails,
  problemMediaType,
  type ProblemCode,
} from '@domeinbrug/problems';
import { errorCodes } from './error-codes.js';
import { headerReferences, headersOf } from './headers.js';
import type { JsonSchema } from './shape.js';

/** An error answer, RFC 9457. */
export const Problem: JsonSchema = {
  type: 'object',
  description: 'Why what was asked cannot be given (RFC 9457).',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
  properties: {
    type: { type: 'string', format: 'uri', description: 'Names the kind of problem.' },
    title: { type: 'string', description: 'The kind of problem in words; nl or en, by Accept-Language.' },
    status: { type: 'integer', description: 'The HTTP status.' },
    detail: { type: 'string', description: 'What was wrong this time, and what to do.' },
    instance: { type: 'string', description: 'The path that was asked for.' },
    code: {
      type: 'string',
      enum: Object.keys(problemCodes),
      description: 'The kind of problem, for programs.',
    },
    mergedInto: {
      type: 'string',
      description: 'Of a client that was merged into another: the id under which the person is read.',
    },
    first: {
      type: 'string',
      description: 'Of a feed that another has replaced: the cursor in front of the first entry of that one.',
    },
    readiness: {
      $ref: '#/components/schemas/Readiness',
    },
    errors: {
      type: 'array',
      description: 'Each thing that is wrong, where more than one can be.',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'detail'],
        properties: {
          pointer: {
            type: 'string',
            description: 'JSON pointer into the body, or into the query string read as an object.',
          },
          code: {
            type: 'string',
            enum: Object.keys(errorCodes),
            description: 'What is wrong there, for programs.',
          },
          detail: { type: 'string', description: 'What is wrong there and what to write instead.' },
          line: {
            type: 'integer',
            minimum: 1,
            description: 'The line of the text, of a rule set.',
          },
        },
      },
    },
  },
};

/** One response of an operation. */
export interface ResponseParts {
  description: string;
  headers: object;
  content: object;
}

/** One response per status, with an example per code. */
export function problemAnswers(
  codes: readonly ProblemCode[],
  address: string,
): Record<string, ResponseParts> {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of new Set(codes)) {
    const { status } = problemCodes[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries([...byStatus].map(([status, some]) => [status, answerOf(some, address)]));
}

function answerOf(codes: readonly ProblemCode[], address: string): ResponseParts {
  return {
    description: codes.map((code) => `\`${code}\`: ${problemCodes[code].title}.`).join(' '),
    headers: headerReferences([...new Set(['api-version' as const, ...codes.flatMap(headersOf)])]),
    content: {
      [problemMediaType]: {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code, address) }])),
      },
    },
  };
}

function exampleOf(code: ProblemCode, address: string): object {
  return problemDetails(new RaisedProblem(code, `${problemCodes[code].title}.`), address);
}
