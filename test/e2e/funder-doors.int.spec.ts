import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  admissionHistory,
  type Answer,
  bsnNumber,
  careOffice,
  clientIdIn,
  event,
  insurer,
  municipality,
  provider,
  serviceOfThisFile,
  sourceOf,
  tell,
} from './service.js';

/**
 * One journey in three steps of knowledge: care at home; then, late, an indication back to 15 January and an
 * admission on 4 March; then a correction of the admission to 18 March. All by the priced rules below.
 */

let clientId: string;
const known: { position: string; knownAt: string }[] = [];

const pricedRules = (id: string, base: string, guidance: number, residence: number): string => `
schema: domeinbrug/rule-set/1
id: ${id}
version: "1"
title: ${id}
status: hypothetical
source: for tests
base: { id: ${base} }
prices:
  guidance: { unit: cent-per-day, national: { 2015-01-01: ${guidance} } }
  residence: { unit: cent-per-day, national: { 2015-01-01: ${residence} } }
`;

const rulesDir = mkdtempSync(join(tmpdir(), 'domeinbrug-rules-'));
cpSync('rules', rulesDir, { recursive: true });
writeFileSync(join(rulesDir, 'sharp-priced.yaml'), pricedRules('sharp-priced', 'sharp-cut', 3000, 20000));
writeFileSync(join(rulesDir, 'six-priced.yaml'), pricedRules('six-priced', 'six-weeks', 3100, 21000));
const { client } = serviceOfThisFile({
  DOMEINBRUG_RULES_DIR: rulesDir,
  DOMEINBRUG_RULE_SET: 'six-priced',
});

beforeAll(async () => {
  const history = admissionHistory(bsnNumber(1));
  await learn(history.slice(0, 3));
  await learn(history.slice(3));
  await learn([[provider, admissionOn('2024-03-18')]]);
}, 30_000);

afterAll(() => rmSync(rulesDir, { recursive: true }));

/** Tells of the journey and remembers what is known then. */
async function learn(events: Parameters<typeof tell>[1]): Promise<void> {
  const told = await tell(client, events);
  clientId = clientIdIn(told);
  const { body } = await client.ask(provider, `/v1/clients/${clientId}/coverage`);
  known.push({ position: body.position, knownAt: body.knownAt });
  await pause();
}

/** Until the clock has moved on, so that moments tell the steps apart. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

function admissionOn(firstDay: string): Record<string, unknown> {
  const corrects = { source: sourceOf(provider), id: 'adm' };
  const data = { firstDay, provider: '65656055', withTreatment: true };
  return event(provider, 'event-corrected', `adm-${firstDay}`, { clientId, corrects, data });
}

const quarter = 'firstDay=2024-01-01&lastDay=2024-03-31';

interface Row {
  service: string;
  firstDay: string;
  lastDay: string;
  kind?: string;
  reason?: string;
}

interface ClientBody {
  clientId: string;
  cover: Row[];
  gaps: Row[];
  overlaps: object[];
}

/** What of the answers of these doors is there is for the test to say. */
interface FunderBody {
  id: string;
  code: string;
  detail: string;
  position: string;
  errors: { pointer: string }[];
  /** A test that looks into one knows that it is there. */
  clients: [ClientBody, ...ClientBody[]];
  totals: {
    clients: number;
    cover: { days: number; amounts: object[] };
    gaps: { clients: number; days: number };
    beside: object[];
  };
  matrix: { from: object[]; to: object[]; days: number }[];
  effects: Record<'data' | 'rules' | 'prices' | 'total', { days: number; amounts: object[] }>;
  sides: { from: object };
}

type FunderAnswer = Omit<Answer, 'body'> & { body: FunderBody };

/** Asks a funder's door as that funder. */
async function ask(as: string, path: string): Promise<FunderAnswer> {
  const now = path.includes('nown') ? '' : `&atLeast=${known.at(-1)!.position}`;
  const isPage = /coverage|overlaps/.test(path);
  return asFunder(client.ask(as, `/v1/funders/${as}/${path}${isPage ? now : ''}`));
}

async function asFunder(answer: Promise<Answer>): Promise<FunderAnswer> {
  return (await answer) as unknown as FunderAnswer;
}

const lines = (rows: Row[]): string[] =>
  rows.map(({ service: name, firstDay, lastDay, kind, reason }) =>
    [name, firstDay, lastDay, kind ?? reason].join(' '),
  );
const recorded = (cents: number): object[] => [{ basis: 'recorded', low: cents, mid: cents, high: cents }];

