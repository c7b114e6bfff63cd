import { laws, services } from '@domeinbrug/terms';
import { caseClosed, caseManager, event, nursing, wmo, wmoEnded } from '../../../test/build/events.js';
import { days, fold } from '../../../test/build/answers.js';
import type { JourneyEvent } from './journey-event.js';

const claimsOf = (...events: JourneyEvent[]): string[] =>
  fold(...events).claims.map((claim) => `${laws[claim.law]} ${services[claim.service]} ${days(claim)}`);
const stop = (lastDay: string, temporary?: boolean): JourneyEvent =>
  event('wmo-support-ended', {
    decisionId: 'w1',
    municipality: '0363',
    provider: '41414141',
    lastDay,
    ...(temporary === undefined ? {} : { temporary }),
  });

describe('a municipal decision', () => {
  it('is a claim for each of its services', () => {
    expect(claimsOf(wmo(['guidance', 'household-help'], '2024-01-01'))).toEqual([
      'wmo household-help 2024-01-01 - open',
      'wmo guidance 2024-01-01 - open',
    ]);
  });

  it('names who decided and who gives the care', () => {
    expect(fold(wmo(['guidance'], '2024-01-01')).claims[0]).toMatchObject({
      municipality: 363,
      provider: 41414141,
    });
  });

  it.each([
    ['its own last day', [wmo(['guidance'], '2024-01-01', { lastDay: '2024-05-31' })]],
    ['the end of the decision', [wmo(['guidance'], '2024-01-01'), wmoEnded('2024-05-31')]],
    ['a final stop of the delivery', [wmo(['guidance'], '2024-01-01'), stop('2024-05-31', false)]],
    ['a stop that does not say whether it is final', [wmo(['guidance'], '2024-01-01'), stop('2024-05-31')]],
    [
      'the earliest of several',
      [
        wmo(['guidance'], '2024-01-01', { lastDay: '2024-12-31' }),
        wmoEnded('2024-07-31'),
        stop('2024-05-31'),
      ],
    ],
  ])('ends with %s', (_, events) => {
    expect(claimsOf(...events)).toEqual(['wmo guidance 2024-01-01 - 2024-05-31']);
  });

  it.each([
    ['a pause', stop('2024-05-31', true)],
    ['the end of another number', wmoEnded('2024-05-31', { decisionId: 'w2' })],
    ['the same number of another municipality', wmoEnded('2024-05-31', { municipality: '0518' })],
  ])('goes on after %s', (_, end) => {
    expect(claimsOf(wmo(['guidance'], '2024-01-01'), end)).toEqual(['wmo guidance 2024-01-01 - open']);
  });

  it.each([
    ['a last day before its first', [wmo(['guidance'], '2024-01-02', { lastDay: '2024-01-01' })]],
    ['an end before its start', [wmo(['guidance'], '2024-01-02'), wmoEnded('2024-01-01')]],
  ])('with %s was never granted', (_, events) => {
    expect(claimsOf(...events)).toEqual([]);
    expect(fold(...events).findings).toEqual([]);
  });

  it('of one day is a claim of one day', () => {
    expect(claimsOf(wmo(['guidance'], '2024-01-02', { lastDay: '2024-01-02' }))).toEqual([
      'wmo guidance 2024-01-02 - 2024-01-02',
    ]);
  });

  it('stands beside another one of the same service', () => {
    const second = wmo(['guidance'], '2024-03-01', { decisionId: 'w2' });
    expect(claimsOf(wmo(['guidance'], '2024-01-01'), second)).toHaveLength(2);
  });

  it('issued twice under one number ends as one', () => {
    const again = wmo(['guidance'], '2024-03-01');
    expect(claimsOf(wmo(['guidance'], '2024-01-01'), again, wmoEnded('2024-05-31'))).toEqual([
      'wmo guidance 2024-01-01 - 2024-05-31',
      'wmo guidance 2024-03-01 - 2024-05-31',
    ]);
  });
});

describe('a Zvw indication', () => {
  const both = nursing('2024-01-01', { services: ['district-nursing', 'specific-treatment'] });

  it('is a claim for each of its services, ended by its number', () => {
    const end = event('zvw-care-ended', { indicationId: 'z1', lastDay: '2024-05-31' });
    expect(claimsOf(both, end)).toEqual([
      'zvw district-nursing 2024-01-01 - 2024-05-31',
      'zvw specific-treatment 2024-01-01 - 2024-05-31',
    ]);
  });

  it('goes on after the end of another number', () => {
    const end = event('zvw-care-ended', { indicationId: 'z2', lastDay: '2024-05-31' });
    expect(claimsOf(nursing('2024-01-01'), end)).toEqual(['zvw district-nursing 2024-01-01 - open']);
  });
});

describe('case management', () => {
  const other = caseManager('2024-03-01', { provider: '32323232' });
  const both = [caseManager('2024-01-01'), other];

  it('ends with the latest start on or before the day', () => {
    expect(claimsOf(...both, caseClosed('2024-05-31'))).toEqual([
      'zvw case-management 2024-01-01 - open',
      'zvw case-management 2024-03-01 - 2024-05-31',
    ]);
  });

  it('of the named provider only ends where one is named', () => {
    expect(claimsOf(...both, caseClosed('2024-05-31', { provider: '31313131' }))).toEqual([
      'zvw case-management 2024-01-01 - 2024-05-31',
      'zvw case-management 2024-03-01 - open',
    ]);
  });
});
