import type { JourneyEvent } from '@domeinbrug/journey';
import {
  admitted,
  away,
  bridged,
  caseManager,
  delivered,
  deliveryEnded,
  died,
  discharged,
  entitled,
  fileAt,
  moved,
  nursing,
  pooled,
  registered,
  stay,
  stayEnded,
  uninsured,
  withdrawn,
  wmo,
} from '../../../test/build/events.js';
import { cover, coverOf } from '../../../test/build/answers.js';
import { rulesWhere, rulesWith, windowWith } from '../../../test/build/rule-sets.js';

const home = registered('2023-01-01');
const guided = wmo(['guidance'], '2024-01-01');
const both = rulesWhere('transitionDay', 'both');
const rows = (service: Parameters<typeof coverOf>[0], ...events: JourneyEvent[]): string[] =>
  coverOf(service, [home, ...events], both);

describe('on the first day of a new column', () => {
  it('the payer of the day before pays too', () => {
    expect(rows('guidance', guided, entitled('2024-03-04'), delivered('modular', '2024-03-04'))).toEqual([
      '2024-01-01 - 2024-03-04 municipality:0363',
      '2024-03-04 - open care-office:5515',
    ]);
  });

  it('not under new-domain', () => {
    const events = [home, guided, entitled('2024-03-04'), delivered('modular', '2024-03-04')];
    expect(coverOf('guidance', events, rulesWhere('transitionDay', 'new-domain'))[0]).toBe(
      '2024-01-01 - 2024-03-03 municipality:0363',
    );
  });

  it('a gap of that day disappears', () => {
    expect(rows('guidance', guided, entitled('2024-03-04'))).toEqual([
      '2024-01-01 - 2024-03-04 municipality:0363',
      '2024-03-05 - open gap excluded-by-wlz',
    ]);
  });

  it('where the service is absorbed or ended, the old payer pays that day alone', () => {
    expect(rows('guidance', guided, entitled('2024-03-04'), admitted('2024-03-04'))).toEqual([
      '2024-01-01 - 2024-03-04 municipality:0363',
    ]);
    expect(
      rows('case-management', caseManager('2024-01-01'), entitled('2024-03-04'), admitted('2024-03-04')),
    ).toEqual(['2024-01-01 - 2024-03-04 insurer:3311']);
  });

  it('it is the payer of the new day', () => {
    expect(
      rows('guidance', guided, entitled('2024-03-04'), admitted('2024-03-04'), moved('0518', '2024-03-04')),
    ).toEqual(['2024-01-01 - 2024-03-03 municipality:0363', '2024-03-04 - 2024-03-04 municipality:0518']);
  });

  it('who is unknown that day pays nothing', () => {
    expect(
      rows('district-nursing', nursing('2024-01-01'), entitled('2024-03-04'), uninsured('2024-03-03')),
    ).toEqual(['2024-01-01 - 2024-03-03 insurer:3311', '2024-03-04 - open gap excluded-by-wlz']);
  });

  it.each([
    [
      'the decision',
      'guidance',
      [wmo(['guidance'], '2024-01-01', { lastDay: '2024-03-03' })],
      '2024-01-01 - 2024-03-03 municipality:0363',
    ],
    [
      'the stay',
      'short-stay',
      [stay('short-stay', '2024-01-01'), stayEnded('short-stay', '2024-03-03')],
      '2024-01-01 - 2024-03-03 insurer:3311',
    ],
  ] as const)('nothing is paid when %s no longer holds', (_, service, claims, expected) => {
    expect(rows(service, ...claims, entitled('2024-03-04'))).toEqual([expected]);
  });

  it('another decision that was no basis the day before does not help', () => {
    const ended = wmo(['guidance'], '2024-01-01', { lastDay: '2024-03-03' });
    const next = wmo(['guidance'], '2024-03-04', { decisionId: 'w2' });
    expect(rows('guidance', ended, next, entitled('2024-03-04'))).toEqual([
      '2024-01-01 - 2024-03-03 municipality:0363',
      '2024-03-04 - open gap excluded-by-wlz',
    ]);
  });

  it('a stay goes on into a column that does not cover it', () => {
    expect(rows('short-stay', stay('short-stay', '2024-01-01'), entitled('2024-03-04'))).toEqual([
      '2024-01-01 - 2024-03-04 insurer:3311',
      '2024-03-05 - open gap not-covered',
    ]);
  });

  it('who pays already is not paid twice', () => {
    const timeline = cover([home, caseManager('2024-01-01'), entitled('2024-03-04')], both);
    expect(timeline.cover.map(({ firstDay, lastDay }) => `${firstDay} ${lastDay}`)).toEqual([
      '2024-01-01 null',
    ]);
  });

  it('the Wlz pays once more while entitlement and need hold', () => {
    const events = [
      guided,
      entitled('2024-03-04'),
      delivered('full-package', '2024-03-04'),
      deliveryEnded('2024-05-31'),
    ];
    expect(rows('guidance', ...events)).toEqual([
      '2024-01-01 - 2024-03-04 municipality:0363',
      '2024-03-04 - 2024-06-01 care-office:5515',
      '2024-06-02 - open gap excluded-by-wlz',
    ]);
    expect(rows('guidance', ...events, withdrawn('2024-05-31')).slice(1)).toEqual([
      '2024-03-04 - 2024-05-31 care-office:5515',
      '2024-06-01 - open gap no-decision',
    ]);
    expect(
      rows('residence', entitled('2024-03-04'), admitted('2024-03-04'), discharged('2024-05-31')),
    ).toEqual(['2024-03-04 - 2024-05-31 care-office:5515']);
  });

  it('a kept bed is paid once more as a kept bed', () => {
    // Another office has the file from that day on, so that the two payers differ.
    const rules = rulesWith({
      parameters: { transitionDay: { national: { '2015-01-01': 'both' } } },
      cover: { residence: ['none', 'none', 'none', 'none', 'none', 'wlz', 'wlz', 'none'] },
    });
    const events = [
      home,
      entitled('2024-03-04'),
      admitted('2024-03-04'),
      away('hospital', '2024-04-01'),
      fileAt('5501', '2024-04-10'),
    ];
    const treated = admitted('2024-04-10', { provider: '45454545', withTreatment: true });
    expect(coverOf('residence', [...events, treated], rules)).toEqual([
      '2024-03-04 - 2024-04-01 care-office:5515',
      '2024-04-02 - 2024-04-09 care-office:5515 absence-retained',
      '2024-04-10 - 2024-04-10 care-office:5501 absence-retained',
      '2024-04-11 - open gap not-covered',
    ]);
  });

  it('after two changes in a row, only what the table itself paid the day before is paid once more', () => {
    const events = [
      guided,
      entitled('2024-03-04'),
      delivered('modular', '2024-03-04'),
      admitted('2024-03-05'),
    ];
    expect(rows('guidance', ...events)).toEqual([
      '2024-01-01 - 2024-03-04 municipality:0363',
      '2024-03-04 - 2024-03-05 care-office:5515',
    ]);
  });

  it('names the provider of that day', () => {
    const { cover: all } = cover(
      [
        home,
        entitled('2024-01-01'),
        delivered('part-time-residence', '2024-01-01'),
        fileAt('5501', '2024-03-04'),
        admitted('2024-03-04'),
      ],
      rulesWith({
        parameters: { transitionDay: { national: { '2015-01-01': 'both' } } },
        cover: { residence: ['none', 'none', 'none', 'none', 'none', 'wlz', 'none', 'wlz'] },
      }),
    );
    expect(all.map(({ firstDay, funder, provider }) => `${firstDay} ${funder} ${provider}`)).toEqual([
      '2024-01-01 care-office:5515 43434343',
      '2024-03-04 care-office:5501 42424242',
    ]);
  });
});

