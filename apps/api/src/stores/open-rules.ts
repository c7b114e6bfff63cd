import { type EventLogReader } from '@domeinbrug/event-store';
import { defaultRuleSet, type Config } from '@domeinbrug/settings';
import { fromTheStart, type RulesInForce } from '@domeinbrug/projections';
import {
  addRuleSet,
  emptyCatalogue,
  findRuleSet,
  parseReference,
  readRuleSet,
  type RuleSet,
  type RuleSetCatalogue,
} from '@domeinbrug/rules';
import {
  readActivations,
  readPublished,
  type Recorded,
  type RuleSetActivated,
  type RuleSetPublished,
} from './rule-set-events.js';
import { nameOf, Rules } from './rules.js';
import { readRulesFolder, RulesRefused, type FolderRules } from './rules-folder.js';

/** What an operator should know though everything goes on. */
export type Warn = (sentence: string) => void;

type RuleSettings = Pick<Config, 'rulesDir' | 'ruleSet'>;

/**
 * The rule sets of the folder and of the log, and which of them is in force: what the log says last, else the
 * setting. Whoever reads the same log and folder has the same rules.
 *
 * @param log `null` where there is no log yet
 * @throws RulesRefused
 */
export async function openRules(
  { rulesDir, ruleSet }: RuleSettings,
  log: Pick<EventLogReader, 'streamsOf' | 'readStream'> | null,
  warn: Warn = () => undefined,
): Promise<Rules> {
  const files = readRulesFolder(rulesDir);
  const recorded = log ? await readPublished(log) : [];
  const activations = log ? await readActivations(log) : [];
  const catalogue = withFiles(recorded.reduce(withRecorded, emptyCatalogue), files, warn);
  const texts = new Map([...files.texts, ...recorded.map(({ data }) => [nameOf(data), data.text] as const)]);
  const inForce =
    activations.length === 0
      ? fromTheStart(settingsChoice(catalogue, ruleSet ?? defaultRuleSet, rulesDir))
      : inForceAfter(catalogue, activations);
  if (activations.length > 0) warnOfOther(inForce.ruleSet, ruleSet, warn);
  return new Rules({ catalogue, texts, recorded, activations, inForce });
}

function withRecorded(catalogue: RuleSetCatalogue, recorded: Recorded<RuleSetPublished>): RuleSetCatalogue {
  const added = addRuleSet(catalogue, readRecorded(catalogue, recorded));
  if (added.ok) return added.value;
  throw readsOtherwise(recorded);
}

/**
 * Reads a rule set of the log again, over the very base it was first read over.
 *
 * @throws RulesRefused when it does not mean what it meant
 */
export function readRecorded(catalogue: RuleSetCatalogue, recorded: Recorded<RuleSetPublished>): RuleSet {
  const { text, base: named, hash } = recorded.data;
  const base = named && findRuleSet(catalogue, named);
  const { ruleSet } = readRuleSet(text, { ruleSets: base ? [base] : [] });
  if (ruleSet?.hash === hash) return ruleSet;
  throw readsOtherwise(recorded);
}

function readsOtherwise({ data, position }: Recorded<RuleSetPublished>): RulesRefused {
  return new RulesRefused(
    `The rule set ${nameOf(data)} at position ${position} of the log does not read as it did when it was recorded: ` +
      'the log was changed (domeinbrug verify tells), or another version of Domeinbrug recorded it. Start that version.',
  );
}

/** What is in the log stays as it was: a file that says something else under the same name is passed over. */
function withFiles(
  catalogue: RuleSetCatalogue,
  { folder, ...files }: FolderRules,
  warn: Warn,
): RuleSetCatalogue {
  let all = catalogue;
  for (const ruleSet of files.catalogue.ruleSets) {
    const added = addRuleSet(all, ruleSet);
    if (added.ok) all = added.value;
    else {
      warn(
        `The file of ${nameOf(ruleSet)} in ${folder} has other rules than the log holds under that name, and what ` +
          'is published stays: the rules of the log are used. Give the changed rules a new version.',
      );
    }
  }
  return all;
}

function settingsChoice(catalogue: RuleSetCatalogue, name: string, folder: string): RuleSet {
  const found = findRuleSet(catalogue, name);
  if (found) return found;
  const known = catalogue.ruleSets.map(nameOf).join(', ') || 'none at all';
  throw new RulesRefused(`There is no rule set "${name}" in ${folder}; there are ${known}.`);
}

/**
 * What is in force after the last of these. A rule set that came into force lies in the log itself, and so does the one
 * before it.
 */
export function inForceAfter(
  catalogue: RuleSetCatalogue,
  activations: readonly Recorded<RuleSetActivated>[],
): RulesInForce {
  const [last, before] = activations.toReversed();
  const ruleSet = activatedIn(catalogue, last!);
  if (!before) return fromTheStart(ruleSet);
  return { ruleSet, since: last!.position, before: activatedIn(catalogue, before) };
}

function activatedIn(catalogue: RuleSetCatalogue, { data, position }: Recorded<RuleSetActivated>): RuleSet {
  const found = findRuleSet(catalogue, data);
  if (found?.hash === data.hash) return found;
  throw new RulesRefused(
    `The log says at position ${position} that ${nameOf(data)} came into force, and does not hold those rules: ` +
      'the log was changed. Put it back from a backup.',
  );
}

function warnOfOther(active: RuleSet, asked: string | null, warn: Warn): void {
  if (asked === null) return;
  const { id, version } = parseReference(asked);
  if (id === active.id && (version === null || version === active.version)) return;
  warn(
    `DOMEINBRUG_RULE_SET names ${asked}, and ${nameOf(active)} is in force: the log decides once it says so. ` +
      `To change it: domeinbrug rules activate ${asked}, or POST /v1/rule-sets/{id}/versions/{version}/_activate.`,
  );
}
