import { Command } from 'commander';
import type { ExitCode } from './refusal.js';
import type { Terminal } from './terminal.js';
import { productVersion } from '@domeinbrug/platform';

/** What a command does once its arguments are read. Loaded when it is called: none pays for another's start. */
type Action<Options, Args extends unknown[]> = (
  terminal: Terminal,
  options: Options,
  ...args: Args
) => Promise<ExitCode | void> | ExitCode | void;

const dataDir: [string, string] = [
  '--data-dir <folder>',
  'data folder (default: DOMEINBRUG_DATA_DIR or ./data)',
];
const json: [string, string] = ['--json', 'answer with JSON'];
const ruleSet: [string, string] = [
  '--rule-set <id>',
  'under this rule set, an id or id@version (default: the active one)',
];
const knownAt: [string, string] = [
  '--known-at <moment>',
  'as known then: an instant with offset, a day (its end), or a log position',
];
const first: [string, string] = ['<first>', 'id, id@version, or a file (YAML or JSON)'];
const second: [string, string] = ['<second>', 'id, id@version, or a file (YAML or JSON)'];
const on: [string, string] = ['--on <day>', 'only this day, YYYY-MM-DD'];
const services: [string, string] = ['--services <names>', 'only these services, separated by commas'];

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

type Calls = <Options, Args extends unknown[]>(
  load: () => Promise<Action<Options, Args>>,
) => (...given: unknown[]) => Promise<void>;

function addService(program: Command, calls: Calls): void {
  program
    .command('serve')
    .description('start the service: HTTP interface, event log and read models in one process')
    .option(...dataDir)
    .option('--json', 'no lines for people, only the structured log')
    .action(calls(async () => (await import('./commands/serve.js')).serve));
  program
    .command('token')
    .description('print a token for use on this machine, signed with the key of the data folder')
    .requiredOption(
      '--as <organisation>',
      'insurer:3311, provider:<8 digits>, municipality:0363, care-office:5515, oin:<20 digits>, policy, auditor or operator',
    )
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('./commands/token.js')).token));
}

function addQuestions(program: Command, calls: Calls): void {
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
    .action(calls(async () => (await import('./commands/coverage.js')).coverage));
  program
    .command('client')
    .description('whom an organisation means by an id that it was given: the client id that commands take')
    .argument('<id>', 'as an answer gave it to the organisation')
    .requiredOption('--of <organisation>', 'insurer:3311, provider:<8 digits>, auditor:<20 digits> and so on')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('./commands/client.js')).client));
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
    .action(calls(async () => (await import('./commands/funder.js')).funder));
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
    .action(calls(async () => (await import('./commands/replay.js')).replay));
  program
    .command('cases')
    .description('run executable examples: a history, a rule set and what must come out')
    .argument('<paths...>', 'files (YAML, JSON, NDJSON), or folders: the files directly in them')
    .option(...json)
    .action(calls(async () => (await import('./commands/cases.js')).cases));
}

function addRules(program: Command, calls: Calls): void {
  const rules = program.command('rules').description('read and check rule sets');
  rules
    .command('check')
    .description('every problem and warning of rule sets, and whether their examples hold')
    .argument('<files...>', 'rule sets as YAML or JSON; they may be each other’s bases')
    .option(...json)
    .action(calls(async () => (await import('./commands/check-rules.js')).checkRules));
  rules
    .command('list')
    .description('the rule sets that can be asked for')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('./commands/list-rules.js')).listRules));
  rules
    .command('publish')
    .description('publish a rule set for good: from then on every question can name it')
    .argument('<file>', 'a rule set as YAML or JSON')
    .option('--url <address>', 'let a running service do it; DOMEINBRUG_TOKEN says who asks')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('./commands/publish-rules.js')).publishRules));
  rules
    .command('activate')
    .description('bring a rule set into force: portfolios and feeds are built under it and then take over')
    .argument('<rule-set>', 'id@version')
    .option('--url <address>', 'let a running service do it; DOMEINBRUG_TOKEN says who asks')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('./commands/activate-rules.js')).activateRules));
  rules
    .command('diff')
    .description('what two rule sets say differently, in words')
    .argument(...first)
    .argument(...second)
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('./commands/diff-rules.js')).diffRules));
  rules
    .command('witness')
    .description('a shortest history on which two rule sets differ, as a case file')
    .argument(...first)
    .argument(...second)
    .option('--seed <number>', 'another seed tries other histories', '1')
    .option('--tries <number>', 'how many histories to try', '20000')
    .option('--out <file>', 'write the case to this file, which must not be there yet')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('./commands/witness-rules.js')).witnessRules));
}

