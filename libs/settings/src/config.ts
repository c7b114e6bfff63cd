import { readLimits, type Limits } from './limits.js';
import { shippedRules } from './product.js';
import {
  addressOrNone,
  dataDirOf,
  databaseSchemes,
  fileOrNone,
  flagOf,
  hostOf,
  kurrentdbSchemes,
  logLevelOf,
  portOf,
  roleOf,
  ruleSetOf,
  rulesDirOf,
  schemaOf,
  secondsOf,
  storeUrlOf,
  type LogLevel,
  type Role,
} from './setting.js';
import { tokenServerOf, type TokenServer } from './token-server.js';

/** The settings of a service, all checked. */
export interface Config {
  /** 0 = any free port. */
  port: number;
  host: string;
  /** Absolute; made on first start. */
  dataDir: string;
  /**
   * PostgreSQL that holds the read models, and the event log unless KurrentDB does, with what is needed to connect;
   * `null` = both lie in the data folder.
   */
  databaseUrl: string | null;
  /** The schema of that database which the log lies in; those of the read models begin with its name. */
  databaseSchema: string;
  /** EventStoreDB or KurrentDB that holds the event log; `null` = none does. */
  kurrentdbUrl: string | null;
  role: Role;
  /** Absolute; holds the rule sets, one YAML file each. */
  rulesDir: string;
  /** The rule set that a new data folder begins with: an id, or `id@version`; `null` when none is named. */
  ruleSet: string | null;
  logLevel: LogLevel;
  /** Whether `/metrics` answers others than this machine. */
  metricsPublic: boolean;
  /** The authorisation server whose tokens are taken; `null` = only development tokens of this data folder. */
  tokens: TokenServer | null;
  /** Absolute; the file that says which suppliers may act for whom; `null` = none may. */
  mandatesFile: string | null;
  limits: Limits;
  /** Where traces are sent (OTLP over HTTP); `null` = none are made. */
  tracesTo: string | null;
  /** The oldest event that the read models lack may be this old, in seconds, before the service calls itself unready. */
  readyLagSeconds: number;
}

/** What a new data folder begins with when no rule set is named: the rules of today. */
export const defaultRuleSet = 'sharp-cut';

/** A setting that cannot be used, in a sentence that says what to write instead. */
export interface ConfigProblem {
  variable: string;
  detail: string;
}

/** The settings cannot be used; names every problem. */
export class ConfigRefused extends Error {
  override readonly name = 'ConfigRefused';

  constructor(readonly problems: readonly ConfigProblem[]) {
    const lines = problems.map(({ variable, detail }) => `  ${variable}: ${detail}`);
    super(`The service cannot start with these settings:\n${lines.join('\n')}`);
  }
}

/**
 * What the machine said of a setting when it was used, in a sentence for the operator.
 * @returns `undefined` for an error that no setting is to blame for
 */
export function refusalBySystem(error: unknown, { port, host, dataDir }: Config): ConfigRefused | undefined {
  const { code } = error as { code?: string };
  const refused = (variable: string, detail: string): ConfigRefused =>
    new ConfigRefused([{ variable, detail }]);
  switch (code) {
    case 'EADDRINUSE':
      return refused(
        'PORT',
        `${port} is in use on ${host}; end what listens there, or write another (0 takes any free one).`,
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return (error as { syscall?: string }).syscall === 'listen'
        ? refused('PORT', `${port} may not be taken by this user; write one above 1023.`)
        : refused(
            'DOMEINBRUG_DATA_DIR',
            `${dataDir} cannot be made or written to; give it the rights, or name another folder.`,
          );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return refused(
        'HOST',
        `"${host}" is no address of this machine; write one, such as 127.0.0.1 or 0.0.0.0.`,
      );
    default:
      return undefined;
  }
}

type Environment = Record<string, string | undefined>;

/**
 * The settings that an environment names, with the documented defaults for what it leaves out or empty.
 * @throws ConfigRefused with all problems at once
 */
export function readConfig(environment: Environment = process.env): Config {
  const problems: ConfigProblem[] = [];
  const setting = (variable: string, otherwise: string): string => environment[variable]?.trim() || otherwise;
  const note = (variable: string, detail: string): void => void problems.push({ variable, detail });
  const config: Config = {
    port: portOf(setting('PORT', '3000'), (detail) => note('PORT', detail)),
    host: hostOf(setting('HOST', '127.0.0.1'), (detail) => note('HOST', detail)),
    dataDir: dataDirOf(setting('DOMEINBRUG_DATA_DIR', './data'), (detail) =>
      note('DOMEINBRUG_DATA_DIR', detail),
    ),
    databaseUrl: storeUrlOf(setting('DATABASE_URL', ''), databaseSchemes, (detail) =>
      note('DATABASE_URL', detail),
    ),
    databaseSchema: schemaOf(setting('DATABASE_SCHEMA', 'domeinbrug'), (detail) =>
      note('DATABASE_SCHEMA', detail),
    ),
    kurrentdbUrl: storeUrlOf(setting('KURRENTDB_URL', ''), kurrentdbSchemes, (detail) =>
      note('KURRENTDB_URL', detail),
    ),
    role: roleOf(setting('DOMEINBRUG_ROLE', 'all'), setting('DATABASE_URL', '') !== '', (detail) =>
      note('DOMEINBRUG_ROLE', detail),
    ),
    rulesDir: rulesDirOf(setting('DOMEINBRUG_RULES_DIR', shippedRules()), (detail) =>
      note('DOMEINBRUG_RULES_DIR', detail),
    ),
    ruleSet: ruleSetOf(setting('DOMEINBRUG_RULE_SET', ''), (detail) => note('DOMEINBRUG_RULE_SET', detail)),
    logLevel: logLevelOf(setting('LOG_LEVEL', 'info'), (detail) => note('LOG_LEVEL', detail)),
    metricsPublic: flagOf(setting('METRICS_PUBLIC', '0'), (detail) => note('METRICS_PUBLIC', detail)),
    tokens: tokenServerOf(environment, note),
    mandatesFile: fileOrNone(setting('DOMEINBRUG_MANDATES', ''), (detail) =>
      note('DOMEINBRUG_MANDATES', detail),
    ),
    limits: readLimits(setting, note),
    tracesTo: addressOrNone(setting('OTEL_EXPORTER_OTLP_ENDPOINT', ''), (detail) =>
      note('OTEL_EXPORTER_OTLP_ENDPOINT', detail),
    ),
    readyLagSeconds: secondsOf(setting('DOMEINBRUG_READY_LAG_SECONDS', '60'), (detail) =>
      note('DOMEINBRUG_READY_LAG_SECONDS', detail),
    ),
  };
  if (problems.length > 0) throw new ConfigRefused(problems);
  return config;
}