describe('a funder’s period', () => {
  test('has its rows cut to it, and totals of its days and what they cost', async () => {
    const { body, headers } = await ask(careOffice, `coverage?${quarter}`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({
      funder: careOffice,
      firstDay: '2024-01-01',
      lastDay: '2024-03-31',
      ruleSet: { id: 'six-priced' },
      next: null,
    });
    expect(lines(body.clients[0].cover)).toEqual(['residence 2024-03-18 2024-03-31 regular']);
    const sums = { clients: 1, days: 14, unpricedDays: 0, amounts: recorded(14 * 21000) };
    expect(body.totals).toEqual({
      clients: 1,
      cover: { ...sums, services: [{ service: 'residence', kind: 'regular', ...sums }] },
      gaps: { clients: 0, days: 0, services: [] },
    });
  });

  test('has the gap days that are its own to know of', async () => {
    const { body } = await ask(municipality, `coverage?${quarter}`);
    expect(lines(body.clients[0].cover)).toEqual(['guidance 2024-01-01 2024-01-14 regular']);
    expect(lines(body.clients[0].gaps)).toEqual(['guidance 2024-01-15 2024-03-17 excluded-by-wlz']);
    const gaps = { clients: 1, days: 63 };
    expect(body.totals.gaps).toEqual({
      ...gaps,
      services: [{ service: 'guidance', reason: 'excluded-by-wlz', ...gaps }],
    });
    expect(body.totals.cover.amounts).toEqual(recorded(14 * 3100));
  });

  test('of some kinds and services has no other rows, no gaps, and totals of those', async () => {
    const { body } = await ask(insurer, `coverage?${quarter}&kinds=handover&services=case-management`);
    expect(lines(body.clients[0].cover)).toEqual(['case-management 2024-03-18 2024-03-31 handover']);
    expect(body.totals.cover).toMatchObject({ days: 14, unpricedDays: 14, amounts: [] });
    expect((await ask(insurer, `coverage?${quarter}&services=guidance`)).body.clients).toEqual([]);
  });

  test('as known then has what was known then, also clients without a row today', async () => {
    const days = async (as: string, at: string): Promise<unknown[]> => {
      const { totals } = (await ask(as, `coverage?${quarter}&${at}`)).body;
      return [totals.clients, totals.cover.days, totals.gaps.days];
    };
    const at = known.map(({ position }) => `knownAtPosition=${position}`);
    expect(await days(municipality, at[0]!)).toEqual([1, 91, 0]);
    expect(await days(municipality, at[1]!)).toEqual([1, 14, 49]); // until the admission of 4 March
    expect(await days(municipality, at[2]!)).toEqual([1, 14, 63]);
    expect(await days(careOffice, at[0]!)).toEqual([0, 0, 0]);
    expect(await days(careOffice, `knownAt=${known[1]!.knownAt}`)).toEqual([1, 28, 0]);
  });

  test('as known at the position of an answer is that answer', async () => {
    for (const as of [insurer, municipality, careOffice]) {
      for (const period of [quarter, 'on=2024-03-20', 'on=2024-02-01']) {
        const now = (await ask(as, `coverage?${period}`)).body;
        const then = (await ask(as, `coverage?${period}&knownAtPosition=${now.position}`)).body;
        expect(then).toEqual(now);
      }
    }
  });

  test('is paged as known then, whatever is told between the pages', async () => {
    const funder = 'municipality:0518';
    const decide = (seed: number): Parameters<typeof tell>[1] => {
      const about = { bsn: bsnNumber(seed), firstDay: '2023-05-01', municipality: '0518' };
      const decision = { decisionId: 'D', services: ['guidance'], ...about };
      return [
        [provider, event(provider, 'client-registered', 'reg', about)],
        [funder, event(funder, 'wmo-decision-issued', 'wmo', decision)],
      ];
    };
    for (const seed of [50, 51, 52]) await tell(client, decide(seed));
    const position = (await tell(client, decide(53))).body.position;
    await tell(client, decide(54));
    const first = await client.ask(
      funder,
      `/v1/funders/${funder}/coverage?${quarter}&limit=2&knownAtPosition=${position}`,
    );
    const { body } = first as unknown as FunderAnswer;
    expect(body.totals.cover).toMatchObject({ clients: 4, days: 4 * 91 });
    const others = (
      await client.ask(funder, `/v1/funders/${funder}/coverage?${quarter}&knownAtPosition=${position}`)
    ).body.clients.map((each) => each.clientId);
    await tell(client, [
      [provider, event(provider, 'client-died', 'died', { clientId: others[3], day: '2023-06-01' })],
    ]);
    const second = await client.ask(funder, /^<([^>]+)>/.exec(first.headers.get('link')!)![1]!);
    expect(second.headers.get('link')).toBeNull();
    expect(second.body).toMatchObject({
      position,
      clients: [{ clientId: others[2] }, { clientId: others[3] }],
    });
    expect(second.body.totals).toBeUndefined();
  });

  test.each([
    ['', ['/on']],
    ['firstDay=2024-01-01', ['/lastDay']],
    ['firstDay=1984-01-01&lastDay=2024-01-01', ['/lastDay']],
    ['on=2024-01-01&firstDay=2024-01-01&lastDay=2023-01-01', ['/on', '/lastDay']],
    [`${quarter}&knownAt=2024-01-01T00:00:00Z&knownAtPosition=1&kinds=x`, ['/kinds', '/knownAtPosition']],
    [`${quarter}&knownAtPosition=99999`, ['/knownAtPosition']],
  ])('"%s" is refused with every problem', async (query, pointers) => {
    const { status, body } = await client.ask(insurer, `/v1/funders/${insurer}/coverage?${query}`);
    expect([status, body.errors.map(({ pointer }) => pointer)]).toEqual([400, pointers]);
  });
});

describe('overlaps', () => {
  test('tell beside which law, for how long and why', async () => {
    const { body, headers } = await ask(insurer, 'overlaps?firstDay=2024-01-01&lastDay=2024-12-31');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body.clients).toHaveLength(1);
    const [regular, handover, ...more] = body.clients[0].overlaps;
    expect(more).toEqual([]);
    expect(regular).toMatchObject({
      service: 'case-management',
      kind: 'regular',
      firstDay: '2024-01-01',
      lastDay: '2024-01-14',
      days: 14,
      law: 'zvw',
      beside: { law: 'wmo', pays: 'client' },
    });
    expect(handover).toMatchObject({
      kind: 'handover',
      rule: 'handover',
      firstDay: '2024-03-18',
      lastDay: '2024-04-28',
      days: 42,
      beside: { law: 'wlz', pays: 'client' },
      because: { opened: [{ id: null, law: 'wlz', says: 'decided under another law' }] },
    });
    const each = { pays: 'client', service: 'case-management', clients: 1 };
    expect(body.totals).toEqual({
      clients: 1,
      beside: [
        { law: 'wlz', days: 42, ...each },
        { law: 'wmo', days: 14, ...each },
      ],
    });
    expect(JSON.stringify(body.clients)).not.toContain('care-office');
  });

  test('as known then, and of some kinds', async () => {
    const { body } = await ask(
      insurer,
      `overlaps?${quarter}&kinds=handover&knownAtPosition=${known[1]!.position}`,
    );
    expect(body.clients[0].overlaps).toMatchObject([
      { firstDay: '2024-03-04', lastDay: '2024-03-31', days: 28 },
    ]);
    expect(
      (await ask(insurer, `overlaps?${quarter}&knownAtPosition=${known[0]!.position}`)).body.totals.beside,
    ).toEqual([{ law: 'wmo', pays: 'client', service: 'case-management', clients: 1, days: 91 }]);
  });

  test('need a whole period', async () => {
    const { status, body } = await ask(insurer, 'overlaps?lastDay=2024-12-31');
    expect([status, body.errors.map(({ pointer }) => pointer)]).toEqual([400, ['/firstDay']]);
  });
});

