import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { invalidRequest, Problem, type ProblemError } from './problem.js';

/**
 * Reads query strings and bodies into their classes, and refuses with every problem at once, unknown fields
 * included: a misspelt one would otherwise be a question that was never asked.
 */
export function inputChecks(): ValidationPipe {
  return new EveryProblemPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    validationError: { target: false, value: false },
    exceptionFactory: refusal,
  });
}

/** A class of questions that also knows which of its fields contradict one another. */
export interface ChecksFieldsTogether {
  /** @param asked as it came: no field of it was checked */
  problemsOf(asked: Record<string, unknown>): ProblemError[];
}

/** Adds to the problems of single fields those of fields together, so that nobody is told in two rounds. */
class EveryProblemPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      const { problemsOf } = (metadata.metatype ?? {}) as Partial<ChecksFieldsTogether>;
      if (!(error instanceof Problem) || !problemsOf || typeof value !== 'object' || value === null)
        throw error;
      throw invalidRequest([...(error.errors ?? []), ...problemsOf(value as Record<string, unknown>)]);
    }
  }
}

function refusal(found: ValidationError[]): Problem {
  return invalidRequest(found.flatMap((error) => problemErrors(error, '')));
}

function problemErrors(error: ValidationError, above: string): ProblemError[] {
  const pointer = `${above}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.entries(error.constraints ?? {}).map(([name, sentence]) =>
    name === 'whitelistValidation'
      ? {
          pointer,
          code: 'unknown-field',
          detail: `"${error.property}" is not read here; leave it out or correct its name.`,
        }
      : { pointer, code: kebab(name), detail: sentence },
  );
  return [...own, ...(error.children ?? []).flatMap((child) => problemErrors(child, pointer))];
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
