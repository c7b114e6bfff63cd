import { setTimeout as pause } from 'node:timers/promises';
import { domeinbrug } from './command-line/run-domeinbrug.js';
import {
  admissionHistory,
  type Answer,
  bsnNumber,
  insurer,
  provider,
  serviceOfThisFile,
  tell,
} from './service.js';

/** Restarted it is told `six-weeks` again: what is in force is for the log to say. */
const { service, client } = serviceOfThisFile();

const clients = 12;

beforeAll(async () => {
  for (let seed = 1; seed <= clients; seed++) await tell(client, admissionHistory(bsnNumber(seed)));
}, 60_000);

const addressOf = (id: string): string => `/v1/rule-sets/${id}/versions/2026.1`;
const activate = (id: string, as = 'policy'): Promise<Answer> =>
  client.ask(as, `${addressOf(id)}/_activate`, { method: 'POST' });

/** A day in the handover: the insurer pays case management under six-weeks, and nothing under sharp-cut. */
async function handoverDay(): Promise<{ ruleSet: string; paid: number }> {
  const { body } = await client.ask(
    insurer,
    `/v1/funders/${insurer}/coverage?on=2024-03-20&services=case-management`,
  );
  return { ruleSet: body.ruleSet.id, paid: body.clients.filter(({ cover }) => cover.length > 0).length };
}

async function untilInForce(id: string): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt++) {
    const { body } = await client.ask('policy', addressOf(id));
    const { activation } = body as unknown as { activation: { state: string } | null };
    if (activation?.state === 'in-force') return;
    await pause(25);
  }
  throw new Error(`${id} is not in force: ${service.log()}`);
}

interface Feed {
  status: number;
  ruleSet: { id: string };
  cursor: string;
  changes: {
    position: string;
    causedBy: object[];
    change: string;
    before: { rule: string } | null;
    after: { rule: string } | null;
  }[];
}

const under: Record<string, number> = { 'six-weeks': clients, 'sharp-cut': 0 };

test('until it is complete every answer is under the rules before it, and then under the new ones', async () => {
  expect(await handoverDay()).toEqual({ ruleSet: 'six-weeks', paid: clients });
  const { status, headers, body } = await activate('sharp-cut');
  expect([status, headers.get('location')]).toEqual([202, addressOf('sharp-cut')]);
  expect(body).toMatchObject({
    status: 'building',
    ruleSet: { active: false, activation: { state: 'building' } },
  });
  const seen = new Set<string>();
  while (!seen.has('sharp-cut')) {
    const { ruleSet, paid } = await handoverDay();
    expect(paid).toBe(under[ruleSet]);
    seen.add(ruleSet);
  }
  await untilInForce('sharp-cut');
  const again = await activate('sharp-cut');
  expect([again.status, again.body.position]).toEqual([200, body.position]);
  const { ruleSets } = (await client.ask(provider, '/v1/rule-sets')).body;
  expect(ruleSets.filter(({ active }) => active).map(({ id }) => id)).toEqual(['sharp-cut']);
}, 30_000);

test('a new feed opens with what the switch changed, and the old one says where it begins', async () => {
  const feed = async (after?: string): Promise<Feed> => {
    const path = `/v1/funders/${insurer}/changes?limit=1000${after === undefined ? '' : `&after=${after}`}`;
    for (;;) {
      const { status, body } = await client.ask(insurer, path);
      if (status !== 503) return { status, ...(body as unknown as Omit<Feed, 'status'>) };
      await pause(25); // the feed is built after the switch
    }
  };
  const { activation } = (await client.ask('policy', addressOf('sharp-cut'))).body as unknown as {
    activation: { position: string };
  };
  const opening = await feed();
  expect(opening.ruleSet.id).toBe('sharp-cut');
  expect(opening.changes.length).toBeGreaterThanOrEqual(clients);
  for (const { position, causedBy, change, before, after } of opening.changes) {
    expect(position).toBe(activation.position);
    expect(causedBy).toEqual([
      { source: 'urn:domeinbrug', id: expect.any(String), type: 'rule-set-activated' },
    ]);
    expect([change, before?.rule, after?.rule]).toEqual(['withdrawn', 'handover', undefined]);
  }
  const old = await feed('5.1');
  expect(old).toMatchObject({ status: 410, code: 'feed-replaced', first: `${activation.position}.0` });
  expect(await feed(opening.cursor)).toMatchObject({ status: 200, changes: [], cursor: opening.cursor });
}, 30_000);

