import { auditPlaceOf, AuditTrail } from '@domeinbrug/audit';
import {
  developmentTrust,
  jwksTrust,
  loadOrCreateKey,
  loadOrCreateKeys,
  readMandates,
  type Mandate,
  type TokenTrust,
} from '@domeinbrug/access';
import { AppendFailed, lockDataFolder, logPlaceOf, readingBy, type EventLog } from '@domeinbrug/event-store';
import type { Pseudonyms } from '@domeinbrug/intake';
import type { Config } from '@domeinbrug/settings';
import {
  applyErasures,
  ClientAliases,
  keysPlaceOf,
  openKeyStore,
  openSealedLog,
  sealedPlaceOf,
  type KeyStore,
  type SealedPlace,
} from '@domeinbrug/privacy';
import { startPortfolioReader, type PortfolioQuestions } from '@domeinbrug/portfolio';
import {
  ReferenceBook,
  startProjections,
  viewsPlaceOf,
  type RunningProjections,
} from '@domeinbrug/projections';
import { Replays } from '@domeinbrug/replay';
import { join } from 'node:path';
import { followRules } from './follow-rules.js';
import { openPseudonyms } from './open-pseudonyms.js';
import { openRules, type Warn } from './open-rules.js';
import { recordFirstActivation } from './record-rules.js';
import { RulesRaced } from './rule-set-events.js';
import type { Rules } from './rules.js';
import { readRulesFolder } from './rules-folder.js';

/** Everything that lasts: the log, the read models, the rules and the keys. */
export interface Stores {
  config: Config;
  log: EventLog;
  projections: RunningProjections;
  /** Questions over all clients of a funder, as known at any moment. */
  portfolio: PortfolioQuestions;
  /** The same histories under two rule sets; answers are kept in the data folder. */
  replays: Replays;
  rules: Rules;
  /** Mergers of codes and of clients. */
  references: ReferenceBook;
  /** Under which ids persons are kept. */
  pseudonyms: Pseudonyms;
  /** What each organisation calls a client. */
  aliases: ClientAliases;
  /** The keys under which personal fields lie in the log, who was erased, and what holds a client. */
  keys: KeyStore;
  /** Who looked at or changed what of whom. */
  audit: AuditTrail;
  /** Whose tokens are taken; none where nobody asks through HTTP. */
  trust: TokenTrust | null;
  /** Which suppliers may act for whom. */
  mandates: readonly Mandate[];
  /** Tells an operator what need not stop anything. */
  warn: Warn;
  /** Why the log could not be written a moment ago, or that its server is away; `null` as long as all is well. */
  logFailure(): Error | null;
  close(): Promise<void>;
}

/** Who is told of what an operator should know. */
export interface Listeners {
  onLogFailure?: (error: Error) => void;
  warn?: Warn;
  /** Called as an append begins; what it gives, when its outcome is known. */
  appending?: () => () => void;
}

/**
 * Opens the data folder as the one process that writes to it, with the projector running.
 * @throws DataFolderInUse, LogFileRefused, LogUnreachable, LogSchemaRefused, MandatesRefused, RulesRefused
 */
