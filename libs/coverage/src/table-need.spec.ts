import { parseDay } from '@domeinbrug/calendar';
import type { CodeSuccession } from '@domeinbrug/journey';
import type { TableService } from '@domeinbrug/terms';
import {
  admitted,
  caseClosed,
  caseManager,
  delivered,
  deliveryEnded,
  discharged,
  entitled,
  fileAt,
  insuredBy,
  momentOf,
  moved,
  nursing,
  registered,
  stay,
  stayEnded,
  uninsured,
  wmo,
  wmoEnded,
} from '../../../test/build/events.js';
import { cover, coverOf, linesOf } from '../../../test/build/answers.js';
import { plainRules } from '../../../test/build/rule-sets.js';
import { determineCoverage } from './determine-coverage.js';

const home = registered('2023-01-01');
const plain = plainRules();
const guided = wmo(['guidance'], '2024-01-01');

describe('need', () => {
  it('goes on when the law of the claim no longer pays: so the gap shows', () => {
    const events = [
      home,
      nursing('2024-01-01'),
      entitled('2024-03-04'),
      delivered('modular', '2024-03-04'),
      deliveryEnded('2024-04-30'),
    ];
    expect(coverOf('district-nursing', events, plain)).toEqual([
      '2024-01-01 - 2024-03-03 insurer:3311',
      '2024-03-04 - 2024-04-30 care-office:5515',
      '2024-05-01 - open gap excluded-by-wlz',
    ]);
  });

  it('ends with the last claim', () => {
    const events = [
      home,
      guided,
      wmo(['guidance'], '2024-03-01', { decisionId: 'w2' }),
      wmoEnded('2024-04-30'),
      wmoEnded('2024-05-31', { decisionId: 'w2' }),
    ];
    expect(coverOf('guidance', events, plain)).toEqual(['2024-01-01 - 2024-05-31 municipality:0363']);
  });

  it.each([
    ['short-stay', 'short-stay'],
    ['hospital', 'hospital-care'],
    ['mental-health', 'mental-health-care'],
  ] as const)('of a stay (%s) is met by the insurer, on the stay itself', (kind, service) => {
    expect(coverOf(service, [home, stay(kind, '2024-03-04'), stayEnded(kind, '2024-03-10')], plain)).toEqual([
      '2024-03-04 - 2024-03-10 insurer:3311',
    ]);
  });

  it('of a respite stay under the Wmo asks for a decision', () => {
    const respite = [home, stay('respite', '2024-03-04'), stayEnded('respite', '2024-03-10')];
    expect(coverOf('respite-care', respite, plain)).toEqual(['2024-03-04 - 2024-03-10 gap no-decision']);
    expect(
      coverOf(
        'respite-care',
        [...respite, wmo(['respite-care'], '2024-03-01', { lastDay: '2024-03-08', provider: '44444444' })],
        plain,
      ),
    ).toEqual(['2024-03-01 - 2024-03-08 municipality:0363', '2024-03-09 - 2024-03-10 gap no-decision']);
  });

  it.each([
    ['residence', true],
    ['part-time-residence', true],
    ['full-package', false],
  ] as const)('for residence is that of a delivery in the form %s: %s', (form, needed) => {
    const rows = coverOf('residence', [home, entitled('2024-03-04'), delivered(form, '2024-03-04')], plain);
    expect(rows).toEqual(needed ? ['2024-03-04 - open care-office:5515'] : []);
  });

  it('for nothing is no row at all', () => {
    const { cover: rows, gaps } = cover([home, entitled('2024-03-04')], plain);
    expect([rows, gaps]).toEqual([[], []]);
  });
});

