import type { TableService } from '@domeinbrug/terms';
import {
  admitted,
  away,
  back,
  bridged,
  bridgingEnded,
  caseClosed,
  caseManager,
  consent,
  delivered,
  deliveryEnded,
  died,
  discharged,
  entitled,
  fileAt,
  insuredBy,
  moved,
  nursing,
  pooled,
  registered,
  settled,
  stay,
  stayEnded,
  uninsured,
  wmo,
  wmoEnded,
} from '../../../test/build/events.js';
import { cover, coverOf, linesOf } from '../../../test/build/answers.js';
import { plainRules, rulesWhere, rulesWith } from '../../../test/build/rule-sets.js';

const home = registered('2023-01-01');
const plain = plainRules();
const guided = wmo(['guidance'], '2024-01-01');

describe('a cell', () => {
  it('wmo: the municipality pays on a decision', () => {
    expect(coverOf('guidance', [home, guided], plain)).toEqual(['2024-01-01 - open municipality:0363']);
  });

  it('zvw: the insurer pays on an indication', () => {
    expect(coverOf('district-nursing', [home, nursing('2024-01-01')], plain)).toEqual([
      '2024-01-01 - open insurer:3311',
    ]);
  });

  it('wlz: the care office pays, and needs no basis', () => {
    const events = [
      home,
      entitled('2024-03-04'),
      delivered('full-package', '2024-03-04'),
      wmo(['guidance'], '2024-03-04'),
    ];
    expect(coverOf('guidance', events, plain)).toEqual(['2024-03-04 - open care-office:5515']);
  });

  it('none: a gap, not covered', () => {
    const events = [
      home,
      nursing('2024-01-01', { services: ['specific-treatment'] }),
      entitled('2024-03-04'),
      delivered('personal-budget', '2024-03-04'),
    ];
    expect(coverOf('specific-treatment', events, plain)).toEqual([
      '2024-01-01 - 2024-03-03 insurer:3311',
      '2024-03-04 - open gap not-covered',
    ]);
  });

  it.each([
    ['national', { national: { '2015-01-01': 'none' } }, 'not-covered'],
    ['care-office', { 'care-office': { '5515': { '2015-01-01': 'none' } } }, 'refused'],
    ['insurer', { insurer: { '3311': { '2015-01-01': 'none' } } }, 'refused'],
  ])('none by a parameter on level %s', (_, values, reason) => {
    const rules = rulesWith({
      parameters: { teamUnderModular: { national: { '2015-01-01': 'zvw' }, ...values } },
    });
    const events = [
      home,
      nursing('2024-01-01', { services: ['geriatric-team-care'] }),
      entitled('2024-03-04'),
      delivered('modular', '2024-03-04'),
    ];
    expect(coverOf('geriatric-team-care', events, rules).at(-1)).toBe(`2024-03-04 - open gap ${reason}`);
  });

  it.each([
    ['absorbed', 'guidance'],
    ['ended', 'home-adaptation'],
  ] as const)('%s: no row and no gap', (_, service) => {
    const events = [home, wmo([service], '2024-01-01'), entitled('2024-03-04'), admitted('2024-03-04')];
    expect(coverOf(service, events, plain)).toEqual(['2024-01-01 - 2024-03-03 municipality:0363']);
  });

  it('by parameter is read on each day', () => {
    const rules = rulesWith({
      parameters: { teamUnderModular: { national: { '2015-01-01': 'zvw', '2024-07-01': 'wlz' } } },
    });
    const events = [
      home,
      nursing('2024-01-01', { services: ['geriatric-team-care'] }),
      entitled('2024-03-04'),
      delivered('modular', '2024-03-04'),
    ];
    expect(coverOf('geriatric-team-care', events, rules)).toEqual([
      '2024-01-01 - 2024-06-30 insurer:3311',
      '2024-07-01 - open care-office:5515',
    ]);
  });

  it('of a service that the table does not name is none', () => {
    expect(coverOf('client-support', [home, wmo(['client-support'], '2024-01-01')], plain)).toEqual([
      '2024-01-01 - open gap not-covered',
    ]);
  });
});

