import type { Command } from 'commander';
import type { Calls } from './calls.js';
import { dataDir, first, json, second } from './options.js';

export function addRules(program: Command, calls: Calls): void {
  const rules = program.command('rules').description('read and check rule sets');
  rules
    .command('check')
    .description('every problem and warning of rule sets, and whether their examples hold')
    .argument('<files...>', 'rule sets as YAML or JSON; they may be each other’s bases')
    .option(...json)
    .action(calls(async () => (await import('../commands/check-rules.js')).checkRules));
  rules
    .command('list')
    .description('the rule sets that can be asked for')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('../commands/list-rules.js')).listRules));
  rules
    .command('publish')
    .description('publish a rule set for good: from then on every question can name it')
    .argument('<file>', 'a rule set as YAML or JSON')
    .option('--url <address>', 'let a running service do it; DOMEINBRUG_TOKEN says who asks')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('../commands/publish-rules.js')).publishRules));
  rules
    .command('activate')
    .description('bring a rule set into force: portfolios and feeds are built under it and then take over')
    .argument('<rule-set>', 'id@version')
    .option('--url <address>', 'let a running service do it; DOMEINBRUG_TOKEN says who asks')
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('../commands/activate-rules.js')).activateRules));
  rules
    .command('diff')
    .description('what two rule sets say differently, in words')
    .argument(...first)
    .argument(...second)
    .option(...dataDir)
    .option(...json)
    .action(calls(async () => (await import('../commands/diff-rules.js')).diffRules));
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
    .action(calls(async () => (await import('../commands/witness-rules.js')).witnessRules));
}
