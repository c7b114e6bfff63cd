import { admitted, away, back, delivered, died, discharged } from '../../../test/build/events.js';
import { days, fold } from '../../../test/build/answers.js';
import type { JourneyEvent } from './journey-event.js';

const linesOf = (...events: JourneyEvent[]): string[] =>
  fold(admitted('2023-01-02'), ...events).absences.map(days);
const taken = (...events: JourneyEvent[]): number[] =>
  fold(admitted('2023-01-02'), ...events).absences.map(({ leaveTaken }) => leaveTaken);

describe('an absence', () => {
  it('lasts from the day after departure through the day before return', () => {
    expect(linesOf(away('hospital', '2024-03-04'), back('2024-03-10'))).toEqual(['2024-03-05 - 2024-03-09']);
  });

  it('is none when the client is back the next day', () => {
    expect(linesOf(away('hospital', '2024-03-04'), back('2024-03-05'))).toEqual([]);
  });

  it('is open until somebody comes back', () => {
    expect(linesOf(away('leave', '2024-03-04'))).toEqual(['2024-03-05 - open']);
  });

  it('ends with the run of residence in which it began', () => {
    expect(linesOf(away('leave', '2024-03-04'), discharged('2024-03-20'), back('2024-04-30'))).toEqual([
      '2024-03-05 - 2024-03-20',
    ]);
  });

  it('goes on when another residence follows directly', () => {
    const next = admitted('2024-03-21', { provider: '45454545' });
    expect(
      linesOf(away('hospital', '2024-03-04'), discharged('2024-03-20'), next, back('2024-04-01')),
    ).toEqual(['2024-03-05 - 2024-03-31']);
  });

  it.each([
    ['after the discharge', [discharged('2024-03-20'), away('leave', '2024-03-21')]],
    ['before the admission', [away('leave', '2023-01-01')]],
    [
      'during part-time residence',
      [discharged('2024-03-20'), delivered('part-time-residence', '2024-03-21'), away('leave', '2024-04-01')],
    ],
    ['on the last day of residence', [away('leave', '2024-03-20'), discharged('2024-03-20')]],
  ])('of somebody who leaves %s is no fact', (_, events) => {
    expect(linesOf(...events)).toEqual([]);
  });

  it('ends with the day of death', () => {
    expect(linesOf(away('hospital', '2024-03-04'), died('2024-03-08'))).toEqual(['2024-03-05 - 2024-03-08']);
  });

  it('within another one is ended by the first return, and the outer one by none', () => {
    const events = [
      away('leave', '2024-03-01'),
      away('hospital', '2024-03-10'),
      back('2024-03-15'),
      back('2024-03-30'),
    ];
    expect(linesOf(...events)).toEqual(['2024-03-02 - open', '2024-03-11 - 2024-03-14']);
  });
});

describe('leave already taken', () => {
  it('is the days of earlier leave in the calendar year of the departure', () => {
    const events = [
      away('leave', '2024-02-01'), // ten days
      back('2024-02-12'),
      away('leave', '2024-05-01'), // four days
      back('2024-05-06'),
      away('leave', '2024-07-01'),
    ];
    expect(taken(...events)).toEqual([0, 10, 14]);
  });

  it('begins anew with the year, counting only the days of leave that lie in it', () => {
    const events = [away('leave', '2023-12-20'), back('2024-01-06'), away('leave', '2024-03-01')];
    expect(taken(...events)).toEqual([0, 5]);
  });

  it('of leave over the new year is counted by the year of its departure', () => {
    const events = [
      away('leave', '2023-07-01'),
      back('2023-07-12'),
      away('leave', '2023-12-20'),
      back('2024-01-06'),
    ];
    expect(taken(...events)).toEqual([0, 10]);
  });

  it('leaves hospital out, both as what is taken and as what it is taken from', () => {
    const events = [
      away('hospital', '2024-02-01'),
      back('2024-02-20'),
      away('leave', '2024-03-01'),
      back('2024-03-05'),
    ];
    expect(taken(...events, away('hospital', '2024-04-01'))).toEqual([0, 0, 0]);
  });

  it('counts a day of two leaves once, and none after the departure', () => {
    const events = [
      away('leave', '2024-02-01', { id: 'l1' }),
      away('leave', '2024-02-03', { id: 'l2' }),
      away('leave', '2024-02-10', { id: 'l3' }),
    ];
    // Until the third departure: 2 through 10 February by the first, of which the second adds nothing.
    expect(taken(...events)).toEqual([0, 2, 9]);
  });
});
