#!/usr/bin/env node
import { runCommand } from './run-command.js';
import { processTerminal } from './terminal.js';

// The exit code is set and not forced: what was printed to a pipe is written out before the process ends.
process.exitCode = await runCommand(process.argv.slice(2), processTerminal());
