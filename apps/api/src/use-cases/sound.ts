import { invalidRequest, type ProblemError } from '@domeinbrug/problems';

/**
 * What a part of a question was read into, when neither it nor the rest of the question is wrong.
 *
 * @throws Problem 400 with every problem
 */
export function sound<T>(read: T | { error: ProblemError }, others: readonly ProblemError[] = []): T {
  const failed = isError(read);
  const errors = failed ? [...others, read.error] : others;
  if (failed || errors.length > 0) throw invalidRequest(errors);
  return read;
}

/** @throws Problem 400 with every problem, when there is one */
export function refused(errors: readonly ProblemError[]): void {
  if (errors.length > 0) throw invalidRequest(errors);
}

function isError(read: unknown): read is { error: ProblemError } {
  return typeof read === 'object' && read !== null && 'error' in read;
}
