import {
  admitted,
  away,
  back,
  consent,
  entitled,
  nursing,
  pooled,
  registered,
  settled,
  stay,
  stayEnded,
  wmo,
} from '../../../test/build/events.js';
import { cover, coverOf, linesOf } from '../../../test/build/answers.js';
import { plainRules, rulesWhere, rulesWith } from '../../../test/build/rule-sets.js';

const home = registered('2023-01-01');
const plain = plainRules();
const guided = wmo(['guidance'], '2024-01-01');

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
