import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigRefused, readConfig } from './config.js';

const folder = mkdtempSync(join(tmpdir(), 'domeinbrug-config-'));
const usable = { DOMEINBRUG_DATA_DIR: join(folder, 'data'), DOMEINBRUG_RULES_DIR: folder };

test('an empty environment gives the documented settings', () => {
  expect(readConfig({ ...usable, PORT: '', HOST: undefined })).toEqual({
    port: 3000,
    host: '127.0.0.1',
    dataDir: join(folder, 'data'),
    databaseUrl: null,
    databaseSchema: 'domeinbrug',
    role: 'all',
    kurrentdbUrl: null,
    rulesDir: folder,
    ruleSet: null,
    logLevel: 'info',
    metricsPublic: false,
    tracesTo: null,
    readyLagSeconds: 60,
    tokens: null,
  });
});

test('all problems are named at once, each with what to write instead', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const environment = {
    PORT: '70000',
    HOST: 'a b',
    DOMEINBRUG_DATA_DIR: join(file, 'data'),
    DATABASE_URL: 'mysql://somebody:secret@localhost/x',
    DATABASE_SCHEMA: 'My Schema',
    KURRENTDB_URL: 'localhost:2113',
    DOMEINBRUG_RULES_DIR: join(folder, 'absent'),
    DOMEINBRUG_RULE_SET: 'Sharp Cut',
    LOG_LEVEL: 'loud',
    METRICS_PUBLIC: 'yes',
  };
  let refused: unknown;
  try {
    readConfig(environment);
  } catch (error) {
    refused = error;
  }
  expect(refused).toBeInstanceOf(ConfigRefused);
  expect((refused as ConfigRefused).problems.map(({ variable }) => variable)).toEqual(
    Object.keys(environment),
  );
  expect((refused as ConfigRefused).message).toContain('write a whole number from 0 to 65535');
  expect((refused as ConfigRefused).message).not.toContain('secret');
});

test.each([
  ['DATABASE_URL', 'postgres:///database?host=/var/run/postgresql&user=domeinbrug'],
  ['DATABASE_URL', 'postgresql://me@example.nl/database'],
  ['KURRENTDB_URL', 'esdb+discover://one:2113,two:2113?nodePreference=leader'],
  ['KURRENTDB_URL', 'kurrentdb://127.0.0.1:2113?tls=false'],
])('%s takes what the page on that store writes: %s', (variable, address) => {
  const { databaseUrl, kurrentdbUrl } = readConfig({ ...usable, [variable]: address });
  expect(databaseUrl ?? kurrentdbUrl).toBe(address);
});

test('in production the authorisation server must be named', () => {
  expect(() => readConfig({ ...usable, NODE_ENV: 'production' })).toThrow('DOMEINBRUG_TOKEN_JWKS_URL');
  const tokens = {
    issuer: 'https://issuer.example',
    audience: 'domeinbrug',
    jwksUrl: 'https://issuer.example/jwks',
  };
  const named = {
    DOMEINBRUG_TOKEN_ISSUER: tokens.issuer,
    DOMEINBRUG_TOKEN_AUDIENCE: tokens.audience,
    DOMEINBRUG_TOKEN_JWKS_URL: tokens.jwksUrl,
  };
  expect(readConfig({ ...usable, ...named, NODE_ENV: 'production' }).tokens).toEqual(tokens);
});

test('a role of a part is refused where nothing is shared, and one that is none', () => {
  const role = (environment: Record<string, string>): unknown =>
    readConfig({ ...usable, DATABASE_URL: 'postgres:///x?host=/run', ...environment }).role;
  expect(role({})).toBe('all');
  expect(role({ DOMEINBRUG_ROLE: 'api' })).toBe('api');
  expect(() => role({ DOMEINBRUG_ROLE: 'standby' })).toThrow('write one of all, api, projector');
  expect(() => role({ DOMEINBRUG_ROLE: 'projector', DATABASE_URL: '' })).toThrow('DATABASE_URL');
});
