import type { CoverRow } from '@domeinbrug/coverage';
import { windowKinds } from '@domeinbrug/rules';
import { isFunder } from '@domeinbrug/sight';
import { amsterdamDay, formatDay } from '@domeinbrug/calendar';
import { readEventStream, take } from '../e2e/read-event-stream.js';
import { askerOf, type Asked, type Door } from './asked-through-http.js';
import { auditorsOnly, reasonLaws } from './sight-laws.js';
import { clinics, essence, isGiven, isOwn, sourceOf, type Read } from './what-may-be-seen.js';
import { mayList, pages, listed } from './lists.js';

/** The doors that tell an organisation what changed for it, what contradicts something, and what it is paid. */

interface Entry {
  cursor: string;
  clientId: string;
  position: string;
  causedBy: { source: string | null; id: string | null }[];
  change: string;
  before: CoverRow | null;
  after: CoverRow | null;
}

const feeds = new Map<string, Promise<Entry[]>>();
const isFeedOf = (as: string): boolean => isFunder(askerOf(as)) || askerOf(as).kind === 'provider';
const feedPath = (of: string): string =>
  isFunder(askerOf(of)) ? `/v1/funders/${of}/changes` : `/v1/providers/${askerOf(of).code}/changes`;

/** The whole feed, held entry by entry to the rows before and after each event. */
function feedTo(asked: Asked, as: string): Promise<Entry[]> {
  const known = feeds.get(as) ?? readFeed(asked, as);
  feeds.set(as, known);
  return known;
}

async function readFeed(asked: Asked, as: string): Promise<Entry[]> {
  const entries = listed<Entry>(await pages(asked, as, `${feedPath(as)}?limit=1000`), 'changes');
  const rows = new Map<string, string[]>();
  for (const entry of entries) {
    const person = asked.personCalled(entry.clientId, as);
    const position = Number(entry.position);
    const at = person.told.findIndex((each) => each.position === position);
    expect(at).toBeGreaterThanOrEqual(0);
    const [then, now] = [position - 1, position].map((each) =>
      asked.read(as, person, { position: each, ruleSet: 'six-weeks' }),
    ) as [Read, Read];
    const held = rows.get(person.bsn) ?? [];
    if (entry.before) {
      expect(then.whole.cover.filter((row) => isOwn(then, row)).map(essence)).toContain(
        essence(entry.before),
      );
      held.splice(held.indexOf(essence(entry.before)), 1);
    }
    if (entry.after) {
      expect(now.whole.cover.filter((row) => isOwn(now, row)).map(essence)).toContain(essence(entry.after));
      held.push(essence(entry.after));
    }
    rows.set(person.bsn, held);
    holdReasons(now, entry, person.told[at]!.event.id);
  }
  for (const person of asked.population.people) {
    const read = asked.read(as, person, asked.active());
    const own = read.whole.cover.filter((row) => isOwn(read, row)).map(essence);
    expect((rows.get(person.bsn) ?? []).sort()).toEqual(own.sort());
  }
  return entries;
}

function holdReasons(read: Read, { before, after, causedBy }: Entry, id: string): void {
  for (const cause of causedBy) if (cause.id !== null) expect(cause.id).toBe(id);
  const row = (after ?? before)!;
  const because = { opened: causedBy, closed: [], parameters: [] };
  const cover = [before, after].filter((each) => each !== null);
  const seen = { ...read.whole, cover: [...cover, { ...row, because }], gaps: [], minutes: [], findings: [] };
  for (const [, law] of reasonLaws) law({ ...read, seen: seen as unknown as Read['seen'] });
}

export const feed: Door = async (asked, { as, other, number }) => {
  const of = isFeedOf(as) ? as : other;
  if (!isFeedOf(of)) return 0;
  if (number % 5 === 0 && as !== other && isFeedOf(other)) {
    await mayList(asked, as, other, feedPath(other));
    return 1;
  }
  if (!(await mayList(asked, as, of, feedPath(of)))) return 1;
  if (as !== of) return 0;
  const entries = await feedTo(asked, as);
  const from = entries.length === 0 ? 0 : number % entries.length;
  const after = from === 0 ? '' : `&after=${entries[from - 1]!.cursor}`;
  const limit = 1 + (number % 11);
  const { body } = await asked.ask(as, `${feedPath(of)}?limit=${limit}${after}`);
  expect((body as unknown as { changes: Entry[] }).changes).toEqual(entries.slice(from, from + limit));
  return 1;
};

export const feedAsItComes: Door = async (asked, { as, number }) => {
  if (!isFeedOf(as)) return 0;
  const entries = await feedTo(asked, as);
  if (entries.length === 0) return 0;
  const from = number % entries.length;
  const cursor = from === 0 ? undefined : entries[from - 1]!.cursor;
  const expected = entries.slice(from, from + 5);
  const reading = await readEventStream(asked.service, asked.client, as, feedPath(as), cursor);
  const received = await take(reading, expected.length);
  await reading.events.return(undefined);
  expect(received.map(({ data }) => JSON.parse(data!) as unknown)).toEqual(expected);
  asked.namesOnlyKnown(as, '', received);
  return 1;
};