describe('nothing is paid once more', () => {
  it('when a bridging ran out of its term', () => {
    expect(
      rows('district-nursing', nursing('2024-01-01'), entitled('2024-05-14'), bridged('2024-05-14')),
    ).toEqual([
      '2024-01-01 - 2024-05-14 insurer:3311',
      '2024-05-14 - 2024-08-12 care-office:5515',
      '2024-08-13 - open gap bridging-expired',
    ]);
  });

  it('after death', () => {
    const events = [guided, entitled('2024-03-05'), died('2024-03-04')];
    expect(rows('guidance', ...events)).toEqual(['2024-01-01 - 2024-03-04 municipality:0363']);
  });

  it('on a suspended day', () => {
    const events = [
      guided,
      stay('hospital', '2024-03-04'),
      stayEnded('hospital', '2024-03-10'),
      entitled('2024-03-04'),
    ];
    expect(rows('guidance', ...events)).toEqual([
      '2024-01-01 - 2024-03-03 municipality:0363',
      '2024-03-10 - open gap excluded-by-wlz',
    ]);
  });

  it('on a pooled day, nor from a pool', () => {
    const intoPool = [guided, pooled(['guidance'], '2024-03-04'), entitled('2024-03-04')];
    expect(rows('guidance', ...intoPool)).toEqual([
      '2024-01-01 - 2024-03-03 municipality:0363',
      '2024-03-04 - open pool:bridge joint-funding',
    ]);
    const outOfPool = [pooled(['guidance'], '2024-01-01'), died('2024-03-04'), entitled('2024-03-04')];
    expect(rows('guidance', ...outOfPool)).toEqual(['2024-01-01 - 2024-03-04 pool:bridge joint-funding']);
  });

  it('on a day on which the column is the same', () => {
    const events = [guided, entitled('2024-03-04'), moved('0518', '2024-04-01')];
    expect(rows('guidance', ...events).at(-1)).toBe('2024-03-05 - open gap excluded-by-wlz');
  });

  it('of what a window paid the day before', () => {
    const rules = rulesWith({
      parameters: { transitionDay: { national: { '2015-01-01': 'both' } } },
      windows: [
        windowWith({
          id: 'run-on',
          kind: 'run-out',
          trigger: 'entitlement-start',
          starts: 'day-after',
          length: { days: 5 },
          services: ['guidance'],
          pays: [{ law: 'wmo', share: 100 }],
        }),
      ],
    });
    const events = [home, guided, entitled('2024-03-04'), delivered('full-package', '2024-03-10')];
    expect(coverOf('guidance', events, rules)).toEqual([
      '2024-01-01 - 2024-03-04 municipality:0363',
      '2024-03-05 - 2024-03-09 municipality:0363 run-on',
      '2024-03-10 - open care-office:5515',
    ]);
  });
});
