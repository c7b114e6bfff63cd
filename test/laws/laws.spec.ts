import { formatDay, parseDay } from '@domeinbrug/calendar';
import { clipTimeline, compileRuleSet, coverFacts, footprintOf, outcomeOn } from '@domeinbrug/coverage';
import { foldJourney } from '@domeinbrug/journey';
import { services } from '@domeinbrug/terms';
import fc from 'fast-check';
import { deathOf } from '../reference/facts.js';
import { knownEvents } from '../reference/known-events.js';
import { naiveTableDays, type NaiveAnswer } from '../reference/naive-coverage.js';
import {
  coveredDays,
  dayAfter,
  essence,
  expectApart,
  firstDayIn,
  grouped,
  isOn,
  isTableKind,
  lastDayOfRow,
  payersOf,
  preparedEvaluation,
  retractionOf,
  silentSink,
  tableVerdicts,
  timelineOf,
  walkedOutcomes,
} from './asking.js';
import { byEngine, byReference } from './determine.js';
import { firstPossibleDay, lastPossibleDay } from './event-drafts.js';
import { events as anyEvents, histories } from './histories.js';
import { lengthened, withoutPhasedLeadIns, withZeroLengths } from './lengths.js';
import { ruleSets } from './rule-sets.js';
import { withoutClaimsOf } from './without-claims.js';

/** How many random histories each law is tried on. */
const runs = Number(process.env.LAWS_RUNS ?? 1000);
const seed = Number(process.env.LAWS_SEED ?? 20240304);
jest.setTimeout(600_000);

function holds<T extends [unknown, ...unknown[]]>(
  property: fc.IProperty<T> | fc.IPropertyWithHooks<T>,
): void {
  fc.assert(property, { numRuns: runs, seed });
}

const rowsOf = ({ cover, gaps, minutes }: NaiveAnswer): Omit<NaiveAnswer, 'findings'> => ({
  cover,
  gaps,
  minutes,
});

describe('the engine', () => {
  it('says what the day-by-day reference says', () => {
    holds(
      fc.property(histories, ruleSets, ({ events, knownAt }, ruleSet) => {
        expect(byEngine(events, ruleSet, knownAt)).toEqual(byReference(events, ruleSet, knownAt));
      }),
    );
  });
});