export async function openStores(config: Config, listeners: Listeners = {}): Promise<Stores> {
  const { warn = () => undefined } = listeners;
  readRulesFolder(config.rulesDir); // refused before a data folder is made
  const mandates = config.mandatesFile === null ? [] : await readMandates(config.mandatesFile);
  const place = logPlaceOf(config);
  const opened: (() => unknown)[] = [];
  /** What was opened last is closed first. */
  const close = async (): Promise<void> => {
    for (const end of opened.splice(0).reverse()) await end();
  };
  try {
    // A log in a database may have many writers, the read models beside it have one; a log in the folder claims it itself.
    if (place.kind !== 'folder') {
      const folder = lockDataFolder(config.dataDir);
      opened.push(() => folder.release());
    }
    const { log, failure } = await openWatchedLog(sealedPlaceOf(config), { ...listeners, warn });
    opened.push(() => log.close());
    const keys = openKeyStore(keysPlaceOf(config));
    opened.push(() => keys.close());
    await applyErasures({ store: keys, log, dataDir: config.dataDir });
    const rules = await openAndRecordRules(config, log, warn);
    const pseudonyms = await openPseudonyms(config.dataDir, log, keys);
    const aliases = new ClientAliases(await loadOrCreateKeys(config.dataDir, 'alias'));
    const trust = await trustOf(config);
    const audit = await AuditTrail.open(auditPlaceOf(config), tellWarning(warn));
    opened.push(() => audit.close());
    const projections = startProjections({
      dataDir: config.dataDir,
      views: viewsPlaceOf(config),
      role: config.role,
      inForce: rules.inForce,
      log,
    });
    opened.push(() => projections.close());
    const replays = new Replays({
      folder: join(config.dataDir, 'replays'),
      archive: () => projections.archive(),
      pseudonymKey: await loadOrCreateKey(config.dataDir, 'replay'),
    });
    opened.push(() => replays.close());
    // Also of those whom another service over the same keys has erased, or this one before it was broken off.
    replays.forgetClients(
      (await keys.erasures()).flatMap(({ client, person }) => (person === '' ? client : [])),
    );
    const portfolio = startPortfolioReader(() => projections.archive());
    opened.push(() => portfolio.close());
    if (place.kind !== 'folder') opened.push(followRules({ log, rules, projections, warn }));
    return {
      config,
      log,
      projections,
      portfolio,
      replays,
      rules,
      references: new ReferenceBook(log),
      pseudonyms,
      aliases,
      keys,
      audit,
      trust,
      mandates,
      warn,
      logFailure: failure,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whoever asks where to send is told of a failed append for so long: then somebody has to try whether it goes again. */
const failureCountsMs = 10_000;

/** The log as a service has it: what fails is told once, and known until it no longer does. */
async function openWatchedLog(
  place: SealedPlace,
  { onLogFailure, warn, appending }: Listeners & { warn: Warn },
): Promise<{ log: EventLog; failure: () => Error | null }> {
  let failed: { error: Error; at: number } | null = null;
  let lost: Error | null = null;
  const fail = (error: Error): void => {
    // Not at each event that is refused while the disk stays full.
    if (failed === null) onLogFailure?.(error);
    failed = { error, at: Date.now() };
  };
  const lately = (): Error | null =>
    failed && Date.now() - failed.at < failureCountsMs ? failed.error : null;
  const store = await openSealedLog(place, {
    keepsIndex: true,
    onFailure: place.kind === 'postgres' ? tellWarning(warn) : fail,
    onLost: (error) => {
      lost = error;
      warn(`The event log's server is away: ${error.message}`);
    },
    onBack: () => {
      lost = failed = null;
      warn("The event log's server is there again.");
    },
  });
  const log = watchAppends(store, fail, () => (failed = null), appending);
  return { log, failure: () => lost ?? lately() };
}

/** The rule sets of a log that says which is in force. Where several processes begin with it, one of them says so. */
async function openAndRecordRules(config: Config, log: EventLog, warn: Warn): Promise<Rules> {
  for (;;) {
    const rules = await openRules(config, log, warn);
    try {
      await recordFirstActivation(log, rules);
      return rules;
    } catch (error) {
      if (!(error instanceof RulesRaced)) throw error;
    }
  }
}

/** A database that is gone for a while comes back by itself; what could not be appended meanwhile is told by each append. */
function tellWarning(warn: Warn): (error: Error) => void {
  return ({ message }) => warn(message);
}

/** The same log, of which each append tells whether the store could be written. */
export function watchAppends(
  log: EventLog,
  failed: (error: AppendFailed) => void,
  succeeded: () => void,
  begins: () => () => void = () => () => undefined,
): EventLog {
  const append: EventLog['append'] = async (asked) => {
    const ended = begins();
    try {
      const result = await log.append(asked);
      // The other outcomes wrote nothing, so they prove nothing.
      if (result.status === 'appended') succeeded();
      return result;
    } catch (error) {
      if (error instanceof AppendFailed) failed(error);
      throw error;
    } finally {
      ended();
    }
  };
  return {
    ...readingBy(log),
    append,
    subscribe: (listener) => log.subscribe(listener),
    close: () => log.close(),
  };
}

/** An authorisation server when one is named, else the development key of the data folder. */
async function trustOf({ tokens, dataDir }: Config): Promise<TokenTrust> {
  return tokens ? jwksTrust(tokens) : developmentTrust(dataDir);
}
