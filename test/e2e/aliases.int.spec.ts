import { loadOrCreateKey } from '@domeinbrug/access';
import { auditOfClient, type AuditRecord } from '@domeinbrug/audit';
import { openEventLogReader } from '@domeinbrug/event-store';
import { clientIdOf } from '@domeinbrug/intake';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { domeinbrug } from './command-line/run-domeinbrug.js';
import { readEventStream, take } from './read-event-stream.js';
import {
  admissionHistory,
  type Answer,
  bsnNumber,
  careOffice,
  Client,
  event,
  insurer,
  municipality,
  provider,
  serviceOfThisFile,
  tell,
} from './service.js';

/** Each organisation knows a client by an id of its own. Here answers are read as they were given. */

const { service } = serviceOfThisFile();
const client = new Client(service, 'as told');
const auditor = 'auditor';
const askers = [provider, municipality, insurer, careOffice, auditor];
const [bsn, otherBsn] = [bsnNumber(331), bsnNumber(332)];

/** Under which the person is kept, and which no answer gave. */
let kept: string;
/** What each asker calls the person. */
const ids = new Map<string, string>();
let position: string;

const idOf = (as: string): string => ids.get(as)!;
const search = (as: string, number = bsn): Promise<Answer> =>
  client.post(as, '/v1/clients/_search', { bsn: number });

beforeAll(async () => {
  const decidedLate = {
    decisionId: 'LATE',
    municipality: '0363',
    services: ['guidance'],
    firstDay: '2023-05-01',
    decidedOn: '2023-08-01',
  };
  for (const [number, suffix] of [
    [bsn, ''],
    [otherBsn, '-2'],
  ] as const) {
    const history = admissionHistory(number).map(([as, each]): [string, Record<string, unknown>] => [
      as,
      { ...each, id: `${String(each['id'])}${suffix}` },
    ]);
    const finding = event(municipality, 'wmo-decision-issued', `late${suffix}`, {
      bsn: number,
      ...decidedLate,
    });
    ({
      body: { position },
    } = await tell(client, [...history, [municipality, finding]]));
  }
  kept = clientIdOf(bsn, await loadOrCreateKey(service.dataDir, 'pseudonym'));
  for (const as of askers) ids.set(as, (await search(as)).body.clientId);
}, 60_000);

interface Named {
  clientId: string;
}

/** The ids in a list of an answer. */
function idsIn({ body }: Answer, list: string): string[] {
  return ((body as unknown as Record<string, Named[]>)[list] ?? []).map(({ clientId }) => clientId);
}

const year = 'firstDay=2023-01-01&lastDay=2024-12-31';

test('each organisation has an id of its own for the person, and none has the one that is kept', () => {
  expect(new Set([...ids.values(), kept]).size).toBe(askers.length + 1);
  for (const id of ids.values()) expect(id).toMatch(/^[A-Z2-7]{68}$/);
});

test.each(askers)('%s is told the same id of the client that it asks for by it', async (as) => {
  const about = (what: string): Promise<Answer> => client.ask(as, `/v1/clients/${idOf(as)}/${what}`);
  const rules = 'fromRuleSet=sharp-cut&toRuleSet=six-weeks';
  for (const answer of [await about('coverage'), await about(`settlement?${rules}&lastDay=2024-12-31`)])
    expect([answer.status, answer.body.clientId]).toEqual([200, idOf(as)]);
});

const own = (as: string, what: string): string => `/v1/funders/${as}/${what}`;

test.each([
  ...[municipality, insurer, careOffice].flatMap((as) => [
    [as, own(as, `coverage?${year}`), 'clients'],
    [as, own(as, 'changes?'), 'changes'],
  ]),
  [insurer, own(insurer, `overlaps?${year}`), 'clients'],
  [provider, '/v1/providers/65656055/changes?', 'changes'],
  [municipality, '/v1/findings?', 'findings'],
  [auditor, '/v1/findings?', 'findings'],
  [auditor, own(insurer, `coverage?${year}`), 'clients'],
  [auditor, own(careOffice, 'changes?'), 'changes'],
] as [string, string, string][])('and in each list: %s in %s', async (as, path, list) => {
  const answer = await client.ask(as, `${path}&atLeast=${position}`.replace('?&', '?'));
  const told = idsIn(answer, list);
  expect(new Set(told)).toEqual(new Set([idOf(as), (await search(as, otherBsn)).body.clientId]));
});

