import { formatInstant } from '@domeinbrug/calendar';
import { compileRuleSet } from '@domeinbrug/coverage';
import { NONE, type JourneyFacts } from '@domeinbrug/journey';
import fc from 'fast-check';
import { ruleSets } from '../../../test/laws/rule-sets.js';
import { applied, logs, pieces, type Step } from '../../../test/laws/logs.js';
import { ArchiveReader } from './archive-reader.js';
import { ArchiveWriter } from './archive-writer.js';

const runs = Number(process.env.ARCHIVE_RUNS ?? 40);
const seed = 20240304;

function archiveOf(steps: readonly Step[]): ArchiveWriter {
  const writer = ArchiveWriter.empty();
  for (const step of steps) applied(writer, step);
  return writer;
}

/** What no rule reads. Which events it came from is not kept. */
function figuresOf({ milestones, birthYear }: JourneyFacts): unknown {
  return [birthYear, milestones.map((milestone) => ({ ...milestone, opened: NONE, ended: NONE }))];
}

describe('an archive', () => {
  it('covers every client at every past position as the fold of the log up to it does', () => {
    fc.assert(
      fc.property(logs, ruleSets, (log, ruleSet) => {
        const rules = compileRuleSet(ruleSet);
        const reader = new ArchiveReader(archiveOf(log).shared());
        for (const { at, folded } of log) {
          const event = reader.eventAt(at.position);
          for (const [client, facts] of folded) {
            const found = reader.factsAt(reader.numberOf(client)!, event);
            expect(pieces(found, rules)).toEqual(pieces(facts, rules));
          }
        }
      }),
      { numRuns: runs, seed },
    );
  });

  it('keeps the milestones and the year of birth of every client at every past position', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const reader = new ArchiveReader(archiveOf(log).shared());
        for (const { at, folded } of log) {
          const event = reader.eventAt(at.position);
          for (const [client, facts] of folded)
            expect(figuresOf(reader.factsAt(reader.numberOf(client)!, event))).toEqual(figuresOf(facts));
        }
      }),
      { numRuns: runs, seed },
    );
  });

  it('is the same when a whole log is applied client by client', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const writer = ArchiveWriter.empty();
        writer.number(log.map(({ at }) => at));
        const clients = new Set(log.flatMap(({ changed }) => changed.map(([client]) => client)));
        for (const client of clients) {
          for (const { at, changed } of log)
            for (const [who, facts] of changed) if (who === client) writer.apply(at, who, facts);
        }
        if (log.length > 0) writer.commit(log.at(-1)!.at);
        const [found, wanted] = [writer, archiveOf(log)].map(
          (archive) => new ArchiveReader(archive.shared()),
        );
        for (const { at, folded } of log) {
          for (const client of folded.keys()) {
            const [facts, same] = [found!, wanted!].map((reader) => {
              const number = reader.numberOf(client);
              return number === undefined
                ? null
                : withPoolNames(reader.factsAt(number, reader.eventAt(at.position)));
            });
            expect(facts).toEqual(same);
          }
        }
      }),
      { numRuns: runs, seed },
    );
  });

  it('gives of each funder every client for whom a line ever named it, once', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const reader = new ArchiveReader(archiveOf(log).shared());
        const named = new Set(
          log.flatMap(({ folded }) =>
            [...folded].flatMap(([client, { homes }]) => homes.map(({ code }) => `${code} ${client}`)),
          ),
        );
        const found = [363, 384].flatMap((code) =>
          [...reader.candidates({ level: 'municipality', code })].map(
            (number) => `${code} ${reader.clientAt(number)}`,
          ),
        );
        expect(found.sort()).toEqual([...named].sort());
      }),
      { numRuns: runs, seed },
    );
  });

  it('tells where an event lies in the log', () => {
    const [log] = fc.sample(logs, { numRuns: 1, seed });
    const reader = new ArchiveReader(archiveOf(log!).shared());
    const moments = log!.map(({ at }) => `${at.position} ${formatInstant(at.recordedAt)}`);
    expect(reader.lastEvent).toBeGreaterThan(0);
    for (let event = 1; event <= reader.lastEvent; event++) {
      const { position, recordedAt } = reader.momentOf(event);
      expect(moments).toContain(`${position} ${formatInstant(recordedAt)}`);
      expect(reader.eventAt(position)).toBe(event);
    }
    expect(reader.upTo).toEqual(log!.at(-1)!.at);
  });
});

/** A pool's place is that of its first use, which another order of clients changes. */
function withPoolNames({ pools, joint, ...facts }: JourneyFacts): object {
  return { ...facts, joint: joint.map(({ pool, ...fact }) => ({ ...fact, pool: pools[pool] })) };
}
