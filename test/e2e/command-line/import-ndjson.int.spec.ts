import Database from 'better-sqlite3';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { domeinbrug, eventLine, scratchFolder } from './run-domeinbrug.js';

// Each command is a process of its own, on a machine that may have others to run.
jest.setTimeout(120_000);

const registered: [string, Record<string, unknown>] = [
  'client-registered',
  { firstDay: '2023-01-01', municipality: '0363', insurer: '3311', careOffice: '5515' },
];
const started: [string, Record<string, unknown>] = [
  'case-management-started',
  { firstDay: '2023-09-04', provider: '61610001' },
];

const folder = scratchFolder();
afterAll(() => folder.remove());

describe('importing NDJSON', () => {
  it('stores what is new, knows what is not, and rejects the rest with its reasons', async () => {
    const dataDir = folder.path('mixed');
    const file = folder.write(
      'mixed.ndjson',
      [
        eventLine('ClientOne', 'a', registered),
        '',
        eventLine('ClientOne', 'a', registered),
        'not json',
        eventLine('ClientOne', 'b', [
          'case-management-started',
          { firstDay: '2023-13-04', provider: '61610001' },
        ]),
        eventLine('ClientOne', 'c', ['insurance-changed', { insurer: '3332', firstDay: '2024-01-01' }]),
        eventLine('ClientOne', 'a', started),
        eventLine('ClientTwo', 'a', registered),
        'not json either',
      ].join('\n'),
    );
    const first = await domeinbrug(['import', file, '--json', '--data-dir', dataDir]);
    expect(first.code).toBe(1);
    expect(JSON.parse(first.out)[0].counts).toMatchObject({ recorded: 2, known: 1, rejected: 5 });
    const rejects = readFileSync(`${file}.reject.ndjson`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { where: string; code: string });
    expect(rejects.map(({ where, code }) => `${where} ${code}`)).toEqual([
      'line 4 json-invalid',
      'line 5 day-invalid',
      'line 6 type-not-allowed',
      'line 7 content-differs',
      'line 9 json-invalid',
    ]);
    const second = await domeinbrug(['import', file, '--json', '--data-dir', dataDir]);
    expect(JSON.parse(second.out)[0].counts).toMatchObject({ recorded: 0, known: 3, rejected: 5 });
  });

  it('records history when it became known, and answers as known then', async () => {
    const dataDir = folder.path('history');
    const at = (recordedat: string): Record<string, unknown> => ({ recordedat });
    const file = folder.write(
      'history.ndjson',
      [
        eventLine('ClientOne', 'a', registered, at('2023-01-05T10:00:00Z')),
        eventLine('ClientTwo', 'a', registered, at('2023-02-05T10:00:00Z')),
        eventLine('ClientOne', 'b', started, at('2023-11-20T10:00:00Z')),
      ].join('\n'),
    );
    expect((await domeinbrug(['import', file, '--history', '--data-dir', dataDir])).code).toBe(0);
    const coverage = async (...more: string[]): Promise<{ cover: unknown[]; position: string }> =>
      JSON.parse((await domeinbrug(['coverage', 'ClientOne', '--json', '--data-dir', dataDir, ...more])).out);
    expect((await coverage()).cover).toHaveLength(1);
    expect(await coverage('--known-at', '2023-11-19')).toMatchObject({ cover: [], position: '2' });
    expect(await coverage('--known-at', '2')).toMatchObject({ cover: [], position: '2' });
    expect((await coverage('--known-at', '2023-11-20T11:00:00+01:00')).cover).toHaveLength(1);
    const beyond = await domeinbrug(['coverage', 'ClientOne', '--known-at', '9', '--data-dir', dataDir]);
    expect(beyond).toMatchObject({ code: 2, err: expect.stringContaining('the last one is 3') });

    const again = await domeinbrug(['import', file, '--history', '--data-dir', dataDir]);
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('0 recorded, 3 known already') });
    const earlier = folder.write(
      'earlier.ndjson',
      eventLine('ClientOne', 'c', started, at('2023-03-01T10:00:00Z')),
    );
    const refused = await domeinbrug(['import', earlier, '--history', '--data-dir', dataDir]);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('2023-11-20T10:00:00.000Z') });
  });

  it('says after each part what is stored for good', async () => {
    const lines = Array.from({ length: 2_500 }, (_, number) =>
      eventLine(`Client${1000 + (number % 700)}`, `e${number}`, registered),
    );
    const file = folder.write('many.ndjson', lines.join('\n'));
    const progressFile = folder.path('progress.ndjson');
    const { code } = await domeinbrug([
      'import',
      file,
      '--progress-file',
      progressFile,
      '--data-dir',
      folder.path('many'),
    ]);
    expect(code).toBe(0);
    const progress = readFileSync(progressFile, 'utf8').trim().split('\n');
    expect(
      progress
        .map((line) => JSON.parse(line))
        .map(({ line, position, recorded }) => [line, position, recorded]),
    ).toEqual([
      [1_000, '1000', 1_000],
      [2_000, '2000', 2_000],
      [2_500, '2500', 2_500],
    ]);
  });

  it('takes a JSON file with one event or a list, and names the event that it rejects', async () => {
    const dataDir = folder.path('json');
    const [one, two] = [eventLine('ClientOne', 'a', registered), eventLine('ClientTwo', 'a', registered)];
    const wrong = eventLine('ClientTwo', 'b', ['client-died', { day: '2024-02-30' }]);
    const list = folder.write('list.json', `[\n  ${two},\n  ${wrong}\n]`);
    const files = [folder.write('one.json', JSON.stringify(JSON.parse(one), null, 2)), list];
    const { code, out } = await domeinbrug(['import', ...files, '--json', '--data-dir', dataDir]);
    expect(code).toBe(1);
    expect(JSON.parse(out).map(({ counts }: { counts: unknown }) => counts)).toEqual([
      expect.objectContaining({ recorded: 1, rejected: 0 }),
      expect.objectContaining({ recorded: 1, rejected: 1 }),
    ]);
    expect(readFileSync(`${list}.reject.ndjson`, 'utf8')).toContain('"where":"event 2"');
    const broken = folder.write('broken.json', '[{"bsn": "111222333"');
    const refused = await domeinbrug(['import', broken, '--data-dir', dataDir]);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('is no JSON') });
    expect(refused.err).not.toContain('111222333');
  });

  describe('that was broken off', () => {
    const lines = Array.from({ length: 2_400 }, (_, number) =>
      number % 1_100 === 7
        ? `no event ${number}`
        : eventLine(`Broken${1000 + (number % 700)}`, `e${number}`, registered, {
            recordedat: new Date(Date.UTC(2024, 0, 1) + number * 60_000).toISOString(),
          }),
    );
    // Nothing can be appended to a folder: the import ends after its first part.
    const unwritable = scratchFolder();
    afterAll(() => unwritable.remove());

    async function brokenOff(name: string): Promise<{ file: string; dataDir: string }> {
      const [file, dataDir] = [folder.write(`${name}.ndjson`, lines.join('\n')), folder.path(name)];
      unwritable.write('there', '');
      const progress = ['--progress-file', resolve(unwritable.path('there'), '..')];
      const broken = await domeinbrug(['import', file, '--history', ...progress, '--data-dir', dataDir]);
      expect(broken).toMatchObject({ code: 1, err: expect.stringContaining('EISDIR') });
      return { file, dataDir };
    }

    const rejectedLines = (file: string): string[] =>
      readFileSync(`${file}.reject.ndjson`, 'utf8')
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { where: string }).where);

    it('goes on from there, and counts the whole', async () => {
      const { file, dataDir } = await brokenOff('broken');
      const args = ['import', file, '--history', '--json', '--data-dir', dataDir];
      const rest = await domeinbrug(args);
      expect(rest.err).toContain('broken off after line 1,000');
      expect(JSON.parse(rest.out)[0].counts).toMatchObject({ rejected: 3 });
      const { recorded, known } = JSON.parse(rest.out)[0].counts as { recorded: number; known: number };
      expect(recorded + known).toBe(2_397);
      expect(rejectedLines(file)).toEqual(['line 8', 'line 1108', 'line 2208']);
      const again = await domeinbrug(args);
      expect(again.err).not.toContain('broken off');
      expect(JSON.parse(again.out)[0].counts).toMatchObject({ recorded: 0, known: 2_397, rejected: 3 });
    });

    it('reads from the first line when asked, when the file changed or when the log is another', async () => {
      const { file, dataDir } = await brokenOff('again');
      const whole = async (...args: string[]): Promise<string> =>
        (await domeinbrug(['import', file, '--history', '--data-dir', dataDir, ...args])).err;
      expect(await whole('--from-start')).not.toContain('broken off');
      const other = await brokenOff('other');
      writeFileSync(other.file, lines.with(3, lines[2]!).join('\n'));
      const changed = await domeinbrug(['import', other.file, '--history', '--data-dir', other.dataDir]);
      expect(changed.err).not.toContain('broken off');
      const lost = await brokenOff('lost');
      for (const name of readdirSync(lost.dataDir).filter((each) => each.startsWith('log.db')))
        rmSync(`${lost.dataDir}/${name}`);
      const anew = await domeinbrug(['import', lost.file, '--history', '--json', '--data-dir', lost.dataDir]);
      expect(anew.err).not.toContain('broken off');
      expect(JSON.parse(anew.out)[0].counts).toMatchObject({ recorded: 2_397, rejected: 3 });
    });
  });

  it('can be verified before there are any read models', async () => {
    const dataDir = folder.path('unserved');
    const file = folder.write('one.ndjson', eventLine('ClientOne', 'a', registered));
    expect((await domeinbrug(['import', file, '--data-dir', dataDir])).code).toBe(0);
    const { code, out } = await domeinbrug(['verify', '--data-dir', dataDir]);
    expect(out).toMatch(/The log is whole: 1 event,.*\nThere are no read models yet/);
    expect(code).toBe(0);
    const status = await domeinbrug(['projections', 'status', '--data-dir', dataDir]);
    expect(status).toMatchObject({ code: 0, out: expect.stringMatching(/^absent: .*\nThere are no/) });
  });

  it('is noticed when somebody changes what was stored', async () => {
    const dataDir = folder.path('changed');
    const file = folder.write(
      'two.ndjson',
      [eventLine('ClientOne', 'a', registered), eventLine('ClientOne', 'b', started)].join('\n'),
    );
    expect((await domeinbrug(['import', file, '--data-dir', dataDir])).code).toBe(0);
    expect((await domeinbrug(['projections', 'rebuild', '--data-dir', dataDir])).code).toBe(0);
    const database = new Database(`${dataDir}/log.db`);
    database
      .prepare('update events set content = replace(content, ?, ?) where position = 2')
      .run('2023-09-04', '2023-09-05');
    database.close();
    const { code, out } = await domeinbrug(['verify', '--data-dir', dataDir]);
    expect(out).toContain('The events at positions 2 are not what was stored.');
    expect(out).toMatch(/timelines: client ClientOne: different/);
    expect(code).toBe(1);
  });

  it.each([
    ['an id', "update events set id = 'other' where position = 2", /events at positions 2 are not what/],
    [
      'a moment',
      'update events set recorded_at = 5 where position = 2',
      /positions 2 are said to be recorded/,
    ],
    ['the end', 'delete from events where position = 3', /have seen position 3, and the log ends before it/],
  ])('is noticed when somebody changes %s', async (what, change, sentence) => {
    const dataDir = folder.path(`changed ${what}`);
    const lines = ['a', 'b', 'c'].map((id) => eventLine(`Client00${id}`, id, registered));
    const file = folder.write('three.ndjson', lines.join('\n'));
    expect((await domeinbrug(['import', file, '--data-dir', dataDir])).code).toBe(0);
    expect((await domeinbrug(['projections', 'rebuild', '--data-dir', dataDir])).code).toBe(0);
    const database = new Database(`${dataDir}/log.db`);
    database.exec(change);
    database.close();
    const { code, out } = await domeinbrug(['verify', '--data-dir', dataDir]);
    expect(out).toMatch(sentence);
    expect(out).toContain('The log was changed.');
    expect(code).toBe(1);
  });

  it.each([
    [['nothere.ndjson'], 'There is no file nothere.ndjson'],
    [['docs'], 'docs is a folder; name the files in it'],
    [['README.md'], 'Name it .ndjson'],
    [[], "missing required argument 'files'"],
  ])('refuses %j', async (files, sentence) => {
    const { code, err } = await domeinbrug(['import', ...files, '--data-dir', folder.path('no')]);
    expect(err).toContain(sentence);
    expect(code).toBe(2);
    expect(existsSync(folder.path('no'))).toBe(false);
  });
});

