import { clipTimeline, determineCoverage } from '@domeinbrug/coverage';
import type { EventLogReader } from '@domeinbrug/event-store';
import { isBsn } from '@domeinbrug/intake';
import type { Config } from '@domeinbrug/settings';
import { keysPlaceOf, openKeyStore, openLogReaderAt, sealedPlaceOf } from '@domeinbrug/privacy';
import { openPseudonyms } from '../../../api/src/stores/open-pseudonyms.js';
import { openRules } from '../../../api/src/stores/open-rules.js';
import { clientArgument, dayArgument, knownAtArgument, servicesArgument } from '../arguments.js';
import { journeyOf } from '../journey-of.js';
import { knowledgeOf } from '../knowledge.js';
import { WrongUse } from '../refusal.js';
import { ruleSetNamed } from '../rules-folder.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { describeCoverage } from '../timeline/describe-coverage.js';

export interface CoverageOptions extends FolderOptions {
  bsnStdin?: boolean;
  on?: string;
  firstDay?: string;
  lastDay?: string;
  services?: string;
  knownAt?: string;
  ruleSet?: string;
  why?: boolean;
  json?: boolean;
}

/** Who pays for one client on each day. Reads only; a service may run beside it. */
export async function coverage(
  terminal: Terminal,
  options: CoverageOptions,
  client: string | undefined,
): Promise<void> {
  const asked = questionOf(options);
  const named = client === undefined ? undefined : clientArgument(client);
  if ((named === undefined) === (options.bsnStdin !== true)) {
    throw new WrongUse('Name one client: by its id, or with --bsn-stdin by a number on standard input.');
  }
  const config = settingsFor(options);
  const log = await openLogReaderAt(sealedPlaceOf(config));
  try {
    const rules = await openRules(config, log);
    const ruleSet = ruleSetNamed(rules, options.ruleSet);
    const clientId = named ?? (await clientIdFromInput(terminal, config, log));
    const knownAt = await knowledgeOf(log, asked.knownAt);
    const journey = await journeyOf(log, clientId, knownAt.position);
    const timeline = clipTimeline(determineCoverage(journey, rules.compiledOf(ruleSet), knownAt), asked.clip);
    if (options.json) terminal.out(JSON.stringify(timeline, null, 2));
    else terminal.out(describeCoverage(timeline, { columns: terminal.columns, why: options.why }).join('\n'));
  } finally {
    await log.close();
  }
}

function questionOf(options: CoverageOptions) {
  const on = dayArgument('--on', options.on);
  const firstDay = dayArgument('--first-day', options.firstDay);
  const lastDay = dayArgument('--last-day', options.lastDay);
  if (on !== undefined && (firstDay ?? lastDay) !== undefined) {
    throw new WrongUse(
      'Ask for one day with --on, or for a range with --first-day and --last-day, not both.',
    );
  }
  if (firstDay !== undefined && lastDay !== undefined && lastDay < firstDay) {
    throw new WrongUse(`--last-day ${lastDay} comes before --first-day ${firstDay}.`);
  }
  return {
    clip: { firstDay: on ?? firstDay, lastDay: on ?? lastDay, services: servicesArgument(options.services) },
    knownAt: knownAtArgument(options.knownAt),
  };
}

async function clientIdFromInput(terminal: Terminal, config: Config, log: EventLogReader): Promise<string> {
  const bsn = (await terminal.readInput()).trim();
  if (!isBsn(bsn)) {
    throw new WrongUse(
      'What standard input holds is no BSN: give nine digits that pass the eleven-test, nothing else.',
    );
  }
  const keys = openKeyStore(keysPlaceOf(config));
  try {
    return await (await openPseudonyms(config.dataDir, log, keys)).clientIdOf(bsn);
  } finally {
    await keys.close();
  }
}
