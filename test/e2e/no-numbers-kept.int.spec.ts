import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithPostgres, type PostgresServer } from '../servers/postgres-server.js';
import { wmo301 } from './command-line/iwmo-messages.js';
import { domeinbrug } from './command-line/run-domeinbrug.js';
import { bsnNumber, Client, endAll, event, provider, Service } from './service.js';
import { filesBelow, formsOf, numbersIn } from './traces-of-numbers.js';

/**
 * Citizen service numbers go in by every door there is, and where they do not belong. Afterwards none of them lies in
 * the data folder, in the database, beside the files that were taken in, or in anything that was written.
 */

jest.setTimeout(180_000);

const cloudEvents = { 'content-type': 'application/cloudevents+json' };
const batchType = { 'content-type': 'application/cloudevents-batch+json' };

interface World {
  client: Client;
  service: Service;
  /** Runs a command on the data folder, which no service holds then. */
  onFolder: (...args: string[]) => Promise<void>;
  onFolderWith: (input: string, ...args: string[]) => Promise<void>;
  /** A file outside the data folder, which is scanned for what a command writes beside it. */
  file: (name: string, text: string) => string;
}

const registered = (bsn: string, more: object = {}, attributes: object = {}): Record<string, unknown> => ({
  ...event(provider, 'client-registered', `reg-${seedOf(bsn)}`, {
    bsn,
    firstDay: '2023-01-01',
    municipality: '0363',
    birthYear: 1941,
    ...more,
  }),
  ...attributes,
});

/** A name for a number that tells nothing of it. */
const seedOf = (bsn: string): number => numbers.indexOf(bsn);

type Way = (world: World, bsn: string) => Promise<unknown>;