describe('the payer', () => {
  it('is the municipality of residence on each day, whoever decided', () => {
    const timeline = cover([home, guided, moved('0518', '2024-12-31')], plain);
    expect(linesOf(timeline, 'guidance')).toEqual([
      '2024-01-01 - 2024-12-30 municipality:0363',
      '2024-12-31 - open municipality:0518',
    ]);
    expect(
      timeline.findings.filter(({ code }) => code === 'decided-elsewhere').map(({ events }) => events[0]!.id),
    ).toEqual([guided.id]);
  });

  it('found elsewhere is about the latest decision that counts, and not about the Zvw', () => {
    const decidedThere = wmo(['guidance'], '2024-12-31', { decisionId: 'w2', municipality: '0518' });
    const { findings } = cover(
      [home, guided, moved('0518', '2024-12-31'), decidedThere, nursing('2024-01-01')],
      plain,
    );
    expect(findings).toEqual([]);
  });

  it('found elsewhere stays so when the two municipalities merge later, and is not so after', () => {
    const merger: CodeSuccession = {
      ...{ source: 'urn:domeinbrug', id: 'm', level: 'municipality', recordedAt: 0 },
      ...{ code: 518, by: 363, firstDay: parseDay('2027-01-01') },
    };
    const foundFor = (firstDay: string): string[] => {
      const events = [registered('2023-01-01', { municipality: '0518' }), wmo(['guidance'], firstDay)];
      const journey = { clientId: 'client0001', events, reference: { successions: [merger], codes: null } };
      const known = { instant: momentOf('2999-01-01T00:00:00Z'), position: '0' };
      return determineCoverage(journey, plain, known).findings.map(({ code }) => code);
    };
    expect(foundFor('2024-01-01')).toEqual(['decided-elsewhere']);
    expect(foundFor('2027-01-01')).toEqual([]);
  });

  it('is the insurer on each day', () => {
    expect(
      coverOf('district-nursing', [home, nursing('2023-06-01'), insuredBy('3332', '2024-01-01')], plain),
    ).toEqual(['2023-06-01 - 2023-12-31 insurer:3311', '2024-01-01 - open insurer:3332']);
  });

  it('is the care office that has the file on each day', () => {
    const events = [
      home,
      entitled('2024-03-04'),
      admitted('2024-03-04'),
      moved('0518', '2024-03-04'),
      fileAt('5501', '2024-04-01'),
    ];
    expect(coverOf('residence', events, plain)).toEqual([
      '2024-03-04 - 2024-03-31 care-office:5515',
      '2024-04-01 - open care-office:5501',
    ]);
  });

  const unknown = registered('2023-01-01', { insurer: undefined, careOffice: undefined });
  it.each([
    ['no-municipality', 'guidance', [wmo(['guidance'], '2022-12-30'), home]],
    ['no-policy', 'district-nursing', [nursing('2022-12-30'), home]],
    ['no-care-office', 'residence', [entitled('2022-12-30'), admitted('2022-12-30'), home]],
  ] as const)('nobody knows is a gap, %s', (reason, service, events) => {
    expect(coverOf(service, events, plain)[0]).toBe(`2022-12-30 - 2022-12-31 gap ${reason}`);
  });

  it('is unknown also after insurance ended', () => {
    const events = [unknown, insuredBy('3311', '2023-01-01'), nursing('2023-01-01'), uninsured('2023-06-30')];
    expect(coverOf('district-nursing', events, plain).at(-1)).toBe('2023-07-01 - open gap no-policy');
  });
});

describe('a basis', () => {
  it('is a claim under the law of the cell', () => {
    const events = [home, wmo(['district-nursing'] as TableService[], '2024-01-01')];
    expect(coverOf('district-nursing', events, plain)).toEqual(['2024-01-01 - open gap no-decision']);
  });

  it('is enough when one of several claims gives it', () => {
    const events = [home, wmo(['district-nursing'], '2024-01-01'), nursing('2024-02-01')];
    expect(coverOf('district-nursing', events, plain)).toEqual([
      '2024-01-01 - 2024-01-31 gap no-decision',
      '2024-02-01 - open insurer:3311',
    ]);
  });
});

describe('the provider of a row', () => {
  const providers = (...events: Parameters<typeof cover>[0]): string[] =>
    cover([home, ...events], plain).cover.map(({ firstDay, provider }) => `${firstDay} ${provider}`);

  it('is that of the latest begun claim in force', () => {
    const other = caseManager('2024-03-01', { provider: '32323232' });
    expect(providers(caseManager('2024-01-01'), other, caseClosed('2024-04-30'))).toEqual([
      '2024-01-01 31313131',
      '2024-03-01 32323232',
      '2024-05-01 31313131',
    ]);
  });

  it('of two begun on one day is that of the smaller source and id', () => {
    const [a, b] = [
      caseManager('2024-01-01', { id: 'a' }),
      caseManager('2024-01-01', { id: 'b', provider: '32323232' }),
    ];
    expect(providers(b, a)).toEqual(['2024-01-01 31313131']);
  });

  it('may be that of a lapsed claim', () => {
    const events = [
      wmo(['guidance'], '2024-01-01'),
      entitled('2024-02-01'),
      delivered('modular', '2024-02-01'),
    ];
    expect(providers(...events)).toEqual(['2024-01-01 41414141', '2024-02-01 41414141']);
  });

  it('of residence is that of the delivery', () => {
    const events = [
      entitled('2024-01-01'),
      admitted('2024-01-01'),
      discharged('2024-02-01'),
      admitted('2024-02-02', { provider: '45454545' }),
    ];
    expect(providers(...events)).toEqual(['2024-01-01 42424242', '2024-02-02 45454545']);
  });

  it('is nobody where a decision names none', () => {
    expect(providers(wmo(['guidance'], '2024-01-01', { provider: undefined }))).toEqual(['2024-01-01 null']);
  });
});
