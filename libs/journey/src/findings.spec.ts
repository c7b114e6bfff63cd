import {
  admitted,
  bridged,
  caseClosed,
  delivered,
  deliveryEnded,
  died,
  discharged,
  entitled,
  event,
  stayEnded,
  time,
  uninsured,
  wmo,
} from '../../../test/build/events.js';
import { fold } from '../../../test/build/answers.js';
import type { FindingCode } from './facts.js';
import type { JourneyEvent } from './journey-event.js';

/** For each finding of a code the ids of the events concerned. */
const concerned = (code: FindingCode, ...events: JourneyEvent[]): string[][] =>
  fold(...events)
    .findings.filter((found) => found.code === code)
    .map((found) => found.events.map(({ id }) => id));

const elsewhere = { provider: '45454545' };

describe('after-death', () => {
  const death = died('2024-08-11');

  it.each([
    ['an admission', admitted('2024-08-12')],
    ['an indication', entitled('2024-08-12')],
    ['a milestone', event('wlz-requested', { day: '2024-08-12' })],
    ['an absence', event('absence-started', { reason: 'leave', departureDay: '2024-08-12' })],
    ['time for another service', time('case-management', '2024-08-12', 30)],
    [
      'an extension decided then',
      event('bridging-extended', { decidedOn: '2024-08-12', lastDay: '2024-10-01' }),
    ],
  ])('is raised by %s that starts after it', (_, late) => {
    expect(concerned('after-death', death, late)).toEqual([[late.id]]);
  });

  it.each([
    ['what starts on the day itself', admitted('2024-08-11')],
    ['time for aftercare', time('aftercare', '2024-08-20', 30)],
    ['what only ends something', caseClosed('2024-08-20')],
    ['another report of a death', died('2024-08-20')],
  ])('is not raised by %s', (_, late) => {
    expect(concerned('after-death', death, late)).toEqual([]);
  });
});

describe('delivery-without-indication', () => {
  it('names a delivery on days without an entitlement', () => {
    expect(concerned('delivery-without-indication', admitted('2024-04-08', { id: 'a' }))).toEqual([['a']]);
    expect(
      concerned('delivery-without-indication', admitted('2024-04-08', { id: 'a' }), entitled('2024-04-09')),
    ).toEqual([['a']]);
  });

  it('is silent when the indication begins in time', () => {
    expect(concerned('delivery-without-indication', admitted('2024-04-08'), entitled('2024-04-08'))).toEqual(
      [],
    );
  });
});

describe('end-without-start', () => {
  it.each([
    ['a discharge', discharged('2024-03-04')],
    ['the end of a delivery', deliveryEnded('2024-03-04')],
    [
      'the end of a decision',
      event('wmo-decision-ended', { decisionId: 'w9', municipality: '0363', lastDay: '2024-03-04' }),
    ],
    ['the end of nursing', event('zvw-care-ended', { indicationId: 'z9', lastDay: '2024-03-04' })],
    ['the end of case management', caseClosed('2024-03-04')],
    ['a withdrawal', event('wlz-indication-withdrawn', { decisionId: 'c9', lastDay: '2024-03-04' })],
    ['the end of a stay', stayEnded('hospital', '2024-03-04')],
    ['a return', event('absence-ended', { returnDay: '2024-03-04' })],
    ['the end of a bridging', event('bridging-ended', { lastDay: '2024-03-04' })],
    ['the end of insurance', uninsured('2024-03-04')],
    ['a carer who leaves', event('carer-ended', { carerId: 'm9', lastDay: '2024-03-04' })],
    ['a settlement', event('joint-funding-settled', { pool: 'bridge', lastDay: '2024-03-04' })],
  ])('is raised by %s', (_, end) => {
    expect(concerned('end-without-start', end)).toEqual([[end.id]]);
  });
});

describe('overlapping-deliveries', () => {
  const first = delivered('full-package', '2024-01-01', { id: 'd1' });
  const next = admitted('2024-03-04', { id: 'a1' });

  it('names both when the recorded last day is later than the next first day', () => {
    expect(concerned('overlapping-deliveries', first, next, deliveryEnded('2024-03-05'))).toEqual([
      ['d1', 'a1'],
    ]);
  });

  it.each([
    ['one shared day', [first, next, deliveryEnded('2024-03-04')]],
    ['no recorded last day', [first, next]],
    [
      'care that goes side by side',
      [
        delivered('modular', '2024-01-01'),
        delivered('personal-budget', '2024-02-01', elsewhere),
        deliveryEnded('2024-06-30'),
      ],
    ],
  ])('is silent about %s', (_, events) => {
    expect(concerned('overlapping-deliveries', ...events)).toEqual([]);
  });
});

describe('retroactive-decision', () => {
  it.each([
    ['2024-03-18', 0],
    ['2024-03-19', 1],
  ])('decided on %s about 4 March: %i', (decidedOn, count) => {
    expect(concerned('retroactive-decision', entitled('2024-03-04', { decidedOn }))).toHaveLength(count);
    expect(concerned('retroactive-decision', wmo(['guidance'], '2024-03-04', { decidedOn }))).toHaveLength(
      count,
    );
  });
});

describe('delivery-unknown', () => {
  it('names the indications when nothing about delivery or bridging was ever received', () => {
    expect(concerned('delivery-unknown', entitled('2024-03-04', { id: 'i' }))).toEqual([['i']]);
  });

  it.each([
    ['an admission', admitted('2024-05-01')],
    ['an end of delivery', deliveryEnded('2024-05-01')],
    ['a bridging', bridged('2024-05-01')],
  ])('is silent after %s', (_, received) => {
    expect(concerned('delivery-unknown', entitled('2024-03-04'), received)).toEqual([]);
  });

  it('is silent without an entitlement', () => {
    expect(concerned('delivery-unknown', wmo(['guidance'], '2024-03-04'))).toEqual([]);
  });
});

describe('contradicting-deaths', () => {
  it('names all reports when they give different days', () => {
    expect(
      concerned('contradicting-deaths', died('2024-08-11', { id: 'd1' }), died('2024-08-12', { id: 'd2' })),
    ).toEqual([['d1', 'd2']]);
  });

  it('is silent about two reports of one day', () => {
    const reports = [died('2024-08-11', { id: 'd1' }), died('2024-08-11', { id: 'd2' })];
    expect(concerned('contradicting-deaths', ...reports)).toEqual([]);
  });
});