const closing = (name: string, step: number, ruleSet: string): Record<string, unknown> => ({
  name,
  period: { firstDay: '2024-01-01', lastDay: '2024-03-31' },
  knownAt: known[step]!.knownAt,
  ruleSet,
});
const close = (as: string, body: unknown): Promise<FunderAnswer> =>
  asFunder(client.post(as, '/v1/closings', body));

describe('a closing', () => {
  test('freezes position and version under an id of its content; the same again is known', async () => {
    const first = await close(municipality, closing('first quarter', 0, 'sharp-priced'));
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      funder: municipality,
      name: 'first quarter',
      ...known[0]!,
      ruleSet: { id: 'sharp-priced', version: '1' },
    });
    expect(first.body.id).toMatch(/^[0-9a-f]{64}$/);
    expect(first.headers.get('location')).toBe(`/v1/closings/${first.body.id}`);
    const again = await close(municipality, closing('first quarter', 0, 'sharp-priced@1'));
    expect([again.status, again.body]).toEqual([200, first.body]);
    const other = await close(municipality, closing('first quarter', 1, 'sharp-priced'));
    expect([other.status, other.body.code]).toEqual([409, 'closing-differs']);
    const read = await client.ask(municipality, `/v1/closings/${first.body.id}`);
    expect([read.status, read.body]).toEqual([200, first.body]);
  });

  test('is its funder’s own, and an auditor’s to see', async () => {
    const { body } = await close(insurer, closing('first quarter', 2, 'six-priced'));
    const seen = async (as: string): Promise<number> =>
      (await client.ask(as, `/v1/closings/${body.id}`)).status;
    expect([await seen(insurer), await seen('auditor')]).toEqual([200, 200]);
    const others = await client.ask(municipality, `/v1/closings/${body.id}`);
    const nobodys = await client.ask(municipality, `/v1/closings/${'0'.repeat(64)}`);
    expect([others.status, others.body.code, others.body.detail]).toEqual([
      404,
      'closing-unknown',
      nobodys.body.detail,
    ]);
    expect((await close(provider, closing('x', 0, 'six-priced'))).body.code).toBe('scope-missing');
  });

  test.each([
    [{}, ['/name', '/knownAt', '/ruleSet', '/period/firstDay', '/period/lastDay']],
    [
      {
        ...{ name: '1', period: { firstDay: 'x', lastDay: '2024-01-01' }, knownAt: 'gisteren' },
        ruleSet: 'nope',
      },
      ['/name', '/period/firstDay', '/knownAt', '/ruleSet'],
    ],
    [
      {
        name: 'of 999990019',
        period: { firstDay: '2024-02-01', lastDay: '2024-01-01' },
        knownAt: '2999-01-01T00:00:00Z',
        ruleSet: 'six-priced',
      },
      ['/period/lastDay', '/knownAt', '/name'],
    ],
  ])('%j is refused with every problem', async (body, pointers) => {
    const answer = await close(insurer, body);
    expect([answer.status, answer.body.errors.map(({ pointer }) => pointer)]).toEqual([400, pointers]);
  });
});