describe('laws of every history and every rule set', () => {
  it('1. arrival order does not matter, nor does recording an event twice', () => {
    const shuffled = histories.chain(({ events, knownAt }) =>
      fc.record({
        events: fc.constant(events),
        again: fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }),
        twice: fc.subarray(events),
        knownAt: fc.constant(knownAt),
      }),
    );
    holds(
      fc.property(shuffled, ruleSets, ({ events, again, twice, knownAt }, ruleSet) => {
        const arrived = [...again, ...structuredClone(twice)];
        expect(byEngine(arrived, ruleSet, knownAt)).toEqual(byEngine(events, ruleSet, knownAt));
      }),
    );
  });

  it('2. retracting an event gives the rows of the history without it', () => {
    holds(
      fc.property(histories, ruleSets, fc.nat(), ({ events, knownAt }, ruleSet, pick) => {
        const retractable = events.filter(({ type }) => type !== 'event-retracted');
        const target = retractable[pick % Math.max(1, retractable.length)];
        fc.pre(target !== undefined);
        const retracted = [...events, retractionOf(target, knownAt)];
        const without = events.filter((event) => event !== target);
        expect(rowsOf(byEngine(retracted, ruleSet, knownAt))).toEqual(
          rowsOf(byEngine(without, ruleSet, knownAt)),
        );
      }),
    );
  });

  it('3. rows that are alike neither overlap nor touch, and none is empty', () => {
    holds(
      fc.property(histories, ruleSets, ({ events, knownAt }, ruleSet) => {
        const { cover, gaps } = byEngine(events, ruleSet, knownAt);
        for (const row of [...cover, ...gaps])
          expect(row.lastDay === null || row.lastDay >= row.firstDay).toBe(true);
        const payers = grouped(cover, ({ service, funder, kind, rule, provider }) =>
          JSON.stringify([service, funder, kind, rule, provider]),
        );
        for (const rows of payers) expectApart(rows, (row) => `${row.share} ${row.law}`);
        for (const rows of grouped(gaps, ({ service }) => service)) expectApart(rows, ({ reason }) => reason);
      }),
    );
  });

  it('4. after the day of death only aftercare and vacancy; before the first fact nothing but lead-in', () => {
    holds(
      fc.property(histories, ruleSets, ({ events, knownAt }, ruleSet) => {
        const known = knownEvents(events, knownAt).events;
        const death = deathOf(known);
        const firstFact = Math.min(...known.map(({ data }) => firstDayIn(data)));
        const { cover, gaps } = byEngine(events, ruleSet, knownAt);
        for (const row of [...cover, ...gaps]) {
          const aftermath = row.service === 'aftercare' || row.service === 'vacancy';
          if (death !== null && !aftermath) expect(lastDayOfRow(row)).toBeLessThanOrEqual(death);
          const isLeadIn = 'kind' in row && row.kind === 'lead-in';
          if (!isLeadIn) expect(parseDay(row.firstDay)).toBeGreaterThanOrEqual(firstFact);
        }
      }),
    );
  });

  it('5. before windows, each needed day is one of cover, gap, absorbed, ended, suspended and pooled', () => {
    holds(
      fc.property(histories, ruleSets, ({ events, knownAt }, ruleSet) => {
        const table = { ...ruleSet, windows: [] };
        const expected = new Map(
          naiveTableDays({ events, ruleSet: table, knownAt }).map(({ service, day, outcome, transition }) => {
            const status = outcome.what === 'cover' ? 'paid' : outcome.what;
            const payers = Number(status === 'paid' || status === 'pooled') + Number(transition);
            return [`${service} ${day}`, `${status}, payers: ${payers}`];
          }),
        );
        const verdicts = tableVerdicts({ events, knownAt }, table);
        const differing = [...expected].filter(([day, verdict]) => verdicts.get(day) !== verdict);
        expect(differing).toEqual([]);
        expect(verdicts.size).toBe(expected.size);
      }),
    );
  });

  it('6. windows only add: none of any length is the table; longer ones lose no covered day', () => {
    const days = fc.integer({ min: 1, max: 20 });
    holds(
      fc.property(histories, ruleSets, days, ({ events, knownAt }, drawn, more) => {
        const table = byEngine(events, { ...drawn, windows: [] }, knownAt);
        expect(byEngine(events, withZeroLengths(drawn), knownAt)).toEqual(table);
        const ruleSet = withoutPhasedLeadIns(drawn);
        const before = byEngine(events, ruleSet, knownAt);
        const after = coveredDays(byEngine(events, lengthened(ruleSet, more), knownAt));
        const restarting = ruleSet.windows.filter(({ repeat }) => repeat === 'restart').map(({ id }) => id);
        const kept = before.cover.filter(({ rule, kind }) => isTableKind(kind) || restarting.includes(rule));
        const lost = [...coveredDays({ ...before, cover: kept })].filter((each) => !after.has(each));
        expect(lost).toEqual([]);
      }),
    );
  });

  it('7. the shares of one day of a window sum to 100', () => {
    holds(
      fc.property(histories, ruleSets, ({ events, knownAt }, ruleSet) => {
        const { cover } = byEngine(events, ruleSet, knownAt);
        const ofWindows = cover.filter(({ kind }) => !isTableKind(kind));
        for (const rows of grouped(ofWindows, ({ service, rule }) => `${service} ${rule}`)) {
          const turns = rows.flatMap((row) => [row.firstDay, dayAfter(row.lastDay)]);
          for (const day of turns) {
            const paying = rows.filter((row) => day !== null && isOn(row, day));
            const sum = paying.reduce((total, { share }) => total + share, 0);
            expect(paying.length === 0 ? 100 : sum).toBe(100);
          }
        }
      }),
    );
  });

  it('8. asking about one day gives what the whole timeline says on that day', () => {
    const oneDay = fc.integer({ min: firstPossibleDay - 60, max: lastPossibleDay + 200 });
    holds(
      fc.property(
        histories,
        ruleSets,
        fc.array(oneDay, { minLength: 1, maxLength: 5 }),
        (history, ruleSet, days) => {
          const compiled = compileRuleSet(ruleSet);
          const whole = timelineOf(history, compiled);
          const walked = walkedOutcomes(history, compiled);
          const asked = preparedEvaluation(history, compiled);
          for (const day of days) {
            const clipped = clipTimeline(whole, { firstDay: formatDay(day), lastDay: formatDay(day) });
            expect(payersOf(clipped.cover)).toEqual(
              payersOf(whole.cover.filter((row) => isOn(row, formatDay(day)))),
            );
            expect(clipped.gaps.map(({ service, reason }) => [service, reason])).toEqual(
              whole.gaps
                .filter((row) => isOn(row, formatDay(day)))
                .map(({ service, reason }) => [service, reason]),
            );
            services.forEach((_, service) => {
              const piece = walked.find(
                (each) => each.service === service && each.from <= day && day < each.until,
              );
              if (piece) expect(essence(outcomeOn(asked, service, day))).toEqual(essence(piece.outcome));
            });
          }
        },
      ),
    );
  });

  it('9. knowing all there is today is knowing all there was at the last recording', () => {
    holds(
      fc.property(anyEvents, ruleSets, (events, ruleSet) => {
        fc.pre(events.length > 0);
        const lastRecording = Math.max(...events.map(({ recordedAt }) => recordedAt));
        const yearsLater = lastRecording + 3 * 366 * 86_400_000;
        expect(byEngine(events, ruleSet, yearsLater)).toEqual(byEngine(events, ruleSet, lastRecording));
      }),
    );
  });

  it('10. one client alone and among others gets the same rows', () => {
    const several = fc.array(histories, { minLength: 2, maxLength: 3 });
    holds(
      fc.property(several, ruleSets, (clients, ruleSet) => {
        const shared = compileRuleSet(ruleSet);
        const alone = clients.map((history) => timelineOf(history, compileRuleSet(ruleSet)));
        expect(clients.map((history) => timelineOf(history, shared))).toEqual(alone);
        expect([...clients].reverse().map((history) => timelineOf(history, shared))).toEqual(alone.reverse());
      }),
    );
  });

  it('11. removing all claims of one service changes no row of another', () => {
    holds(
      fc.property(
        histories,
        ruleSets,
        fc.constantFrom(...services),
        ({ events, knownAt }, ruleSet, service) => {
          fc.pre(ruleSet.windows.every(({ requires }) => requires.claimWithin?.service !== service));
          const others = (answer: NaiveAnswer): object => ({
            cover: answer.cover.filter((row) => row.service !== service),
            gaps: answer.gaps.filter((row) => row.service !== service),
            minutes: answer.minutes.filter((row) => row.service !== service),
          });
          expect(others(byEngine(withoutClaimsOf(service, events), ruleSet, knownAt))).toEqual(
            others(byEngine(events, ruleSet, knownAt)),
          );
        },
      ),
    );
  });

  it('12. on each day until the one that outcomeOn names, it gives the same outcome', () => {
    holds(
      fc.property(histories, ruleSets, fc.nat(), (history, ruleSet, pick) => {
        const compiled = compileRuleSet(ruleSet);
        const asked = preparedEvaluation(history, compiled);
        for (const { service, from, until, outcome } of walkedOutcomes(history, compiled)) {
          const last = Math.min(until, lastPossibleDay + 700) - 1;
          const first = Math.max(from, firstPossibleDay - 200);
          if (last < first) continue;
          for (const day of [first, first + (pick % (last - first + 1)), last]) {
            expect(essence(outcomeOn(asked, service, day))).toEqual(essence(outcome));
          }
        }
      }),
    );
  });

  it('13. changing a parameter that was not read for a client changes nothing for that client', () => {
    holds(
      fc.property(histories, ruleSets, ruleSets, ({ events, knownAt }, ruleSet, other) => {
        const compiled = compileRuleSet(ruleSet);
        const footprint = footprintOf(coverFacts(foldJourney(events, knownAt), compiled, silentSink));
        const read = compiled.parameters.filter(({ bit }) => (footprint & bit) !== 0).map(({ name }) => name);
        const parameters = Object.fromEntries(
          Object.entries(ruleSet.parameters).map(([name, parameter]) => [
            name,
            read.includes(name) ? parameter : other.parameters[name]!,
          ]),
        );
        expect(byEngine(events, { ...ruleSet, parameters }, knownAt)).toEqual(
          byEngine(events, ruleSet, knownAt),
        );
      }),
    );
  });
});
