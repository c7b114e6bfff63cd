import type { PublishedTotals } from '@domeinbrug/replay';
import { amountLines, daysByFunderKind, euros, funderKindAndService } from './totals.js';

const nothing = { unpricedDays: 0, recorded: 0, agreed: 0, assumedLow: 0, assumedMid: 0, assumedHigh: 0 };

function totals(baseline: number, alternative: number, assumedMid = 0): PublishedTotals {
  const sums = (days: number, mid: number) => ({ ...nothing, days, assumedMid: mid });
  return {
    rows: 1,
    suppressedRows: 0,
    baseline: sums(baseline, 0),
    alternative: sums(alternative, assumedMid),
    change: sums(alternative - baseline, assumedMid),
  };
}

describe('totals of a replay', () => {
  it('stand by kind of payer in the order of the laws, then by service, with a line for all', () => {
    const groups = new Map([
      ['insurer case-management', totals(1_000, 1_617)],
      ['municipality guidance', { ...totals(1, 1), baseline: null, alternative: null, change: null }],
    ]);
    expect(daysByFunderKind(groups, totals(5_000, 5_617))).toEqual([
      'payer         service          baseline  alternative  change',
      'municipality  guidance                …            …       …',
      'insurer       case-management     1,000        1,617    +617',
      'all                               5,000        5,617    +617',
    ]);
    expect(daysByFunderKind(new Map(), totals(0, 0))).toEqual(['None, as far as is known.']);
  });

  it('tell amounts only where there are any, by what they rest on', () => {
    expect(amountLines(totals(10, 12))).toEqual([]);
    expect(amountLines(totals(10, 12, 123_456))).toEqual([
      'euros             baseline  alternative    change',
      'assumed use, mid      0.00     1,234.56  1,234.56',
    ]);
  });

  it('write euros with their sign', () => {
    expect([euros(-123_405), euros(5), euros(null)]).toEqual(['-1,234.05', '0.05', '…']);
  });

  it('know the kind of payer and the service of a cell', () => {
    expect(funderKindAndService(['care-office:5515', 'residence', 'regular', '2024-03'])).toBe(
      'care-office residence',
    );
  });
});