/** While the service runs. */
const throughHttp: Record<string, Way> = {
  'one event': ({ client }, bsn) => client.post(provider, '/v1/events', registered(bsn), cloudEvents),
  'one event, with its effect': ({ client }, bsn) =>
    client.post(provider, '/v1/events?echo=effect', registered(bsn), cloudEvents),
  'a batch': ({ client }, bsn) => client.post(provider, '/v1/events', [registered(bsn)], batchType),
  'binary mode': ({ client }, bsn) => {
    const { data, ...attributes } = registered(bsn);
    const fields = Object.entries(attributes).map(([name, value]) => [`ce-${name}`, String(value)]);
    return client.post(provider, '/v1/events', data, Object.fromEntries(fields) as Record<string, string>);
  },
  'the same event twice, then another under its id': async ({ client }, bsn) => {
    for (const year of [1941, 1941, 1942])
      await client.post(provider, '/v1/events', registered(bsn, { birthYear: year }));
  },
  'a correction': async ({ client }, bsn) => {
    const first = registered(bsn);
    await client.post(provider, '/v1/events', first);
    const corrects = { source: first['source'], id: first['id'] };
    const data = { bsn, firstDay: '2022-01-01', municipality: '0363' };
    await client.post(
      provider,
      '/v1/events',
      event(provider, 'event-corrected', `c-${seedOf(bsn)}`, { bsn, corrects, data }),
    );
  },
  'a search for somebody unknown': ({ client }, bsn) =>
    client.post('auditor', '/v1/clients/_search', { bsn }),
  'a search for somebody known': async ({ client }, bsn) => {
    await client.post(provider, '/v1/events', registered(bsn));
    await client.post(provider, '/v1/clients/_search', { bsn });
  },
  'a search that misspells': ({ client }, bsn) =>
    client.post(provider, '/v1/clients/_search', { bsn: `${bsn} `, [bsn]: bsn }),
  'a preview': async ({ client }, bsn) => {
    const { body } = await client.post(provider, '/v1/events', registered(bsn));
    const supposed = registered(bsn, {}, { id: 'supposed' });
    const at = `/v1/clients/${body.results[0]!.clientId}/coverage/_preview`;
    await client.post(provider, at, { events: [supposed] });
    await client.post(provider, at, { events: [{ ...supposed, subject: bsn }] });
  },
  'an erasure, and events after it': async ({ client }, bsn) => {
    const { body } = await client.post(provider, '/v1/events', registered(bsn));
    const at = `/v1/clients/${body.results[0]!.clientId}/_erase`;
    await client.post('operator', at, { reason: `asked by ${bsn}` });
    await client.post('operator', at, { reason: 'asked by the client' });
    await client.post(provider, '/v1/events', registered(bsn, {}, { id: 'after' }));
  },
  'an address': async ({ client }, bsn) => {
    for (const path of [
      `clients/${bsn}/coverage`,
      `clients/${bsn}/events`,
      `funders/insurer:${bsn}/coverage`,
    ])
      for (const as of [provider, 'auditor']) await client.ask(as, `/v1/${path}?on=2024-01-01`);
    await client.ask(null, `/v1/clients/${bsn}/coverage`);
    await client.ask(null, `/${bsn}`);
  },
  'a question': async ({ client }, bsn) => {
    await client.ask('auditor', `/v1/rule-sets?bsn=${bsn}`);
    await client.ask('auditor', `/v1/findings?code=${bsn}&after=${bsn}&${bsn}=1`);
  },
  'header fields': async ({ client, service }, bsn) => {
    for (const name of [
      'audit-reason',
      'last-event-id',
      'traceparent',
      'accept-language',
      'x-request-id',
      'user-agent',
    ])
      await client.ask('auditor', '/v1/funders/insurer:3311/changes', {
        headers: { [name]: `about ${bsn}` },
      });
    await fetch(`${service.address}/v1/findings`, { headers: { authorization: `Bearer ${bsn}` } });
  },
  'names of closings and rule sets': async ({ client }, bsn) => {
    const period = { firstDay: '2023-01-01', lastDay: '2023-12-31' };
    const closing = { name: `jaar ${bsn}`, period, knownAt: '2024-01-01T00:00:00Z', ruleSet: 'six-weeks' };
    await client.post('insurer:3311', '/v1/closings', closing);
    await client.post('policy', '/v1/rule-sets/_validate', { id: bsn, title: bsn });
    await client.post('policy', '/v1/replays', { baseline: bsn, alternative: bsn });
  },
  'a body that cannot be read': async ({ client }, bsn) => {
    await client.post(provider, '/v1/events', `{"data": {"bsn": "${bsn}"`);
    await client.post(provider, '/v1/events', `<bsn>${bsn}</bsn>`, { 'content-type': 'application/xml' });
    await client.post(provider, '/v1/events', [bsn, Number(bsn), { bsn }, [bsn]], batchType);
  },
  'wrong places of an event': async ({ client }, bsn) => {
    const wrong: [data: object, attributes: object][] = [
      [{}, { id: bsn }],
      [{}, { subject: bsn }],
      [{}, { note: `about ${bsn}` }],
      [{}, { [bsn]: 'x' }],
      [{}, { source: `urn:nld:agb:65656055:systeem:${bsn}` }],
      [{}, { dataschema: `https://example.org/${bsn}` }],
      [{}, { time: bsn }],
      [{}, { type: `nl.domeinbrug.${bsn}.v1` }],
      [{ reference: `dossier ${bsn}` }, {}],
      [{ birthYear: Number(bsn) }, {}],
      [{ [bsn]: 1 }, {}],
      [{ bsn: undefined, clientId: bsn }, {}],
      [{ bsn: Number(bsn) }, {}],
      [{ clientId: bsn }, {}],
      [{ municipality: bsn }, {}],
    ];
    for (const [data, attributes] of wrong)
      await client.post(provider, '/v1/events', registered(bsn, data, attributes), cloudEvents);
    await client.post(
      provider,
      '/v1/events',
      wrong.map(([data, attributes]) => registered(bsn, data, attributes)),
      batchType,
    );
  },
  'events that are refused': async ({ client }, bsn) => {
    await client.post('provider:65656056', '/v1/events', registered(bsn));
    await client.post('oin:00000001112223330000', '/v1/events', registered(bsn));
    await client.post('policy', '/v1/events', registered(bsn));
    await client.post(null, '/v1/events', registered(bsn));
    await client.post(provider, '/v1/events', registered(bsn, { firstDay: '2023-02-30', municipality: 'x' }));
  },
};