describe('undelivered', () => {
  const events = [home, guided, nursing('2024-01-01'), entitled('2024-03-04')];
  const both = (rules = plain): string[] =>
    (['guidance', 'district-nursing'] as const).map((service) =>
      linesOf(cover(events, rules), service).at(-1)!,
    );

  it('strict: nobody pays', () => {
    expect(both()).toEqual([
      '2024-03-04 - open gap excluded-by-wlz',
      '2024-03-04 - open gap excluded-by-wlz',
    ]);
  });

  it('until-delivery: as before the Wlz', () => {
    expect(both(rulesWhere('undelivered', 'until-delivery'))).toEqual([
      '2024-01-01 - open municipality:0363',
      '2024-01-01 - open insurer:3311',
    ]);
  });

  it('wlz-pays: the care office', () => {
    expect(both(rulesWhere('undelivered', 'wlz-pays'))).toEqual([
      '2024-03-04 - open care-office:5515',
      '2024-03-04 - open care-office:5515',
    ]);
  });

  it.each(['strict', 'wlz-pays'])(
    '%s: with wmoStops at-delivery only what the municipality pays goes on',
    (undelivered) => {
      const rules = rulesWith({
        parameters: {
          undelivered: { national: { '2015-01-01': undelivered } },
          wmoStops: { national: { '2015-01-01': 'at-delivery' } },
        },
      });
      expect(both(rules)).toEqual([
        '2024-01-01 - open municipality:0363',
        undelivered === 'strict'
          ? '2024-03-04 - open gap excluded-by-wlz'
          : '2024-03-04 - open care-office:5515',
      ]);
    },
  );

  it('until-delivery still needs a basis', () => {
    const noClaim = [home, pooled(['guidance'], '2024-01-01'), settled('2024-12-31'), entitled('2024-03-04')];
    expect(coverOf('guidance', noClaim, rulesWhere('undelivered', 'until-delivery')).at(-1)).toBe(
      '2024-01-01 - 2024-12-31 gap no-decision',
    );
  });
});

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

describe('the reason of a gap', () => {
  const nobody = registered('2023-01-01', { insurer: undefined, careOffice: undefined });

  it('is the cell before the basis', () => {
    const events = [home, wmo(['district-nursing'], '2024-01-01'), entitled('2024-01-01')];
    expect(coverOf('district-nursing', events, plain)).toEqual(['2024-01-01 - open gap excluded-by-wlz']);
  });

  it('is the basis before the payer', () => {
    expect(coverOf('district-nursing', [nobody, wmo(['district-nursing'], '2024-01-01')], plain)).toEqual([
      '2024-01-01 - open gap no-decision',
    ]);
  });

  it('is the payer before the absence', () => {
    const events = [nobody, entitled('2024-01-01'), admitted('2024-01-01'), away('leave', '2024-01-10')];
    expect(coverOf('residence', events, plain)).toEqual(['2024-01-01 - open gap no-care-office']);
  });

  it.each([
    ['strict', 'the cell'],
    ['until-delivery', 'the basis'],
  ])('under %s is bridging-expired instead of %s once the term has run out', (undelivered) => {
    const events = [
      home,
      nursing('2024-01-01'),
      entitled('2024-05-14'),
      bridged('2024-05-14'),
      bridgingEnded('2024-09-30'),
    ];
    const lines = coverOf('district-nursing', events, rulesWhere('undelivered', undelivered));
    expect(lines).toContain('2024-08-13 - 2024-09-30 gap bridging-expired');
    expect(lines.at(-1)).toBe(
      `2024-10-01 - open gap ${undelivered === 'strict' ? 'excluded-by-wlz' : 'no-decision'}`,
    );
  });

  it('outside an undelivered cell is not the bridging', () => {
    const events = [
      home,
      nursing('2024-01-01', { services: ['geriatric-team-care'] }),
      entitled('2024-05-14'),
      bridged('2024-05-14'),
    ];
    expect(coverOf('geriatric-team-care', events, plain).at(-1)).toBe('2024-05-14 - open gap not-covered');
  });

  it('is awaiting-indication for residence, whatever the cell outside says; other services are paid as outside', () => {
    const rules = rulesWith({
      cover: { residence: ['ended', 'none', 'none', 'none', 'none', 'wlz', 'wlz', 'wlz'] },
    });
    const timeline = cover(
      [home, nursing('2024-01-01'), admitted('2024-04-08'), entitled('2024-04-15')],
      rules,
    );
    expect(linesOf(timeline, 'residence')).toEqual([
      '2024-04-08 - 2024-04-14 gap awaiting-indication',
      '2024-04-15 - open care-office:5515',
    ]);
    expect(linesOf(timeline, 'district-nursing')).toEqual(['2024-01-01 - 2024-04-14 insurer:3311']);
  });
});

