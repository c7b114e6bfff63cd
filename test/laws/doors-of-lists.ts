import { formatDay, parseDay } from '@domeinbrug/calendar';
import type { CoverRow } from '@domeinbrug/coverage';
import { isFunder } from '@domeinbrug/sight';
import { laws } from '@domeinbrug/terms';
import { askerOf, type Asked, type Door, type Question } from './asked-through-http.js';
import { isOn } from './asking.js';
import { listed, mayList, pages } from './lists.js';
import { reasonLaws } from './sight-laws.js';
import type { Person } from './told-population.js';
import { clinics, essence, isOwn, isOwnGapDay, type Read } from './what-may-be-seen.js';

/** The doors that tell of all clients of an organisation. */

type Gap = Read['whole']['gaps'][number];
const isFunderName = (name: string): boolean => isFunder(askerOf(name));

function daysOf({ firstDay, lastDay }: Question['period']): string[] {
  const first = parseDay(firstDay);
  return Array.from({ length: parseDay(lastDay) - first + 1 }, (_, at) => formatDay(first + at));
}

interface Cells {
  clients: Set<Person>;
  cover: { person: Person; row: CoverRow; day: string }[];
  gaps: { person: Person; gap: Gap; day: string }[];
}

/** What a funder pays and leaves unpaid, day by day. */
function cellsOf(asked: Asked, of: string, { view, period }: Question, some?: string): Cells {
  const cells: Cells = { clients: new Set(), cover: [], gaps: [] };
  for (const person of asked.population.people) {
    const read = asked.read(of, person, { ...view, ruleSet: 'six-weeks' });
    for (const day of daysOf(period)) {
      const mine = <R extends { service: string; firstDay: string; lastDay: string | null }>(
        row: R,
      ): boolean => isOn(row as never, day) && (some === undefined || row.service === some);
      for (const row of read.whole.cover)
        if (mine(row) && isOwn(read, row)) cells.cover.push({ person, row, day });
      for (const gap of read.whole.gaps)
        if (mine(gap) && isOwnGapDay(read, gap.service, parseDay(day))) cells.gaps.push({ person, gap, day });
    }
  }
  for (const { person } of [...cells.cover, ...cells.gaps]) cells.clients.add(person);
  return cells;
}

const looks = ({ service, funder, provider, law, kind, share, rule }: CoverRow): string =>
  [service, funder, provider, law, kind, share, rule].join(' ');

export const fundersList: Door = async (asked, question) => {
  const { as, other, number, view, service } = question;
  const of = isFunderName(as) ? as : other;
  if (!isFunderName(of)) return 0;
  const isOnOne = number % 4 === 0;
  const period = isOnOne ? { ...question.period, lastDay: question.period.firstDay } : question.period;
  const some = number % 3 === 0 ? service : undefined;
  const days = isOnOne ? `on=${period.firstDay}` : `firstDay=${period.firstDay}&lastDay=${period.lastDay}`;
  const at = view.position === asked.now && number % 2 ? '' : `&knownAtPosition=${view.position}`;
  const path = `/v1/funders/${of}/coverage?${days}${at}&limit=${1 + (number % 7)}${some ? `&services=${some}` : ''}`;
  if (!(await mayList(asked, as, of, path))) return 1;
  const found = await pages(asked, as, path);
  const cells = cellsOf(asked, of, { ...question, period }, some);
  const clients = listed<{ clientId: string; cover: CoverRow[]; gaps: Gap[] }>(found, 'clients');
  const told = clients.map(({ clientId }) => asked.personCalled(clientId, as));
  expect(told.map(({ bsn }) => bsn).sort()).toEqual([...cells.clients].map(({ bsn }) => bsn).sort());
  clients.forEach(({ cover, gaps }, index) => {
    const person = told[index]!;
    const read = asked.read(
      as,
      person,
      { ...view, ruleSet: 'six-weeks' },
      { cover, gaps, minutes: [], findings: [] },
    );
    const onDays = <R extends { firstDay: string }>(rows: R[], name: (row: R) => string): string[] =>
      daysOf(period)
        .flatMap((day) => rows.filter((row) => isOn(row as never, day)).map((row) => `${day} ${name(row)}`))
        .sort();
    const gapName = ({ service: what, reason }: Gap): string => `${what} ${reason}`;
    const own = cells.cover
      .filter((cell) => cell.person === person)
      .map(({ row, day }) => `${day} ${looks(row)}`);
    expect(onDays(cover, looks)).toEqual(own.sort());
    const unpaid = cells.gaps
      .filter((cell) => cell.person === person)
      .map(({ gap, day }) => `${day} ${gapName(gap)}`);
    expect(onDays(gaps, gapName)).toEqual(unpaid.sort());
    for (const row of isOnOne ? [] : [...cover, ...gaps])
      expect(row.firstDay >= period.firstDay && row.lastDay! <= period.lastDay).toBe(true);
    if (isOnOne) for (const row of cover) expect(read.whole.cover.map(essence)).toContain(essence(row));
    if (askerOf(as).kind !== 'auditor') for (const [, law] of reasonLaws) law(read);
  });
  holdTotals(found[0]!.totals as never, cells);
  for (const page of found.slice(1)) expect(page.totals).toBeUndefined();
  return found.length;
};

