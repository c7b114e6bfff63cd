import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { invalidRequest, Problem, type ProblemError } from './problem.js';

/**
 * Reads query strings and bodies into their classes, and refuses with every problem at once, unknown fields
 * included: a misspelt one would otherwise be a question that was never asked.
 */
export function inputChecks(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    validationError: { target: false, value: false },
    exceptionFactory: refusal,
  });
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
