import { parseDay, tryParseInstant } from '@domeinbrug/calendar';
import { mayNotSend, organisationOf, readEnvelope, type AcceptedEvent } from '@domeinbrug/intake';
import { eventTypes } from '@domeinbrug/journey';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inOrderOf } from './in-order.js';
import { tellPerson, type KindOfPerson, type ToldPerson } from './population.js';

const period = { firstDay: parseDay('2022-01-01'), lastDay: parseDay('2025-12-31') };
const people = Array.from({ length: 4_000 }, (_, number) => tellPerson(7, number, period));
const envelopes = people.flatMap(({ told }) =>
  told.map(({ line }) => JSON.parse(line) as Record<string, unknown>),
);

function toldOf(kind: KindOfPerson): ToldPerson['told'][] {
  return people.filter((person) => person.kind === kind).map(({ told }) => told);
}

function middleHalf(counts: number[]): [number, number] {
  const sorted = counts.sort((a, b) => a - b);
  return [sorted[Math.floor(sorted.length / 4)]!, sorted[Math.floor((sorted.length * 3) / 4)]!];
}

describe('the generated population', () => {
  it('tells nothing that a door would refuse', () => {
    for (const envelope of envelopes) {
      const event = readEnvelope(envelope);
      if (Array.isArray(event)) throw new Error(JSON.stringify({ event, envelope }));
      expect(mayNotSend(organisationOf(event.source)!, event.type)).toBeUndefined();
    }
  });

  it('has an id of its own for each event, and a client for each person', () => {
    expect(new Set(envelopes.map(({ source, id }) => `${String(source)} ${String(id)}`)).size).toBe(
      envelopes.length,
    );
    const clients = envelopes.map(({ data }) => (data as { clientId: string }).clientId);
    expect(new Set(clients).size).toBe(people.filter(({ told }) => told.length > 0).length);
    clients.forEach((clientId) => expect(clientId).toMatch(/^[A-Z2-7]{26}$/));
  });

  it('is the same for the same seed, another for another, and person by person whatever the number', () => {
    expect(tellPerson(7, 1_234, period)).toEqual(people[1_234]);
    expect(tellPerson(8, 1_234, period).told[0]!.line).not.toBe(people[1_234]!.told[0]!.line);
  });

  it('tells some two to four events of who has support of the municipality, six to fifteen of the others', () => {
    expect(middleHalf(toldOf('supported').map(({ length }) => length))).toEqual([2, 4]);
    const long = middleHalf([...toldOf('dementia'), ...toldOf('frail')].map(({ length }) => length));
    expect(long[0]).toBeGreaterThanOrEqual(6);
    expect(long[1]).toBeLessThanOrEqual(15);
  });

  it('has late, corrected and retracted knowledge, in the measure in which it occurs', () => {
    const share = (type: string): number =>
      envelopes.filter((envelope) => envelope['type'] === `nl.domeinbrug.${type}.v1`).length /
      envelopes.length;
    expect(share('event-corrected')).toBeGreaterThan(0.01);
    expect(share('event-corrected')).toBeLessThan(0.04);
    expect(share('event-retracted')).toBeGreaterThan(0.001);
    const deaths = envelopes.filter(({ type }) => type === 'nl.domeinbrug.client-died.v1');
    const late = deaths.filter(({ recordedat, data }) => {
      const died = tryParseInstant(`${(data as { day: string }).day}T12:00:00Z`)!;
      return tryParseInstant(recordedat as string)! - died > 30 * 86_400_000;
    });
    expect(late.length / deaths.length).toBeGreaterThan(0.01);
  });

  it('tells of nearly every kind of event', () => {
    const told = new Set(
      envelopes.map((envelope) => (readEnvelope(envelope) as AcceptedEvent).type as string),
    );
    expect(eventTypes.filter((type) => !told.has(type))).toEqual(neverGenerated);
  });

  it('stays in its period, and tells of nobody before their own first day is known', () => {
    for (const { told } of people) {
      for (const { recordedAt } of told) {
        expect(recordedAt).toBeGreaterThanOrEqual(tryParseInstant('2022-01-01T00:00:00+01:00')!);
        expect(recordedAt).toBeLessThan(tryParseInstant('2026-01-01T00:00:00+01:00')!);
      }
    }
  });
});

/** Rare arrangements that the demo shows one by one. */
const neverGenerated = [
  'insurance-ended',
  'wlz-indication-withdrawn',
  'absence-consent-given',
  'joint-funding-started',
  'joint-funding-settled',
  'group-assigned',
  'group-ended',
];

describe('putting in order', () => {
  const folder = mkdtempSync(join(tmpdir(), 'in-order-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('orders all lines by the moment of recording, then by person', () => {
    const inOrder = inOrderOf(folder);
    people.forEach(({ told }, number) => inOrder.add(number, told));
    const lines = [...inOrder.days()].flat();
    const expected = people
      .flatMap(({ told }) => told)
      .sort((a, b) => a.recordedAt - b.recordedAt)
      .map(({ line }) => line);
    expect(lines).toEqual(expected);
    inOrder.clear();
  });

  it('gives the same through the disk, and leaves nothing there', () => {
    const [inMemory, onDisk] = [inOrderOf(folder), inOrderOf(folder, 10_000)];
    people
      .slice(0, 500)
      .forEach(({ told }, number) => [inMemory, onDisk].forEach((each) => each.add(number, told)));
    expect(readdirSync(folder)).toHaveLength(1);
    expect([...onDisk.days()]).toEqual([...inMemory.days()]);
    onDisk.clear();
    expect(readdirSync(folder)).toEqual([]);
  });
});
