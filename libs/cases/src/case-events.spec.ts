import { formatInstant } from '@domeinbrug/calendar';
import type { CaseEvent } from './case-file.js';
import { eventsOf } from './case-events.js';

const recorded = (event: CaseEvent): string => {
  const { events, problems } = eventsOf([event]);
  return events[0] ? formatInstant(events[0].recordedAt) : problems.join();
};

describe('the events of a case', () => {
  it('have their key as id, else their place in the list; all have one source', () => {
    const { events } = eventsOf([
      { type: 'wlz-requested', day: '2024-03-04' },
      { type: 'wlz-requested', day: '2024-03-05', key: 'q' },
      { type: 'wlz-requested', day: '2024-03-06' },
    ]);
    expect(events.map(({ id }) => id)).toEqual(['event-0001', 'q', 'event-0003']);
    expect(new Set(events.map(({ source }) => source)).size).toBe(1);
  });

  it('have as data what stands beside type, key and recordedAt; null is left out', () => {
    const [event] = eventsOf([
      { type: 'client-registered', key: 'r', firstDay: '2024-01-01', municipality: '0363', insurer: null },
    ]).events;
    expect(event!.data).toEqual({ firstDay: '2024-01-01', municipality: '0363' });
  });

  it('mean the same with a null in corrected data as without it', () => {
    const data = { provider: '42424242', firstDay: '2024-03-11', withTreatment: null };
    const [event] = eventsOf([
      { type: 'event-corrected', corrects: 'a', data, recordedAt: '2024-03-20T09:00:00+01:00' },
    ]).events;
    expect(event!.data).toMatchObject({ data: { provider: '42424242', firstDay: '2024-03-11' } });
    expect(JSON.stringify(event)).not.toContain('null');
  });

  it.each([
    [{ type: 'client-moved', municipality: '0363', firstDay: '2024-03-04' }, '2024-03-04T11:00:00.000Z'],
    [{ type: 'client-died', day: '2024-07-04' }, '2024-07-04T10:00:00.000Z'],
    [{ type: 'absence-started', reason: 'leave', departureDay: '2024-07-04' }, '2024-07-04T10:00:00.000Z'],
    [{ type: 'absence-ended', returnDay: '2024-07-04' }, '2024-07-04T10:00:00.000Z'],
    [{ type: 'bridging-ended', lastDay: '2024-07-04' }, '2024-07-04T10:00:00.000Z'],
    [
      { type: 'bridging-extended', lastDay: '2024-07-04', decidedOn: '2024-03-04' },
      '2024-07-04T10:00:00.000Z',
    ],
  ])('are recorded at noon in Amsterdam on their main day: %j', (event, moment) => {
    expect(recorded(event)).toBe(moment);
  });

  it('are recorded when they say so', () => {
    const event = { type: 'client-died', day: '2024-07-04', recordedAt: '2024-07-06T09:00:00+02:00' };
    expect(recorded(event)).toBe('2024-07-06T07:00:00.000Z');
  });

  it('name what they correct or take back by its key', () => {
    const { events } = eventsOf([
      { type: 'client-died', key: 'd', day: '2024-07-04' },
      {
        type: 'event-corrected',
        corrects: 'd',
        data: { day: '2024-07-05' },
        recordedAt: '2024-07-06T09:00:00Z',
      },
      { type: 'event-retracted', retracts: 'd', recordedAt: '2024-07-07T09:00:00Z' },
    ]);
    const target = { source: events[0]!.source, id: 'd' };
    expect(events.slice(1).map(({ data }) => data)).toEqual([
      { corrects: target, data: { day: '2024-07-05' } },
      { retracts: target, reason: '13' },
    ]);
  });
});

describe('what is no event', () => {
  it.each([
    [
      'an unknown type',
      { type: 'client-mooved', firstDay: '2024-03-04' },
      'there is no event type "client-mooved"',
    ],
    ['a field missing', { type: 'client-moved', firstDay: '2024-03-04' }, 'no complete client-moved'],
    [
      'a field too many',
      { type: 'client-died', day: '2024-03-04', place: 'home' },
      'no complete client-died',
    ],
    ['a day that is none', { type: 'client-died', day: '2024-02-30' }, 'no complete client-died'],
    [
      'a correction without a moment',
      { type: 'event-corrected', corrects: 'd', data: {} },
      'give recordedAt',
    ],
    [
      'a moment without offset',
      { type: 'client-died', day: '2024-03-04', recordedAt: '2024-03-04T09:00:00' },
      'give recordedAt',
    ],
  ])('is told with its id: %s', (_, event, text) => {
    const { events, problems } = eventsOf([{ key: 'e7', ...event }]);
    expect(events).toEqual([]);
    expect(problems).toEqual([expect.stringContaining(text)]);
    expect(problems[0]).toMatch(/e7/);
  });

  it('is told each', () => {
    expect(eventsOf([{ type: 'x' }, { type: 'y' }]).problems).toHaveLength(2);
  });
});

it('reads a merger of organisations apart from what clients tell', () => {
  const merger = { level: 'municipality', code: '0501', by: '1992', firstDay: '2023-01-01' };
  const { events, successions, problems } = eventsOf([{ type: 'code-succeeded', ...merger }]);
  expect([events, problems]).toEqual([[], []]);
  expect(successions).toMatchObject([{ level: 'municipality', code: 501, by: 1992, id: 'event-0001' }]);
  expect(eventsOf([{ type: 'code-succeeded', ...merger, by: '92' }]).problems).toEqual([
    expect.stringContaining('this is no complete code-succeeded'),
  ]);
});
