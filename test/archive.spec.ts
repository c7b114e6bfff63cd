import {
  ArchiveBuilder,
  ArchiveReader,
  ArchiveWriter,
  packHistories,
  readArchive,
  type ClientHistory,
} from '@domeinbrug/archive';
import { parseDay } from '@domeinbrug/calendar';
import { eventTypeOf, foldJourney, type JourneyEvent, type JourneyFacts } from '@domeinbrug/journey';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tellPerson } from '../apps/cli/src/generate/population.js';

/** Enough to make several bases one after the other. */
const people = 1_500;
const period = { firstDay: parseDay('2022-01-01'), lastDay: parseDay('2025-12-31') };

interface Told {
  client: string;
  event: JourneyEvent;
}

/** All that is told of the people, in the order of recording. */
function history(): Told[] {
  return told().sort((a, b) => a.event.recordedAt - b.event.recordedAt);
}

/** As {@link history}, person by person. */
function told(): Told[] {
  return Array.from({ length: people }, (_, number) => tellPerson(7, number, period).told)
    .flat()
    .map(({ recordedAt, line }) => {
      const { source, id, type, data } = JSON.parse(line) as {
        source: string;
        id: string;
        type: string;
        data: { clientId: string };
      };
      const event = { source, id, type: eventTypeOf(type), recordedAt, data } as unknown as JourneyEvent;
      return { client: data.clientId, event };
    });
}

/** What is kept of facts, in an order that does not depend on which events they came from. */
function kept(all: JourneyFacts): unknown {
  const { homes, insured, claims, deliveries, activities, milestones, birthYear, state, triggers } = all;
  const apart = [homes, insured, claims, deliveries, activities, milestones].map((facts) =>
    facts
      .map((fact) => ({ ...fact, opened: 0, ended: 0, reportedUntil: 0 }))
      .map((fact) => JSON.stringify(Object.entries(fact).sort()))
      .sort(),
  );
  return [...apart, birthYear, state, triggers];
}

describe('the archive of an invented population', () => {
  const archive = ArchiveWriter.empty();
  const journeys = new Map<string, JourneyEvent[]>();
  const snapshots: { reader: ArchiveReader; event: number; facts: Map<string, JourneyFacts> }[] = [];

  beforeAll(() => {
    history().forEach(({ client, event }, index) => {
      const journey = [...(journeys.get(client) ?? []), event];
      journeys.set(client, journey);
      const at = { position: String(index + 1), recordedAt: event.recordedAt };
      archive.apply(at, client, foldJourney(journey, event.recordedAt));
      archive.commit(at);
      if (index % 1_000 === 999) {
        const reader = new ArchiveReader(archive.shared());
        const some = [...journeys].filter((_, number) => number % 10 === 0);
        const facts = some.map(([who, known]) => [who, foldJourney(known, event.recordedAt)] as const);
        snapshots.push({ reader, event: reader.lastEvent, facts: new Map(facts) });
      }
    });
  }, 60_000);

  it('is made anew again and again, and every snapshot goes on saying what it said', () => {
    const now = new ArchiveReader(archive.shared());
    expect(archive.shared().generation).toBeGreaterThan(3);
    expect(snapshots[0]!.reader.isReplaced).toBe(true);
    for (const { reader, event, facts } of snapshots) {
      for (const [client, folded] of facts) {
        for (const some of [reader, now]) {
          const number = some.numberOf(client);
          const found = number === undefined ? foldJourney([], 0) : some.factsAt(number, event);
          expect(kept(found)).toEqual(kept(folded));
        }
      }
    }
  });

  it('is the same when it is built of whole histories', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'archive-'));
    try {
      const builder = new ArchiveBuilder();
      const stepsOf = (journey: JourneyEvent[]): ClientHistory['steps'] =>
        journey.map(({ recordedAt }, at) => ({
          recordedAt,
          facts: foldJourney(journey.slice(0, at + 1), recordedAt),
        }));
      const inOrder = [...new Set(told().map(({ client }) => client))].flatMap((client) => {
        const journey = journeys.get(client);
        return journey ? [{ client, steps: stepsOf(journey) }] : [];
      });
      builder.add(packHistories(inOrder.slice(0, 700)));
      builder.add(packHistories(inOrder.slice(700)));
      const size = await builder.finish({ dataDir, foldVersion: 'test' });
      const one = new ArchiveReader(archive.shared());
      const built = new ArchiveReader(readArchive({ dataDir, foldVersion: 'test' })!);
      expect(size.facts).toBe(one.size().facts);
      expect(size.superseded).toBe(one.size().superseded);
      expect(built.upTo).toEqual(one.upTo);
      for (const { event } of [...snapshots, { event: one.lastEvent }]) {
        const { position } = one.momentOf(event);
        for (const client of [...journeys.keys()].filter((_, number) => number % 5 === 0)) {
          const [wanted, found] = [one, built].map((reader) =>
            reader.factsAt(reader.numberOf(client)!, reader.eventAt(position)),
          );
          expect(found).toEqual(wanted);
        }
      }
      const [wanted, found] = [one, built].map((reader) =>
        [...reader.candidates({ level: 'insurer', code: 3311 })]
          .map((client) => reader.clientAt(client))
          .sort(),
      );
      expect(found).toEqual(wanted);
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  }, 60_000);

  it('takes at most 16 bytes for a fact', () => {
    const { clients, facts, superseded, bytesOfFacts, bytesOfSuperseded } = new ArchiveReader(
      archive.shared(),
    ).size();
    expect(facts).toBeGreaterThan(3 * clients);
    expect(bytesOfFacts / facts).toBeLessThanOrEqual(16);
    expect(bytesOfSuperseded / superseded).toBeLessThanOrEqual(20);
  });
});
