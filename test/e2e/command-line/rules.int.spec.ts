import { Client, endAll, type Service, startService } from '../service.js';
import { domeinbrug, scratchFolder } from './run-domeinbrug.js';

const scratch = scratchFolder();
const dataDir = scratch.path('data');

const eightWeeks = `
schema: domeinbrug/rule-set/1
id: eight-weeks
version: "1"
title: Acht weken, verzonnen
status: hypothetical
base: six-weeks
parameters: { handoverLength: { national: { 2015-01-01: 56 } } }
`;

jest.setTimeout(60_000);
afterAll(() => {
  endAll();
  scratch.remove();
});

const rules = (...args: string[]) => domeinbrug(['rules', ...args]);

describe('rule sets in a data folder', () => {
  it('are published for good, and known to every command from then on', async () => {
    const file = scratch.write('eight-weeks.yaml', eightWeeks);
    const inFolder = ['--data-dir', dataDir];
    expect(await rules('publish', file, ...inFolder)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^eight-weeks@1 is published \([0-9a-f]{12}\)\.\n$/),
    });
    expect((await rules('publish', file, ...inFolder)).out).toContain(
      'was there already, with the same rules',
    );
    expect((await rules('list', ...inFolder)).out).toMatch(/^ {2}eight-weeks@1 .*Acht weken/m);
    const { out } = await rules('diff', 'six-weeks', 'eight-weeks', ...inFolder);
    expect(out).toBe(
      [
        'six-weeks@2026.1 → eight-weeks@1',
        '',
        'Parameters',
        '  handoverLength, national from 2015-01-01: 42 days → 56 days',
        '',
      ].join('\n'),
    );
    const other = scratch.write('other.yaml', eightWeeks.replace('56', '28'));
    expect(await rules('publish', other, ...inFolder)).toMatchObject({
      code: 1,
      err: expect.stringContaining('/version: eight-weeks@1 is there with other rules'),
    });
  });

  it('are refused with every problem and its line', async () => {
    const wrong = scratch.write(
      'wrong.yaml',
      eightWeeks.replace('eight-weeks', 'active').replace('56', 'many'),
    );
    const { code, err } = await rules('publish', wrong, '--data-dir', dataDir);
    expect(code).toBe(1);
    expect(err).toMatch(/line 3, \/id: .*\n {2}line 8, \/parameters\/handoverLength\/national\/2015-01-01: /);
    expect(await rules('diff', 'six-weeks', 'no-such', '--data-dir', dataDir)).toMatchObject({ code: 2 });
    expect(await rules('publish', scratch.path('nothing.yaml'), '--data-dir', dataDir)).toMatchObject({
      code: 2,
    });
  });
});

describe('two rule sets against each other', () => {
  const twelveWeeks = eightWeeks.replace('eight-weeks', 'twelve-weeks').replace('56', '84');
  const witness = (...args: string[]) => rules('witness', ...args, '--data-dir', scratch.path('fresh'));

  it('give a shortest history on which they differ, as a case that holds; also of a file', async () => {
    const told = await witness('six-weeks', 'split-payment');
    expect([told.code, told.out]).toEqual([
      0,
      expect.stringContaining('a shortest history on which six-weeks@2026.1 and split-payment@2026.1 differ'),
    ]);
    expect((await witness('six-weeks', 'split-payment')).out).toBe(told.out);
    const file = scratch.write('twelve-weeks.yaml', twelveWeeks);
    const out = scratch.path('witness.yaml');
    expect((await rules('diff', 'six-weeks', file)).out).toContain('42 days → 84 days');
    expect(await witness('six-weeks', file, '--out', out)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/differ on a history of \d events, now in .*witness\.yaml/),
    });
    expect(await domeinbrug(['cases', out])).toMatchObject({ code: 0, out: '1 case holds (1 file).\n' });
    expect(await witness('six-weeks', file, '--out', out)).toMatchObject({
      code: 1,
      err: expect.stringContaining('cannot be written (EEXIST)'),
    });
  });

  it('say beforehand that there is no difference, and afterwards that none was found', async () => {
    const same = scratch.write('same.yaml', eightWeeks.replace('56', '42'));
    expect(await witness('six-weeks', same)).toMatchObject({
      code: 0,
      out: expect.stringContaining('mean the same'),
    });
    const none = await witness('six-weeks', 'split-payment', '--tries', '0', '--json');
    expect([none.code, JSON.parse(none.out)]).toEqual([
      1,
      expect.objectContaining({ outcome: 'not-found', tried: 0, seed: 1, case: null }),
    ]);
    expect((await witness('six-weeks', 'split-payment', '--tries', 'many')).code).toBe(2);
    expect((await witness('six-weeks', scratch.path('nothing.yaml'))).code).toBe(2);
    const wrong = scratch.write('wrong-file.yaml', eightWeeks.replace('status', 'statuz'));
    expect(await witness('six-weeks', wrong)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/wrong-file\.yaml:6: statuz: /),
    });
  });
});

describe('rule sets of a running service', () => {
  let service: Service;

  beforeAll(async () => void (service = await startService(scratch.path('served'))));
  afterAll(() => service.end('SIGTERM'));

  it('are published through it', async () => {
    const file = scratch.write('through.yaml', eightWeeks);
    expect(await rules('publish', file, '--data-dir', service.dataDir)).toMatchObject({
      code: 1,
      err: expect.stringContaining('DOMEINBRUG_TOKEN: rules publish <file> --url <address>'),
    });
    const token = (await domeinbrug(['token', '--as', 'policy', '--data-dir', service.dataDir])).out.trim();
    const through = (text: string): ReturnType<typeof domeinbrug> =>
      domeinbrug(['rules', 'publish', text, '--url', service.address], { env: { DOMEINBRUG_TOKEN: token } });
    expect(await through(file)).toMatchObject({ code: 0, out: expect.stringContaining('is published') });
    const { body } = await new Client(service).ask('policy', '/v1/rule-sets');
    expect(body.ruleSets.map(({ id }) => id)).toContain('eight-weeks');
    const wrong = scratch.write('wrong-through.yaml', eightWeeks.replace('status', 'statuz'));
    const refused = await through(wrong);
    expect([refused.code, refused.err]).toEqual([
      1,
      expect.stringMatching(/refused with 400: .*\n {2}line 6, \/statuz: /s),
    ]);
  });
});
