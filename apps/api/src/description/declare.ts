import type { ProblemCode } from '@domeinbrug/problems';
import type { HeaderName } from './headers.js';
import type { Shape } from './shape.js';

/** What one door answers: the description of the interface is made from it, and tests hold the door to it. */
export interface Answer {
  status: number;
  /** `null` for an answer without a body. */
  shape: Shape<unknown> | null;
  says: string;
  /** Beside `API-Version`, what the door sets by `@Header`, and what {@link headersOf} knows of problems. */
  headers: readonly HeaderName[];
  mediaType: string;
}

export interface DeclaredDoor {
  controller: object;
  method: object;
  answers: Answer[];
  refusals: ProblemCode[];
}

/** By `Controller.method`, the operation id that the framework is told to use. */
const declared = new Map<string, DeclaredDoor>();

export function declarationOf(operation: string): DeclaredDoor | undefined {
  return declared.get(operation);
}

interface AnswerOptions {
  says?: string;
  headers?: readonly HeaderName[];
  /** `application/json` when left out. */
  mediaType?: string;
}

/**
 * Declares an answer of a door: `@Answers(200, funderCoverage, { headers: ['link'] })`. More than one may be
 * declared, also with one status and several media types.
 *
 * @param shape of the body; see {@link Shape}
 */
export function Answers<T>(status: number, shape: Shape<T>, options: AnswerOptions = {}): MethodDecorator {
  const { says = 'What was asked.', headers = [], mediaType = 'application/json' } = options;
  return (target, property, descriptor) => {
    const answer = { status, shape: shape as Shape<unknown>, says, headers, mediaType };
    doorAt(target, property, descriptor).answers.push(answer);
  };
}

/** Declares an answer of a door that has no body. */
export function AnswersWithoutBody(
  status: number,
  { says, headers = [] }: { says: string; headers?: readonly HeaderName[] },
): MethodDecorator {
  return (target, property, descriptor) => {
    doorAt(target, property, descriptor).answers.push({ status, shape: null, says, headers, mediaType: '' });
  };
}

/**
 * Declares which problems a door answers with, beside those that follow from its token, query string and body
 * (`refusals.ts`): `@Refuses('client-unknown', 'position-not-reached')`.
 */
export function Refuses(...codes: ProblemCode[]): MethodDecorator {
  return (target, property, descriptor) => {
    doorAt(target, property, descriptor).refusals.push(...codes);
  };
}

function doorAt(target: object, property: string | symbol, descriptor: PropertyDescriptor): DeclaredDoor {
  const operation = `${target.constructor.name}.${String(property)}`;
  let door = declared.get(operation);
  if (!door) {
    door = {
      controller: target.constructor,
      method: descriptor.value as object,
      answers: [],
      refusals: [],
    };
    declared.set(operation, door);
  }
  return door;
}
