import { issueDevelopmentToken } from '@domeinbrug/access';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readEventStream, take, type Received } from './read-event-stream.js';
import {
  admissionHistory,
  type Answer,
  bsnNumber,
  event,
  insurer,
  municipality,
  provider,
  serviceOfThisFile,
  tell,
} from './service.js';

interface Entry {
  cursor: string;
  clientId: string;
  change: 'added' | 'changed' | 'withdrawn';
  causedBy: { id: string; type: string }[];
  before: { lastDay: string | null; provider: string } | null;
  after: { lastDay: string | null; provider: string; service: string } | null;
}
interface Page {
  changes: Entry[];
  cursor: string;
  position: string;
}

const { service, client } = serviceOfThisFile();
let position: string;
let bsns: string[];

beforeAll(async () => {
  bsns = [1, 2, 3, 4].map((seed) => bsnNumber(300 + seed));
  for (const [at, bsn] of bsns.entries()) {
    const events = admissionHistory(bsn).map(([as, each]): [string, Record<string, unknown>] => [
      as,
      { ...each, id: `${String(each['id'])}-${at}` },
    ]);
    ({
      body: { position },
    } = await tell(client, events));
  }
}, 60_000);

const feedOfInsurer = '/v1/funders/insurer:3311/changes';
const feedOfProvider = '/v1/providers/65656055/changes';

const pageOf = (answer: Answer): Page => answer.body as unknown as Page;
const read = async (as: string, path: string, query = ''): Promise<Page> =>
  pageOf(await client.ask(as, `${path}?atLeast=${position}${query}`));

async function readAll(as: string, path: string, limit: number): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let after = ''; ;) {
    const page = await read(as, path, `&limit=${limit}${after}`);
    entries.push(...page.changes);
    if (page.changes.length === 0) return entries;
    after = `&after=${page.cursor}`;
  }
}

const daysOf = ({ clientId, change, before, after }: Entry): unknown[] => [
  clientId,
  change,
  before?.lastDay,
  after?.lastDay,
];

const sent = ({ id, data }: Received): Entry => {
  const entry = JSON.parse(data!) as Entry;
  expect(entry.cursor).toBe(id);
  return entry;
};

describe('a feed read by pages', () => {
  test('tells each change with its cause, what was and what is', async () => {
    const { changes } = await read(insurer, feedOfInsurer);
    const first = changes.filter(({ clientId }) => clientId === changes[0]!.clientId);
    const underTheWlz = { source: null, id: null, type: null, law: 'wlz', says: 'decided under another law' };
    expect(first.map(({ change, causedBy }) => [change, causedBy])).toEqual([
      ['added', [expect.objectContaining({ id: 'cm-0' })]],
      ['changed', [underTheWlz]],
      ['added', [underTheWlz]],
    ]);
    expect(first[1]).toMatchObject({ before: { lastDay: null }, after: { lastDay: '2024-03-03' } });
  });

  test('gives the same entries in pages of any size, none lost and none doubled', async () => {
    const whole = await readAll(insurer, feedOfInsurer, 1000);
    expect(whole).toHaveLength(12);
    for (const limit of [1, 2, 5, 7]) expect(await readAll(insurer, feedOfInsurer, limit)).toEqual(whole);
    const order = whole.map(({ cursor }) => Number(cursor.split('.')[0]));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(new Set(whole.map(({ cursor }) => cursor)).size).toBe(whole.length);
  });

  test('has cursors that tell one reader nothing of another’s, and are of no use to it', async () => {
    const [paid, given] = [
      await readAll(insurer, feedOfInsurer, 1000),
      await readAll(provider, feedOfProvider, 1000),
    ];
    const told = new Set(paid.map(({ cursor }) => cursor));
    expect(given.filter(({ cursor }) => told.has(cursor))).toEqual([]);
    const foreign = await client.ask(insurer, `${feedOfInsurer}?after=${given[0]!.cursor}`);
    expect([foreign.status, foreign.body.errors[0]!.code]).toEqual([400, 'cursor-unknown']);
  });

  test('repeats the cursor where nothing follows, and leads to the next page where there is one', async () => {
    const all = await client.ask(insurer, feedOfInsurer);
    const { cursor } = pageOf(all);
    expect(all.headers.get('link')).toBeNull();
    expect(all.headers.get('cache-control')).toBe('no-store');
    expect(await read(insurer, feedOfInsurer, `&after=${cursor}`)).toMatchObject({ changes: [], cursor });
    const { headers } = await client.ask(insurer, `${feedOfInsurer}?limit=5`);
    expect(headers.get('link')).toMatch(
      /^<\/v1\/funders\/insurer:3311\/changes\?limit=5&after=\d+\.[\w-]+>; rel="next"$/,
    );
  });

  test('is a funder’s or provider’s own, and an auditor’s to read', async () => {
    expect((await client.ask(municipality, feedOfInsurer)).body.code).toBe('not-your-funder');
    expect((await client.ask(insurer, feedOfProvider)).body.code).toBe('not-your-provider');
    expect((await client.ask('auditor', '/v1/providers/6565/changes')).body.code).toBe('provider-unknown');
    const [whole, seen] = [await read('auditor', feedOfInsurer), await read(insurer, feedOfInsurer)];
    expect(whole.changes.map(daysOf)).toEqual(seen.changes.map(daysOf));
    expect(whole.changes[1]!.causedBy).toMatchObject([{ id: 'adm-0' }]);
    const own = await readAll(provider, feedOfProvider, 1000);
    expect(new Set(own.map(({ after, before }) => (after ?? before)!.provider))).toEqual(
      new Set(['65656055']),
    );
  });

  test('names all that is wrong with a question, and a cursor that no feed gave', async () => {
    const { body } = await client.ask(insurer, `${feedOfInsurer}?after=x&limit=0&foo=1`);
    expect(body.errors.map(({ pointer }) => pointer).sort()).toEqual(['/after', '/foo', '/limit']);
    const beyond = await client.ask(insurer, `${feedOfInsurer}?after=900000.0`);
    expect([beyond.status, beyond.body.errors[0]!.code]).toEqual([400, 'cursor-unknown']);
  });
});

