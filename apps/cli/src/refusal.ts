/** What was asked cannot be done as it was asked: a wrong argument, setting or folder. Exit code 2. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}

/** It was asked rightly and there is something wrong with what was found. Exit code 1. */
export class ProblemFound extends Error {
  override readonly name = 'ProblemFound';
}

/** What every command ends with. */
export const exitCodes = { done: 0, problems: 1, wrongUse: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
