import { nearestName } from './nearest-name.js';

describe('nearestName', () => {
  it.each([
    ['lastday', 'lastDay'],
    ['frstDay', 'firstDay'],
    ['provder', 'provider'],
    ['colour', undefined],
    ['x'.repeat(100), undefined],
  ])('%s -> %p', (given, expected) => {
    expect(nearestName(given, ['firstDay', 'lastDay', 'provider'])).toBe(expected);
  });
});
