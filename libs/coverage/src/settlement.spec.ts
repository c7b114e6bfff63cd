import type { JourneyEvent } from '@domeinbrug/journey';
import {
  admitted,
  caseManager,
  entitled,
  insuredBy,
  nursing,
  registered,
  retracted,
  wmo,
} from '../../../test/build/events.js';
import { cover } from '../../../test/build/answers.js';
import { plainRules, rulesWhere, rulesWithWindow } from '../../../test/build/rule-sets.js';
import type { CompiledRuleSet } from './compile.js';
import { settlementBetween, type FunderShare, type SettlementOptions } from './settlement.js';

const home = registered('2023-01-01');
const managed = caseManager('2023-06-01');
const into = [entitled('2024-03-04'), admitted('2024-03-04')];
const plain = plainRules();

interface Side {
  events: JourneyEvent[];
  rules?: CompiledRuleSet;
}

/** `case-management 2024-03-04 - 2024-04-14 (42): none -> insurer:3311 100`. */
function settlement(before: Side, after: Side, options: SettlementOptions = {}): string[] {
  const [from, to] = [before, after].map(({ events, rules }) => cover([home, ...events], rules ?? plain));
  return settlementBetween(from!, to!, options).map(
    (row) =>
      `${row.service} ${row.firstDay} - ${row.lastDay ?? 'open'} (${row.days}): ${text(row.from)} -> ${text(row.to)}`,
  );
}

const text = (shares: readonly FunderShare[]): string =>
  shares.map(({ funder, share }) => `${funder} ${share}`).join(' + ') || 'none';

describe('a settlement', () => {
  const events = [managed, ...into];

  it('of a timeline with itself is nothing', () => {
    expect(settlement({ events }, { events })).toEqual([]);
  });

  it('between two rule sets shows the days that change hands', () => {
    expect(settlement({ events }, { events, rules: rulesWithWindow() })).toEqual([
      'case-management 2024-03-04 - 2024-04-14 (42): none -> insurer:3311 100',
    ]);
  });

  it('the other way round is the other way round', () => {
    expect(settlement({ events, rules: rulesWithWindow() }, { events })).toEqual([
      'case-management 2024-03-04 - 2024-04-14 (42): insurer:3311 100 -> none',
    ]);
  });

  it('names each share, sorted, and cuts where the funders change', () => {
    const shared = rulesWithWindow({
      phases: [
        {
          days: 14,
          pays: [
            { law: 'zvw', share: 50 },
            { law: 'wlz', share: 50 },
          ],
        },
        { pays: [{ law: 'zvw', share: 100 }] },
      ],
    });
    expect(settlement({ events, rules: rulesWithWindow() }, { events, rules: shared })).toEqual([
      'case-management 2024-03-04 - 2024-03-17 (14): insurer:3311 100 -> care-office:5515 50 + insurer:3311 50',
    ]);
    const changed = [...events, insuredBy('3332', '2024-04-01')];
    expect(settlement({ events: changed }, { events: changed, rules: rulesWithWindow() })).toEqual([
      'case-management 2024-03-04 - 2024-03-31 (28): none -> insurer:3311 100',
      'case-management 2024-04-01 - 2024-04-14 (14): none -> insurer:3332 100',
    ]);
  });

  it('does not cut where only the rule, the kind or the provider changes', () => {
    const other = [...events, caseManager('2024-02-01', { provider: '32323232' })];
    expect(settlement({ events: into }, { events: [...into, managed] })).toHaveLength(1);
    expect(settlement({ events: into }, { events: other, rules: rulesWithWindow() })).toEqual([
      'case-management 2023-06-01 - 2024-04-14 (319): none -> insurer:3311 100',
    ]);
  });

  it('is of funders as a set: who pays twice over stands there once', () => {
    const both = rulesWhere('transitionDay', 'both');
    const guided = [wmo(['guidance'], '2024-01-01'), entitled('2024-03-04'), admitted('2024-03-10')];
    expect(settlement({ events: guided }, { events: guided, rules: both })).toEqual([
      'guidance 2024-03-04 - 2024-03-04 (1): none -> municipality:0363 100',
    ]);
  });

  it('runs to the end, unless a last day is given', () => {
    const nursed = nursing('2024-01-01');
    const without = [nursed, retracted(nursed)];
    expect(settlement({ events: [nursed] }, { events: without })).toEqual([
      'district-nursing 2024-01-01 - open (null): insurer:3311 100 -> none',
    ]);
    expect(settlement({ events: [nursed] }, { events: without }, { lastDay: '2024-01-31' })).toEqual([
      'district-nursing 2024-01-01 - 2024-01-31 (31): insurer:3311 100 -> none',
    ]);
    expect(settlement({ events: [nursed] }, { events: without }, { lastDay: '2023-12-31' })).toEqual([]);
  });

  it('is of the services asked, by service and day', () => {
    const care = [nursing('2024-01-01'), wmo(['guidance'], '2024-01-01'), managed];
    const all = settlement({ events: [] }, { events: care }).map((line) => line.split(' ')[0]);
    expect(all).toEqual(['case-management', 'district-nursing', 'guidance']);
    expect(settlement({ events: [] }, { events: care }, { services: ['guidance'] })).toHaveLength(1);
  });
});
