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
    mandatesFile: null,
    limits: {
      requestsPerMinute: 6_000,
      requestsAtOnce: 64,
      streamsAtOnce: 20,
      requestSeconds: 30,
      idleSeconds: 120,
    },
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
    DOMEINBRUG_MANDATES: join(folder, 'absent.yaml'),
    DOMEINBRUG_REQUESTS_PER_MINUTE: '0',
    DOMEINBRUG_STREAMS_AT_ONCE: '1e3',
    DOMEINBRUG_IDLE_SECONDS: '4000',
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
  expect(() => readConfig({ ...usable, NODE_ENV: 'production' })).toThrow('OIDC_JWKS_URL');
  const tokens = {
    issuer: 'https://issuer.example',
    audience: 'domeinbrug',
    jwksUrl: 'https://issuer.example/jwks',
  };
  const named = {
    OIDC_ISSUER: tokens.issuer,
    OIDC_AUDIENCE: tokens.audience,
    OIDC_JWKS_URL: tokens.jwksUrl,
  };
  expect(readConfig({ ...usable, ...named, NODE_ENV: 'production' }).tokens).toEqual({
    ...tokens,
    keysSeconds: 300,
  });
  const address = (jwksUrl: string, environment = 'production'): unknown =>
    readConfig({ ...usable, ...named, OIDC_JWKS_URL: jwksUrl, NODE_ENV: environment });
  expect(() => address('http://issuer.example/jwks')).toThrow('https address');
  expect(() => address('issuer.example')).toThrow('https address');
  expect(() => address('http://127.0.0.1:8080/jwks')).not.toThrow();
  expect(() => address('http://issuer.example/jwks', 'development')).not.toThrow();
  expect(() => readConfig({ ...usable, ...named, OIDC_JWKS_SECONDS: '0' })).toThrow('OIDC_JWKS_SECONDS');
});

test('a role of a part is refused where nothing is shared, and one that is none', () => {
  const role = (environment: Record<string, string>): unknown =>
    readConfig({ ...usable, DATABASE_URL: 'postgres:///x?host=/run', ...environment }).role;
  expect(role({})).toBe('all');
  expect(role({ DOMEINBRUG_ROLE: 'api' })).toBe('api');
  expect(() => role({ DOMEINBRUG_ROLE: 'standby' })).toThrow('write one of all, api, projector');
  expect(() => role({ DOMEINBRUG_ROLE: 'projector', DATABASE_URL: '' })).toThrow('DATABASE_URL');
});
