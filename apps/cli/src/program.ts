import { productVersion } from '@domeinbrug/settings';
import { Command } from 'commander';
import type { Action } from './program/calls.js';
import { addInventions } from './program/inventions.js';
import { addAudit, addErasure, addKeys } from './program/privacy.js';
import { addQuestions } from './program/questions.js';
import { addRules } from './program/rules.js';
import { addService } from './program/service.js';
import { addBackup, addStore } from './program/store.js';
import type { ExitCode } from './refusal.js';
import type { Terminal } from './terminal.js';

/**
 * The command line: every command with its arguments and what it calls.
 * @param finish is told the exit code of the command that ran
 */
export function programFor(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  const program = new Command('domeinbrug')
    .description('Who pays for care on each day, and why: Wmo, Zvw and Wlz on one dated timeline')
    .version(productVersion(), '-V, --version', 'say which version this is')
    .exitOverride()
    .enablePositionalOptions() // or a command that has commands would take their options
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
    .showHelpAfterError('(domeinbrug --help lists the commands, domeinbrug <command> --help their options)')
    .helpCommand(false);
  const calls =
    <Options, Args extends unknown[]>(load: () => Promise<Action<Options, Args>>) =>
    async (...given: unknown[]): Promise<void> => {
      // Commander gives the arguments, then the options, then the command itself.
      const options = given.at(-2) as Options;
      const code = await (await load())(terminal, options, ...(given.slice(0, -2) as Args));
      if (code !== undefined) finish(code);
    };
  addService(program, calls);
  addQuestions(program, calls);
  addRules(program, calls);
  addStore(program, calls);
  addBackup(program, calls);
  addAudit(program, calls);
  addErasure(program, calls);
  addKeys(program, calls);
  addInventions(program, calls);
  return program;
}
