import { developmentTrust, jwksTrust, loadOrCreateKey, type TokenTrust } from '@domeinbrug/access';
import {
  openSqliteEventLog,
  openSqliteEventLogReader,
  type EventLog,
  type EventLogReader,
} from '@domeinbrug/event-store';
import type { Config } from '@domeinbrug/platform';
import { readProjections, startProjections, type Projections } from '@domeinbrug/projections';
import { loadRules, Rules } from './load-rules.js';

/** Everything that lasts: the log, the read models, the rules and the key for pseudonyms. */
export interface Stores {
  config: Config;
  log: EventLog;
  projections: Projections;
  rules: Rules;
  pseudonymKey: Buffer;
  /** Whose tokens are taken; none where nobody asks through HTTP. */
  trust: TokenTrust | null;
  /** Why the log can no longer be written; `null` as long as it can. */
  logFailure(): Error | null;
  close(): Promise<void>;
}

/**
 * Opens the data folder as the one process that writes to it, with the projector running.
 * @throws DataFolderInUse, LogFileRefused, RulesRefused
 */
export async function openStores(config: Config, onLogFailure?: (error: Error) => void): Promise<Stores> {
  const rules = loadRules(config.rulesDir, config.ruleSet);
  let failure: Error | null = null;
  const log = await openSqliteEventLog({
    dataDir: config.dataDir,
    onFailure: (error) => {
      failure = error;
      onLogFailure?.(error);
    },
  });
  try {
    const pseudonymKey = await loadOrCreateKey(config.dataDir, 'pseudonym');
    const trust = await trustOf(config);
    const projections = startProjections({ dataDir: config.dataDir, ruleSet: rules.active, log });
    const close = async (): Promise<void> => {
      await projections.close();
      await log.close();
    };
    return { config, log, projections, rules, pseudonymKey, trust, logFailure: () => failure, close };
  } catch (error) {
    await log.close();
    throw error;
  }
}

/**
 * Opens the data folder for questions only, also beside a running service.
 * @throws LogNotFound, LogFileRefused, RulesRefused
 */
export async function openStoresForReading(config: Config): Promise<Stores> {
  const rules = loadRules(config.rulesDir, config.ruleSet);
  const log = readOnly(openSqliteEventLogReader({ dataDir: config.dataDir }));
  const projections = readProjections({ dataDir: config.dataDir, log });
  const close = async (): Promise<void> => {
    await projections.close();
    await log.close();
  };
  const pseudonymKey = await loadOrCreateKey(config.dataDir, 'pseudonym');
  return { config, log, projections, rules, pseudonymKey, trust: null, logFailure: () => null, close };
}

/** An authorisation server when one is named, else the development key of the data folder. */
async function trustOf({ tokens, dataDir }: Config): Promise<TokenTrust> {
  return tokens ? jwksTrust(tokens.issuer, tokens.audience, tokens.jwksUrl) : developmentTrust(dataDir);
}

function readOnly(reader: EventLogReader): EventLog {
  return {
    readStream: (stream, upTo) => reader.readStream(stream, upTo),
    readAll: (after, limit) => reader.readAll(after, limit),
    head: () => reader.head(),
    positionAt: (recordedAt) => reader.positionAt(recordedAt),
    close: () => reader.close(),
    append: () => Promise.reject(new Error('The data folder is open for questions only.')),
    subscribe: () => () => undefined,
  };
}
