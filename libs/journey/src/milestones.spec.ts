import { formatDay } from '@domeinbrug/calendar';
import fc from 'fast-check';
import { events as histories } from '../../../test/laws/histories.js';
import { corrected, died, entitled, event, registered, retracted, wmo } from '../../../test/build/events.js';
import { fold } from '../../../test/build/answers.js';
import { milestoneKinds, NONE } from './facts.js';
import type { JourneyEvent } from './journey-event.js';

/** `wmo-decided 2024-03-04 363`: kind, day and what goes with it. */
const linesOf = (...events: JourneyEvent[]): string[] =>
  fold(...events).milestones.map(({ kind, from, until, municipality, status }) => {
    expect(until).toBe(from + 1);
    const beside = [municipality, status].filter((code) => code !== NONE);
    return [milestoneKinds[kind], formatDay(from), ...beside].join(' ');
  });

const delivery = { decisionId: 'w1', municipality: '0363', provider: '41414141' };

describe('a milestone', () => {
  it.each([
    ['case-management-referred 2024-03-04', event('case-management-referred', { day: '2024-03-04' })],
    [
      'wmo-reported 2024-03-04 363',
      event('wmo-support-reported', { day: '2024-03-04', municipality: '0363' }),
    ],
    [
      'wmo-drafted 2024-03-04 363',
      event('wmo-plan-drafted', { day: '2024-03-04', municipality: '0363', draftedBy: 'arranger' }),
    ],
    [
      'wmo-requested 2024-03-04 363',
      event('wmo-support-requested', { day: '2024-03-04', municipality: '0363' }),
    ],
    ['wmo-decided 2024-03-04 363', wmo(['guidance'], '2024-04-01', { decidedOn: '2024-03-04' })],
    ['wmo-started 2024-03-04 363', event('wmo-support-started', { ...delivery, firstDay: '2024-03-04' })],
    [
      'wmo-paused 2024-03-04 363',
      event('wmo-support-ended', { ...delivery, lastDay: '2024-03-04', temporary: true }),
    ],
    ['wlz-requested 2024-03-04', event('wlz-requested', { day: '2024-03-04' })],
    ['wlz-decided 2024-03-04', entitled('2024-02-01', { decidedOn: '2024-03-04' })],
    ['waiting-status 2024-03-04 7', event('wlz-waiting-status', { day: '2024-03-04', status: '7' })],
    ['group-assigned 2024-03-04', event('group-assigned', { firstDay: '2024-03-04', group: 'g1' })],
    ['group-ended 2024-03-04', event('group-ended', { lastDay: '2024-03-04', group: 'g1' })],
  ])('%s', (line, reported) => {
    expect(linesOf(reported)).toEqual([line]);
  });

  it('is not made of a final stop, nor of a decision whose day was not told', () => {
    const stopped = event('wmo-support-ended', { ...delivery, lastDay: '2024-03-04' });
    expect(linesOf(stopped, wmo(['guidance'], '2024-04-01'))).toEqual([]);
  });

  it('moves with a correction and goes with a retraction', () => {
    const requested = event('wlz-requested', { day: '2024-03-04' });
    const moved = corrected(requested, event('wlz-requested', { day: '2024-03-11' }));
    expect(linesOf(requested, moved)).toEqual(['wlz-requested 2024-03-11']);
    expect(linesOf(requested, retracted(requested))).toEqual([]);
  });

  it('after the day of death is none', () => {
    const [onTheDay, after] = ['2024-03-04', '2024-03-05'].map((day) => event('wlz-requested', { day }));
    expect(linesOf(onTheDay!, after!, died('2024-03-04'))).toEqual(['wlz-requested 2024-03-04']);
  });

  it('does not depend on the order of arrival', () => {
    const shuffled = histories.chain((history) =>
      fc.tuple(
        fc.constant(history),
        fc.shuffledSubarray(history, { minLength: history.length, maxLength: history.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([history, otherwise]) => {
        const [one, other] = [fold(...history), fold(...otherwise)];
        expect(other.milestones).toEqual(one.milestones);
        expect(other.birthYear).toBe(one.birthYear);
      }),
      { numRuns: 200, seed: 20240304 },
    );
  });
});

describe('the year of birth', () => {
  const yearOf = (...events: JourneyEvent[]): number => fold(...events).birthYear;
  const later = registered('2024-06-01', { birthYear: 1941, id: 'b' });

  it('is not known until somebody tells it', () => {
    expect(yearOf()).toBe(NONE);
    expect(yearOf(registered('2024-01-01'))).toBe(NONE);
  });

  it('is that of the latest registration that tells it', () => {
    expect(yearOf(later, registered('2024-01-01', { birthYear: 1940 }))).toBe(1941);
    expect(yearOf(later, registered('2024-09-01'))).toBe(1941);
  });

  it('is that of the first in (source, id) order of two that begin on one day', () => {
    expect(yearOf(later, registered('2024-06-01', { birthYear: 1940, id: 'a' }))).toBe(1940);
  });
});
