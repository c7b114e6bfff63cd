import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readLimits, type Limits } from './limits.js';

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

/**
 * What a process does of what several share: `api` answers, `projector` keeps the read models up and answers only about
 * itself, `all` does both. Of those that may keep them up one does, and another takes over when it is gone.
 */
export const roles = ['all', 'api', 'projector'] as const;
export type Role = (typeof roles)[number];

/** What a new data folder begins with when no rule set is named: the rules of today. */
export const defaultRuleSet = 'sharp-cut';

export interface TokenServer {
  issuer: string;
  audience: string;
  jwksUrl: string;
  /** How long fetched keys are trusted, in seconds. */
  keysSeconds: number;
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

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

type Note = (detail: string) => void;

function portOf(text: string, note: Note): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  note(`"${text}" is no port; write a whole number from 0 to 65535 (0 takes any free one).`);
  return 0;
}

function hostOf(text: string, note: Note): string {
  if (!/^[A-Za-z0-9.:_-]+$/.test(text)) {
    note(`"${text}" is no address to listen on; write a host name or an IP address, such as 127.0.0.1.`);
  }
  return text;
}

/** The folder itself may not be there yet; the nearest one above it that is must let us write. */
function dataDirOf(text: string, note: Note): string {
  const folder = resolve(text);
  let existing = folder;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  if (!statSync(existing).isDirectory()) {
    note(`${existing} is a file; name a folder, or a place where one can be made.`);
  } else if (!isAccessible(existing, constants.W_OK | constants.X_OK)) {
    note(`${existing} may not be written to by this user; give it the rights, or name another folder.`);
  }
  return folder;
}

const databaseSchemes = ['postgres', 'postgresql'];
const kurrentdbSchemes = ['esdb', 'esdb+discover', 'kurrentdb', 'kurrentdb+discover'];

/** The address itself is not told again: it may hold a password. */
function storeUrlOf(text: string, schemes: readonly string[], note: Note): string | null {
  if (text === '') return null;
  const [, scheme] = /^([a-z+]+):\/\/\S+/.exec(text) ?? []; // a socket has no host
  if (scheme === undefined || !schemes.includes(scheme))
    note(`This is no address of such a store; write ${schemes.map((each) => `${each}://…`).join(' or ')}.`);
  return text;
}

function schemaOf(text: string, note: Note): string {
  if (!/^[a-z_][a-z0-9_]{0,47}$/.test(text))
    note(`"${text}" cannot be a schema; write at most 48 lower-case letters, digits and underscores.`);
  return text;
}

function roleOf(text: string, hasDatabase: boolean, note: Note): Role {
  const role = roles.find((known) => known === text);
  if (!role) note(`"${text}" is no role; write one of ${roles.join(', ')}.`);
  else if (role !== 'all' && !hasDatabase) {
    note(
      `A process of its own for "${role}" shares read models with others, which a data folder cannot: name the ` +
        'database that holds them in DATABASE_URL, or leave DOMEINBRUG_ROLE out.',
    );
  }
  return role ?? 'all';
}

function rulesDirOf(text: string, note: Note): string {
  const folder = resolve(text);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    note(`${folder} is no folder; name the folder that holds the rule sets (*.yaml), or leave it out.`);
  } else if (!isAccessible(folder, constants.R_OK | constants.X_OK)) {
    note(`${folder} may not be read by this user; give it the rights, or name another folder.`);
  }
  return folder;
}

function ruleSetOf(text: string, note: Note): string | null {
  if (text === '') return null;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*(@[^\s@]+)?$/.test(text)) {
    note(`"${text}" is no name of a rule set; write its id, or id@version, such as sharp-cut@2026.1.`);
  }
  return text;
}

function logLevelOf(text: string, note: Note): LogLevel {
  const level = logLevels.find((known) => known === text);
  if (!level) note(`"${text}" is no level; write one of ${logLevels.join(', ')}.`);
  return level ?? 'info';
}

function flagOf(text: string, note: Note): boolean {
  if (text !== '0' && text !== '1') note(`"${text}" is neither on nor off; write 1 or 0.`);
  return text === '1';
}

function addressOrNone(text: string, note: Note): string | null {
  if (text !== '' && !/^https?:\/\/[^\s]+$/.test(text)) {
    note(`"${text}" is no address; write that of the collector, such as http://127.0.0.1:4318.`);
  }
  return text || null;
}

function secondsOf(text: string, note: Note): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) note(`"${text}" is no number of seconds; write a whole number from 1.`);
  return Number(text);
}

function fileOrNone(text: string, note: Note): string | null {
  if (text === '') return null;
  const path = resolve(text);
  if (!existsSync(path) || !statSync(path).isFile()) {
    note(`${path} is no file; name the file that holds the mandates, or leave it out.`);
  } else if (!isAccessible(path, constants.R_OK)) {
    note(`${path} may not be read by this user; give it the rights.`);
  }
  return path;
}

const tokenSettings = ['OIDC_ISSUER', 'OIDC_AUDIENCE', 'OIDC_JWKS_URL'] as const;

/** All three or none; in production development tokens are refused, so that a server must be named. */
function tokenServerOf(
  environment: Environment,
  note: (variable: string, detail: string) => void,
): TokenServer | null {
  const isProduction = environment['NODE_ENV'] === 'production';
  const given = tokenSettings.map((name) => environment[name]?.trim() ?? '');
  const [issuer = '', audience = '', jwksUrl = ''] = given;
  if (given.every((value) => value === '') && !isProduction) return null;
  tokenSettings.forEach((name, index) => {
    if (given[index] !== '') return;
    note(
      name,
      `Name the authorisation server whose tokens are taken: ${tokenSettings.join(', ')} belong together.`,
    );
  });
  if (jwksUrl !== '' && !isKeyAddress(jwksUrl, isProduction)) {
    note('OIDC_JWKS_URL', 'Write the https address at which the server publishes its keys.');
  }
  const keysSeconds = secondsOf(environment['OIDC_JWKS_SECONDS']?.trim() || '300', (detail) =>
    note('OIDC_JWKS_SECONDS', detail),
  );
  return { issuer, audience, jwksUrl, keysSeconds };
}

/** Whoever can change the keys on their way can be anybody: in production they come by TLS or from this machine. */
function isKeyAddress(text: string, isProduction: boolean): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && (isHere || !isProduction));
}

function isAccessible(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}

/** The `rules` folder beside the product's own `package.json`, wherever it was built to or started from. */
export function shippedRules(): string {
  return join(productFolder(), 'rules');
}

/** How long events are kept, as shipped. */
export function shippedRetentionTerms(): string {
  return join(productFolder(), 'retention', 'terms.yaml');
}

/** The version in the product's `package.json`. */
export function productVersion(): string {
  const text = readFileSync(join(productFolder(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function productFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