/** While it does not. */
const byCommand: Record<string, Way> = {
  NDJSON: ({ onFolder, file }, bsn) => {
    const lines = [
      registered(bsn, {}, { id: 'ndjson' }),
      registered(bsn, {}, { id: bsn }),
      registered(bsn, { firstDay: 'x' }, { id: 'ndjson-2' }),
    ].map((each) => JSON.stringify(each));
    return onFolder('import', file('events.ndjson', [...lines, bsn, `{"bsn":"${bsn}"`].join('\n')));
  },
  'iWmo messages': async ({ onFolder, file }, bsn) => {
    const product = { decision: '771204', category: '02', code: '02A05' };
    const about = { bsn, product, allocatedOn: '2023-01-30', firstDay: '2023-02-06', lastDay: '2023-12-31' };
    await onFolder('import', file('granted.xml', wmo301(about)));
    const number = { ...product, decision: bsn };
    await onFolder(
      'import',
      file('misplaced.xml', wmo301({ ...about, product: number, allocatedOn: '2023-01-31' })),
    );
  },
  'pairs of clients': ({ onFolder, file }, bsn) =>
    onFolder(
      'import',
      file('pairs.csv', `from,into,day\nClientOfAFile,${bsn},2026-11-01\n${bsn},${bsn},x\n`),
    ),
  'a question on standard input': ({ onFolderWith }, bsn) =>
    onFolderWith(`${bsn}\n`, 'coverage', '--bsn-stdin'),
  'a command line': ({ onFolder }, bsn) => onFolder('coverage', bsn),
};

const ways = { ...throughHttp, ...byCommand };
const numbers = Object.keys(ways).map((_, index) => bsnNumber(5_000 + index));

interface Scan {
  places: Map<string, Buffer>;
  /** Of the service that ran. */
  written: string;
}

/** Goes every way with a number of its own, and gathers all that is left behind. */
async function goEveryWay(dataDir: string, files: string, settings: Record<string, string>): Promise<Scan> {
  const service = new Service(dataDir, { LOG_LEVEL: 'debug', ...settings });
  const said: string[] = [];
  const run = async (args: string[], input = ''): Promise<void> => {
    const { out, err } = await domeinbrug([...args, '--data-dir', dataDir], { input, env: settings });
    said.push(out, err);
  };
  const world: World = {
    service,
    client: new Client(service),
    onFolder: (...args) => run(args),
    onFolderWith: (input, ...args) => run(args, input),
    file: (name, text) => {
      writeFileSync(join(files, name), text);
      return join(files, name);
    },
  };
  await service.start();
  for (const [index, way] of Object.values(throughHttp).entries()) await way(world, numbers[index]!);
  await service.end('SIGTERM');
  const before = Object.keys(throughHttp).length;
  for (const [index, way] of Object.values(byCommand).entries()) await way(world, numbers[before + index]!);
  const written = service.output();
  // Read models and archive of what came in by command; what a backup would take is read while it runs.
  await service.start();
  await world.client.ask('auditor', '/v1/funders/municipality:0363/coverage?on=2023-06-01');
  const rejects = [...filesBelow(files)].filter(([path]) => path.includes('.reject.'));
  const places = new Map([
    ...filesBelow(dataDir),
    ...rejects,
    ['what commands said', Buffer.from(said.join('\n'))],
    ['what the service said', Buffer.from(written + service.output())],
  ]);
  await service.end('SIGTERM');
  for (const [path, bytes] of filesBelow(dataDir)) places.set(`${path} after the end`, bytes);
  return { places, written };
}

