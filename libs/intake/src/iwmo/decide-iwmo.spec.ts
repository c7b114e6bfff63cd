import { effectiveEvents, journeyEventOf, type JourneyEvent } from '@domeinbrug/journey';
import fc from 'fast-check';
import type { IdentifiedEvent } from '../accepted-event.js';
import { toNewEvent } from '../event-to-store.js';
import { decideIwmo, type IwmoDecision } from './decide-iwmo.js';
import { wmo301, wmo305, wmo307 } from './messages.fixture.js';
import { readIwmo } from './read-iwmo.js';
import type { ExistingEvent } from './word.js';

const clientId = 'CLIENT0001';

/** A client's stream into which messages are imported. All is recorded in one millisecond: ids must break the ties. */
class Stream {
  readonly events: ExistingEvent[] = [];
  readonly reports: string[] = [];

  import(xml: string): IwmoDecision {
    const { facts, rejects } = readIwmo(xml);
    expect(rejects).toEqual([]);
    const decision = decideIwmo(facts, this.events, clientId);
    decision.events.forEach((event) => this.append(event));
    this.reports.push(...decision.reports.map(({ code }) => code));
    return decision;
  }

  append(event: IdentifiedEvent): void {
    const stored = toNewEvent(event, { organisation: 'import' });
    const { type, content, personal } = stored;
    expect(this.events.some((each) => each.event.source === event.source && each.event.id === event.id)).toBe(
      false,
    );
    this.events.push({ event: journeyEventOf({ type, content, personal, recordedAt: 1 }), content });
  }

  /** What counts in the end: types and data, sorted. */
  effective(): string[] {
    const { events } = effectiveEvents(
      this.events.map(({ event }) => event),
      Infinity,
    );
    return events.map(({ type, data, source }: JourneyEvent) => JSON.stringify([type, source, data])).sort();
  }

  types(): string[] {
    return this.events.map(({ event }) => event.type);
  }
}

function imported(...messages: string[]): Stream {
  const stream = new Stream();
  messages.forEach((message) => stream.import(message));
  return stream;
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}

const moment = (day: number, clock = '10:00:00'): string =>
  `2024-01-${String(day).padStart(2, '0')}T${clock}`;
const issued = wmo301({ identification: 'm1' }, { moment: moment(2), lastDay: '2024-12-31' });
const shortened = wmo301({ identification: 'm2' }, { moment: moment(3), lastDay: '2024-06-30' });
const lengthened = wmo301({ identification: 'm3' }, { moment: moment(3, '11:30:00'), lastDay: '2025-06-30' });
const removed = wmo301({ identification: 'm4' }, { moment: moment(4), reason: '13' });
const again = wmo301({ identification: 'm5' }, { moment: moment(5), lastDay: '2024-03-31' });

