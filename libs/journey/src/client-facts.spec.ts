import { formatDay } from '@domeinbrug/calendar';
import { services, stayKinds } from '@domeinbrug/terms';
import {
  carer,
  carerLeft,
  corrected,
  died,
  entitled,
  handedOver,
  pooled,
  settled,
  stay,
  stayEnded,
  time,
  withdrawn,
} from '../../../test/build/events.js';
import { days, fold } from '../../../test/build/answers.js';
import type { JourneyEvent } from './journey-event.js';

describe('an entitlement', () => {
  const linesOf = (...events: JourneyEvent[]): string[] =>
    fold(...events).entitlements.map((fact) => `${fact.profile} ${days(fact)}`);
  const second = entitled('2024-06-01', { decisionId: 'c2', profile: '755' });

  it('is not ended by a later indication', () => {
    expect(linesOf(entitled('2024-03-04'), second)).toEqual([
      '754 2024-03-04 - open',
      '755 2024-06-01 - open',
    ]);
  });

  it('is withdrawn by its own number, the other goes on', () => {
    expect(linesOf(entitled('2024-03-04'), second, withdrawn('2024-07-31'))).toEqual([
      '754 2024-03-04 - 2024-07-31',
      '755 2024-06-01 - open',
    ]);
  });

  it('ends with its own last day', () => {
    expect(linesOf(entitled('2024-03-04', { lastDay: '2024-04-30' }))).toEqual([
      '754 2024-03-04 - 2024-04-30',
    ]);
  });

  it('withdrawn from before it began was never there', () => {
    expect(linesOf(entitled('2024-03-04'), withdrawn('2024-03-03'))).toEqual([]);
  });
});

describe('a stay', () => {
  const linesOf = (...events: JourneyEvent[]): string[] =>
    fold(...events).stays.map((fact) => `${stayKinds[fact.kind]} ${services[fact.service]} ${days(fact)}`);

  it.each([
    ['short-stay', 'short-stay'],
    ['geriatric-rehabilitation', 'geriatric-rehabilitation'],
    ['hospital', 'hospital-care'],
    ['mental-health', 'mental-health-care'],
    ['respite', 'respite-care'],
  ] as const)('of kind %s is a need for %s', (kind, service) => {
    expect(linesOf(stay(kind, '2024-03-04'))).toEqual([`${kind} ${service} 2024-03-04 - open`]);
  });

  it('ends with an end of its own kind', () => {
    const events = [
      stay('hospital', '2024-03-04'),
      stay('short-stay', '2024-03-20'),
      stayEnded('hospital', '2024-03-20'),
    ];
    expect(linesOf(...events)).toEqual([
      'hospital hospital-care 2024-03-04 - 2024-03-20',
      'short-stay short-stay 2024-03-20 - open',
    ]);
  });
});

describe('a carer', () => {
  it('ends with an end of the same carer only', () => {
    const events = [carer('2023-01-01'), carer('2023-02-01', { carerId: 'm2' }), carerLeft('2024-01-31')];
    expect(fold(...events).carers.map(days)).toEqual(['2023-01-01 - 2024-01-31', '2023-02-01 - open']);
  });

  it('was recorded on the day in Amsterdam on which the original was, whatever came of it later', () => {
    const original = carer('2023-01-01', { recordedAt: '2024-08-11T22:30:00Z' });
    const changed = corrected(original, carer('2023-03-01'), { recordedAt: '2024-09-01T12:00:00Z' });
    const [found] = fold(original, changed).carers;
    expect([days(found!), formatDay(found!.recordedOn)]).toEqual(['2023-03-01 - open', '2024-08-12']);
  });
});

describe('joint funding', () => {
  const linesOf = (...events: JourneyEvent[]): string[] => {
    const { joint, pools } = fold(...events);
    return joint.map(
      (fact) =>
        `${pools[fact.pool]} ${services[fact.service]} ${days(fact)} ${fact.settled ? 'settled' : 'unsettled'}`,
    );
  };

  it('is a fact for each service, settled as one', () => {
    expect(linesOf(pooled(['guidance', 'household-help'], '2024-03-04'), settled('2024-04-30'))).toEqual([
      'bridge guidance 2024-03-04 - 2024-04-30 settled',
      'bridge household-help 2024-03-04 - 2024-04-30 settled',
    ]);
  });

  it('of one pool is not settled by another', () => {
    const events = [pooled(['guidance'], '2024-03-04'), settled('2024-04-30', { pool: 'other' })];
    expect(linesOf(...events)).toEqual(['bridge guidance 2024-03-04 - open unsettled']);
  });

  it('is not settled by a death', () => {
    expect(linesOf(pooled(['guidance'], '2024-03-04'), died('2024-04-30'))).toEqual([
      'bridge guidance 2024-03-04 - 2024-04-30 unsettled',
    ]);
  });
});

describe('what happens on one day', () => {
  it('is a handover completed', () => {
    const [done] = fold(handedOver('case-management', '2024-03-15')).completions;
    expect([services[done!.service], days(done!)]).toEqual(['case-management', '2024-03-15 - 2024-03-15']);
  });

  it('is recorded time, for the client unless it says otherwise', () => {
    const events = [
      time('guidance', '2024-03-04', 30),
      time('guidance', '2024-03-05', 20, { subject: 'carer' }),
    ];
    expect(fold(...events).activities.map(({ minutes, subject }) => `${minutes} ${subject}`)).toEqual([
      '30 client',
      '20 carer',
    ]);
  });

  it('is no time that is not about this client', () => {
    expect(fold(time('guidance', '2024-03-04', 30, { attributable: false })).activities).toEqual([]);
    expect(fold(time('guidance', '2024-03-04', 30, { attributable: true })).activities).toHaveLength(1);
  });
});

describe('death', () => {
  it('is the earliest of the days reported', () => {
    expect(days(fold(died('2024-08-12'), died('2024-08-11')).death!)).toBe('2024-08-11 - 2024-08-11');
  });

  it('is unknown when nobody reports it', () => {
    expect(fold(entitled('2024-03-04')).death).toBeNull();
  });
});