describe('a feed that is followed', () => {
  test('gives what the pages give, in one go or with breaks', async () => {
    const whole = await readAll(insurer, feedOfInsurer, 1000);
    const reading = await readEventStream(service, client, insurer, feedOfInsurer);
    expect(reading.status).toBe(200);
    expect(reading.headers.get('content-type')).toBe('text/event-stream');
    expect(reading.headers.get('cache-control')).toBe('no-store');
    expect(reading.headers.get('api-version')).toBeTruthy();
    expect((await take(reading, whole.length)).map(sent)).toEqual(whole);
    await reading.events.return(undefined);

    const parts: Entry[] = [];
    while (parts.length < whole.length) {
      const lastEventId = parts.at(-1)?.cursor;
      // The address keeps saying where the reader began; where it was counts.
      const part = await readEventStream(service, client, insurer, `${feedOfInsurer}?after=0.0`, lastEventId);
      parts.push(...(await take(part, Math.min(5, whole.length - parts.length))).map(sent));
      await part.events.return(undefined);
    }
    expect(parts).toEqual(whole);
  });

  test('goes on with what comes in, to every reader', async () => {
    const { cursor } = await read(insurer, feedOfInsurer);
    const readers = await Promise.all(
      [1, 2, 3].map(() => readEventStream(service, client, insurer, `${feedOfInsurer}?after=${cursor}`)),
    );
    for (const [at, bsn] of bsns.entries()) {
      const discharged = { bsn, provider: '65656055', lastDay: '2024-03-20' };
      ({
        body: { position },
      } = await tell(client, [
        [
          provider,
          event(provider, 'handover-completed', `done-${at}`, {
            bsn,
            service: 'case-management',
            day: '2024-03-31',
          }),
        ],
        [provider, event(provider, 'client-discharged', `dis-${at}`, discharged)],
      ]));
    }
    const expected = await readAll(insurer, `${feedOfInsurer}`, 1000);
    const news = expected.slice(expected.findIndex((entry) => entry.cursor === cursor) + 1);
    expect(news.length).toBeGreaterThanOrEqual(4);
    for (const reader of readers) {
      expect((await take(reader, news.length)).map(sent)).toEqual(news);
      await reader.events.return(undefined);
    }
  });

  test('refuses before it begins what cannot be followed', async () => {
    const foreign = await readEventStream(service, client, municipality, feedOfInsurer);
    expect(foreign.status).toBe(403);
    const illFormed = await readEventStream(service, client, insurer, feedOfInsurer, 'x');
    expect([illFormed.status, illFormed.headers.get('content-type')]).toEqual([
      400,
      expect.stringContaining('problem+json'),
    ]);
  });

  test('ends when the token does', async () => {
    // Clocks may differ by five seconds, so that a token which ends in a second is taken.
    const token = await issueDevelopmentToken(service.dataDir, insurer, { now: Date.now() - 3_599_000 });
    const response = await fetch(service.address + feedOfInsurer, {
      headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
    });
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/^retry: \d+\n\nid: \d+\.[\w-]+\nevent: change\ndata: /);
  });

  test('ends when the service stops, and goes on after it has started again', async () => {
    const whole = await readAll(insurer, feedOfInsurer, 1000);
    const reading = await readEventStream(service, client, insurer, feedOfInsurer);
    const before = (await take(reading, 3)).map(sent);
    const code = service.end('SIGTERM');
    for await (const each of reading.events) before.push(sent(each));
    expect(await code).toBe(0);
    expect(before.length).toBeLessThanOrEqual(whole.length);

    await service.start();
    const { cursor } = before.at(-1)!;
    const rest = await readAll(insurer, feedOfInsurer, 1000);
    expect(rest).toEqual(whole);
    const left = whole.slice(whole.findIndex((entry) => entry.cursor === cursor) + 1);
    expect((await read(insurer, feedOfInsurer, `&after=${cursor}`)).changes).toEqual(left);
  });
});

