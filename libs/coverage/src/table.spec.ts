import {
  admitted,
  away,
  bridged,
  bridgingEnded,
  delivered,
  died,
  entitled,
  nursing,
  pooled,
  registered,
  settled,
  wmo,
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
