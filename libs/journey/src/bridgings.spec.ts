import { deliveryForms } from '@domeinbrug/terms';
import { admitted, bridged, bridgingEnded, delivered, extended } from '../../../test/build/events.js';
import { days, fold } from '../../../test/build/answers.js';
import type { JourneyEvent } from './journey-event.js';

/** Form and days of each bridging, and the last day of its term. */
const linesOf = (...events: JourneyEvent[]): string[] =>
  fold(...events).bridgings.map(
    (fact) =>
      `${deliveryForms[fact.form]} ${days(fact)}, term ${days({ from: fact.from, until: fact.termUntil }).slice(13)}`,
  );

// 91 days from 2024-05-14 are through 2024-08-12.
const first = bridged('2024-05-14');

describe('a bridging', () => {
  it('has a term of 91 days from its first day', () => {
    expect(linesOf(first)).toEqual(['modular 2024-05-14 - open, term 2024-08-12']);
  });

  it.each([
    ['its own end', bridgingEnded('2024-06-30'), '2024-06-30'],
    ['the day before a delivery', admitted('2024-07-01'), '2024-06-30'],
    ['the day before a delivery without residence', delivered('full-package', '2024-07-01'), '2024-06-30'],
  ])('ends with %s', (_, end, lastDay) => {
    expect(linesOf(first, end)).toEqual([`modular 2024-05-14 - ${lastDay}, term 2024-08-12`]);
  });

  it('goes on beside a delivery that began before it or with it', () => {
    expect(linesOf(delivered('modular', '2024-05-01'), first)[0]).toMatch('2024-05-14 - open');
    expect(linesOf(delivered('modular', '2024-05-14'), first)[0]).toMatch('2024-05-14 - open');
  });

  it('that follows directly on another ends it and continues its term', () => {
    expect(linesOf(first, bridged('2024-07-01', { deliveryForm: 'full-package' }))).toEqual([
      'modular 2024-05-14 - 2024-06-30, term 2024-08-12',
      'full-package 2024-07-01 - open, term 2024-08-12',
    ]);
  });

  it('that follows on a reported end continues the term as well, and so does a third', () => {
    const chain = [first, bridgingEnded('2024-06-30'), bridged('2024-07-01'), bridged('2024-08-01')];
    expect(linesOf(...chain).map((line) => line.slice(-10))).toEqual([
      '2024-08-12',
      '2024-08-12',
      '2024-08-12',
    ]);
  });

  it('after a day without one has a term of its own', () => {
    expect(linesOf(first, bridgingEnded('2024-06-29'), bridged('2024-07-01'))[1]).toBe(
      'modular 2024-07-01 - open, term 2024-09-29',
    );
  });
});

describe('an extension', () => {
  it.each([
    ['on the first day of the term', '2024-05-14', '2024-11-12'],
    ['on the last day of the term', '2024-08-12', '2024-11-12'],
    ['a day too late', '2024-08-13', '2024-08-12'],
    ['before the term', '2024-05-13', '2024-08-12'],
  ])('decided %s: the term runs through the right day', (_, decidedOn, termEnd) => {
    expect(linesOf(first, extended(decidedOn, '2024-11-12'))[0]!.slice(-10)).toBe(termEnd);
  });

  it('can itself be extended, whatever order or name the decisions have', () => {
    const one = extended('2024-08-01', '2024-10-01', { id: 'z' });
    const two = extended('2024-09-30', '2024-12-31', { id: 'a' });
    expect(linesOf(first, one, two)[0]!.slice(-10)).toBe('2024-12-31');
    expect(linesOf(two, one, first)[0]!.slice(-10)).toBe('2024-12-31');
    expect(linesOf(first, two)[0]!.slice(-10)).toBe('2024-08-12');
  });

  it('never shortens a term', () => {
    expect(linesOf(first, extended('2024-06-01', '2024-06-10'))[0]!.slice(-10)).toBe('2024-08-12');
  });

  it('decided in a chain of bridgings counts for the chain', () => {
    const chain = [first, bridged('2024-07-01'), extended('2024-07-15', '2024-11-12')];
    expect(linesOf(...chain)[1]!.slice(-10)).toBe('2024-11-12');
  });

  it('of an earlier term does not reach a later one', () => {
    const events = [
      first,
      bridgingEnded('2024-06-30'),
      extended('2024-06-15', '2025-06-30'),
      bridged('2024-08-01'),
    ];
    expect(linesOf(...events)[1]!.slice(-10)).toBe('2024-10-30');
  });
});