test('a rebuild of the read models gives the same feed, cursor by cursor', async () => {
  const whole = await readAll(insurer, feedOfInsurer, 1000);
  const own = await readAll(provider, feedOfProvider, 1000);
  await service.end('SIGKILL');
  for (const file of readdirSync(service.dataDir).filter((name) => name.startsWith('views'))) {
    rmSync(join(service.dataDir, file), { recursive: true });
  }
  await service.start();
  for (let attempt = 0; (await client.ask(insurer, feedOfInsurer)).status === 503; attempt++) {
    if (attempt === 400) throw new Error(`The feed is not built: ${service.log()}`);
    await pause(25);
  }
  expect(await readAll(insurer, feedOfInsurer, 1000)).toEqual(whole);
  expect(await readAll(provider, feedOfProvider, 3)).toEqual(own);
}, 30_000);

describe('another rule set in force', () => {
  test('ends the feed for its followers, and begins another with what the switch changed', async () => {
    const old = await readAll(insurer, feedOfInsurer, 1000);
    const reading = await readEventStream(service, client, insurer, feedOfInsurer);
    await take(reading, old.length);
    const activated = await client.ask('policy', '/v1/rule-sets/sharp-cut/versions/2026.1/_activate', {
      method: 'POST',
    });
    expect(activated.status).toBe(202);
    const [ended] = await take(reading, 1);
    expect(ended!.event).toBe('feed-replaced');
    const { code, first } = JSON.parse(ended!.data!) as { code: string; first: string };
    expect([code, first]).toEqual(['feed-replaced', `${activated.body.position}.0`]);
    expect((await reading.events.next()).done).toBe(true);

    const late = await client.ask(insurer, `${feedOfInsurer}?after=${old.at(-1)!.cursor}`);
    expect([late.status, late.body.code, (late.body as unknown as { first: string }).first]).toEqual([
      410,
      'feed-replaced',
      first,
    ]);
    const again = await readEventStream(service, client, insurer, feedOfInsurer, old.at(-1)!.cursor);
    expect(again.status).toBe(410);

    const opening = await readAll(insurer, feedOfInsurer, 2);
    // Under a sharp cut no insurer pays case management after the admission: the handover of each client goes.
    expect(opening.map(({ change, causedBy }) => [change, causedBy[0]!.type])).toEqual(
      bsns.map(() => ['withdrawn', 'rule-set-activated']),
    );
    expect((await read(insurer, feedOfInsurer, `&after=${first}`)).changes).toEqual(opening);
  }, 30_000);
});
