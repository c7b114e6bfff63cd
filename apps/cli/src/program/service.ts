import type { Command } from 'commander';
import type { Calls } from './calls.js';
import { dataDir, json } from './options.js';

export function addService(program: Command, calls: Calls): void {
  program
    .command('serve')
    .description('start the service: HTTP interface, event log and read models in one process')
    .option(...dataDir)
    .option('--json', 'no lines for people, only the structured log')
    .action(calls(async () => (await import('../commands/serve.js')).serve));
  program
    .command('token')
    .description('print a token for use on this machine, signed with the key of the data folder')
    .requiredOption(
      '--as <organisation>',
      'insurer:3311, provider:<8 digits>, municipality:0363, care-office:5515, oin:<20 digits>, policy, auditor or operator',
    )
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('../commands/token.js')).token));
}
