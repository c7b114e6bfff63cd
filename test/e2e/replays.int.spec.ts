import Database from 'better-sqlite3';
import type { AuditRecord } from '@domeinbrug/audit';
import { join } from 'node:path';
import {
  admissionHistory,
  bsnNumber,
  ciz,
  event,
  insurer,
  provider,
  serviceOfThisFile,
  type Answer,
} from './service.js';
import { readEventStream, type Received } from './read-event-stream.js';

const { service, client } = serviceOfThisFile();

const year = { firstDay: '2024-01-01', lastDay: '2024-12-31' };
const question = { baseline: 'sharp-cut', alternative: 'six-weeks', ...year };

/** People of three insurers, with the same history; few of one. */
const many = 30;
const some = 12;
const few = 4;

beforeAll(async () => {
  const here = seeds(1, many).flatMap((seed) => admissionHistory(bsnNumber(seed)));
  const nearby = seeds(101, some).flatMap((seed) => otherHistory(bsnNumber(seed), '3332'));
  const elsewhere = seeds(201, few).flatMap((seed) => otherHistory(bsnNumber(seed), '3344'));
  const all = [...here, ...nearby, ...elsewhere];
  for (const as of new Set(all.map(([sender]) => sender))) {
    const events = all.filter(([sender]) => sender === as);
    const sent = await client.post(
      as,
      '/v1/events',
      events.map(([, each]) => each),
    );
    if (sent.status !== 200) throw new Error(JSON.stringify(sent.body));
  }
}, 60_000);

function seeds(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, at) => first + at);
}

function otherHistory(bsn: string, insurer: string): [string, Record<string, unknown>][] {
  const codes = { municipality: '0518', insurer, careOffice: '5522' };
  const about = (data: object): object => ({ bsn, ...data });
  const registered = about({ firstDay: '2023-01-01', ...codes, birthYear: 1950 });
  const started = about({ firstDay: '2023-06-01', provider: '65656055' });
  const indicated = about({
    decisionId: 'C1',
    decidedOn: '2024-01-10',
    firstDay: '2024-01-15',
    profile: '754',
  });
  const admitted = about({ firstDay: '2024-03-04', provider: '65656055', withTreatment: true });
  return [
    [provider, event(provider, 'client-registered', 'reg', registered)],
    [provider, event(provider, 'case-management-started', 'cm', started)],
    [ciz, event(ciz, 'wlz-indication-issued', 'ciz', indicated)],
    [provider, event(provider, 'client-admitted', 'adm', admitted)],
  ];
}

interface Told {
  id: string;
  state: string;
  sameMeaning: boolean;
  asked: Record<string, unknown>;
}

interface Figures {
  counts: Record<string, number>;
  header: { lines: object[] };
  sweep: { points: { values: number[]; figures: Record<string, number> | null }[] } | null;
  unknown: string[];
}

interface Row extends Record<string, unknown> {
  change: Record<string, number> | null;
}

/** What is no JSON comes as a text. */
const textIn = ({ body }: Answer): string => body as unknown as string;
const toldIn = ({ body }: Answer): Told => body as unknown as Told;
const rowsIn = ({ body }: Answer): Row[] => body.rows as unknown as Row[];

const ask = (body: object, as = 'policy'): Promise<Answer> => client.post(as, '/v1/replays', body);

async function heard(path: string, lastEventId?: string): Promise<{ status: number; events: Received[] }> {
  const reading = await readEventStream(service, client, 'policy', path, lastEventId);
  const events: Received[] = [];
  for await (const each of reading.events) events.push(each);
  return { status: reading.status, events };
}

/** Asks and waits for the end; gives its address. */
async function answered(body: object, as = 'policy'): Promise<string> {
  const at = (await ask(body, as)).headers.get('location')!;
  expect(textIn(await client.ask(as, `${at}/progress`))).toContain('event: done');
  return at;
}

