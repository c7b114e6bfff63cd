import { formatDay } from '@domeinbrug/calendar';
import {
  admitted,
  bridged,
  delivered,
  deliveryEnded,
  died,
  discharged,
  entitled,
  moved,
  registered,
  treatment,
  withdrawn,
} from '../../../test/build/events.js';
import { fold } from '../../../test/build/answers.js';
import type { JourneyEvent } from './journey-event.js';
import type { Triggers } from './triggers.js';

const daysOf = (trigger: keyof Triggers, ...events: JourneyEvent[]): string[] =>
  fold(...events).triggers[trigger].map(formatDay);

const elsewhere = { provider: '45454545' };

describe('admission', () => {
  it('is the first day of residence, with or without an entitlement', () => {
    expect(daysOf('admission', admitted('2024-03-04'))).toEqual(['2024-03-04']);
    expect(daysOf('admission', admitted('2024-03-04'), entitled('2024-04-01'))).toEqual(['2024-03-04']);
  });

  it('is no transfer to another home, nor a change of treatment', () => {
    const events = [admitted('2024-03-04'), treatment(true, '2024-04-01'), admitted('2024-05-01', elsewhere)];
    expect(daysOf('admission', ...events)).toEqual(['2024-03-04']);
  });

  it('is one more after a day at home', () => {
    const events = [admitted('2024-03-04'), discharged('2024-03-31'), admitted('2024-04-02', elsewhere)];
    expect(daysOf('admission', ...events)).toEqual(['2024-03-04', '2024-04-02']);
  });

  it('is none into part-time residence or a package at home', () => {
    const events = [delivered('part-time-residence', '2024-03-04'), delivered('full-package', '2024-04-04')];
    expect(daysOf('admission', ...events)).toEqual([]);
  });
});

describe('discharge', () => {
  it('is the last day of residence', () => {
    expect(daysOf('discharge', admitted('2024-03-04'), discharged('2024-03-31'))).toEqual(['2024-03-31']);
  });

  it('is also the day before a delivery in another form', () => {
    expect(daysOf('discharge', admitted('2024-03-04'), delivered('full-package', '2024-05-01'))).toEqual([
      '2024-04-30',
    ]);
  });

  it('is none on the day of death, even when somebody reports it', () => {
    expect(daysOf('discharge', admitted('2024-03-04'), died('2024-05-05'))).toEqual([]);
    expect(daysOf('discharge', admitted('2024-03-04'), discharged('2024-05-05'), died('2024-05-05'))).toEqual(
      [],
    );
  });

  it('the day before the death is one', () => {
    expect(daysOf('discharge', admitted('2024-03-04'), discharged('2024-05-04'), died('2024-05-05'))).toEqual(
      ['2024-05-04'],
    );
  });
});

describe('delivery-start', () => {
  it('is each first day of a form that differs from the day before', () => {
    const events = [
      delivered('modular', '2024-01-01'),
      delivered('full-package', '2024-02-01'),
      admitted('2024-03-04'),
      admitted('2024-04-04', elsewhere),
      treatment(true, '2024-05-01'),
    ];
    expect(daysOf('delivery-start', ...events)).toEqual(['2024-01-01', '2024-02-01', '2024-03-04']);
  });

  it('is one again after a day without delivery', () => {
    const events = [
      delivered('modular', '2024-01-01'),
      deliveryEnded('2024-01-31'),
      delivered('modular', '2024-02-02'),
    ];
    expect(daysOf('delivery-start', ...events)).toEqual(['2024-01-01', '2024-02-02']);
  });

  it('is none for a personal budget beside a modular package', () => {
    const events = [delivered('modular', '2024-01-01'), delivered('personal-budget', '2024-02-01')];
    expect(daysOf('delivery-start', ...events)).toEqual(['2024-01-01']);
  });
});

describe('entitlement-start', () => {
  it('is the first day of a run of days with an entitlement, of whatever profile', () => {
    const events = [
      entitled('2024-03-04', { lastDay: '2024-05-31' }),
      entitled('2024-05-01', { decisionId: 'c2', profile: '755', lastDay: '2024-06-30' }),
      entitled('2024-07-01', { decisionId: 'c3', lastDay: '2024-07-31' }),
      entitled('2024-09-01', { decisionId: 'c4' }),
    ];
    expect(daysOf('entitlement-start', ...events)).toEqual(['2024-03-04', '2024-09-01']);
  });

  it('is none of an indication that was withdrawn from the start', () => {
    expect(daysOf('entitlement-start', entitled('2024-03-04'), withdrawn('2024-03-03'))).toEqual([]);
  });
});

describe('the other triggers', () => {
  it('bridging-start is each first day of a bridging', () => {
    expect(daysOf('bridging-start', bridged('2024-05-14'), bridged('2024-07-01'))).toEqual([
      '2024-05-14',
      '2024-07-01',
    ]);
  });

  it('move is the first day in another municipality, so neither a registration nor a move within one', () => {
    const events = [registered('2023-01-01'), moved('0363', '2023-06-01'), moved('0518', '2024-01-01')];
    expect(daysOf('move', ...events)).toEqual(['2024-01-01']);
  });

  it('death is the day of death', () => {
    expect(daysOf('death', died('2024-08-11'))).toEqual(['2024-08-11']);
    expect(daysOf('death')).toEqual([]);
  });

  it('nothing after the death is a trigger', () => {
    const events = [
      registered('2023-01-01'),
      died('2024-08-11'),
      admitted('2024-08-12'),
      moved('0518', '2024-08-12'),
      entitled('2024-08-12'),
      bridged('2024-08-12'),
    ];
    const { triggers } = fold(...events);
    expect(
      Object.entries(triggers)
        .filter(([, found]) => found.length > 0)
        .map(([name]) => name),
    ).toEqual(['death']);
  });
});
