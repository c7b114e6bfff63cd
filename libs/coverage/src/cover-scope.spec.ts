import { formatDay, parseDay } from '@domeinbrug/calendar';
import { services } from '@domeinbrug/terms';
import fc from 'fast-check';
import { fold } from '../../../test/build/answers.js';
import { admitted, caseManager, entitled, nursing, registered, wmo } from '../../../test/build/events.js';
import { rulesWithWindow } from '../../../test/build/rule-sets.js';
import { clipTimeline } from './clip-timeline.js';
import { collectingSink } from './collecting-sink.js';
import { coverFacts, wholeCover, type CoverScope } from './cover-facts.js';
import type { CoverageTimeline } from './coverage-timeline.js';

const rules = rulesWithWindow();
const facts = fold(
  registered('2023-01-01'),
  wmo(['guidance'], '2023-05-01'),
  nursing('2023-04-01'),
  caseManager('2023-06-01'),
  entitled('2024-01-15'),
  admitted('2024-03-04'),
);

type Rows = Pick<CoverageTimeline, 'cover' | 'gaps'>;

function covered(scope: CoverScope): Rows {
  const sink = collectingSink();
  sink.finish(coverFacts(facts, rules, sink, scope));
  return sink;
}

/** Reasons belong to whole rows; a part of one has others. */
const withoutReasons = ({ cover, gaps }: Rows): unknown[] =>
  [...cover, ...gaps].map(({ because: _, ...row }) => row);

it('cover of some days and services gives the whole cover, cut to them', () => {
  const whole = { ...covered(wholeCover), minutes: [] } as unknown as CoverageTimeline;
  const day = fc.integer({ min: parseDay('2023-01-01'), max: parseDay('2024-12-31') });
  const asked = fc.subarray([...services.keys()]);
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 400 }), asked, (from, length, some) => {
      const until = from + length;
      const clip = {
        firstDay: formatDay(from),
        lastDay: formatDay(until - 1),
        services: some.map((service) => services[service]!),
      };
      const part = covered({ from, until, services: some });
      expect(withoutReasons(part)).toEqual(withoutReasons(clipTimeline(whole, clip)));
    }),
    { seed: 20240304, numRuns: 300 },
  );
});
