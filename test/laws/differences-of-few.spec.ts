import { parseDay } from '@domeinbrug/calendar';
import { ArchiveReader, ArchiveWriter } from '@domeinbrug/archive';
import { eventsOf, type CaseEvent } from '@domeinbrug/cases';
import { foldJourney } from '@domeinbrug/journey';
import {
  cellsOf,
  defaultDimensions,
  figuresOf,
  privacyRule,
  publishCells,
  publishReplay,
  replaySlice,
  type PrivacyProfile,
  type ReplayQuestion,
} from '@domeinbrug/replay';
import fc from 'fast-check';
import { shipped } from '../replayed-people.js';

/** No two exact sums of one answer differ by the days of a few people, who are in one of them and not in the other. */

const runs = Number(process.env.LAWS_RUNS ?? 40);
const seed = Number(process.env.LAWS_SEED ?? 20240304);
jest.setTimeout(600_000);

type Event = CaseEvent;

const register = (careOffice = '5522'): Event => ({
  type: 'client-registered',
  firstDay: '2022-01-01',
  municipality: '0772',
  insurer: '3344',
  careOffice,
});
const manager: Event = { type: 'case-management-started', firstDay: '2023-02-06', provider: '61616161' };
const indicated = (firstDay: string): Event => ({
  type: 'wlz-indication-issued',
  decisionId: 'i1',
  decidedOn: firstDay,
  firstDay,
  profile: '754',
});
const admitted = (firstDay: string): Event => ({
  type: 'client-admitted',
  provider: '62626262',
  firstDay,
  withTreatment: true,
});
const wmo = (service: string): Event => ({
  type: 'wmo-decision-issued',
  decisionId: 'd1',
  municipality: '0772',
  services: [service],
  firstDay: '2023-03-01',
});
const died = (day: string): Event => ({ type: 'client-died', day });
const carer: Event = {
  type: 'carer-registered',
  carerId: 'x',
  relationship: '10',
  firstDay: '2023-02-06',
};

/** Kinds of lives, each lived by nobody, a few or enough; days are of 2024. */
const lives: ((day: string) => Event[])[] = [
  () => [register(), manager],
  () => [register(), wmo('guidance')],
  (day) => [register(), manager, indicated(day), admitted(day)],
  (day) => [register(), manager, wmo('guidance'), indicated('2024-01-15'), admitted(day)],
  () => [register(), indicated('2023-02-20'), admitted('2023-02-20')],
  (day) => [register(), indicated('2023-02-20'), admitted('2023-02-20'), died(day)],
  () => [register(), manager, indicated('2024-05-01')],
  () => [register('5501'), wmo('household-help'), indicated('2024-05-01')],
  (day) => [register(), manager, carer, died(day)],
  () => [register(), manager, indicated('2023-12-15'), admitted('2023-12-15')],
];
const day = fc
  .integer({ min: 0, max: 360 })
  .map((at) => new Date(Date.UTC(2024, 0, 20 + at)).toISOString().slice(0, 10));
const rules = fc.constantFrom(
  'sharp-cut',
  'six-weeks',
  'six-weeks-with-aftercare',
  'until-delivery',
  'municipal-run-out',
  'split-payment',
);
const asked = fc.record({
  people: fc
    .tuple(...lives.map((life) => fc.tuple(fc.constantFrom(0, 0, 3, 12, 20), day, fc.constant(life))))
    .map((groups) => groups.flatMap(([count, on, life]) => Array.from({ length: count }, () => life(on)))),
  baseline: rules.map(shipped),
  alternative: rules.map(shipped),
});

const period = { from: parseDay('2024-01-01'), until: parseDay('2025-01-01') };

type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never;

/** Sums of days that are told exactly, by what they are of. */
function exactDays(
  reader: ArchiveReader,
  { baseline, alternative }: Asked,
  clients: Iterable<number>,
  privacy: PrivacyProfile,
): Map<string, number> {
  const ruleSets = { baseline, alternative };
  const slices = [
    replaySlice(
      reader,
      {
        ...ruleSets,
        period,
        event: reader.lastEvent,
        lastKnownDay: period.until,
        population: {},
        by: defaultDimensions,
        figures: true,
        mostCells: 10_000,
        mostRows: Infinity,
      },
      clients,
      () => true,
    )!,
  ];
  const cells = cellsOf(slices, { by: defaultDimensions, period, pools: [] });
  const question: ReplayQuestion = {
    ...ruleSets,
    period,
    knownAt: { instant: 0, position: '1' },
    digest: '',
    population: {},
    vary: null,
    privacy,
  };
  const answered = {
    id: '',
    engine: '',
    question,
    figures: figuresOf(slices, ruleSets),
    sweep: null,
    cells,
    differing: [],
  };
  const { tables, counts } = publishReplay(answered);
  const { totals } = publishCells(cells, privacyRule(privacy)!);
  const found = new Map<string, number | null | undefined>([
    ['gained', counts.daysGained],
    ['lost', counts.daysLost],
  ]);
  for (const side of ['baseline', 'alternative'] as const) {
    found.set(`total ${side}`, totals[side]?.days);
    for (const name of ['covered', 'laws', 'gaps', 'overlaps'] as const) {
      const days = tables[name].rows.map((row) => row[side]?.days ?? null);
      found.set(`${name} ${side}`, days.includes(null) ? null : days.reduce((sum, each) => sum! + each!, 0));
    }
  }
  return new Map([...found].filter((each): each is [string, number] => typeof each[1] === 'number'));
}

it('tells no two figures that a few people make differ', () => {
  fc.assert(
    fc.property(asked, (each) => {
      const writer = ArchiveWriter.empty();
      each.people.forEach((events, client) => {
        const at = { position: String(client + 1), recordedAt: 1 };
        writer.apply(at, `client${client}`, foldJourney(eventsOf(events).events, Number.MAX_SAFE_INTEGER));
        writer.commit(at);
      });
      const reader = new ArchiveReader(writer.shared());
      const clients = [...each.people.keys()];
      const told = [...exactDays(reader, each, clients, 'k10').keys()];
      const own = clients.map((client) => exactDays(reader, each, [client], 'none'));
      const days = (client: Map<string, number>, name: string): number => client.get(name) ?? 0;
      for (const [at, one] of told.entries()) {
        for (const other of told.slice(at + 1)) {
          const people = own.filter((client) => days(client, one) !== days(client, other)).length;
          expect([one, other, people > 0 && people < 10 ? people : 'nobody or enough']).toEqual([
            one,
            other,
            'nobody or enough',
          ]);
        }
      }
    }),
    { seed, numRuns: runs },
  );
});
