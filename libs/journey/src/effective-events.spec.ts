import {
  admitted,
  corrected,
  died,
  entitled,
  event,
  keyOf,
  momentOf,
  moved,
  retracted,
} from '../../../test/build/events.js';
import { effectiveEvents } from './effective-events.js';
import type { JourneyEvent } from './journey-event.js';

const late = '2999-01-01T00:00:00Z';
const counting = (...events: JourneyEvent[]): JourneyEvent[] =>
  effectiveEvents(events, momentOf(late)).events;
const found = (...events: JourneyEvent[]): string[] =>
  effectiveEvents(events, momentOf(late)).findings.map(({ code }) => code);

const admission = admitted('2024-03-04', { id: 'a' });
const first = corrected(admission, admitted('2024-03-05'), { id: 'x1', recordedAt: '2024-04-01T12:00:00Z' });
const second = corrected(admission, admitted('2024-03-06'), { id: 'x2', recordedAt: '2024-04-02T12:00:00Z' });
const firstDays = (...events: JourneyEvent[]): unknown[] =>
  counting(...events).map(({ data }) => (data as { firstDay: string }).firstDay);

describe('what is known', () => {
  it('is what was recorded at or before the moment', () => {
    const asOf = (moment: string): number => effectiveEvents([admission], momentOf(moment)).events.length;
    expect(asOf('2024-03-04T10:59:59.999Z')).toBe(0);
    expect(asOf('2024-03-04T11:00:00.000Z')).toBe(1);
  });

  it('is each event once, by source and id', () => {
    const other = admitted('2024-03-04', { id: 'a', source: 'urn:nld:agb:11111111' });
    expect(counting(admission, other, admission)).toEqual([other, admission]);
  });

  it('is, of an event recorded twice, the first recording', () => {
    const again = admitted('2024-03-04', { id: 'a', recordedAt: '2024-05-01T12:00:00Z' });
    expect(counting(again, admission)).toEqual([admission]);
  });
});

describe('a correction', () => {
  it('replaces the data and leaves type, key and moment of recording', () => {
    expect(counting(admission, first)).toEqual([{ ...admission, data: first.data['data' as never] }]);
  });

  it('does not count before it was recorded', () => {
    const known = effectiveEvents([admission, first], momentOf('2024-03-31T12:00:00Z')).events;
    expect(known).toEqual([admission]);
  });

  it.each([
    ['in order', [admission, first, second]],
    ['the other way round', [second, first, admission]],
  ])('loses to one recorded later, arrived %s', (_, events) => {
    expect(firstDays(...events)).toEqual(['2024-03-06']);
  });

  it('of two recorded at one moment the greater source and id wins', () => {
    const tie = corrected(admission, admitted('2024-03-09'), {
      id: 'x0',
      recordedAt: '2024-04-02T12:00:00Z',
    });
    expect(firstDays(tie, second, admission)).toEqual(['2024-03-06']);
    expect(firstDays(second, tie, admission)).toEqual(['2024-03-06']);
  });

  it('may come from another system of the same organisation', () => {
    const planning = { source: 'urn:nld:agb:65656055:systeem:planning', id: 'p1' };
    expect(firstDays(admission, corrected(admission, admitted('2024-03-05'), planning))).toEqual([
      '2024-03-05',
    ]);
  });

  it.each([
    [
      'another organisation',
      corrected(admission, admitted('2024-03-05'), { source: 'urn:nld:agb:11111111:systeem:ecd' }),
    ],
    [
      'data that is no whole event of the type',
      event('event-corrected', { corrects: keyOf(admission), data: {} }),
    ],
    ['data of another type', corrected(admission, moved('0518', '2024-03-05'))],
    [
      'a day that is none',
      event('event-corrected', {
        corrects: keyOf(admission),
        data: { provider: '42424242', firstDay: '2024-02-30' },
      }),
    ],
  ])('from %s has no effect and is found wrong', (_, correction) => {
    expect(counting(admission, correction)).toEqual([admission]);
    expect(found(admission, correction)).toEqual(['wrong-target']);
  });

  it('of a correction is found wrong; the first correction stands', () => {
    const ofCorrection = corrected(first, admitted('2024-03-20'), { id: 'x9' });
    expect(firstDays(admission, first, ofCorrection)).toEqual(['2024-03-05']);
    expect(found(admission, first, ofCorrection)).toEqual(['wrong-target']);
  });

  it('of a retraction is found wrong', () => {
    const retraction = retracted(admission);
    expect(found(admission, retraction, corrected(retraction, admitted('2024-03-20')))).toEqual([
      'wrong-target',
    ]);
  });

  it('of an event that nobody knows waits for it', () => {
    expect(found(first)).toEqual(['unknown-target']);
    expect(found(first, admission)).toEqual([]);
    expect(firstDays(first, admission)).toEqual(['2024-03-05']);
  });
});

describe('a retraction', () => {
  it('removes an event as if never sent', () => {
    expect(counting(admission, retracted(admission))).toEqual([]);
    expect(found(admission, retracted(admission))).toEqual([]);
  });

  it('of a correction brings back what stood before it', () => {
    expect(firstDays(admission, first, second, retracted(second))).toEqual(['2024-03-05']);
    expect(firstDays(admission, first, second, retracted(second), retracted(first))).toEqual(['2024-03-04']);
    expect(found(admission, first, retracted(first))).toEqual([]);
  });

  it.each([
    ['before it', [admission, first, retracted(admission, { recordedAt: '2024-05-01T12:00:00Z' })]],
    ['after it', [admission, retracted(admission, { recordedAt: '2024-03-20T12:00:00Z' }), first]],
  ])('of an event leaves a correction recorded %s without effect, and says so', (_, events) => {
    expect(counting(...events)).toEqual([]);
    expect(found(...events)).toEqual(['correction-of-retracted']);
  });

  it('of a retraction is found wrong and has no effect', () => {
    const retraction = retracted(admission);
    expect(counting(admission, retraction, retracted(retraction))).toEqual([]);
    expect(found(admission, retraction, retracted(retraction))).toEqual(['wrong-target']);
  });

  it('by another organisation is found wrong and has no effect', () => {
    const foreign = retracted(admission, { source: 'urn:nld:gemeentecode:0363:systeem:wmo' });
    expect(counting(admission, foreign)).toEqual([admission]);
    expect(found(admission, foreign)).toEqual(['wrong-target']);
  });

  it('of an event that nobody knows waits for it', () => {
    expect(found(retracted(admission))).toEqual(['unknown-target']);
    expect(counting(retracted(admission), admission)).toEqual([]);
  });

  it('takes the other events with it nowhere', () => {
    const others = [entitled('2024-03-01'), died('2024-06-01')];
    expect(counting(...others, admission, retracted(admission))).toHaveLength(2);
  });
});

describe('a finding', () => {
  it('names the revision and what it is about', () => {
    const retraction = retracted(admission);
    const { findings } = effectiveEvents([admission, retraction, retracted(retraction)], momentOf(late));
    expect(findings[0]!.events.map(({ id }) => id)).toEqual([
      'retraction of retraction of a',
      'retraction of a',
    ]);
    expect(findings[0]!.text).toMatch(/send the event anew/);
  });
});
