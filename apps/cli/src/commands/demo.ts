import { inventedBanner } from '@domeinbrug/settings';
import { relative } from 'node:path';
import { fillFolder, population } from '../demo/fill-folder.js';
import { WrongUse } from '../refusal.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { alignColumns, counted } from '../text/columns.js';
import { coverage } from './coverage.js';
import { funder } from './funder.js';

/** Whose timeline is shown, and when half of it was not known yet. */
const shown = { client: 'DemoLateAdmission', ruleSet: 'six-weeks', before: '2025-05-31', now: '2025-06-30' };
const day = { funder: 'insurer:3311', on: '2025-03-24', ruleSet: 'six-weeks' };

const defaultFolder = './data/demo';

/** Fills a folder with invented people and shows what can be asked. A second run shows the same. */
export async function demo(terminal: Terminal, options: FolderOptions & { json?: boolean }): Promise<void> {
  const dataDir = options.dataDir ?? (process.env['DOMEINBRUG_DATA_DIR']?.trim() || defaultFolder);
  const config = settingsFor({ dataDir });
  if (config.databaseUrl !== null || config.kurrentdbUrl !== null)
    throw new WrongUse(
      'DATABASE_URL or KURRENTDB_URL: invented people are put into a folder; leave the database out for demo.',
    );
  const { events, already } = await fillFolder(config);
  const folder = shortest(config.dataDir);
  if (options.json) {
    const people = population.map(({ clientId, about }) => ({ clientId, about }));
    return terminal.out(JSON.stringify({ dataDir: config.dataDir, events, already, people }, null, 2));
  }
  terminal.out(
    [
      inventedBanner.nl,
      inventedBanner.en,
      '',
      `${counted(population.length, 'invented person', 'invented people')}, ${counted(events, 'event')}, ` +
        `${already ? 'were there already' : 'now'} in ${folder}:`,
      '',
      ...alignColumns(population.map(({ clientId, about }) => [clientId, about])),
    ].join('\n'),
  );
  await show(terminal, folder, dataDir);
}

async function show(terminal: Terminal, folder: string, dataDir: string): Promise<void> {
  const { client, ruleSet, before, now } = shown;
  heading(terminal, `One client, as known at the end of June`);
  await coverage(terminal, { ruleSet, knownAt: now, dataDir }, client);
  command(terminal, `coverage ${client} --rule-set ${ruleSet} --known-at ${now} --data-dir ${folder}`);
  heading(terminal, 'The same client as known a month earlier: nobody had told of the admission yet');
  await coverage(terminal, { ruleSet, knownAt: before, dataDir }, client);
  command(terminal, `coverage ${client} --rule-set ${ruleSet} --known-at ${before} --data-dir ${folder}`);
  heading(terminal, 'One funder’s day');
  await funder(terminal, { on: day.on, ruleSet: day.ruleSet, dataDir }, day.funder);
  command(terminal, `funder ${day.funder} --on ${day.on} --rule-set ${day.ruleSet} --data-dir ${folder}`);
  terminal.out(
    [
      '',
      'Why a row is what it is: add --why. Under the rules of today: --rule-set sharp-cut.',
      'To ask the same through HTTP, start the service on this folder:',
      `  npm run domeinbrug -- serve --data-dir ${folder}`,
    ].join('\n'),
  );
}

function heading(terminal: Terminal, text: string): void {
  terminal.out(`\n${text}\n${'='.repeat(text.length)}\n`);
}

function command(terminal: Terminal, text: string): void {
  terminal.out(`\nAgain: npm run domeinbrug -- ${text}`);
}

/** As one would type it from here. */
function shortest(dataDir: string): string {
  const fromHere = relative(process.cwd(), dataDir);
  return fromHere === '' || fromHere.startsWith('..') ? dataDir : fromHere;
}