test('a provider’s journey, preview and windows, and what became of an event, have its own id', async () => {
  const id = idOf(provider);
  const died = event(provider, 'client-died', 'supposed', { clientId: id, day: '2030-01-01' });
  const preview = await client.post(provider, `/v1/clients/${id}/coverage/_preview`, { events: [died] });
  expect(preview.body).toMatchObject({ clientId: id, timelines: [{ clientId: id }] });
  const journey = await client.ask(provider, `/v1/clients/${id}/events`);
  expect([journey.body.clientId, JSON.stringify(journey.body).includes(kept)]).toEqual([id, false]);
  const again = await client.post(provider, '/v1/events?echo=effect', [admissionHistory(bsn)[0]![1]], {
    'content-type': 'application/cloudevents-batch+json',
  });
  expect(again.body.results).toMatchObject([{ clientId: id, status: 'known' }]);
});

test('a feed that is followed names clients as its pages do', async () => {
  const feed = `/v1/funders/${insurer}/changes`;
  const reading = await readEventStream(service, client, insurer, feed);
  const [first] = await take(reading, 1);
  await reading.events.return(undefined);
  const page = await client.ask(insurer, `${feed}?limit=1`);
  expect([(JSON.parse(first!.data!) as Named).clientId]).toEqual(idsIn(page, 'changes'));
});

test('who asks with an id that another was given is answered as for somebody who is not there', async () => {
  const at = (id: string): string => `/v1/clients/${id}/coverage`;
  const nobody = (await client.ask(insurer, at('NOSUCHCLIENT'))).body;
  for (const owner of askers.filter((each) => each !== insurer)) {
    const { status, body } = await client.ask(insurer, at(idOf(owner)));
    expect([status, body.code, body.detail]).toEqual([404, 'client-unknown', nobody.detail]);
  }
  const broken = idOf(insurer).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  expect((await client.ask(auditor, at(broken))).status).toBe(404);
  const why = { reason: 'asked by the client, letter 1' };
  expect((await client.post('operator', `/v1/clients/${idOf(provider)}/_erase`, why)).status).toBe(404);
});

test('an id that the asker knows without us names the client in the answer too', async () => {
  expect((await client.ask(insurer, `/v1/clients/${kept}/coverage`)).body.clientId).toBe(kept);
});

describe('an event', () => {
  const moved = (as: string, id: string, clientId: string): Record<string, unknown> =>
    event(as, 'client-moved', id, { clientId, municipality: '0518', firstDay: '2031-01-01' });
  const told = async (): Promise<string[]> =>
    (await client.ask(auditor, `/v1/clients/${kept}/events`)).body.events.map(({ id }) => id);
  const head = async (): Promise<string> => {
    const log = await openEventLogReader({ kind: 'folder', dataDir: service.dataDir });
    const { position: last } = await log.head();
    await log.close();
    return last;
  };

  test('with the sender’s own id is about that person, whatever the way it comes', async () => {
    const id = idOf(provider);
    const one = await client.post(provider, '/v1/events', moved(provider, 'm-1', id));
    const batch = await client.post(provider, '/v1/events', [moved(provider, 'm-2', id)], {
      'content-type': 'application/cloudevents-batch+json',
    });
    const { data, ...attributes } = moved(provider, 'm-3', id);
    const fields = Object.entries(attributes).map(([name, value]): [string, string] => [
      `ce-${name}`,
      String(value),
    ]);
    const binary = await client.post(provider, '/v1/events', data, Object.fromEntries(fields));
    const correction = event(provider, 'event-corrected', 'm-4', {
      clientId: id,
      corrects: { source: attributes['source'], id: 'm-1' },
      data: { clientId: id, municipality: '0518', firstDay: '2031-02-01' },
    });
    const corrected = await client.post(provider, '/v1/events', correction);
    for (const { body } of [one, batch, binary, corrected])
      expect(body.results).toMatchObject([{ clientId: id, status: 'recorded' }]);
    expect(await told()).toEqual(expect.arrayContaining(['m-1', 'm-2', 'm-3', 'm-4']));
    const known = await client.post(provider, '/v1/events', moved(provider, 'm-1', kept));
    expect(known.body.results).toMatchObject([{ clientId: kept, status: 'known' }]);
  });

  test('with an id that another was given is refused, and makes nobody', async () => {
    const before = await head();
    const foreign = moved(provider, 'f-1', idOf(municipality));
    const single = await client.post(provider, '/v1/events', foreign);
    expect([single.status, single.body.errors]).toMatchObject([
      400,
      [{ pointer: '/data/clientId', code: 'client-id-invalid' }],
    ]);
    expect(single.body.detail).toContain('another organisation was given');
    const batch = await client.post(provider, '/v1/events', [foreign, { ...foreign, id: 'f-2' }], {
      'content-type': 'application/cloudevents-batch+json',
    });
    expect(batch.body.results.map(({ status, code }) => [status, code])).toEqual([
      ['rejected', 'invalid-event'],
      ['rejected', 'invalid-event'],
    ]);
    const preview = await client.post(provider, `/v1/clients/${idOf(provider)}/coverage/_preview`, {
      events: [foreign],
    });
    expect([preview.status, preview.body.errors[0]!.pointer]).toEqual([400, '/events/0/data/clientId']);
    expect(await head()).toBe(before);
  });
});