describe('the settlement of a funder', () => {
  beforeAll(async () => {
    for (const as of [insurer, municipality, careOffice]) {
      await close(as, closing('then', 0, 'sharp-priced'));
      await close(as, closing('now', 2, 'six-priced'));
    }
  });

  test('between closings splits late data, rules and prices to the cent', async () => {
    const { body, headers } = await ask(municipality, 'settlement?from=then&to=now');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({
      firstDay: '2024-01-01',
      lastDay: '2024-03-31',
      sides: { from: { ...known[0], ruleSet: { id: 'sharp-priced' } }, to: { ...known[2] } },
      from: { days: 91, amounts: recorded(91 * 3000) },
      to: { days: 14, amounts: recorded(14 * 3100) },
    });
    const own = [{ funder: municipality, share: 100 }];
    expect(body.matrix).toEqual([
      {
        service: 'guidance',
        from: own,
        to: [],
        clients: 1,
        days: 77,
        amounts: { from: recorded(77 * 3000), to: [] },
      },
      {
        service: 'guidance',
        from: own,
        to: own,
        clients: 1,
        days: 14,
        amounts: { from: recorded(14 * 3000), to: recorded(14 * 3100) },
      },
    ]);
    expect(body.effects).toEqual({
      data: { days: -77, amounts: recorded(-77 * 3000) },
      rules: { days: 0, amounts: [] },
      prices: { days: 0, amounts: recorded(14 * 100) },
      total: { days: -77, amounts: recorded(14 * 3100 - 91 * 3000) },
    });
  });

  test('gives what another law takes over to that law, and what a rule keeps to the rules', async () => {
    const { body } = await ask(insurer, 'settlement?from=then&to=now');
    expect([body.effects.data.days, body.effects.rules.days, body.effects.total.days]).toEqual([-14, 14, 0]);
    const ofCareOffice = (await ask(careOffice, 'settlement?from=then&to=now')).body;
    expect(ofCareOffice.effects.data).toEqual({ days: 14, amounts: recorded(14 * 20000) });
    expect(ofCareOffice.effects.prices.amounts).toEqual(recorded(14 * 1000));
  });

  test('takes closings by id, and moments under the rules in force', async () => {
    const { body: then } = await close(careOffice, closing('then', 0, 'sharp-priced'));
    const byId = (await ask(careOffice, `settlement?from=${then.id}&to=now`)).body;
    expect(byId).toEqual((await ask(careOffice, 'settlement?from=then&to=now')).body);
    const [, second, third] = known;
    const { body } = await ask(
      careOffice,
      `settlement?from=${second!.knownAt}&to=${third!.knownAt}&${quarter}`,
    );
    expect(body.sides.from).toMatchObject({
      position: second!.position,
      closing: null,
      ruleSet: { id: 'six-priced' },
    });
    expect(body.matrix.map(({ from, to, days }) => [from.length, to.length, days])).toEqual([
      [1, 0, 14],
      [1, 1, 14],
    ]);
  });

  test.each([
    ['', ['/from', '/to']],
    ['from=never&to=now', ['/from']],
    [`from=then&to=now&firstDay=2024-04-01`, ['/lastDay']],
    ['from=2024-01-01T00:00:00Z&to=2024-02-01T00:00:00Z', ['/firstDay']],
  ])('"%s" is refused with every problem', async (query, pointers) => {
    const { status, body } = await ask(insurer, `settlement?${query}`);
    expect([status, body.errors.map(({ pointer }) => pointer)]).toEqual([400, pointers]);
  });
});
