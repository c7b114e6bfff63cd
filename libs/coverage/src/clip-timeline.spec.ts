import { admitted, caseManager, entitled, nursing, registered, time } from '../../../test/build/events.js';
import { cover, linesOf } from '../../../test/build/answers.js';
import { plainRules } from '../../../test/build/rule-sets.js';
import { clipTimeline } from './clip-timeline.js';

const timeline = cover(
  [
    registered('2023-01-01'),
    caseManager('2023-06-01'),
    nursing('2024-01-01'),
    entitled('2024-03-04'),
    admitted('2024-04-01'),
    time('case-management', '2024-02-01', 30),
    time('case-management', '2024-02-02', 30),
  ],
  plainRules(),
);

describe('clipping a timeline', () => {
  it('to nothing leaves it as it is', () => {
    expect(clipTimeline(timeline, {})).toEqual(timeline);
    expect(clipTimeline(timeline, { firstDay: null, lastDay: null })).toEqual(timeline);
  });

  it('cuts rows and gaps to the days asked, both inclusive', () => {
    const clipped = clipTimeline(timeline, { firstDay: '2024-02-01', lastDay: '2024-03-10' });
    expect(linesOf(clipped, 'district-nursing')).toEqual([
      '2024-02-01 - 2024-03-03 insurer:3311',
      '2024-03-04 - 2024-03-10 gap excluded-by-wlz',
    ]);
    expect(linesOf(clipped, 'residence')).toEqual([]);
  });

  it('to one day keeps what holds on it', () => {
    const day = (on: string): string[] =>
      linesOf(clipTimeline(timeline, { firstDay: on, lastDay: on }), 'district-nursing');
    expect(day('2024-03-03')).toEqual(['2024-03-03 - 2024-03-03 insurer:3311']);
    expect(day('2024-03-04')).toEqual(['2024-03-04 - 2024-03-04 gap excluded-by-wlz']);
    expect(day('2023-12-31')).toEqual([]);
  });

  it('closes an open row only where a last day is asked', () => {
    expect(linesOf(clipTimeline(timeline, { firstDay: '2024-05-01' }), 'residence')).toEqual([
      '2024-05-01 - open care-office:5515',
    ]);
    expect(linesOf(clipTimeline(timeline, { lastDay: '2024-05-01' }), 'residence')).toEqual([
      '2024-04-01 - 2024-05-01 care-office:5515',
    ]);
  });

  it('keeps the services asked, of minutes too', () => {
    const clipped = clipTimeline(timeline, { services: ['residence'] });
    expect(clipped.cover.map(({ service }) => service)).toEqual(['residence']);
    expect([clipped.gaps, clipped.minutes]).toEqual([[], []]);
  });

  it('keeps the minutes of the days asked', () => {
    expect(clipTimeline(timeline, { firstDay: '2024-02-02' }).minutes.map(({ day }) => day)).toEqual([
      '2024-02-02',
    ]);
    expect(clipTimeline(timeline, { lastDay: '2024-02-01' }).minutes.map(({ day }) => day)).toEqual([
      '2024-02-01',
    ]);
  });

  it('keeps reasons and findings: they are about the journey', () => {
    const clipped = clipTimeline(timeline, { firstDay: '2024-05-01' });
    expect(clipped.findings).toBe(timeline.findings);
    expect(clipped.cover[0]!.because).toBe(
      timeline.cover.find(({ service }) => service === 'residence')!.because,
    );
  });
});
