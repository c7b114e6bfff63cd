import {
  died,
  entitled,
  fileAt,
  insuredBy,
  momentOf,
  moved,
  registered,
  uninsured,
} from '../../../test/build/events.js';
import type { JourneyEvent } from '@domeinbrug/journey';
import { payerLines } from './payer-lines.js';

const linesAt = (moment: string, ...events: JourneyEvent[]): string[] =>
  payerLines({ clientId: 'client-1', events }, { instant: momentOf(moment), position: '0' }).map(
    ({ firstDay, lastDay, municipality, insurer, careOffice }) =>
      `${firstDay} - ${lastDay}: ${municipality} ${insurer} ${careOffice}`,
  );
const lines = (...events: JourneyEvent[]): string[] => linesAt('2999-01-01T00:00:00Z', ...events);

describe('who would pay', () => {
  it('is nobody known before the registration, then whoever it is, without gaps', () => {
    const events = [
      registered('2023-01-01'),
      moved('0518', '2024-01-01'),
      insuredBy('3332', '2024-01-01'),
      fileAt('5501', '2024-02-01'),
      uninsured('2024-03-31'),
    ];
    expect(lines(...events)).toEqual([
      'null - 2022-12-31: null null null',
      '2023-01-01 - 2023-12-31: 0363 3311 5515',
      '2024-01-01 - 2024-01-31: 0518 3332 5515',
      '2024-02-01 - 2024-03-31: 0518 3332 5501',
      '2024-04-01 - null: 0518 null 5501',
    ]);
  });

  it('changes with nothing else', () => {
    expect(lines(registered('2023-01-01'), entitled('2024-03-04'))).toEqual([
      'null - 2022-12-31: null null null',
      '2023-01-01 - null: 0363 3311 5515',
    ]);
  });

  it('ends with the day of death', () => {
    expect(lines(registered('2023-01-01'), died('2024-08-11')).at(-1)).toBe(
      '2023-01-01 - 2024-08-11: 0363 3311 5515',
    );
  });

  it('is as it was known at the moment', () => {
    const move = moved('0518', '2024-01-01', { recordedAt: '2024-02-01T12:00:00Z' });
    expect(linesAt('2024-01-31T12:00:00Z', registered('2023-01-01'), move)).toHaveLength(2);
  });

  it('of somebody of whom nothing is known is one line', () => {
    expect(lines()).toEqual(['null - null: null null null']);
  });
});
