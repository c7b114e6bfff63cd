import { feedOf } from '@domeinbrug/projections';
import { parseReference } from '@domeinbrug/rules';
import { setTimeout as pause } from 'node:timers/promises';
import { START } from '@domeinbrug/event-store';
import type { Stores } from '../../../api/src/stores/stores.js';
import { activate, type ActivationAnswer } from '../../../api/src/use-cases/activate-rule-set.js';
import type { RuleSetSummary } from '../../../api/src/use-cases/read-rule-sets.js';
import { ProblemFound, WrongUse } from '../refusal.js';
import { ruleSetNamed } from '../rules-folder.js';
import { askService, serviceOf, type Service, type ServiceOptions } from '../running-service.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import { openStoresForWriting } from '../stores-for-writing.js';
import type { Terminal } from '../terminal.js';

type Options = FolderOptions & ServiceOptions & { json?: boolean };

/** What came of it: the rule set in force, and whether it was so before. */
interface Activated {
  ruleSet: { id: string; version: string };
  already: boolean;
}

const pollMs = 500;

/** Brings a rule set into force and waits until everything is under it. Killed in between, the next start completes it. */
export async function activateRules(terminal: Terminal, options: Options, name: string): Promise<void> {
  const { ruleSet, already } =
    options.url === undefined
      ? await inFolder(terminal, options, name)
      : await throughService(terminal, serviceOf(options), name);
  const answer = { ruleSet: { id: ruleSet.id, version: ruleSet.version }, already };
  if (options.json) return terminal.out(JSON.stringify(answer, null, 2));
  terminal.out(`${ruleSet.id}@${ruleSet.version} ${already ? 'was in force already' : 'is in force'}.`);
}

async function inFolder(terminal: Terminal, options: Options, name: string): Promise<Activated> {
  // A folder that has not said yet what is in force begins with this one.
  const config = { ...settingsFor(options), ruleSet: name };
  const stores = await openStoresForWriting(config, 'rules activate <id@version>');
  try {
    const ruleSet = ruleSetNamed(stores.rules, name, 'rules activate');
    await untilBuilt(stores);
    const activation = await activate(stores, ruleSet, { organisation: 'operator' });
    if (activation && activation.failure === null) {
      terminal.err(`Building under ${ruleSet.id}@${ruleSet.version} …`);
      await activation.built;
    }
    if (activation?.failure) throw new ProblemFound(activation.failure);
    await untilFeedIsComplete(stores);
    return { ruleSet, already: activation === null };
  } finally {
    await stores.close();
  }
}

/** The rows of the rules before it have to be there first. */
async function untilBuilt({ projections }: Stores): Promise<void> {
  while (!(await projections.reached(START, pollMs))) {
    const { state, reason } = await projections.status();
    if (state === 'stopped') throw new ProblemFound(`The read models cannot be built: ${reason}`);
  }
}

/** The feed is built after the switch; a later start would do it, and whoever verifies the folder before would miss it. */
async function untilFeedIsComplete({ projections }: Stores): Promise<void> {
  while (!(await feedOf(projections.views())).complete) {
    const { state, reason } = await projections.status();
    if (state === 'stopped') throw new ProblemFound(`The feed cannot be built: ${reason}`);
    await pause(pollMs);
  }
}

async function throughService(terminal: Terminal, service: Service, name: string): Promise<Activated> {
  const { id, version } = parseReference(name);
  if (version === null) {
    throw new WrongUse(
      `"${name}" does not say which version; write ${name}@<version>. rules list names them.`,
    );
  }
  const path = `/v1/rule-sets/${encodeURIComponent(id)}/versions/${encodeURIComponent(version)}`;
  const { status, ruleSet } = await askService<ActivationAnswer>(service, `${path}/_activate`, {
    method: 'POST',
  });
  if (status === 'in-force') return { ruleSet, already: true };
  terminal.err(`Building under ${id}@${version} …`);
  for (;;) {
    const { activation } = await askService<RuleSetSummary>(service, path);
    if (activation?.state === 'in-force') return { ruleSet, already: false };
    if (activation?.state !== 'building') {
      throw new ProblemFound(
        'The service could not build the read models; its log says why. Ask again to retry.',
      );
    }
    await pause(pollMs);
  }
}
