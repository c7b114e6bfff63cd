import type { Command } from 'commander';
import type { Calls } from './calls.js';
import { dataDir, json, knownAt, on, ruleSet, services } from './options.js';

export function addQuestions(program: Command, calls: Calls): void {
  program
    .command('coverage')
    .description('who pays for one client on each day: a drawing and a table')
    .argument('[client]', 'client id; never a citizen service number')
    .option('--bsn-stdin', 'read the citizen service number from standard input instead of naming the client')
    .option(...on)
    .option('--first-day <day>', 'from this day on')
    .option('--last-day <day>', 'through this day')
    .option(...services)
    .option(...knownAt)
    .option(...ruleSet)
    .option('--why', 'the events and parameters behind each row')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('../commands/coverage.js')).coverage));
  program
    .command('client')
    .description('whom an organisation means by an id that it was given: the client id that commands take')
    .argument('<id>', 'as an answer gave it to the organisation')
    .requiredOption('--of <organisation>', 'insurer:3311, provider:<8 digits>, auditor:<20 digits> and so on')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('../commands/client.js')).client));
  program
    .command('funder')
    .description('what one funder pays on one day, over all clients')
    .argument('<funder>', 'municipality:0363, insurer:3311, care-office:5515 or pool:<name>')
    .requiredOption(...on)
    .option(...services)
    .option(...knownAt)
    .option(...ruleSet)
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('../commands/funder.js')).funder));
  program
    .command('replay')
    .description('what another rule set would have changed: days, people and euros, over all clients')
    .argument('[baseline]', 'the rule set to compare with: id, id@version or active')
    .argument('[alternative]', 'the rule set that is compared')
    .option('--first-day <day>', 'the first day of the period, YYYY-MM-DD')
    .option('--last-day <day>', 'its last day')
    .option(...knownAt)
    .option('--municipality <code>', 'only people who live here on a day of the period (CBS code)')
    .option('--care-office <code>', 'only people of this care office')
    .option('--insurer <code>', 'only people insured here (UZOVI code)')
    .option('--profile <code>', 'only people with this care profile (COD163)')
    .option('--born-from <year>', 'only people born in this year or later')
    .option('--born-until <year>', 'only people born in this year or earlier')
    .option('--by <dimensions>', 'a row for each of funder, service, kind, month, region, provider')
    .option('--vary <parameter=values>', 'such as "handoverLength=0..182 step 7"')
    .option(
      '--privacy <profile>',
      'k10 hides what tells of fewer than ten people; none hides nothing (default: k10)',
    )
    .option('--out <file>', 'write the rows to .csv, .nl.csv (Dutch), .parquet or .json')
    .option('--repeat <id>', 'run a kept question anew and say whether the answer is the same')
    .option('--archive <folder>', 'over what generate --archive wrote, instead of a data folder')
    .option('--split <ids...>', 'why two kept answers differ: what became known, rules, prices')
    .option(
      '--sealed <place>',
      'with --out: write only what may leave this place, to be merged with that of others',
    )
    .option('--merge <files...>', 'add up what places have sealed')
    .option('--threads <number>', 'how many threads (default: one for each processor)')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('../commands/replay.js')).replay));
  program
    .command('cases')
    .description('run executable examples: a history, a rule set and what must come out')
    .argument('<paths...>', 'files (YAML, JSON, NDJSON), or folders: the files directly in them')
    .option(...json)
    .action(calls(async () => (await import('../commands/cases.js')).cases));
}
