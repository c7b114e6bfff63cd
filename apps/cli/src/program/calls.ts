import type { ExitCode } from '../refusal.js';
import type { Terminal } from '../terminal.js';

/** What a command does once its arguments are read. Loaded when it is called: none pays for another's start. */
export type Action<Options, Args extends unknown[]> = (
  terminal: Terminal,
  options: Options,
  ...args: Args
) => Promise<ExitCode | void> | ExitCode | void;

/** Makes of a command's function what Commander calls. */
export type Calls = <Options, Args extends unknown[]>(
  load: () => Promise<Action<Options, Args>>,
) => (...given: unknown[]) => Promise<void>;