describe('beside a running service', () => {
  const dataDir = folder.path('served');
  let service: ChildProcess;
  let address: string;

  beforeAll(async () => {
    service = spawn(
      process.execPath,
      [resolve('dist/apps/cli/src/main.js'), 'serve', '--data-dir', dataDir],
      {
        env: { PATH: process.env['PATH'], PORT: '0' },
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    address = await new Promise<string>((found) => {
      let out = '';
      service.stdout!.on('data', (chunk: Buffer) => {
        out += chunk.toString();
        const answers = /answers at (\S+)/.exec(out);
        if (answers) found(answers[1]!);
      });
    });
  });
  afterAll(async () => {
    const ended = new Promise((done) => service.once('exit', done));
    service.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  const file = (): string =>
    folder.write(
      'sent.ndjson',
      [eventLine('ClientOne', 'a', registered), 'x', eventLine('ClientOne', 'b', started)].join('\n'),
    );

  const through = (url: string, token: string, ...more: string[]): ReturnType<typeof domeinbrug> =>
    domeinbrug(['import', file(), '--url', url, ...more], { env: { DOMEINBRUG_TOKEN: token } });

  it('says that the folder is held, and what to do instead', async () => {
    const { code, err } = await domeinbrug(['import', file(), '--data-dir', dataDir]);
    expect(code).toBe(1);
    expect(err).toContain(`process ${service.pid}`);
    expect(err).toContain('DOMEINBRUG_TOKEN: import <file.ndjson> --url <address>');
    expect(err).not.toContain(':3000');
    expect((await domeinbrug(['projections', 'rebuild', '--data-dir', dataDir])).err).toContain(
      'is in use by',
    );
  });

  it('sends through HTTP instead, and reads beside the service', async () => {
    const token = (
      await domeinbrug(['token', '--as', 'provider:61610001', '--data-dir', dataDir])
    ).out.trim();
    const send = async (): Promise<unknown> =>
      JSON.parse((await through(address, token, '--json')).out)[0].counts;
    expect(await send()).toMatchObject({ recorded: 2, known: 0, rejected: 1 });
    expect(await send()).toMatchObject({ recorded: 0, known: 2, rejected: 1 });
    const { out } = await domeinbrug(['coverage', 'ClientOne', '--data-dir', dataDir]);
    expect(out).toContain('insurer:3311');
    const status = await domeinbrug(['projections', 'status', '--json', '--data-dir', dataDir]);
    expect(JSON.parse(status.out)).toMatchObject({ rows: { timelines: 1 }, parked: [] });
  });

  it('tells why the service refuses, and that nobody answers', async () => {
    const refused = await through(address, 'x.y.z');
    expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/refused lines 1 to 3 with 401/) });
    const nobody = await through('http://127.0.0.1:9', 'x');
    expect(nobody).toMatchObject({
      code: 1,
      err: expect.stringContaining('No service answers at http://127.0.0.1:9'),
    });
    const without = await domeinbrug(['import', file(), '--url', address]);
    expect(without).toMatchObject({ code: 2, err: expect.stringContaining('DOMEINBRUG_TOKEN') });
  });
});
