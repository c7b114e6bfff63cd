import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Client, endAll, startService } from './service.js';

afterAll(endAll);

const drawn = ['deploy/grafana', 'deploy/prometheus'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => /\.(json|yml)$/.test(name))
    .map((name) => join(folder, name)),
);

/** Names of figures in a file, without what Prometheus adds for the parts of a histogram. */
function figuresIn(text: string): string[] {
  const names = text.match(/\b(domeinbrug|process|nodejs)_[a-z0-9_]+/g) ?? [];
  return names.map((name) => name.replace(/_(bucket|sum|count)$/, ''));
}

test('every figure that a dashboard or an alert names is one that the service gives', async () => {
  const service = await startService();
  const text = (await new Client(service).ask(null, '/metrics')).body as unknown as string;
  const given = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name!));
  const named = drawn.flatMap((file) => figuresIn(readFileSync(file, 'utf8')));
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !given.has(name))).toEqual([]);
  await service.end('SIGTERM');
});

test('the image is built in stages from named versions, and does not run as root', () => {
  const lines = readFileSync('Dockerfile', 'utf8').split('\n');
  const bases = lines.filter((line) => line.startsWith('FROM '));
  expect(bases).toHaveLength(2);
  expect(bases.every((line) => /^FROM node:\d+\.\d+\.\d+-[a-z]+-slim( AS \w+)?$/.test(line))).toBe(true);
  const user = lines.lastIndexOf('USER node');
  expect(user).toBeGreaterThan(lines.indexOf(bases[1]!));
  expect(lines.slice(user).some((line) => line.startsWith('RUN '))).toBe(false);
});

test('images beside the service are of named versions', () => {
  const images = [...readFileSync('docker-compose.yml', 'utf8').matchAll(/image: (\S+)/g)].map(
    ([, image]) => image,
  );
  expect(images.filter((image) => !/:(local|v?\d+\.\d+(\.\d+)?)$/.test(image!))).toEqual([]);
});

const compose = ['docker-compose', 'docker'].find((command) => spawnSync(command, ['version']).status === 0);
if (!compose) console.warn('NOT RUN: the profiles of docker-compose.yml, since there is no docker-compose.');
// Where every check has to run, a missing command is a failure.
const whereComposed = compose || process.env['CI'] ? test : test.skip;

interface ComposedService {
  image: string;
  profiles: string[];
  environment?: Record<string, string>;
  volumes?: unknown[];
}

/** The services of these profiles as docker-compose reads them; its version 1 shows those of others as well. */
function composed(...profiles: string[]): Record<string, ComposedService> {
  const command = compose === 'docker' ? ['docker', 'compose'] : ['docker-compose'];
  const asked = profiles.flatMap((profile) => ['--profile', profile]);
  const { status, stdout, stderr } = spawnSync(command[0]!, [...command.slice(1), ...asked, 'config'], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { services } = parse(stdout) as { services: Record<string, ComposedService> };
  return Object.fromEntries(
    Object.entries(services).filter(([, service]) =>
      profiles.some((name) => service.profiles.includes(name)),
    ),
  );
}

whereComposed.each([
  ['embedded', ['embedded'], []],
  ['postgres', ['postgres', 'with-postgres'], ['DATABASE_URL']],
  ['kurrentdb', ['kurrentdb', 'with-kurrentdb'], ['KURRENTDB_URL']],
])('the profile %s has the service on its store, with volumes for both', (profile, names, addresses) => {
  const services = composed(profile, 'observability');
  expect(Object.keys(services).sort()).toEqual([...names, 'grafana', 'prometheus'].sort());
  const [service] = names.map((name) => services[name]!).filter(({ image }) => image === 'domeinbrug:local');
  const named = Object.keys(service!.environment!).filter(
    (name) => name.endsWith('B_URL') || name.endsWith('E_URL'),
  );
  expect(named).toEqual(addresses);
  for (const name of names) expect(services[name]!.volumes).toHaveLength(1);
});
