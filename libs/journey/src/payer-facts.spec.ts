import { fileAt, insuredBy, moved, registered, uninsured } from '../../../test/build/events.js';
import { days, fold } from '../../../test/build/answers.js';
import type { CodeFact } from './facts.js';

const lines = (facts: readonly CodeFact[]): string[] => facts.map((fact) => `${fact.code} ${days(fact)}`);

describe('home', () => {
  it('is where the client registered, until the day before a move', () => {
    const { homes } = fold(
      registered('2023-01-01'),
      moved('0518', '2024-02-01'),
      moved('0599', '2024-03-01'),
    );
    expect(lines(homes)).toEqual([
      '363 2023-01-01 - 2024-01-31',
      '518 2024-02-01 - 2024-02-29',
      '599 2024-03-01 - open',
    ]);
  });

  it('is one of two that begin on one day: the smaller source and id', () => {
    const [a, b] = [moved('0599', '2024-02-01', { id: 'b' }), moved('0518', '2024-02-01', { id: 'a' })];
    expect(lines(fold(a, b).homes)).toEqual(['518 2024-02-01 - open']);
    expect(lines(fold(b, a).homes)).toEqual(['518 2024-02-01 - open']);
  });

  it('changes with a second registration', () => {
    const again = registered('2024-01-01', { municipality: '0599' });
    expect(lines(fold(registered('2023-01-01'), again).homes)).toEqual([
      '363 2023-01-01 - 2023-12-31',
      '599 2024-01-01 - open',
    ]);
  });
});

describe('insurance', () => {
  it('lasts until the next policy', () => {
    const { insured } = fold(registered('2023-01-01'), insuredBy('3332', '2024-01-01'));
    expect(lines(insured)).toEqual(['3311 2023-01-01 - 2023-12-31', '3332 2024-01-01 - open']);
  });

  it('stops when it ends, and a later policy begins anew', () => {
    const { insured } = fold(
      registered('2023-01-01'),
      uninsured('2023-06-30'),
      insuredBy('3332', '2024-01-01'),
    );
    expect(lines(insured)).toEqual(['3311 2023-01-01 - 2023-06-30', '3332 2024-01-01 - open']);
  });

  it('that ends on the first day of a new policy ends the new one', () => {
    const { insured } = fold(
      registered('2023-01-01'),
      insuredBy('3332', '2024-01-01'),
      uninsured('2024-01-01'),
    );
    expect(lines(insured)).toEqual(['3311 2023-01-01 - 2023-12-31', '3332 2024-01-01 - 2024-01-01']);
  });

  it('is unknown when the registration names no insurer', () => {
    expect(fold(registered('2023-01-01', { insurer: undefined })).insured).toEqual([]);
  });
});

describe('the care office', () => {
  it('changes on the day on which the file is transferred, not on that of the move', () => {
    const { careOffices } = fold(
      registered('2023-01-01'),
      moved('0518', '2024-01-01'),
      fileAt('5501', '2024-02-01'),
    );
    expect(lines(careOffices)).toEqual(['5515 2023-01-01 - 2024-01-31', '5501 2024-02-01 - open']);
  });
});
