import { alignColumns, counted, flow } from './columns.js';

describe('text in columns', () => {
  it('makes each column as wide as its widest text and leaves no spaces at the end', () => {
    expect(
      alignColumns([
        ['a', 'first', ''],
        ['longer', 'b', 'c'],
      ]),
    ).toEqual(['a       first', 'longer  b      c']);
  });

  it('flows pieces over lines without breaking one', () => {
    expect(flow(['A one', 'B two', 'C a long one'], 14)).toEqual(['A one   B two', 'C a long one']);
    expect(flow(['longer than the line'], 5)).toEqual(['longer than the line']);
    expect(flow([], 5)).toEqual([]);
  });

  it('counts in words', () => {
    expect([counted(1, 'row'), counted(1200, 'row'), counted(0, 'person', 'people')]).toEqual([
      '1 row',
      '1,200 rows',
      '0 people',
    ]);
  });
});
