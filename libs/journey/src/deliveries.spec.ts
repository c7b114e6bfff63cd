import { deliveryForms } from '@domeinbrug/terms';
import { admitted, delivered, deliveryEnded, discharged } from '../../../test/build/events.js';
import { days, fold } from '../../../test/build/answers.js';
import type { JourneyEvent } from './journey-event.js';

const linesOf = (...events: JourneyEvent[]): string[] =>
  fold(...events).deliveries.map((fact) => `${deliveryForms[fact.form]} ${fact.provider} ${days(fact)}`);
const unmatched = (...events: JourneyEvent[]): boolean =>
  fold(...events).findings.some(({ code }) => code === 'end-without-start');

const elsewhere = { provider: '45454545' };

describe('a delivery', () => {
  it('ends the day before the next one begins, whatever end was reported', () => {
    const events = [delivered('modular', '2024-01-01'), admitted('2024-03-04'), deliveryEnded('2024-03-20')];
    expect(linesOf(...events)).toEqual([
      'modular 43434343 2024-01-01 - 2024-03-03',
      'residence 42424242 2024-03-04 - open',
    ]);
  });

  it('ends with its own end when that comes first', () => {
    expect(
      linesOf(delivered('modular', '2024-01-01'), deliveryEnded('2024-01-31'), admitted('2024-03-04'))[0],
    ).toBe('modular 43434343 2024-01-01 - 2024-01-31');
  });

  it('is not ended by the end of another provider', () => {
    const events = [delivered('modular', '2024-01-01'), deliveryEnded('2024-01-31', elsewhere)];
    expect(linesOf(...events)).toEqual(['modular 43434343 2024-01-01 - open']);
    expect(unmatched(...events)).toBe(true);
  });

  it('that is an admission is of the form residence, without treatment unless it says so', () => {
    expect(fold(admitted('2024-03-04')).deliveries[0]).toMatchObject({
      form: deliveryForms.indexOf('residence'),
      withTreatment: false,
    });
    expect(fold(admitted('2024-03-04', { withTreatment: true })).deliveries[0]!.withTreatment).toBe(true);
  });
});

describe('a discharge', () => {
  const modularByTheHome = delivered('modular', '2024-03-01', { provider: '42424242' });

  it('closes a residence, and no other form of the same provider', () => {
    const events = [admitted('2024-01-01'), modularByTheHome, discharged('2024-04-30')];
    expect(linesOf(...events)).toEqual([
      'residence 42424242 2024-01-01 - 2024-02-29',
      'modular 42424242 2024-03-01 - open',
    ]);
    expect(unmatched(...events)).toBe(false);
  });

  it('without an admission closes nothing', () => {
    expect(linesOf(modularByTheHome, discharged('2024-04-30'))).toEqual([
      'modular 42424242 2024-03-01 - open',
    ]);
    expect(unmatched(modularByTheHome, discharged('2024-04-30'))).toBe(true);
  });

  it('reported late ends the admission that it fits', () => {
    const events = [
      admitted('2024-01-01'),
      admitted('2024-02-01', elsewhere),
      discharged('2024-01-20', { recordedAt: '2024-06-01T12:00:00Z' }),
    ];
    expect(linesOf(...events)).toEqual([
      'residence 42424242 2024-01-01 - 2024-01-20',
      'residence 45454545 2024-02-01 - open',
    ]);
  });

  it('closes the latest admission of the provider, and leaves the earlier one to the next', () => {
    const events = [admitted('2024-01-01'), admitted('2024-02-01'), discharged('2024-03-01')];
    expect(linesOf(...events)).toEqual([
      'residence 42424242 2024-01-01 - 2024-01-31',
      'residence 42424242 2024-02-01 - 2024-03-01',
    ]);
  });

  it('on the day of the admission leaves one day', () => {
    expect(linesOf(admitted('2024-03-04'), discharged('2024-03-04'))).toEqual([
      'residence 42424242 2024-03-04 - 2024-03-04',
    ]);
  });
});

describe('a modular package and a personal budget', () => {
  const modular = delivered('modular', '2024-01-01');
  const budget = delivered('personal-budget', '2024-02-01');

  it('do not end each other', () => {
    expect(linesOf(modular, budget)).toEqual([
      'modular 43434343 2024-01-01 - open',
      'personal-budget 43434343 2024-02-01 - open',
    ]);
  });

  it.each(['modular', 'personal-budget'] as const)(
    'of one form (%s) by two providers go side by side',
    (form) => {
      expect(linesOf(delivered(form, '2024-01-01'), delivered(form, '2024-02-01', elsewhere))).toEqual([
        `${form} 43434343 2024-01-01 - open`,
        `${form} 45454545 2024-02-01 - open`,
      ]);
    },
  );

  it('of the same form and provider end each other', () => {
    expect(linesOf(modular, delivered('modular', '2024-02-01'))).toEqual([
      'modular 43434343 2024-01-01 - 2024-01-31',
      'modular 43434343 2024-02-01 - open',
    ]);
  });

  it('both end when a delivery in another form begins', () => {
    expect(linesOf(modular, budget, delivered('full-package', '2024-03-01', elsewhere))).toEqual([
      'modular 43434343 2024-01-01 - 2024-02-29',
      'personal-budget 43434343 2024-02-01 - 2024-02-29',
      'full-package 45454545 2024-03-01 - open',
    ]);
  });

  it('by two providers of another form do end each other', () => {
    const first = delivered('full-package', '2024-01-01');
    expect(linesOf(first, delivered('full-package', '2024-02-01', elsewhere))[0]).toBe(
      'full-package 43434343 2024-01-01 - 2024-01-31',
    );
  });
});

describe('deliveries that begin on one day', () => {
  it('are one: that which lasts longest, after each end went to every start it fits', () => {
    const events = [
      admitted('2024-03-04', { id: 'a' }),
      discharged('2024-03-04'),
      admitted('2024-03-04', { id: 'b', ...elsewhere }),
    ];
    expect(linesOf(...events)).toEqual(['residence 45454545 2024-03-04 - open']);
  });

  it('of one length are one: the smaller source and id', () => {
    const [a, b] = [admitted('2024-03-04', { id: 'a' }), admitted('2024-03-04', { id: 'b', ...elsewhere })];
    expect(linesOf(b, a)).toEqual(['residence 42424242 2024-03-04 - open']);
  });

  it('of one provider are ended together', () => {
    const [a, b] = [
      admitted('2024-03-04', { id: 'a' }),
      delivered('residence', '2024-03-04', { id: 'b', provider: '42424242' }),
    ];
    expect(linesOf(a, b, discharged('2024-05-01'))).toEqual(['residence 42424242 2024-03-04 - 2024-05-01']);
  });
});
