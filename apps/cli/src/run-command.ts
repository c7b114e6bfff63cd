import { CommanderError } from 'commander';
import { exitCodes, type ExitCode } from './refusal.js';
import { programFor } from './program.js';
import type { Terminal } from './terminal.js';

/** Errors whose message is written for the person at the keyboard, by name: libs do not share a class for them. */
const wrongUse = ['WrongUse', 'ConfigRefused', 'LogNotFound', 'RetentionRefused'];
const problems = [
  'ProblemFound',
  'DataFolderInUse',
  'DataFolderRefused',
  'NotACopy',
  'LogUnreachable',
  'LogSchemaRefused',
  'ServerTrouble',
  'KurrentdbUrlRefused',
  'LogFileRefused',
  'RulesRefused',
  'MandatesRefused',
  'ViewsNotReady',
  'LogBusy',
  'KeysRefused',
  'KeyBeingChanged',
  'ClientHeld',
];

/**
 * Runs one command to its end and gives its exit code. Nothing is thrown: what went wrong is told in a sentence.
 * @param args what follows `domeinbrug`
 */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.done;
  const program = programFor(terminal, (code) => (exitCode = code));
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return tell(error, terminal);
  }
}

function tell(error: unknown, terminal: Terminal): ExitCode {
  // Commander has said it already; help and version end here too, with 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUse;
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (wrongUse.includes(name)) {
    terminal.err(message);
    return exitCodes.wrongUse;
  }
  terminal.err(problems.includes(name) ? message : unexpected(error, message));
  return exitCodes.problems;
}

function unexpected(error: unknown, message: string): string {
  const stack = process.env['LOG_LEVEL'] === 'debug' && error instanceof Error ? `\n${error.stack}` : '';
  return `This should not have happened: ${message}\nWith LOG_LEVEL=debug it also says where; please report it.${stack}`;
}