describe('a replay', () => {
  test('is asked, followed, read and known again', async () => {
    const first = await ask(question);
    expect([first.status, first.headers.get('cache-control')]).toEqual([202, 'no-store']);
    const { id, asked, sameMeaning } = toldIn(first);
    const at = first.headers.get('location')!;
    expect([at, sameMeaning]).toEqual([`/v1/replays/${id}`, false]);
    expect(asked).toMatchObject({
      baseline: { id: 'sharp-cut', version: '2026.1' },
      alternative: { id: 'six-weeks', hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      ...year,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      population: {},
      vary: null,
      privacy: 'k10',
    });
    const { events } = await heard(`${at}/progress`);
    expect(events.at(-1)).toMatchObject({ id: 'done', event: 'done' });
    expect(JSON.parse(events.at(-1)!.data!)).toEqual({ state: 'done', progress: 1, failure: null });
    expect(toldIn(await client.ask('policy', at))).toMatchObject({ id, state: 'done', asked });
    const again = await ask({ ...question, baseline: 'sharp-cut@2026.1', population: {}, privacy: 'k10' });
    expect([again.status, toldIn(again).id, again.headers.get('location')]).toEqual([200, id, at]);
    await service.restart('SIGTERM');
    const afterwards = await ask(question);
    expect([afterwards.status, toldIn(afterwards)]).toMatchObject([200, { id, state: 'done' }]);
  }, 60_000);

  test('asked by two at once is one', async () => {
    const both = { ...question, lastDay: '2024-11-30' };
    const answers = await Promise.all([ask(both), ask(both, 'auditor'), ask(both)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 202]);
    expect(new Set(answers.map((answer) => toldIn(answer).id)).size).toBe(1);
  });

  test('of rule sets that mean the same says so', async () => {
    const told = toldIn(await ask({ ...question, alternative: 'sharp-cut' }));
    expect(told.sameMeaning).toBe(true);
  });

  test('as known earlier has another id, and before anything was known nobody in it', async () => {
    const now = toldIn(await ask(question));
    const position = String(now.asked['position']);
    expect(toldIn(await ask({ ...question, knownAtPosition: position })).id).toBe(now.id);
    const earlier = String(Number(position) - 1);
    const then = toldIn(await ask({ ...question, knownAtPosition: earlier }));
    expect(then.asked).toMatchObject({ position: earlier });
    expect(then.id).not.toBe(now.id);
    expect(JSON.stringify((await ask({ ...question, knownAtPosition: '1' })).body)).toContain(
      'population-empty',
    );
  });
});

describe('progress', () => {
  test('goes on after what was told, and has nothing to add to the end', async () => {
    const at = await answered(question);
    expect((await heard(`${at}/progress`, 'running-10')).events).toMatchObject([{ id: 'done' }]);
    expect(await heard(`${at}/progress`, 'done')).toEqual({ status: 204, events: [] });
    const wrong = await client.ask('policy', `${at}/progress`, { headers: { 'last-event-id': 'x' } });
    expect([wrong.status, wrong.body.errors[0]!.pointer]).toEqual([400, '/last-event-id']);
  });
});

describe('figures', () => {
  test('come with the end, people rounded and the few hidden', async () => {
    const at = await answered(question);
    const { figures } = (await client.ask('policy', at)).body as unknown as { figures: Figures };
    expect(figures.counts).toMatchObject({ clients: 50, differing: 50, losing: 0 });
    expect(figures.header.lines).toContainEqual({ name: 'privacy', nameNl: 'privacyprofiel', value: 'k10' });
    expect(figures.sweep).toBeNull();
    expect(figures.unknown).toContain('A rule set without prices gives days and no amounts.');
  });

  test('of a sweep tell each value', async () => {
    const at = await answered({ ...question, vary: { handoverLength: '0..42 step 14' } });
    const { figures } = (await client.ask('policy', at)).body as unknown as { figures: Figures };
    const lengths = figures.sweep!.points.map(({ values, figures: point }) => [values, point!.zvw]);
    const without = lengths[0]![1] as number;
    const people = many + some + few;
    expect(lengths.slice(1)).toEqual([14, 28, 42].map((days) => [[days], without + days * people] as const));
  });
});

describe('journeys', () => {
  test('are those who differ, page by page, without a date or name', async () => {
    const at = await answered(question);
    const seen: string[] = [];
    for (let path: string | undefined = `${at}/journeys?limit=20`; path !== undefined;) {
      const { headers, body } = await client.ask('policy', path);
      const page = body as unknown as { clients: { pseudonym: string; difference: object[] }[] };
      seen.push(...page.clients.map(({ pseudonym }) => pseudonym));
      expect(JSON.stringify(page)).not.toMatch(/2024-|:3311|65656055/);
      expect(page.clients[0]!.difference).toContainEqual(
        expect.objectContaining({ service: 'case-management', firstDay: 0, lastDay: 41, from: [], days: 42 }),
      );
      path = /<([^>]+)>/.exec(headers.get('link') ?? '')?.[1];
    }
    // As many as the rounded count tells, and not all.
    expect(seen).toHaveLength(10 * Math.floor((many + some + few) / 10));
    expect(seen).toEqual([...new Set(seen)].sort());
  });

  test('of an auditor who asked so have dates', async () => {
    const at = await answered({ ...question, privacy: 'none' }, 'auditor');
    const { body } = await client.ask('auditor', `${at}/journeys?limit=1`);
    expect(JSON.stringify(body)).toContain('"firstDay":"2024-03-04"');
  });
});

describe('the difference between two', () => {
  test('is split into what became known, rules and prices', async () => {
    const [from, to] = [await answered({ ...question, alternative: 'sharp-cut' }), await answered(question)];
    const { body } = await client.ask('policy', `${to}/difference?from=${from.split('/').at(-1)}`);
    const { split } = body as unknown as { split: Record<string, { days: number }> };
    const days = 42 * (many + some + few);
    expect([split['corrections']!.days, split['rules']!.days, split['prices']!.days]).toEqual([0, days, 0]);
    expect(split['total']!.days).toBe(days);
  });

  test('is of the same days and people', async () => {
    const [from, to] = [await answered({ ...question, lastDay: '2024-06-30' }), await answered(question)];
    const id = from.split('/').at(-1);
    const other = await client.ask('policy', `${to}/difference?from=${id}`);
    expect([other.status, other.body.errors[0]!.code]).toEqual([400, 'replays-differ']);
    const none = await client.ask('policy', `${to}/difference`);
    expect([none.status, none.body.errors[0]!.code]).toEqual([400, 'required']);
  });

  test('is of no population of a few', async () => {
    const asked = await ask({ ...question, population: { insurer: '3344' } });
    expect(asked.status).toBe(400);
    expect(JSON.stringify(asked.body)).toContain('fewer than ten');
  });
});

describe('results', () => {
  test('are cells under both, with the few and what would lay them bare hidden', async () => {
    const at = await answered(question);
    const { body, headers, ...rest } = await client.ask('policy', `${at}/results?by=funder,kind`);
    expect([rest.status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    const handover = rowsIn({ body, headers, ...rest }).filter(({ kind }) => kind === 'handover');
    expect(handover.find(({ funder }) => funder === insurer)).toMatchObject({
      suppressed: false,
      baseline: { days: 0, clients: 0 },
      alternative: { days: 42 * many, clients: many },
      change: { days: 42 * many, clients: many },
      changedClients: many,
    });
    expect(handover.find(({ funder }) => funder === 'insurer:3344')).toEqual({
      funder: 'insurer:3344',
      kind: 'handover',
      suppressed: true,
      baseline: null,
      alternative: null,
      change: null,
      changedClients: null,
    });
  });

  test('are whole for an auditor who asked so, and then nobody else’s', async () => {
    const at = await answered({ ...question, privacy: 'none' }, 'auditor');
    const rows = rowsIn(await client.ask('auditor', `${at}/results?by=kind,funder`));
    const other = rows.find(({ funder, kind }) => funder === 'insurer:3344' && kind === 'handover');
    expect(other!.change).toMatchObject({ days: 42 * few, clients: few });
    for (const path of ['', '/results', '/progress']) {
      const { status, body } = await client.ask('policy', at + path);
      expect([path, status, body.code]).toEqual([path, 404, 'replay-unknown']);
    }
    expect((await client.ask('policy', at, { method: 'DELETE' })).status).toBe(404);
    expect((await client.ask('auditor', at)).status).toBe(200);
  });

  test('of an auditor stand in the trail with why, in whatever form they were read', async () => {
    const at = await answered({ ...question, privacy: 'none', lastDay: '2024-11-30' }, 'auditor');
    await client.ask('auditor', at);
    await client.ask('auditor', `${at}/results?by=funder`, { headers: { accept: 'text/csv' } });
    await client.ask('auditor', at, { method: 'DELETE' });
    const trail = new Database(join(service.dataDir, 'audit', 'log.db'), { readonly: true });
    const about = trail.prepare('SELECT content FROM events WHERE content LIKE ?').pluck();
    const lines = (about.all(`%replay=${at.split('/').at(-1)}%`) as string[]).map(
      (line) => JSON.parse(line) as AuditRecord,
    );
    trail.close();
    expect(
      new Set(lines.map(({ event: { action, status }, user }) => `${action} ${user.accessPoint} ${status}`)),
    ).toEqual(
      new Set([
        'execute POST /v1/replays 202',
        'read GET /v1/replays/:id 200',
        'read GET /v1/replays/:id/results 200',
        'delete DELETE /v1/replays/:id 204',
      ]),
    );
    for (const { object } of lines) expect(object.reason).toBe('a test of this service');
  });

  test('are told by what is asked, each dimension once', async () => {
    const at = await answered(question);
    const { body } = await client.ask('policy', `${at}/results?by=region,month`);
    expect(body).toMatchObject({ dimensions: ['month', 'region'] });
    for (const by of ['funder,colour', 'month,month']) {
      const wrong = await client.ask('policy', `${at}/results?by=${by}`);
      expect([wrong.status, wrong.body.errors[0]!.code]).toEqual([400, 'unknown-value']);
    }
  });
});

describe('results as a file', () => {
  const read = async (accept: string, language = 'en'): Promise<Answer> => {
    const headers = { accept, 'accept-language': language };
    return client.ask('policy', `${await answered(question)}/results?by=funder,month`, { headers });
  };

  test('are CSV, under how they were made', async () => {
    const answer = await read('text/csv');
    const { headers } = answer;
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="replay-[0-9a-f]{12}\.csv"$/);
    const lines = textIn(answer).split('\r\n');
    expect(lines[0]).toMatch(/^# replay: [0-9a-f]{64}$/);
    expect(lines).toContainEqual(expect.stringMatching(/^# alternative: six-weeks@2026\.1 [0-9a-f]{64}$/));
    expect(lines).toContainEqual(expect.stringMatching(/^funder,month,suppressed,baselineDays,/));
    expect(lines).toContainEqual(expect.stringMatching(/^insurer:3311,2024-02,0,870,30,/));
  });

  test('are as a Dutch spreadsheet opens them', async () => {
    const answer = await read('text/csv', 'nl');
    const { headers } = answer;
    expect([headers.get('content-language'), headers.get('vary')]).toEqual(['nl', 'accept, accept-language']);
    const lines = textIn(answer).split('\r\n');
    expect(lines).toContainEqual(expect.stringMatching(/^financier;maand;onderdrukt;/));
    expect(lines).toContainEqual(expect.stringMatching(/^insurer:3311;02-2024;0;870;30;/));
  });

  test('are Parquet', async () => {
    const answer = await read('application/vnd.apache.parquet');
    const { headers } = answer;
    expect(headers.get('content-type')).toBe('application/vnd.apache.parquet');
    expect(textIn(answer)).toMatch(/^PAR1[^]*PAR1$/);
  });
});

describe('cancelling and forgetting', () => {
  test('ends one that waits, for all who wait for it', async () => {
    // Threads that have yet to start give those that are asked now time to wait.
    await service.restart('SIGTERM');
    const periods = seeds(1, 20).map((day) => ({
      ...question,
      firstDay: `2023-01-${String(day).padStart(2, '0')}`,
    }));
    const asked = await Promise.all(periods.map((each) => ask(each)));
    const begun = asked.filter(({ status }) => status === 202);
    const refused = asked.filter(({ status }) => status === 503);
    expect(begun).toHaveLength(16);
    expect(refused.map(({ body }) => body.code)).toEqual(Array(4).fill('replays-busy'));
    expect(refused[0]!.headers.get('retry-after')).toBe('5');
    const at = begun.at(-1)!.headers.get('location')!;
    const early = await client.ask('policy', `${at}/results`);
    expect([early.status, early.body.code]).toEqual([409, 'not-finished']);
    const following = heard(`${at}/progress`);
    expect((await client.ask('policy', at, { method: 'DELETE' })).status).toBe(204);
    expect((await following).events.at(-1)).toMatchObject({ event: 'cancelled' });
    expect(toldIn(await client.ask('policy', at)).state).toBe('cancelled');
    const gone = await client.ask('policy', `${at}/results`);
    expect([gone.status, gone.body.code]).toEqual([410, 'replay-cancelled']);
    expect((await client.ask('policy', at, { method: 'DELETE' })).status).toBe(204);
    expect((await client.ask('policy', at)).status).toBe(404);
  }, 60_000);

  test('forgets an answer, which can be had again', async () => {
    const at = await answered(question);
    expect((await client.ask('policy', at, { method: 'DELETE' })).status).toBe(204);
    expect((await client.ask('policy', at)).status).toBe(404);
    expect((await ask(question)).status).toBe(202);
  });
});

describe('bad input', () => {
  const problemsOf = async (body: object): Promise<string[]> => {
    const { status, body: problem } = await ask(body);
    expect([status, problem.code]).toEqual([400, 'invalid-request']);
    return problem.errors.map(({ pointer, code }) => `${pointer} ${code}`).sort();
  };

  test('is told all at once', async () => {
    const wrong = {
      baseline: 'no-such-rules',
      firstDay: '2024-12-31',
      lastDay: '2024-01-01',
      knownAt: '2024-06-01T00:00:00Z',
      knownAtPosition: '7',
      population: { municipality: '363', profile: '5VV', birthYear: { min: 1950, max: 1940 }, colour: 'x' },
      privacy: 'k3',
      colour: 'red',
    };
    expect(await problemsOf(wrong)).toEqual([
      '/alternative required',
      '/baseline rule-set-unknown',
      '/colour unknown-field',
      '/knownAtPosition knowledge-twice',
      '/lastDay period-reversed',
      '/population/birthYear range-empty',
      '/population/colour unknown-field',
      '/population/municipality invalid-form',
      '/population/profile invalid-form',
      '/privacy unknown-value',
    ]);
  });

  test.each([
    [{ lastDay: undefined }, '/lastDay required'],
    [{ lastDay: '2064-01-01' }, '/lastDay period-too-long'],
    [{ knownAtPosition: '99999999' }, '/knownAtPosition position-unknown'],
    [{ population: { birthYear: {} } }, '/population/birthYear required'],
    [{ population: { birthYear: { min: '1950' } } }, '/population/birthYear/min invalid-number'],
    [{ population: { municipality: '0599' } }, '/population population-empty'],
    [{ population: { birthYear: { max: 1900 } } }, '/population population-empty'],
    [{ population: 'everybody' }, '/population invalid-form'],
    [{ population: [] }, '/population invalid-form'],
    [{ vary: 'handoverLength' }, '/vary invalid-form'],
    [{ vary: {} }, '/vary invalid-form'],
    [{ vary: { handoverLength: 7 } }, '/vary invalid-form'],
    [{ vary: { handoverlength: '0..7' } }, '/vary/handoverlength unknown-parameter'],
    [{ vary: { undelivered: '0..7' } }, '/vary/undelivered unknown-parameter'],
    [{ vary: { handoverLength: '0..9000 step 9000' } }, '/vary/handoverLength value-not-allowed'],
    [{ vary: { handoverLength: '7..0' } }, '/vary/handoverLength wrong-value'],
  ])('%j is %s', async (wrong, problem) => {
    expect(await problemsOf({ ...question, ...wrong })).toEqual([problem]);
  });

  test('of privacy is for an auditor', async () => {
    const { status, body } = await ask({ ...question, privacy: 'none' });
    expect([status, body.code]).toEqual([403, 'privacy-for-auditors']);
  });
});

test.each([insurer, provider, 'municipality:0363'])('%s has no replays', async (as) => {
  const refused = await ask(question, as);
  expect([refused.status, refused.body.code]).toEqual([403, 'scope-missing']);
  expect((await client.ask(as, `/v1/replays/${'0'.repeat(64)}`)).status).toBe(403);
});

test.each(['0'.repeat(64), 'x', encodeURIComponent('../keys/replay')])('%s is no replay', async (id) => {
  const { status, body } = await client.ask('policy', `/v1/replays/${id}`);
  expect([status, body.code]).toEqual([404, 'replay-unknown']);
});

test('replays are counted', async () => {
  const text = (await client.ask(null, '/metrics')).body as unknown as string;
  expect(text).toMatch(/^domeinbrug_replays_total\{outcome="done"\} \d+$/m);
  expect(text).toMatch(/^domeinbrug_replays_running \d+$/m);
  expect(text).toMatch(/^domeinbrug_replay_seconds_count \d+$/m);
});
