import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { wmo301, wmo305, wmo307, type Product } from './iwmo-messages.js';
import { domeinbrug, scratchFolder } from './run-domeinbrug.js';

// Each command is a process of its own, on a machine that may have others to run.
jest.setTimeout(120_000);

const bsn = '111222333';
const guidance: Product = { decision: '771204', category: '02', code: '02A05' };
const strange: Product = { decision: '771300', category: '99', code: '99Z99' };

describe('importing iWmo messages', () => {
  const folder = scratchFolder();
  afterAll(() => folder.remove());

  const granted = { bsn, product: guidance, firstDay: '2023-02-06', lastDay: '2023-12-31' };
  const files = [
    folder.write('1-granted.xml', wmo301({ ...granted, allocatedOn: '2023-01-30' })),
    folder.write('2-started.xml', wmo305(bsn, guidance, '2023-02-13')),
    folder.write('3-longer.xml', wmo301({ ...granted, allocatedOn: '2023-11-20', lastDay: '2024-12-31' })),
    folder.write('4-stopped.xml', wmo307(bsn, guidance, '2024-05-17')),
  ];

  /** The same pseudonym in every folder, so that answers can be compared. */
  function folderWithKey(name: string): string {
    const dataDir = folder.path(name);
    mkdirSync(dataDir);
    cpSync(folder.path('usual/keys'), `${dataDir}/keys`, { recursive: true });
    return dataDir;
  }

  async function coverageIn(dataDir: string): Promise<unknown> {
    const { code, out } = await domeinbrug(['coverage', '--bsn-stdin', '--json', '--data-dir', dataDir], {
      input: `${bsn}\n`,
    });
    expect(code).toBe(0);
    const { cover, gaps } = JSON.parse(out);
    return { cover, gaps };
  }

  it('gives the cover they describe', async () => {
    const dataDir = folder.path('usual');
    const { code, out } = await domeinbrug(['import', ...files, '--data-dir', dataDir]);
    expect(out).toContain('1-granted.xml: 2 recorded'); // the decision, and the move that says where the client lives
    expect(code).toBe(0);
    const { cover, gaps } = (await coverageIn(dataDir)) as { cover: object[]; gaps: object[] };
    expect(cover).toHaveLength(1);
    expect(cover[0]).toMatchObject({
      service: 'guidance',
      firstDay: '2023-02-06',
      lastDay: '2024-05-17',
      funder: 'municipality:0772',
      law: 'wmo',
      provider: '61610001',
    });
    expect(gaps).toEqual([]);
  });

  it('gives the same in any order, and tells what waited and what came too late', async () => {
    const usual = await coverageIn(folder.path('usual'));
    for (const [name, order] of Object.entries({ backwards: [3, 2, 1, 0], stopFirst: [3, 0, 2, 1] })) {
      const dataDir = folderWithKey(name);
      const { code, out } = await domeinbrug([
        'import',
        ...order.map((at) => files[at]!),
        '--data-dir',
        dataDir,
      ]);
      expect(code).toBe(0);
      expect(out).toContain('1 waiting for a WMO301');
      if (name === 'backwards')
        expect(out).toContain('1-granted.xml: 0 recorded, 0 known already, 0 rejected, 1 superseded');
      expect(await coverageIn(dataDir)).toEqual(usual);
    }
  });

  it('changes nothing the second time, nor by building the read models anew', async () => {
    const dataDir = folder.path('usual');
    const before = await coverageIn(dataDir);
    const again = await domeinbrug(['import', ...files.slice(1), '--data-dir', dataDir]);
    expect(again.out).not.toMatch(/ [1-9]\d* recorded/);
    expect((await domeinbrug(['projections', 'rebuild', '--data-dir', dataDir])).code).toBe(0);
    const verified = await domeinbrug(['verify', '--data-dir', dataDir]);
    expect(verified.out).toContain('The read models are what the log gives');
    expect(verified.code).toBe(0);
    expect(await coverageIn(dataDir)).toEqual(before);
  });

  it('rejects a product that no service is known for, until a mapping names one', async () => {
    const dataDir = folderWithKey('mapped');
    const file = folder.write(
      'strange.xml',
      wmo301({ ...granted, product: strange, allocatedOn: '2023-01-30' }),
    );
    const refused = await domeinbrug(['import', file, '--data-dir', dataDir]);
    expect(refused.code).toBe(1);
    expect(refused.out).toContain(`${file}.reject.ndjson`);
    const reject = readFileSync(`${file}.reject.ndjson`, 'utf8');
    expect(reject).toContain('"code":"no-service-for-product"');
    expect(reject).not.toContain(bsn);

    const mapping = folder.write('mapping.csv', 'code,from,until,service\n99Z99,,,day-activities\n');
    const elsewhere = await domeinbrug([
      'import',
      file,
      '--mapping',
      `0363=${mapping}`,
      '--data-dir',
      dataDir,
    ]);
    expect(elsewhere.code).toBe(1);
    const mappings = ['--mapping', `0363=${mapping}`, '--mapping', `0772=${mapping}`];
    const taken = await domeinbrug(['import', file, ...mappings, '--data-dir', dataDir]);
    expect(taken.out).toContain('2 recorded');
    expect(taken.code).toBe(0);
    expect(() => readFileSync(`${file}.reject.ndjson`)).toThrow();
    expect(JSON.stringify(await coverageIn(dataDir))).toContain('day-activities');
  });

  it('refuses what cannot be done with messages, and says what can', async () => {
    const history = await domeinbrug(['import', files[0]!, '--history', '--data-dir', folder.path('no')]);
    expect(history).toMatchObject({ code: 2, err: expect.stringContaining('recorded when they come in') });
    const sent = await domeinbrug(['import', files[0]!, '--url', 'http://127.0.0.1:9'], {
      env: { DOMEINBRUG_TOKEN: 't' },
    });
    expect(sent).toMatchObject({ code: 2, err: expect.stringContaining('while no service runs') });
  });
});