test('a restart keeps to the log, whatever the setting says', async () => {
  await service.restart('SIGTERM');
  expect(await handoverDay()).toEqual({ ruleSet: 'sharp-cut', paid: 0 });
  expect(service.log()).toContain('DOMEINBRUG_RULE_SET names six-weeks, and sharp-cut@2026.1 is in force');
}, 30_000);

test('asked for by two at once, one goes on and the other is told to wait', async () => {
  const [first, same, other] = await Promise.all(
    ['six-weeks', 'six-weeks', 'until-delivery'].map((id) => activate(id)),
  );
  expect([first!.status, same!.status, first!.body.position]).toEqual([202, 202, same!.body.position]);
  expect([other!.status, other!.body.code]).toEqual([409, 'activation-running']);
  await untilInForce('six-weeks');
  expect(await handoverDay()).toEqual({ ruleSet: 'six-weeks', paid: clients });
}, 30_000);

test('killed in between, the next start completes it', async () => {
  await activate('sharp-cut');
  await service.restart('SIGKILL');
  await untilInForce('sharp-cut');
  for (let attempt = 0; attempt < 400; attempt++) {
    const { status } = await client.ask(null, '/health/ready');
    if (status === 200) break;
    await pause(25);
  }
  expect(await handoverDay()).toEqual({ ruleSet: 'sharp-cut', paid: 0 });
}, 30_000);

test('is for policy staff only, and for rule sets that are there', async () => {
  for (const as of [insurer, provider, 'auditor']) expect((await activate('six-weeks', as)).status).toBe(403);
  expect((await activate('no-such-rules')).body.code).toBe('rule-set-unknown');
});

describe('from the command line', () => {
  it('goes through the service that holds the folder', async () => {
    const inFolder = ['rules', 'activate', 'six-weeks@2026.1', '--data-dir', service.dataDir];
    expect(await domeinbrug(inFolder)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/in use by .*--url <address>/s),
    });
    const { out: token } = await domeinbrug(['token', '--as', 'policy', '--data-dir', service.dataDir]);
    const through = ['rules', 'activate', 'six-weeks@2026.1', '--url', service.address];
    const withToken = { env: { DOMEINBRUG_TOKEN: token } };
    expect(await domeinbrug(through, withToken)).toMatchObject({
      code: 0,
      out: 'six-weeks@2026.1 is in force.\n',
    });
    expect(await domeinbrug(through, withToken)).toMatchObject({
      code: 0,
      out: 'six-weeks@2026.1 was in force already.\n',
    });
    expect(await handoverDay()).toEqual({ ruleSet: 'six-weeks', paid: clients });
  }, 30_000);

  it('does it in the folder that no service holds', async () => {
    await service.end('SIGTERM');
    const inFolder = ['rules', 'activate', 'sharp-cut', '--data-dir', service.dataDir];
    expect(await domeinbrug(inFolder)).toMatchObject({ code: 0, out: 'sharp-cut@2026.1 is in force.\n' });
    expect((await domeinbrug(['rules', 'list', '--data-dir', service.dataDir])).out).toMatch(
      /^\* sharp-cut@/m,
    );
    expect(await domeinbrug(['verify', '--data-dir', service.dataDir])).toMatchObject({ code: 0 });
    await service.start();
    expect(await handoverDay()).toEqual({ ruleSet: 'sharp-cut', paid: 0 });
  }, 60_000);
});
