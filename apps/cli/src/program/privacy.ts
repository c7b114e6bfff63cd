import type { Command } from 'commander';
import type { Calls } from './calls.js';
import { dataDir, json } from './options.js';

export function addAudit(program: Command, calls: Calls): void {
  const audit = program.command('audit').description('who looked at or changed what of whom');
  audit
    .command('verify')
    .description('compare each line of the audit trail with its digest')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('../commands/audit.js')).auditVerify));
  audit
    .command('extract')
    .description('for a client, in Dutch: who pays for the care, and who looked')
    .argument('<client>', 'client id')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('../commands/audit.js')).auditExtract));
}

export function addErasure(program: Command, calls: Calls): void {
  program
    .command('erase')
    .description('forget a client, or a carer of one, for good')
    .argument('<client>', 'client id')
    .requiredOption('--reason <text>', 'why, in 10 to 200 characters; it is kept, so it names nobody')
    .option('--carer <pseudonym>', 'only this carer of the client, by the pseudonym that was sent')
    .option('--url <address>', 'let a running service do it; DOMEINBRUG_TOKEN says who asks')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('../commands/erase.js')).erase));
  const retention = program
    .command('retention')
    .description('how long events are kept, by whose copy and which article; whose are past their term')
    .enablePositionalOptions()
    .option('--due', 'whose events are past their term; exit code 1 when there are any that nothing holds')
    .option('--on <day>', 'on this day, YYYY-MM-DD (default: today)')
    .option('--terms <file>', 'terms of your own (default: those that ship, retention/terms.yaml)')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('../commands/retention.js')).retention));
  retention
    .command('hold')
    .description('let nobody erase a client, until release')
    .argument('<client>', 'client id')
    .requiredOption('--by <who>', 'who wants it: an organisation or a function')
    .requiredOption('--reason <text>', 'why')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('../commands/hold.js')).holdClient));
  retention
    .command('release')
    .description('let a client be erased again')
    .argument('<client>', 'client id')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('../commands/hold.js')).releaseClient));
}

export function addKeys(program: Command, calls: Calls): void {
  const keys = program.command('keys').description('the secret keys of the data folder').helpCommand(false);
  keys
    .command('rotate')
    .description(
      'put another key in use from the next start on; what was made by those before it still holds',
    )
    .argument('<key>', 'pseudonym or alias')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('../commands/rotate-key.js')).rotate));
}
