import { existsSync, mkdirSync } from 'node:fs';
import { domeinbrug, eventLine, scratchFolder } from './run-domeinbrug.js';

// Each command is a process of its own, on a machine that may have others to run.
jest.setTimeout(120_000);

const folder = scratchFolder();
afterAll(() => folder.remove());

describe('the demo', () => {
  const dataDir = folder.path('demo');
  const demo = () => domeinbrug(['demo', '--data-dir', dataDir]);

  it('fills an empty folder and shows three answers; again it shows the same', async () => {
    const first = await demo();
    expect(first.err).toBe('');
    expect(first.code).toBe(0);
    expect(first.out).toContain('35 invented people');
    expect(first.out).toMatch(/case-management +B━+B▒+/);
    expect(first.out).toContain('What insurer:3311 pays on 2025-03-24');
    const second = await demo();
    expect(second.code).toBe(0);
    expect(second.out).toContain('were there already');
    const answers = (out: string): string => out.slice(out.indexOf('One client,'));
    expect(answers(second.out)).toBe(answers(first.out));
    expect((await domeinbrug(['verify', '--data-dir', dataDir])).code).toBe(0);
  });

  it('shows late knowledge: a month earlier the admission was not known', async () => {
    const ask = async (
      moment: string,
    ): Promise<{ cover: { service: string }[]; gaps: { lastDay: unknown }[] }> => {
      const asked = ['coverage', 'DemoLateAdmission', '--rule-set', 'six-weeks', '--known-at', moment];
      return JSON.parse((await domeinbrug([...asked, '--json', '--data-dir', dataDir])).out);
    };
    const [before, now] = [await ask('2025-05-31'), await ask('2025-06-30')];
    expect(before.cover.some(({ service }) => service === 'residence')).toBe(false);
    expect(before.gaps.every(({ lastDay }) => lastDay === null)).toBe(true);
    expect(now.cover.some(({ service }) => service === 'residence')).toBe(true);
    expect(now.gaps.every(({ lastDay }) => lastDay === '2025-05-11')).toBe(true);
  });

  it('answers for one day, some services, and with reasons', async () => {
    const ask = (...more: string[]) =>
      domeinbrug(['coverage', 'DemoHandover', '--data-dir', dataDir, ...more]);
    const day = await ask('--on', '2025-03-16', '--services', 'case-management', '--json');
    expect(JSON.parse(day.out).cover).toMatchObject([
      { firstDay: '2025-03-16', lastDay: '2025-03-16', funder: 'insurer:3311' },
    ]);
    const why = await ask('--why');
    expect(why.out).toContain('opened by  case-management-started');
    expect(why.out).toMatch(/as read {4}\w+ = /);
    expect((await ask('--rule-set', 'nothere')).err).toContain('there is no "nothere"; there are ');
    expect((await ask('--on', '2025-03-16', '--last-day', '2025-04-01')).code).toBe(2);
    expect((await ask('--first-day', '2025-03-16', '--last-day', '2025-03-01')).code).toBe(2);
  });

  it('refuses a folder with events of others', async () => {
    const others = folder.path('others');
    const file = folder.write(
      'one.ndjson',
      eventLine('ClientOne', 'a', ['client-moved', { municipality: '0363', firstDay: '2024-01-01' }]),
    );
    expect((await domeinbrug(['import', file, '--data-dir', others])).code).toBe(0);
    const { code, err } = await domeinbrug(['demo', '--data-dir', others]);
    expect(code).toBe(1);
    expect(err).toContain('holds events of others');
  });
});

describe('asking for what is not there', () => {
  it.each([
    [['coverage', '123456782'], 2, '--bsn-stdin'],
    [['coverage'], 2, 'Name one client'],
    [['coverage', 'DemoNobody', '--data-dir', folder.path('nowhere')], 2, 'There is no event log in'],
    [['verify', '--data-dir', folder.path('nowhere')], 2, 'There is no event log in'],
    [['projections', 'rebuild', '--data-dir', folder.path('nowhere')], 2, 'There is no event log in'],
    [['token', '--as', 'insurer:12'], 2, 'insurer:<4 digits>'],
    [['funder', 'insurer', '--on', '2024-01-01'], 2, 'is no funder'],
    [['nothing'], 2, "unknown command 'nothing'"],
  ])('answers %j with a sentence', async (args, exitCode, sentence) => {
    const { code, err, out } = await domeinbrug(args);
    expect(err).toContain(sentence);
    expect(err).not.toMatch(/\n\s+at /);
    expect(out).toBe('');
    expect(code).toBe(exitCode);
    expect(existsSync(folder.path('nowhere'))).toBe(false);
  });

  it('tells every setting that cannot be used', async () => {
    const { code, err } = await domeinbrug(['rules', 'list'], {
      env: { PORT: 'x', DOMEINBRUG_RULE_SET: '?' },
    });
    expect(code).toBe(2);
    expect(err).toMatch(/PORT: .*\n.*DOMEINBRUG_RULE_SET: /);
  });
});

