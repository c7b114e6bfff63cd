import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { ArchiveReader } from '@domeinbrug/archive';
import { compileRuleSet, coverFacts } from '@domeinbrug/coverage';
import type { EventLog, RecordedEvent } from '@domeinbrug/event-store';
import { foldJourney, journeyEventOf, type JourneyFacts } from '@domeinbrug/journey';
import {
  fromTheStart,
  readProjections,
  rebuildViews,
  startProjections,
  viewsPath,
  type Projections,
  type RunningProjections,
} from '@domeinbrug/projections';
import {
  admission,
  caseManagement,
  dropFolder,
  guidance,
  indication,
  openFolder,
  record,
  registered,
  shipped,
  viewsIn,
} from '../../../test/build/log-folder.js';

/** The archive as the projector keeps it up, against the fold of the log. */

const rules = shipped('six-weeks');
const compiled = compileRuleSet(rules);
const inForce = fromTheStart(rules);
let dataDir: string;
let log: EventLog;

beforeEach(async () => {
  ({ dataDir, log } = await openFolder());
});

afterEach(() => dropFolder({ dataDir, log }));

const start = (): RunningProjections => startProjections({ dataDir, inForce, log });

/** The archive once it has taken in everything that the log has. */
async function archiveOf(projections: Projections, ofLog = log): Promise<ArchiveReader> {
  const { position } = await ofLog.head();
  expect(await projections.reached(position, 30_000)).toBe(true);
  for (;;) {
    const shared = projections.archive();
    const reader = shared && new ArchiveReader(shared);
    if (reader?.upTo.position === position) return reader;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Every piece that the rules make of the facts, as text. */
function piecesOf(facts: JourneyFacts): string[] {
  const pieces: string[] = [];
  coverFacts(facts, compiled, {
    piece: (_, service, from, until, { status, payments }) =>
      pieces.push(JSON.stringify([service, from, until, status, payments])),
    minutes: (split) => pieces.push(JSON.stringify(split)),
    finding: (code) => pieces.push(code),
  });
  return pieces;
}

async function expectAsFolded(reader: ArchiveReader): Promise<void> {
  const all = await log.readAll('0', 1_000);
  for (const { position, recordedAt } of all) {
    const clients = new Map<string, RecordedEvent[]>();
    for (const event of all.filter((each) => Number(each.position) <= Number(position))) {
      clients.set(event.stream, [...(clients.get(event.stream) ?? []), event]);
    }
    for (const [stream, events] of clients) {
      const client = reader.numberOf(stream.replace('journey-', ''));
      const told = client === undefined ? [] : piecesOf(reader.factsAt(client, reader.eventAt(position)));
      const facts = foldJourney(events.map(journeyEventOf), recordedAt);
      if (client === undefined) expect(facts.claims).toEqual([]);
      else expect(told).toEqual(piecesOf(facts));
    }
  }
}

const events = [registered(), caseManagement, guidance, indication, admission];
type Step = 'restart' | 'lose views' | 'lose archive' | 'damage archive' | { client: number; event: number };
const aStep = fc.oneof(
  { weight: 6, arbitrary: fc.record({ client: fc.nat(2), event: fc.nat(events.length - 1) }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Step>('restart', 'lose views', 'lose archive', 'damage archive'),
  },
);

test('the archive is the fold of the log at every position, whatever was lost in between', async () => {
  await fc.assert(
    fc
      .asyncProperty(fc.array(aStep, { minLength: 5, maxLength: 20 }), async (steps) => {
        let projections = start();
        for (const [turn, step] of steps.entries()) {
          if (typeof step === 'object') {
            const event = events[step.event]!;
            await record(log, `CLIENT0${step.client}`, { ...event, id: `${event.id} ${turn}` });
            continue;
          }
          await projections.close();
          spoil(step);
          projections = start();
        }
        await expectAsFolded(await archiveOf(projections));
        await projections.close();
        await rebuildViews(viewsIn(dataDir), log, inForce);
        const reader = await readProjections({ dataDir, log });
        await expectAsFolded(await archiveOf(reader));
        await reader.close();
      })
      .beforeEach(async (previous: () => unknown) => {
        await previous();
        await dropFolder({ dataDir, log });
        ({ dataDir, log } = await openFolder());
      }),
    { numRuns: 10, seed: 20261123 },
  );
}, 120_000);

function spoil(step: Step): void {
  const folder = join(dataDir, 'archive');
  if (step === 'lose views') rmSync(viewsPath(dataDir), { force: true });
  if (step === 'lose archive') rmSync(folder, { recursive: true, force: true });
  if (step !== 'damage archive') return;
  for (const name of readdirSync(folder)) writeFileSync(join(folder, name), 'nonsense');
}

test('the archive of another log, as after a restore, is made anew', async () => {
  const other = await openFolder();
  await record(other.log, 'CLIENT0OTHER', registered(), caseManagement, guidance);
  const elsewhere = startProjections({ dataDir: other.dataDir, inForce, log: other.log });
  await archiveOf(elsewhere, other.log);
  await elsewhere.close();
  cpSync(join(other.dataDir, 'archive'), join(dataDir, 'archive'), { recursive: true });
  await dropFolder(other);
  await record(log, 'CLIENT01', registered());
  await record(log, 'CLIENT01', indication, admission);
  const projections = start();
  const reader = await archiveOf(projections);
  expect(reader.clients).toBe(1);
  await expectAsFolded(reader);
  await projections.close();
});

test('a long log is archived client by client, and gone on with from there', async () => {
  const minutes = Array.from({ length: 100 }, (_, day) => ({
    type: 'activity-recorded',
    id: `minutes-${day}`,
    data: { service: 'case-management', day: '2023-07-01', minutes: day + 1, provider: '65656055' },
  }));
  for (let client = 10; client < 65; client++)
    await record(log, `CLIENT${client}`, registered(), caseManagement, ...minutes);
  const { position } = await log.head();
  await record(log, 'CLIENT10', indication);
  const projections = start();
  const reader = await archiveOf(projections);
  await record(log, 'CLIENT10', admission);
  const now = await archiveOf(projections);
  expect(reader.clients).toBe(55);
  for (const client of ['CLIENT10', 'CLIENT64']) {
    const events = await log.readStream(`journey-${client}`);
    for (const upTo of [position, reader.upTo.position, now.upTo.position]) {
      const known = events.filter((event) => Number(event.position) <= Number(upTo));
      const facts = now.factsAt(now.numberOf(client)!, now.eventAt(upTo));
      expect(piecesOf(facts)).toEqual(piecesOf(foldJourney(known.map(journeyEventOf), Infinity)));
    }
  }
  await projections.close();
}, 60_000);