describe('decideIwmo', () => {
  it('appends a decision with its moment, and the home that it tells of', () => {
    const { events, known, reports } = new Stream().import(issued);
    expect([known, reports]).toEqual([0, []]);
    expect(events).toEqual([
      expect.objectContaining({
        type: 'wmo-decision-issued',
        clientId,
        source: 'urn:nld:gemeentecode:0363:systeem:iwmo',
        extensions: { toewijzingsmoment: '2024-01-02T10:00:00' },
      }),
      expect.objectContaining({
        type: 'client-moved',
        data: { municipality: '0363', firstDay: '2024-01-15' },
      }),
    ]);
  });

  it('appends nothing for what was imported before', () => {
    const stream = imported(issued, wmo305({}, {}), wmo307({}, { ended: '2024-05-01', reason: '19' }));
    const stored = stream.events.length;
    for (const message of [issued, wmo305({}, {}), wmo307({}, { ended: '2024-05-01', reason: '19' })]) {
      expect(stream.import(message)).toEqual({ events: [], known: 1, reports: [] });
    }
    expect(stream.events).toHaveLength(stored);
  });

  it('corrects with the later word, whole', () => {
    const { events } = imported(issued).import(shortened);
    expect(events).toEqual([
      expect.objectContaining({
        type: 'event-corrected',
        data: {
          corrects: { source: 'urn:nld:gemeentecode:0363:systeem:iwmo', id: expect.any(String) },
          data: expect.objectContaining({ lastDay: '2024-06-30', services: ['guidance'] }),
        },
      }),
    ]);
  });

  it('reports an earlier word that comes later as superseded', () => {
    expect(imported(shortened).import(issued)).toEqual({
      events: [],
      known: 0,
      reports: [{ code: 'superseded', where: 'WMO301 m1, client 1, product 1', detail: expect.any(String) }],
    });
  });

  it('reports an earlier word as superseded also when it was stored once', () => {
    const stream = imported(issued, shortened);
    const { events, reports } = stream.import(issued);
    expect(events).toEqual([]);
    expect(reports.map(({ code }) => code)).toEqual(['superseded']);
  });

  it('retracts what is removed', () => {
    const stream = imported(issued, removed);
    expect(stream.types()).toEqual([
      'wmo-decision-issued',
      'client-moved',
      'event-retracted',
      'event-retracted',
    ]);
    expect(stream.effective()).toEqual([]);
  });

  it('keeps a removal for the decision that it takes back', () => {
    const stream = imported(removed);
    expect(stream.reports).toEqual(['removal-before-original']);
    stream.import(issued);
    expect(stream.effective()).toEqual([]);
    expect(stream.types()).toEqual(['event-retracted', 'wmo-decision-issued']);
  });

  it.each([
    ['issued, shortened, lengthened', [issued, shortened, lengthened]],
    ['issued, shortened, removed', [issued, shortened, removed]],
    ['issued, removed, granted again', [issued, removed, again]],
    ['all five', [issued, shortened, lengthened, removed, again]],
  ])('gives the same in every order: %s', (_, messages) => {
    const expected = imported(...messages).effective();
    for (const order of permutations(messages)) expect(imported(...order).effective()).toEqual(expected);
  });

  it('tells two words of one moment apart by their content, in any order', () => {
    const other = wmo301({ identification: 'm6' }, { moment: moment(2), lastDay: '2024-02-29' });
    expect(imported(issued, other).effective()).toEqual(imported(other, issued).effective());
  });

  describe('the home', () => {
    const early = wmo301({ identification: 'h1' }, { decision: '2001', firstDay: '2023-05-01' });
    const late = wmo301({ identification: 'h2' }, { decision: '2002', firstDay: '2024-05-01' });
    const elsewhere = wmo301(
      { identification: 'h3', municipality: '0384' },
      { decision: '3001', firstDay: '2023-01-01' },
    );
    const elsewhereRemoved = wmo301(
      { identification: 'h4', municipality: '0384' },
      { decision: '3001', firstDay: '2023-01-01', moment: moment(9), status: '3' },
    );
    const moves = (stream: Stream): string[] =>
      stream.effective().filter((text) => text.includes('client-moved'));

    it('is told once, by the earliest decision, in every order', () => {
      for (const order of permutations([issued, early, late])) {
        expect(moves(imported(...order))).toEqual([
          JSON.stringify([
            'client-moved',
            'urn:nld:gemeentecode:0363:systeem:iwmo',
            { municipality: '0363', firstDay: '2023-05-01' },
          ]),
        ]);
      }
    });

    it('is that of the earliest decision when municipalities differ, also after it was removed', () => {
      const all = [issued, early, elsewhere, elsewhereRemoved];
      const expected = imported(...all).effective();
      for (const order of permutations(all)) expect(imported(...order).effective()).toEqual(expected);
      expect(moves(imported(issued, early, elsewhere))).toEqual([expect.stringContaining('0384')]);
      expect(moves(imported(...all))).toEqual([expect.stringContaining('2023-05-01')]);
    });

    it('is not told when it is known on that day', () => {
      const stream = new Stream();
      stream.append({
        id: 'r1',
        source: 'urn:nld:agb:65656055:systeem:ecd',
        type: 'client-registered',
        time: '2024-01-01T00:00:00Z',
        extensions: {},
        data: { firstDay: '2024-01-15', municipality: '0518' },
        clientId,
      });
      stream.import(issued);
      expect(moves(stream)).toEqual([]);
      stream.import(early);
      expect(moves(stream)).toEqual([expect.stringContaining('2023-05-01')]);
    });

    it('is not told by a decision that ends before it begins', () => {
      expect(moves(imported(wmo301({}, { firstDay: '2024-01-15', lastDay: '2024-01-14' })))).toEqual([]);
    });
  });

  describe('starts and stops', () => {
    const start = wmo305({ identification: 's1', writtenOn: '2024-01-17' }, {});
    const stop = wmo307(
      { identification: 's2', writtenOn: '2024-06-01' },
      { ended: '2024-05-31', reason: '19' },
    );
    const stopCorrected = wmo307(
      { identification: 's3', writtenOn: '2024-06-01' },
      { ended: '2024-05-31', reason: '19', status: '3' },
      { ended: '2024-06-15', reason: '19' },
    );

    it('wait for their decision and say so', () => {
      const stream = imported(start, stop);
      expect(stream.types()).toEqual(['wmo-support-started', 'wmo-support-ended']);
      expect(stream.reports).toEqual(['waiting-for-301', 'waiting-for-301']);
      expect(imported(issued, start, stop).reports).toEqual([]);
    });

    it('give the same in every order, with a removal and a new delivery of one day', () => {
      const all = [issued, start, stop, stopCorrected];
      const expected = imported(...all).effective();
      expect(expected.filter((text) => text.includes('wmo-support-ended'))).toEqual([
        expect.stringContaining('2024-06-15'),
      ]);
      for (const order of permutations(all)) expect(imported(...order).effective()).toEqual(expected);
    });

    it('report that the reason is a death, and tell no death', () => {
      const stream = imported(issued, wmo307({}, { ended: '2024-05-31', reason: '02' }));
      expect(stream.reports).toEqual(['stop-reason-deceased']);
      expect(stream.types()).not.toContain('client-died');
    });
  });

  it('reports what an earlier snapshot granted and a later one does not name', () => {
    const other = wmo301(
      { identification: 'm7', writtenOn: '2024-02-01' },
      { decision: '1002', moment: '2024-02-01T09:00:00' },
    );
    const stream = imported(issued);
    const { events, reports } = stream.import(other);
    expect(reports.map(({ code }) => code)).toEqual(['missing-from-snapshot']);
    expect(events.map(({ type }) => type)).toEqual(['wmo-decision-issued']);
    expect(imported(other, issued).reports).toEqual([]);
  });

  it('gives the same in any order of any messages', () => {
    const allocation = fc.record({
      decision: fc.constantFrom('1', '2'),
      moment: fc.constantFrom(moment(2), moment(3), moment(4)),
      firstDay: fc.constantFrom('2024-01-15', '2023-06-01'),
      lastDay: fc.constantFrom(undefined, '2024-12-31', '2022-01-01'),
      status: fc.constantFrom('1', '3'),
    });
    const sender = fc.record({ municipality: fc.constantFrom('0363', '0384'), identification: fc.uuid() });
    const delivered = fc.record({
      began: fc.constantFrom('2024-01-16', '2024-03-01'),
      ended: fc.constantFrom('2024-05-31', '2024-06-30'),
      reason: fc.constantFrom('19', '20'),
      status: fc.constantFrom('1', '3'),
    });
    const written = fc.record({
      writtenOn: fc.constantFrom('2024-06-01', '2024-06-02'),
      identification: fc.uuid(),
    });
    const message = fc.oneof(
      fc.tuple(sender, allocation).map(([part, product]) => wmo301(part, product)),
      fc.tuple(written, delivered).map(([part, product]) => wmo305(part, product)),
      fc.tuple(written, delivered).map(([part, product]) => wmo307(part, product)),
    );
    const orders = fc
      .array(message, { minLength: 1, maxLength: 7 })
      .chain((messages) =>
        fc.tuple(fc.constant(messages), fc.shuffledSubarray(messages, { minLength: messages.length })),
      );
    fc.assert(
      fc.property(orders, ([messages, shuffled]) => {
        expect(imported(...shuffled).effective()).toEqual(imported(...messages).effective());
        expect(imported(...messages, ...shuffled).effective()).toEqual(imported(...messages).effective());
      }),
      { seed: 301, numRuns: 100 },
    );
  });
});
