import { invalidRequest, Problem, type ProblemError } from '@domeinbrug/problems';
import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';

/**
 * Reads query strings and bodies into their classes, and refuses with every problem at once, unknown fields
 * included: a misspelt one would otherwise be a question that was never asked.
 */
export function inputChecks(known: ChecksWhatIsKnown = () => []): ValidationPipe {
  return new EveryProblemPipe(known);
}

/**
 * What else is wrong with a question whose form is, of which only the running service knows: a rule set that is
 * not there. A question of good form is checked where it is answered.
 */
export type ChecksWhatIsKnown = (question: object, asked: Record<string, unknown>) => ProblemError[];

/** A class of questions that also knows which of its fields contradict one another. */
export interface ChecksFieldsTogether {
  /** @param asked as it came: no field of it was checked */
  problemsOf(asked: Record<string, unknown>): ProblemError[];
}

/** Adds to the problems of single fields those of fields together, so that nobody is told in two rounds. */
class EveryProblemPipe extends ValidationPipe {
  constructor(private readonly known: ChecksWhatIsKnown) {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      validationError: { target: false, value: false },
      exceptionFactory: refusal,
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { metatype, type } = metadata;
    const isBodyOfFields = type === 'body' && metatype !== undefined && this.toValidate(metadata);
    if (isBodyOfFields && !isObject(value)) throw invalidRequest([notAnObject]);
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      if (!(error instanceof Problem) || !metatype || !isObject(value)) throw error;
      const { problemsOf } = metatype as Partial<ChecksFieldsTogether>;
      const own = error.errors ?? [];
      const ofGoodForm = ({ pointer }: ProblemError): boolean =>
        own.every((each) => each.pointer !== pointer);
      const unknown = this.known(metatype, value).filter(ofGoodForm);
      throw invalidRequest([...own, ...(problemsOf?.(value) ?? []), ...unknown]);
    }
  }
}

const notAnObject: ProblemError = {
  pointer: '',
  code: 'body-not-object',
  detail: 'Send one JSON object with the fields that are read here.',
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
      : { pointer, code: name === 'nestedValidation' ? 'invalid-form' : kebab(name), detail: sentence },
  );
  return [...own, ...(error.children ?? []).flatMap((child) => problemErrors(child, pointer))];
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
