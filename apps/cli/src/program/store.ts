import type { Command } from 'commander';
import type { Calls } from './calls.js';
import { dataDir, json } from './options.js';

export function addStore(program: Command, calls: Calls): void {
  program
    .command('import')
    .description(
      'take in events (CloudEvents as NDJSON or JSON), iWmo messages (WMO301, WMO305, WMO307), or mergers (CSV)',
    )
    .argument('<files...>', '*.ndjson, *.json, *.xml or *.csv; importing a file again changes nothing')
    .option('--history', 'each line says in recordedat when it was recorded (NDJSON)')
    .option(
      '--mapping <file>',
      'product codes of municipalities: CSV of code,from,until,service (iWmo); 0363=<file> for one; may be repeated',
      (file: string, before: string[] = []) => [...before, file],
    )
    .option(
      '--from-start',
      'read an NDJSON file from its first line, also when an import of it was broken off',
    )
    .option('--progress-file <file>', 'append a line of JSON after each part that is stored for good')
    .option(
      '--url <address>',
      'send to a running service, not to the data folder; DOMEINBRUG_TOKEN says who sends',
    )
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('../commands/import.js')).importFiles));
  const projections = program
    .command('projections')
    .description('the read models, which follow the event log');
  projections
    .command('rebuild')
    .description('derive the read models anew from the event log')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('../commands/projections.js')).rebuildProjections));
  projections
    .command('status')
    .description('how far the read models are, and what is parked')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('../commands/projections.js')).projectionsStatus));
  projections
    .command('drop-former')
    .description('remove read models that are no longer in force')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('../commands/projections.js')).dropFormerProjections));
  program
    .command('verify')
    .description('compare the event log with its digests and the read models with the event log, row by row')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('../commands/verify.js')).verify));
  program
    .command('copy')
    .description('copy the events of one store into another and compare them; broken off, it goes on')
    .requiredOption(
      '--from <store>',
      'a data folder, the address of a database, or env:NAME of a variable that holds it; no service may write to it',
    )
    .requiredOption('--to <store>', 'likewise; holds nothing yet, or an earlier part of the same')
    .option('--positions <file>', 'append where each event lay and where it lies: from,to')
    .option(...json)
    .action(calls(async () => (await import('../commands/copy.js')).copy));
}

export function addBackup(program: Command, calls: Calls): void {
  program
    .command('backup')
    .description('copy log and keys into a new folder, also while a service runs')
    .argument('<folder>', 'must not be there yet')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('../commands/backup.js')).backup));
  program
    .command('restore')
    .description('put a backup into an empty data folder and verify it')
    .argument('<folder>', 'what backup made')
    .option(
      '--erasures <file>',
      'erase again whoever was erased since: the list, or the data folder that has it',
    )
    .option('--no-erasures', 'nobody was erased since the backup was made')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('../commands/restore.js')).restore));
}
