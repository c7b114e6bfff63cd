import type { Command } from 'commander';
import type { Calls } from './calls.js';
import { json } from './options.js';

export function addInventions(program: Command, calls: Calls): void {
  program
    .command('generate')
    .description(
      'write an invented population, as a history for import --history or as an archive: the same for the same seed',
    )
    .requiredOption('--clients <number>', 'how many people, at most 20,000,000')
    .option('--seed <number>', 'another seed gives other people', '1')
    .option('--out <file>', 'write to this file (default: standard output)')
    .option(
      '--archive <folder>',
      'fold it and write the archive of its facts there, without a log, for replays',
    )
    .option('--from <day>', 'the first day on which anything is told', '2022-01-01')
    .option('--until <day>', 'the last one', '2025-12-31')
    .option('--json', 'with --out or --archive: say as JSON what was written')
    .action(calls(async () => (await import('../commands/generate.js')).generate));
  program
    .command('demo')
    .description('fill a folder with invented people and show what can be asked')
    .option('--data-dir <folder>', 'data folder (default: DOMEINBRUG_DATA_DIR or ./data/demo)')
    .option(...json)
    .action(calls(async () => (await import('../commands/demo.js')).demo));
}