type Sums = { clients: number; days: number };
type Totals = { clients: number } & Record<
  'cover' | 'gaps',
  Sums & { services: (Sums & Record<string, unknown>)[] }
>;

function holdTotals(totals: Totals, cells: Cells): void {
  expect(totals.clients).toBe(cells.clients.size);
  const sum = (some: { person: Person }[]): Sums => ({
    clients: new Set(some.map(({ person }) => person)).size,
    days: some.length,
  });
  const { services: covered, ...cover } = totals.cover;
  const { services: unpaid, ...gaps } = totals.gaps;
  expect(cover).toMatchObject(sum(cells.cover));
  expect(gaps).toEqual(sum(cells.gaps));
  for (const { service, kind, ...each } of covered)
    expect(each).toMatchObject(
      sum(cells.cover.filter(({ row }) => row.service === service && row.kind === kind)),
    );
  for (const { service, reason, ...each } of unpaid)
    expect(each).toEqual(
      sum(cells.gaps.filter(({ gap }) => gap.service === service && gap.reason === reason)),
    );
}

export const overlaps: Door = async (asked, question) => {
  const { as, other, number, view, period } = question;
  const of = isFunderName(as) ? as : other;
  if (!isFunderName(of)) return 0;
  const path = `/v1/funders/${of}/overlaps?firstDay=${period.firstDay}&lastDay=${period.lastDay}&knownAtPosition=${view.position}&limit=${1 + (number % 7)}`;
  if (!(await mayList(asked, as, of, path))) return 1;
  const found = await pages(asked, as, path);
  const expected = overlapsOf(asked, of, question);
  const clients = listed<{ clientId: string; overlaps: Overlap[] }>(found, 'clients');
  const told = clients.flatMap(({ clientId, overlaps: each }) =>
    each.flatMap((row) =>
      daysOf(row).map(
        (day) =>
          `${asked.personCalled(clientId, as).bsn} ${day} ${row.service} ${row.beside.law} ${row.beside.pays} ${row.rule} ${row.share}`,
      ),
    ),
  );
  expect(told.sort()).toEqual(expected.map(({ line }) => line).sort());
  const totals = found[0]!.totals as unknown as {
    clients: number;
    beside: (Sums & Overlap['beside'] & { service: string })[];
  };
  expect(totals.clients).toBe(new Set(expected.map(({ person }) => person)).size);
  for (const { law, pays, service, clients: count, days } of totals.beside) {
    const same = expected.filter(
      (each) => each.law === law && each.pays === pays && each.service === service,
    );
    expect([count, days]).toEqual([new Set(same.map(({ person }) => person)).size, same.length]);
  }
  if (askerOf(as).kind !== 'auditor')
    for (const { clientId, overlaps: rows } of clients)
      holdOverlapReasons(asked, as, question, clientId, rows);
  return found.length;
};

interface Overlap {
  service: string;
  firstDay: string;
  lastDay: string;
  rule: string;
  share: number;
  beside: { law: string; pays: string };
}

interface OverlapCell {
  person: Person;
  law: string;
  pays: string;
  service: string;
  line: string;
}

function overlapsOf(asked: Asked, of: string, { view, period }: Question): OverlapCell[] {
  return asked.population.people.flatMap((person) => {
    const read = asked.read(of, person, { ...view, ruleSet: 'six-weeks' });
    return daysOf(period).flatMap((day) => {
      const rows = read.whole.cover.filter((row) => isOn(row, day));
      const others = rows.filter((row) => !isOwn(read, row) && !clinics.includes(row.service));
      return rows
        .filter((row) => isOwn(read, row) && row.law !== null)
        .flatMap(({ service, law: under, rule, share }) =>
          laws
            .filter((law) => law !== under && others.some((row) => row.law === law))
            .map((law) => {
              const isSame = others.some((row) => row.law === law && row.service === service);
              const pays = isSame ? 'service' : 'client';
              return {
                person,
                law,
                pays,
                service,
                line: `${person.bsn} ${day} ${service} ${law} ${pays} ${rule} ${share}`,
              };
            }),
        );
    });
  });
}

/** The reasons are of the funder’s own row on those days. */
function holdOverlapReasons(
  asked: Asked,
  as: string,
  { view }: Question,
  clientId: string,
  rows: Overlap[],
): void {
  const read = asked.read(as, asked.personCalled(clientId, as), { ...view, ruleSet: 'six-weeks' });
  const cover = rows.map((row) => {
    const own = read.whole.cover.find(
      (each) =>
        isOwn(read, each) &&
        each.service === row.service &&
        each.rule === row.rule &&
        isOn(each, row.firstDay),
    )!;
    return { ...own, because: (row as unknown as CoverRow).because };
  });
  const seen = { ...read.whole, cover, gaps: [], minutes: [], findings: [] } as Read['seen'];
  for (const [, law] of reasonLaws) law({ ...read, seen });
}