describe('the place of a page', () => {
  test.each([
    [municipality, `/v1/funders/${municipality}/coverage?${year}&limit=1`, insurer],
    [municipality, '/v1/findings?limit=1', provider],
    [auditor, `/v1/funders/${municipality}/coverage?${year}&limit=1`, municipality],
  ])('names nobody, and is of use to %s alone: %s', async (as, path, other) => {
    const first = await client.ask(as, path);
    const next = /^<(.*)>; rel="next"$/.exec(first.headers.get('link')!)![1]!;
    const after = new URLSearchParams(next.split('?')[1]).get('after')!;
    const shown = Buffer.from(after, 'base64url').toString('latin1');
    for (const id of [kept, ...ids.values()]) expect(shown).not.toContain(id);
    expect((await client.ask(as, next)).status).toBe(200);
    const foreign = await client.ask(other, next.replace(`funders/${as}`, `funders/${other}`));
    expect([foreign.status, foreign.body.errors]).toMatchObject([400, [{ pointer: '/after' }]]);
  });
});

describe('behind the door', () => {
  async function lines(id: string): Promise<AuditRecord[]> {
    const trail = await openEventLogReader({ kind: 'folder', dataDir: join(service.dataDir, 'audit') });
    const found = await auditOfClient(trail, id);
    await trail.close();
    return found;
  }

  test('the audit trail names the person by the id that is kept, whoever asked by which', async () => {
    const before = (await lines(kept)).length;
    for (const as of askers) await client.ask(as, `/v1/clients/${idOf(as)}/coverage`);
    await client.ask(insurer, `/v1/clients/${idOf(municipality)}/coverage`);
    const added = (await lines(kept)).slice(before);
    expect(added.map(({ user }) => user.role)).toEqual(askers.map((as) => as.split(':')[0]));
    for (const id of ids.values()) expect(await lines(id)).toEqual([]);
  });

  test('an operator finds out whom an organisation means by its id', async () => {
    const asked = (of: string) =>
      domeinbrug(['client', idOf(insurer), '--of', of, '--data-dir', service.dataDir]);
    expect(await asked(insurer)).toMatchObject({ code: 0, out: `${kept}\n` });
    expect(await asked('insurer:3332')).toMatchObject({ code: 1, out: '' });
    expect(await asked('insurer')).toMatchObject({ code: 2, out: '' });
  });

  test('ids stay over a restart, and one that was merged leads to the other by the asker’s own', async () => {
    await service.end('SIGTERM');
    const pairs = join(service.dataDir, 'pairs.csv');
    writeFileSync(pairs, `from,into,day\n${otherBsn},${bsn},2026-11-01\n`);
    const merged = await domeinbrug(['import', pairs, '--data-dir', service.dataDir]);
    expect(merged.out).toContain('1 recorded');
    await service.start();
    const other = clientIdOf(otherBsn, await loadOrCreateKey(service.dataDir, 'pseudonym'));
    for (const as of [auditor, provider]) {
      const { status, body } = await client.ask(as, `/v1/clients/${other}/coverage`);
      expect([status, body]).toMatchObject([404, { mergedInto: idOf(as) }]);
    }
    expect((await search(insurer, otherBsn)).body.clientId).toBe(idOf(insurer));
  });
});