interface Finding {
  clientId: string;
  code: string;
  text: string;
  events: { source: string; id: string; type: string }[];
  withOthers: boolean;
}

export const findings: Door = async (asked, { as, number }) => {
  const { kind } = askerOf(as);
  const path = `/v1/findings?limit=${1 + (number % 50)}`;
  if (kind === 'policy') {
    expect((await asked.ask(as, path)).status).toBe(403);
    return 1;
  }
  const found = await pages(asked, as, path);
  const nameOf = (finding: Omit<Finding, 'clientId'>, bsn: string): string =>
    JSON.stringify([
      bsn,
      finding.code,
      finding.text,
      finding.events.map(({ id }) => id).sort(),
      finding.withOthers,
    ]);
  const lists = found.map((page) => page.findings as Finding[]);
  for (const list of lists.slice(0, -1)) expect(list).toHaveLength(1 + (number % 50));
  const told = lists.flat().map((each) => nameOf(each, asked.personCalled(each.clientId, as).bsn));
  const own = asked.population.people.flatMap((person) =>
    asked.read(as, person, asked.active()).whole.findings.flatMap((finding) => {
      const events = finding.events.filter(
        ({ source }) => kind === 'auditor' || source === sourceOf(askerOf(as)),
      );
      if (events.length === 0) return [];
      if (finding.code === auditorsOnly && kind !== 'auditor') return [];
      return [nameOf({ ...finding, events, withOthers: events.length < finding.events.length }, person.bsn)];
    }),
  );
  expect([...new Set(told)].sort()).toEqual([...new Set(own)].sort());
  return found.length;
};

export const windows: Door = async (asked, { as, other, number }) => {
  const of = askerOf(as).kind === 'provider' ? as : other;
  if (askerOf(of).kind !== 'provider') return 0;
  const path = `/v1/providers/${askerOf(of).code}/windows?limit=${1 + (number % 9)}`;
  if (!(await mayList(asked, as, of, path))) return 1;
  const found = await pages(asked, as, path);
  const today = formatDay(amsterdamDay(Date.now()));
  const name = (
    bsn: string,
    row: Pick<CoverRow, 'service' | 'rule' | 'funder' | 'share' | 'firstDay' | 'lastDay'>,
  ): string => [bsn, row.service, row.rule, row.funder, row.share, row.firstDay, row.lastDay].join(' ');
  const told = listed<CoverRow & { clientId: string }>(found, 'windows').map((row) =>
    name(asked.personCalled(row.clientId, as).bsn, row),
  );
  const own = asked.population.people.flatMap((person) => {
    const read = asked.read(of, person, asked.active());
    const running = read.whole.cover.filter(
      (row) =>
        isOwn(read, row) &&
        (windowKinds as readonly string[]).includes(row.kind) &&
        (row.lastDay ?? today) >= today,
    );
    return running.map((row) => name(person.bsn, row));
  });
  expect(told.sort()).toEqual(own.sort());
  return found.length;
};

interface Sum {
  month: string;
  service: string;
  funded: number;
  overCap: number;
  unpaid: number;
}

/** A provider’s own minutes; of a clinic’s care only where it is the clinic that is paid. */
export const minutes: Door = async (asked, { as, other, period }) => {
  const of = askerOf(as).kind === 'provider' ? as : other;
  if (askerOf(of).kind !== 'provider') return 0;
  const path = `/v1/providers/${askerOf(of).code}/minutes?by=month,service&firstDay=${period.firstDay}&lastDay=${period.lastDay}`;
  if (!(await mayList(asked, as, of, path))) return 1;
  const { body } = await asked.ask(as, path);
  const sums = (body as unknown as { sums: Sum[] }).sums;
  const own = asked.population.people.flatMap((person) => {
    const read = asked.read(of, person, asked.active());
    return read.whole.minutes.filter(
      ({ provider, service, day }) =>
        provider === askerOf(of).code &&
        day >= period.firstDay &&
        day <= period.lastDay &&
        (askerOf(as).kind === 'auditor' || !clinics.includes(service) || isGiven(read, service, day)),
    );
  });
  const expected = new Map<string, [number, number, number]>();
  for (const { service, day, funded, overCap, outside } of own) {
    const key = `${day.slice(0, 7)} ${service}`;
    const sum = expected.get(key) ?? [0, 0, 0];
    expected.set(key, [sum[0] + funded, sum[1] + overCap, sum[2] + outside]);
  }
  const told = sums.map(({ month, service, funded, overCap, unpaid }) => [
    `${month} ${service}`,
    [funded, overCap, unpaid],
  ]);
  expect(told.sort()).toEqual([...expected].sort());
  return 1;
};