function addStore(program: Command, calls: Calls): void {
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
    .action(calls(async () => (await import('./commands/import.js')).importFiles));
  const projections = program
    .command('projections')
    .description('the read models, which follow the event log');
  projections
    .command('rebuild')
    .description('derive the read models anew from the event log')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('./commands/projections.js')).rebuildProjections));
  projections
    .command('status')
    .description('how far the read models are, and what is parked')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('./commands/projections.js')).projectionsStatus));
  projections
    .command('drop-former')
    .description('remove read models that are no longer in force')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('./commands/projections.js')).dropFormerProjections));
  program
    .command('verify')
    .description('compare the event log with its digests and the read models with the event log, row by row')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('./commands/verify.js')).verify));
  program
    .command('copy')
    .description('copy the events of one store into another and compare them; broken off, it goes on')
    .requiredOption(
      '--from <store>',
      'a data folder, or the address of a database; no service may write to it',
    )
    .requiredOption('--to <store>', 'likewise; holds nothing yet, or an earlier part of the same')
    .option('--positions <file>', 'append where each event lay and where it lies: from,to')
    .option(...json)
    .action(calls(async () => (await import('./commands/copy.js')).copy));
}

function addBackup(program: Command, calls: Calls): void {
  program
    .command('backup')
    .description('copy log and keys into a new folder, also while a service runs')
    .argument('<folder>', 'must not be there yet')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('./commands/backup.js')).backup));
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
    .action(calls(async () => (await import('./commands/restore.js')).restore));
}

function addAudit(program: Command, calls: Calls): void {
  const audit = program.command('audit').description('who looked at or changed what of whom');
  audit
    .command('verify')
    .description('compare each line of the audit trail with its digest')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('./commands/audit.js')).auditVerify));
  audit
    .command('extract')
    .description('for a client, in Dutch: who pays for the care, and who looked')
    .argument('<client>', 'client id')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('./commands/audit.js')).auditExtract));
}

function addKeys(program: Command, calls: Calls): void {
  const keys = program.command('keys').description('the secret keys of the data folder').helpCommand(false);
  keys
    .command('rotate')
    .description(
      'put another key in use from the next start on; what was made by those before it still holds',
    )
    .argument('<key>', 'pseudonym or alias')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('./commands/rotate-key.js')).rotate));
}

function addErasure(program: Command, calls: Calls): void {
  program
    .command('erase')
    .description('forget a client, or a carer of one, for good')
    .argument('<client>', 'client id')
    .requiredOption('--reason <text>', 'why, in 10 to 200 characters; it is kept, so it names nobody')
    .option('--carer <pseudonym>', 'only this carer of the client, by the pseudonym that was sent')
    .option('--url <address>', 'let a running service do it')
    .option('--token <token>', 'with --url: who asks')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('./commands/erase.js')).erase));
  const retention = program
    .command('retention')
    .description('how long events are kept, by whose copy and which article; whose are past their term')
    .enablePositionalOptions()
    .option('--due', 'whose events are past their term; exit code 1 when there are any that nothing holds')
    .option('--on <day>', 'on this day, YYYY-MM-DD (default: today)')
    .option('--terms <file>', 'terms of your own (default: those that ship, retention/terms.yaml)')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('./commands/retention.js')).retention));
  retention
    .command('hold')
    .description('let nobody erase a client, until release')
    .argument('<client>', 'client id')
    .requiredOption('--by <who>', 'who wants it: an organisation or a function')
    .requiredOption('--reason <text>', 'why')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('./commands/hold.js')).holdClient));
  retention
    .command('release')
    .description('let a client be erased again')
    .argument('<client>', 'client id')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('./commands/hold.js')).releaseClient));
}

function addInventions(program: Command, calls: Calls): void {
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
    .action(calls(async () => (await import('./commands/generate.js')).generate));
  program
    .command('demo')
    .description('fill a folder with invented people and show what can be asked')
    .option('--data-dir <folder>', 'data folder (default: DOMEINBRUG_DATA_DIR or ./data/demo)')
    .option(...json)
    .action(calls(async () => (await import('./commands/demo.js')).demo));
}
