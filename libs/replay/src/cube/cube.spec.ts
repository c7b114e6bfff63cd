import { parseDay } from '@domeinbrug/calendar';
import fc from 'fast-check';
import { monthName, monthsOf, wholeOf } from './buckets.js';
import { TooManyCells } from './cell-table.js';
import { Cube } from './cube.js';

const period = { from: parseDay('2023-12-20'), until: parseDay('2026-10-11') };
const length = period.until - period.from;

const bookings = fc.array(
  fc.record({
    client: fc.nat(5),
    key: fc.tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: 0, max: 1 }), fc.nat(1)),
    start: fc.nat(length - 1),
    days: fc.integer({ min: 1, max: length }),
  }),
  { maxLength: 12 },
);

describe.each([
  ['months', monthsOf(period)],
  ['the whole period', wholeOf(period)],
])('a cube by %s', (_, buckets) => {
  it('says what counting day by day says', () => {
    fc.assert(
      fc.property(bookings, (all) => {
        const cube = new Cube(buckets, 1_000);
        const days = new Map<string, number>();
        const clients = new Map<string, Set<number>>();
        for (const { client, key, start, days: asked } of all.sort((a, b) => a.client - b.client)) {
          const from = period.from + start;
          const until = Math.min(period.until, from + asked);
          cube.add(...key, from, until, client);
          for (let day = from; day < until; day++) {
            const place = `${key.join()} ${buckets.ofDay[day - period.from]}`;
            days.set(place, (days.get(place) ?? 0) + 1);
            clients.set(place, (clients.get(place) ?? new Set()).add(client));
          }
        }
        const found = [...cube.all()].flatMap((cell) =>
          [...cell.days].map(
            (each, part) => [`${cell.key.join()} ${part}`, each, cell.clients[part]!] as const,
          ),
        );
        const occurring = found.filter(([, each]) => each > 0);
        expect(new Map(occurring.map(([place, each]) => [place, each]))).toEqual(days);
        expect(new Map(occurring.map(([place, , each]) => [place, each]))).toEqual(
          new Map([...clients].map(([place, each]) => [place, each.size])),
        );
      }),
      { seed: 11, numRuns: 100, endOnFailure: true },
    );
  });
});

it('names months and cuts the first and the last', () => {
  const { starts, count, ofDay } = monthsOf({ from: parseDay('2024-01-31'), until: parseDay('2024-03-02') });
  expect(starts.slice(0, -1).map(monthName)).toEqual(['2024-01', '2024-02', '2024-03']);
  expect(count).toBe(3);
  expect([ofDay[0], ofDay[1], ofDay.at(-1)]).toEqual([0, 1, 2]);
});

it('refuses more cells than fit', () => {
  const cube = new Cube(wholeOf(period), 3);
  for (let key = 0; key < 3; key++) cube.add(key, 0, 0, period.from, period.from + 1, 0);
  expect(() => cube.add(3, 0, 0, period.from, period.from + 1, 0)).toThrow(TooManyCells);
});

it('refuses more rows than fit: parts of cells in which there is anybody', () => {
  const months = monthsOf(period);
  const cube = new Cube(months, 3, 4);
  const book = (key: number, client: number, parts: number): unknown =>
    cube.add(key, 0, 0, period.from, months.starts[parts]!, client);
  for (let client = 0; client < 5; client++) book(1, client, 3);
  book(2, 0, 1);
  expect(() => book(2, 1, 2)).toThrow(TooManyCells);
});

it('keeps thousands of cells apart', () => {
  const cube = new Cube(wholeOf(period), 100_000);
  for (let key = 0; key < 20_000; key++)
    cube.add(key % 200, key, -key, period.from, period.from + 1 + (key % 7), key);
  const cells = [...cube.all()];
  expect(cells).toHaveLength(20_000);
  expect(cells.every(({ key: [, b], days, clients }) => days[0] === 1 + (b % 7) && clients[0] === 1)).toBe(
    true,
  );
});