/** What was found, by the way that it went in. */
const told = (found: ReturnType<typeof numbersIn>): object[] =>
  found.map(({ number, place, form }) => ({ way: Object.keys(ways)[numbers.indexOf(number)], place, form }));

const folder = mkdtempSync(join(tmpdir(), 'domeinbrug-numbers-kept-'));
const files = mkdtempSync(join(tmpdir(), 'domeinbrug-numbers-files-'));

afterAll(() => {
  endAll();
  for (const each of [folder, files]) rmSync(each, { recursive: true });
});

describe('with a data folder alone', () => {
  let scan: Scan;
  beforeAll(async () => void (scan = await goEveryWay(join(folder, 'alone'), files, {})), 180_000);

  test('every way was gone, and much was kept', () => {
    expect(scan.written).toContain('"route":"/v1/events"');
    const names = [...scan.places.keys()].map((path) => path.slice(path.lastIndexOf('/') + 1));
    expect(names).toEqual(
      expect.arrayContaining(['log.db', 'log.db-wal', 'clients.db', 'events.ndjson.reject.ndjson']),
    );
  });

  test('no number lies anywhere', () => {
    expect(told(numbersIn(scan.places, numbers))).toEqual([]);
  });

  test('one that does is found, in each form', () => {
    const forms = formsOf(numbers[0]!);
    for (const [form, bytes] of forms) {
      const planted = new Map(scan.places);
      planted.set('planted', Buffer.concat([scan.places.get('what the service said')!, bytes]));
      expect(numbersIn(planted, numbers).map((each) => each.form)).toContain(form);
    }
    writeFileSync(join(folder, 'alone', 'archive', 'planted'), `{"bsn":"${numbers[1]!}"}`);
    expect(numbersIn(filesBelow(join(folder, 'alone')), numbers)).toHaveLength(1);
  });
});

describeWithPostgres('with events, keys and read models in PostgreSQL', (server) =>
  describe('everything that the database holds', () => {
    let settings: Record<string, string>;
    let scan: Scan;

    beforeAll(async () => {
      settings = { DATABASE_URL: server().url, DATABASE_SCHEMA: server().newSchema() };
      scan = await goEveryWay(join(folder, 'database'), files, settings);
      for (const [table, rows] of await tablesOf(server(), settings['DATABASE_SCHEMA']!))
        scan.places.set(table, rows);
    }, 180_000);

    it('is read', () => {
      const tables = [...scan.places].filter(([name, rows]) => name.startsWith('table ') && rows.length > 0);
      expect(tables.map(([name]) => name.replace(/.*\./, ''))).toEqual(expect.arrayContaining(['events']));
    });

    it('and has no number in it', () => {
      expect(told(numbersIn(scan.places, numbers))).toEqual([]);
    });

    it('and one that is put there is found', async () => {
      const schema = settings['DATABASE_SCHEMA']!;
      await server().query(`CREATE TABLE ${schema}.planted AS SELECT '${numbers[2]!}'::bytea AS x`);
      const tables = await tablesOf(server(), schema);
      expect(numbersIn(tables, numbers)).toMatchObject([{ number: numbers[2], form: 'hex' }]);
    });
  }),
);

/** Each table of the schemas that belong to one, as the text of its rows; bytes are written in hexadecimal. */
async function tablesOf(server: PostgresServer, schema: string): Promise<Map<string, Buffer>> {
  const tables = await server.query<{ name: string }>(
    `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables WHERE schemaname LIKE $1`,
    [`${schema}%`],
  );
  const read = new Map<string, Buffer>();
  for (const { name } of tables) {
    const rows = await server.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    read.set(`table ${name}`, Buffer.from(rows.map(({ row }) => row).join('\n')));
  }
  return read;
}