const holding = {
  id: 'case',
  title: 'a case manager at home',
  ruleSet: 'sharp-cut',
  events: [
    {
      type: 'client-registered',
      firstDay: '2023-01-01',
      municipality: '0363',
      insurer: '3311',
      careOffice: '5515',
    },
    { type: 'case-management-started', firstDay: '2023-09-04', provider: '61610002' },
  ],
  expect: {
    services: ['case-management'],
    cover: [
      {
        service: 'case-management',
        firstDay: '2023-09-04',
        lastDay: null,
        funder: 'insurer:3311',
        share: 100,
        kind: 'regular',
        rule: 'table',
      },
    ],
    gaps: [],
  },
};

describe('cases', () => {
  it('runs a thousand from one file in seconds', async () => {
    const file = folder.write(
      'thousand.ndjson',
      Array.from({ length: 1_000 }, (_, number) => JSON.stringify({ ...holding, id: `case-${number}` })).join(
        '\n',
      ),
    );
    const started = Date.now();
    const { code, out } = await domeinbrug(['cases', file]);
    expect(out).toContain('1,000 cases hold (1 file).');
    expect(code).toBe(0);
    expect(Date.now() - started).toBeLessThan(20_000);
  });

  it('shows what came out instead, of each case that does not hold', async () => {
    const wrong = structuredClone(holding);
    wrong.expect.cover[0]!.funder = 'insurer:3332';
    const file = folder.write(
      'some.ndjson',
      [JSON.stringify(holding), JSON.stringify({ ...wrong, id: 'wrong' }), '{'].join('\n'),
    );
    const { code, out } = await domeinbrug(['cases', file]);
    expect(code).toBe(1);
    expect(out).toContain(`${file}:2: wrong, a case manager at home`);
    expect(out).toMatch(/missing cover: .*insurer:3332/);
    expect(out).toMatch(/unexpected cover: .*insurer:3311/);
    expect(out).toContain(`${file}:3: This is not readable`);
    expect(out).toContain('1 case holds, 1 does not, 1 problem in what could not be read (1 file).');
    const json = await domeinbrug(['cases', file, '--json']);
    expect(JSON.parse(json.out)).toMatchObject({ held: 1, failed: 1, unreadable: 1 });
  });

  it('runs the files of a folder, and refuses a folder without any', async () => {
    expect((await domeinbrug(['cases', 'test/journeys'])).code).toBe(0);
    mkdirSync(folder.path('empty'));
    expect(await domeinbrug(['cases', folder.path('empty')])).toMatchObject({
      code: 2,
      err: expect.stringContaining('holds no file'),
    });
  });
});

describe('rules', () => {
  it('lists the shipped ones and finds no fault in them', async () => {
    const listed = await domeinbrug(['rules', 'list', '--json']);
    const sets = JSON.parse(listed.out) as { id: string; active: boolean }[];
    expect(sets.filter(({ active }) => active)).toMatchObject([{ id: 'sharp-cut' }]);
    const checked = await domeinbrug(['rules', 'check', ...sets.map(({ id }) => `rules/${id}.yaml`)]);
    expect(checked.out).not.toContain('warning:');
    expect(checked.code).toBe(0);
  });

  it('tells every problem with its line, and examples that do not hold', async () => {
    const misspelt = folder.write(
      'misspelt.yaml',
      'schema: domeinbrug/rule-set/1\nid: mine\nversion: "1"\ntitel: x\n',
    );
    const problems = await domeinbrug(['rules', 'check', misspelt]);
    expect(problems.code).toBe(1);
    expect(problems.out).toContain(`${misspelt}:4: titel: `);

    const overlay = [
      'schema: domeinbrug/rule-set/1',
      'id: mine',
      'version: "1"',
      'title: Vier weken',
      'status: hypothetical',
      'publishedOn: 2026-11-21',
      'source: own',
      'base: { id: six-weeks }',
      'parameters: { handoverLength: { national: { 2015-01-01: 28 } } }',
      'examples:',
      '  - { id: wrong, events: [], expect: { services: [], findings: [after-death] } }',
    ];
    const failing = await domeinbrug(['rules', 'check', folder.write('mine.yaml', overlay.join('\n'))]);
    expect(failing.code).toBe(1);
    expect(failing.out).toContain('example wrong');
    expect(failing.out).toContain('warning: windows.handover: No example expects a row');
    expect(failing.out).not.toContain('windows.vacancy');
  });
});