describe('suspension', () => {
  const services = ['household-help', 'guidance', 'day-activities'] as const;
  const rules = rulesWith({
    cover: { 'day-activities': ['wmo', 'undelivered', 'wlz', 'wlz', 'wlz', 'wlz', 'absorbed', 'absorbed'] },
  });
  const events = [home, wmo([...services], '2024-01-01'), nursing('2024-01-01')];

  it.each(['short-stay', 'geriatric-rehabilitation', 'mental-health', 'hospital'] as const)(
    'by a stay (%s) runs from its first day through the day before its last',
    (kind) => {
      const during = [...events, stay(kind, '2024-03-04'), stayEnded(kind, '2024-03-10')];
      const timeline = cover(during, rules);
      for (const service of ['household-help', 'guidance', 'district-nursing'] as const) {
        expect(linesOf(timeline, service).map((line) => line.slice(0, 23))).toEqual([
          '2024-01-01 - 2024-03-03',
          '2024-03-10 - open ' + linesOf(timeline, service)[1]!.slice(18, 23),
        ]);
      }
      expect(linesOf(timeline, 'day-activities')).toEqual(['2024-01-01 - open municipality:0363']);
    },
  );

  it('by respite is none', () => {
    expect(coverOf('guidance', [...events, stay('respite', '2024-03-04')], rules)).toEqual([
      '2024-01-01 - open municipality:0363',
    ]);
  });

  it('by a stay of one day is none', () => {
    const during = [...events, stay('hospital', '2024-03-04'), stayEnded('hospital', '2024-03-04')];
    expect(coverOf('guidance', during, rules)).toEqual(['2024-01-01 - open municipality:0363']);
  });

  it('by an open stay goes on', () => {
    expect(coverOf('guidance', [...events, stay('hospital', '2024-03-04')], rules)).toEqual([
      '2024-01-01 - 2024-03-03 municipality:0363',
    ]);
  });

  it('alone lapses nothing', () => {
    const during = [...events, stay('hospital', '2024-03-04'), stayEnded('hospital', '2024-03-10')];
    expect(coverOf('guidance', during, rules).at(-1)).toBe('2024-03-10 - open municipality:0363');
  });

  it('goes before a pool', () => {
    const during = [
      ...events,
      pooled(['guidance'], '2024-02-01'),
      stay('hospital', '2024-03-04'),
      stayEnded('hospital', '2024-03-10'),
    ];
    expect(coverOf('guidance', during, rules)).toEqual([
      '2024-01-01 - 2024-01-31 municipality:0363',
      '2024-02-01 - 2024-03-03 pool:bridge joint-funding',
      '2024-03-10 - open pool:bridge joint-funding',
    ]);
  });
});

describe('absence from a residence', () => {
  const resident = [home, entitled('2023-03-06'), admitted('2023-03-06')];
  const residence = (...events: Parameters<typeof cover>[0]): string[] =>
    coverOf('residence', [...resident, ...events], plain);
  const retained = 'care-office:5515 absence-retained';

  it('keeps the bed from the day after departure through the day before return', () => {
    expect(residence(away('hospital', '2024-03-04'), back('2024-03-20'))).toEqual([
      '2023-03-06 - 2024-03-04 care-office:5515',
      `2024-03-05 - 2024-03-19 ${retained}`,
      '2024-03-20 - open care-office:5515',
    ]);
  });

  it('in hospital keeps it for 91 days, each time', () => {
    // 91 days after 2024-03-04 is 2024-06-03.
    const lines = residence(
      away('hospital', '2024-03-04'),
      back('2024-06-10'),
      away('hospital', '2024-07-01'),
      back('2024-07-31'),
    );
    expect(lines).toContain(`2024-03-05 - 2024-06-03 ${retained}`);
    expect(lines).toContain('2024-06-04 - 2024-06-09 gap absence-cap');
    expect(lines).toContain(`2024-07-02 - 2024-07-30 ${retained}`);
  });

  it('on leave keeps it for 42 days a calendar year, less what was taken', () => {
    const lines = residence(
      away('leave', '2024-02-01'),
      back('2024-02-12'),
      away('leave', '2024-03-01'),
      back('2024-04-30'),
    );
    // ten days taken, 32 left: 2 March through 2 April
    expect(lines).toContain(`2024-03-02 - 2024-04-02 ${retained}`);
    expect(lines).toContain('2024-04-03 - 2024-04-29 gap absence-cap');
  });

  it('over the new year has the allowance of the departure, and the new year has a new one', () => {
    const lines = residence(
      away('leave', '2023-12-01'),
      back('2024-01-21'),
      away('leave', '2024-02-01'),
      back('2024-02-24'),
      away('leave', '2024-03-01'),
    );
    expect(lines).toContain(`2023-12-02 - 2024-01-12 ${retained}`);
    expect(lines).toContain('2024-01-13 - 2024-01-20 gap absence-cap');
    // Days without pay were leave too: 20 of January and 22 of February are gone, none is left.
    expect(lines).toContain(`2024-02-02 - 2024-02-23 ${retained}`);
    expect(lines).toContain('2024-03-02 - open gap absence-cap');
  });

  it.each([
    ['2024-03-03', false],
    ['2024-03-04', true],
    ['2024-06-03', true],
    ['2024-06-04', false],
  ])('with a consent of %s is kept on: %s', (day, kept) => {
    const lines = residence(away('hospital', '2024-03-04'), consent(day));
    expect(lines.at(-1)).toBe(kept ? `2024-03-05 - open ${retained}` : '2024-06-04 - open gap absence-cap');
  });

  it('has the allowance of its day of departure, whatever it becomes later', () => {
    const rules = rulesWith({
      parameters: { hospitalAbsenceDays: { national: { '2015-01-01': 91, '2024-03-10': 5 } } },
    });
    const lines = coverOf(
      'residence',
      [...resident, away('hospital', '2024-03-04'), back('2024-04-01')],
      rules,
    );
    expect(lines).toContain(`2024-03-05 - 2024-03-31 ${retained}`);
  });

  it.each([
    [0, ['2024-03-05 - 2024-03-19 gap absence-cap']],
    [1, [`2024-03-05 - 2024-03-05 ${retained}`, '2024-03-06 - 2024-03-19 gap absence-cap']],
  ])('with an allowance of %i keeps as many days', (allowance, lines) => {
    const rules = rulesWhere('hospitalAbsenceDays', allowance);
    const events = [...resident, away('hospital', '2024-03-04'), back('2024-03-20')];
    expect(coverOf('residence', events, rules).slice(1, -1)).toEqual(lines);
  });

  it('of several the latest begun governs', () => {
    // The leave is never ended, for both returns belong to the later departure; from 20 March on it governs again.
    const lines = residence(
      away('leave', '2024-03-01'),
      away('hospital', '2024-03-10'),
      back('2024-03-20'),
      back('2024-03-30'),
    );
    expect(lines).toEqual([
      '2023-03-06 - 2024-03-01 care-office:5515',
      `2024-03-02 - 2024-04-12 ${retained}`,
      '2024-04-13 - open gap absence-cap',
    ]);
  });
});

describe('joint funding', () => {
  const events = [home, guided, pooled(['guidance'], '2024-03-04')];

  it('alone pays its services while nobody has settled', () => {
    expect(coverOf('guidance', events, plain)).toEqual([
      '2024-01-01 - 2024-03-03 municipality:0363',
      '2024-03-04 - open pool:bridge joint-funding',
    ]);
    const row = cover(events, plain).cover.find(({ kind }) => kind === 'joint')!;
    expect([row.law, row.provider, row.share]).toEqual([null, null, 100]);
  });

  it('once settled pays nothing, also for days gone by; the need stays', () => {
    expect(coverOf('guidance', [...events, settled('2024-04-30')], plain)).toEqual([
      '2024-01-01 - open municipality:0363',
    ]);
    expect(
      coverOf('guidance', [home, pooled(['guidance'], '2024-03-04'), settled('2024-04-30')], plain),
    ).toEqual(['2024-03-04 - 2024-04-30 gap no-decision']);
  });

  it('leaves other services to the table', () => {
    expect(coverOf('district-nursing', [...events, nursing('2024-01-01')], plain)).toEqual([
      '2024-01-01 - open insurer:3311',
    ]);
  });

  it('of two pools: the latest begun', () => {
    expect(
      coverOf('guidance', [...events, pooled(['guidance'], '2024-04-01', { pool: 'other' })], plain),
    ).toEqual([
      '2024-01-01 - 2024-03-03 municipality:0363',
      '2024-03-04 - 2024-03-31 pool:bridge joint-funding',
      '2024-04-01 - open pool:other joint-funding',
    ]);
  });

  it('goes on in a residence, where the table would absorb', () => {
    expect(
      coverOf('guidance', [...events, entitled('2024-05-01'), admitted('2024-05-01')], plain).at(-1),
    ).toBe('2024-03-04 - open pool:bridge joint-funding');
  });
});

describe('after the day of death', () => {
  it('the table pays nothing and has no gaps', () => {
    const events = [
      home,
      guided,
      nursing('2024-01-01'),
      entitled('2024-05-01'),
      admitted('2024-06-01'),
      died('2024-08-11'),
      pooled(['guidance'], '2024-08-12'),
    ];
    const { cover: rows, gaps } = cover(events, plain);
    expect([...rows, ...gaps].filter(({ lastDay }) => lastDay === null || lastDay > '2024-08-11')).toEqual(
      [],
    );
    expect(coverOf('residence', events, plain)).toEqual(['2024-06-01 - 2024-08-11 care-office:5515']);
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
