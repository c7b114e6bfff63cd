import { setTimeout as pause } from 'node:timers/promises';
import type { Operation } from './description.js';
import {
  admissionHistory,
  bsnNumber,
  careOffice,
  clientIdIn,
  event,
  insurer,
  municipality,
  provider,
  serviceOfThisFile,
  tell,
} from './service.js';

/**
 * Goes through every door, to every status that it describes. `Client` holds each answer to the description; here it
 * is looked at that nothing is described that cannot come.
 */

/** Problems that this walk cannot come to, and when they do come. */
const outOfReach: Record<string, string> = {
  'internal-error': 'a fault of ours',
  'shutting-down': 'the service is being stopped; see operation.int.spec.ts',
  'activation-running': 'two are asked for at once; see activation.int.spec.ts',
  'log-busy': 'more writers at once than the log can take',
  'log-unreachable': 'the log is in a database that is gone; see database.int.spec.ts',
  'log-failed': 'a full or broken disk; see stores.spec.ts',
  'audit-failed': 'the audit trail cannot be written; see audit.int.spec.ts',
  'replays-busy': 'more replays at once than may wait; see replays.int.spec.ts',
  'not-finished': 'asked before the end; see replays.int.spec.ts',
  'replay-failed': 'a thread dies, or the cells do not fit in memory',
  'replay-cancelled': 'cancelled while under way; see replays.int.spec.ts',
  'views-not-ready': 'the read models are being built',
  'not-ready': 'the log cannot be written, or the read models are far behind',
  'client-held': 'something holds the client; see erase.int.spec.ts',
  'supplier-not-mandated': 'a supplier acts for it; see tokens.int.spec.ts',
  'keys-unreachable': 'the authorisation server is gone; see tokens.int.spec.ts',
  'too-many-requests': 'one organisation asks too often; see limits.int.spec.ts',
  'too-many-at-once': 'one organisation asks too much at once; see limits.int.spec.ts',
  'too-many-streams': 'one organisation follows too many streams; see limits.int.spec.ts',
  'not-local': 'asked from another machine; this test runs on that of the service',
};

const { client } = serviceOfThisFile();
let clientId: string;

beforeAll(async () => {
  const told = await tell(client, admissionHistory(bsnNumber(1)));
  clientId = clientIdIn(told);
  await client.ask(
    careOffice,
    `/v1/funders/${careOffice}/coverage?on=2024-02-01&atLeast=${told.body.position}`,
  );
}, 30_000);

interface Visit {
  as: string | null;
  method: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

const get = (as: string | null, path: string): Visit => ({ as, method: 'GET', path });
const post = (as: string | null, path: string, body: unknown): Visit => ({ as, method: 'POST', path, body });

async function visit({ as, method, path, body, headers = {} }: Visit): Promise<void> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const typed = body === undefined ? headers : { 'content-type': 'application/json', ...headers };
  const init = body === undefined ? { headers: typed } : { body: text, headers: typed };
  await answered(() => client.ask(as, path, { method, ...init }));
}

/**
 * A body that is refused for its size may still be on its way when the answer is given and the connection closed; the
 * client then tells of the broken connection instead of the answer, so it asks again.
 */
async function answered(ask: () => Promise<unknown>, tries = 5): Promise<void> {
  try {
    await ask();
  } catch (error) {
    const { code } = (error as { cause?: { code?: string } }).cause ?? {};
    if (tries === 1 || (code !== 'EPIPE' && code !== 'ECONNRESET')) throw error;
    await answered(ask, tries - 1);
  }
}

/** What every door can be asked wrongly, by its description alone. */
function wrongVisits(name: string, operation: Operation): Visit[] {
  const [method = '', path = ''] = name.split(' ');
  const address = addressOf(path, operation);
  const scope = (operation.security?.[0] as { token?: string[] } | undefined)?.token?.[0];
  const body = operation.requestBody ? '{}' : undefined;
  const at = (as: string | null, more: Partial<Visit> = {}): Visit => ({
    as,
    method: method.toUpperCase(),
    path: address,
    body,
    ...more,
  });
  const allowed = scope ? askerWith[scope]! : insurer;
  const others: Visit[] = operation.requestBody
    ? [
        at(allowed, { body: '<x/>', headers: { 'content-type': 'application/xml' } }),
        at(allowed, { body: 'x'.repeat(1_100_000) }),
        at(allowed, { body: '['.repeat(100), headers: { 'content-type': 'application/json' } }),
      ]
    : [];
  return [
    at(null),
    at(allowed, { path: `${address}?noSuchKey=1` }),
    ...(scope ? [at(askerWithout[scope]!)] : []),
    ...others,
  ];
}

const askerWith: Record<string, string> = {
  'events:write': provider,
  'journeys:read': provider,
  'coverage:read': provider,
  'closings:write': insurer,
  'rule-sets:write': 'policy',
  'replays:write': 'policy',
  'replays:read': 'policy',
  'clients:erase': 'operator',
};
const askerWithout: Record<string, string> = {
  'events:write': 'policy',
  'journeys:read': insurer,
  'coverage:read': 'policy',
  'closings:write': provider,
  'rule-sets:write': provider,
  'replays:write': insurer,
  'replays:read': insurer,
  'clients:erase': provider,
};

/** The address with the examples of its parts, under the version or outside it. */
function addressOf(path: string, { parameters = [] }: Operation): string {
  const filled = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(String(parameters.find((each) => each.name === name)?.example)),
  );
  return /^\/(health\/|metrics$|$)/.test(path) ? filled : `/v1${filled}`;
}

function goodAndRefused(): Visit[] {
  const about = (path: string): string => `/v1/clients/${clientId}${path}`;
  const died = event(provider, 'client-died', 'supposed', { clientId, day: '2024-03-20' });
  const sent = admissionHistory(bsnNumber(1))[0]![1];
  const notThere = '&atLeast=99999999';
  return [
    get(null, '/'),
    get(null, '/health/live'),
    get(null, '/health/ready'),
    get(null, '/metrics'),
    get(null, '/v1/openapi.json'),
    get(null, '/v1/schemas/client-died.v1.json'),
    get(null, '/v1/schemas/none.v1.json'),
    get(null, `/v1/schemas/${'x'.repeat(600)}`),
    post(provider, '/v1/events', sent),
    post(provider, '/v1/events', { ...sent, time: '2020-01-01T00:00:00Z' }),
    post(provider, '/v1/events', admissionHistory(bsnNumber(2))[0]![1]),
    post(municipality, '/v1/events', sent),
    post(provider, '/v1/clients/_search', { bsn: bsnNumber(1) }),
    post(provider, '/v1/clients/_search', { bsn: bsnNumber(99) }),
    get(provider, about('/events')),
    get(provider, '/v1/clients/NOSUCHCLIENT/events'),
    get(provider, about('/events?x=1').replace('x=1', notThere.slice(1))),
    get(provider, about('/coverage')),
    get(provider, '/v1/clients/NOSUCHCLIENT/coverage'),
    get(provider, about(`/coverage?${notThere.slice(1)}`)),
    post(provider, about('/coverage/_preview'), { events: [died] }),
    post(provider, '/v1/clients/NOSUCHCLIENT/coverage/_preview', {
      events: [{ ...died, data: { ...(died['data'] as object), clientId: 'NOSUCHCLIENT' } }],
    }),
    get(provider, about('/settlement?fromRuleSet=sharp-cut&toRuleSet=six-weeks')),
    get(provider, '/v1/clients/NOSUCHCLIENT/settlement?fromRuleSet=sharp-cut&toRuleSet=six-weeks'),
    ...funderVisits(),
    ...providerVisits(),
    ...changesVisits(),
    ...ruleSetVisits(),
  ];
}

function funderVisits(): Visit[] {
  const notThere = 'atLeast=99999999';
  const period = { firstDay: '2024-01-01', lastDay: '2024-12-31' };
  const days = `firstDay=${period.firstDay}&lastDay=${period.lastDay}`;
  const moments = 'from=2024-06-01T00:00:00Z&to=2024-07-01T00:00:00Z';
  const closing = {
    name: 'jaarrekening 2024',
    period,
    knownAt: '2024-06-01T00:00:00Z',
    ruleSet: 'six-weeks',
  };
  const at = (what: string, funder = insurer): Visit => get(insurer, `/v1/funders/${funder}/${what}`);
  return [
    at('coverage?on=2024-02-01'),
    at('coverage?on=2024-02-01', 'insurer:33'),
    at(`coverage?on=2024-02-01&${notThere}`),
    at(`overlaps?${days}`),
    at(`overlaps?${days}`, 'insurer:33'),
    at(`overlaps?${days}&${notThere}`),
    at(`settlement?${days}&${moments}`),
    at(`settlement?${days}&${moments}`, 'insurer:33'),
    post(insurer, '/v1/closings', closing),
    post(insurer, '/v1/closings', closing),
    post(insurer, '/v1/closings', { ...closing, ruleSet: 'sharp-cut' }),
    get(insurer, `/v1/closings/${'0'.repeat(64)}`),
  ];
}

function providerVisits(): Visit[] {
  const notThere = 'atLeast=99999999';
  return [
    get(provider, '/v1/providers/65656055/minutes?by=month,service,reason'),
    get(provider, '/v1/providers/6565/minutes'),
    get(provider, `/v1/providers/65656055/minutes?${notThere}`),
    get(provider, '/v1/providers/65656055/windows?endsBefore=2100-01-01'),
    get(provider, '/v1/providers/6565/windows'),
    get(provider, `/v1/providers/65656055/windows?${notThere}`),
    get(provider, '/v1/findings'),
    get(provider, `/v1/findings?${notThere}`),
  ];
}

function changesVisits(): Visit[] {
  return feeds.flatMap(([as, feed, another]) => [
    get(as, feed),
    get(as, `/v1/${another}/changes`),
    get(as, `${feed}?atLeast=99999999`),
  ]);
}

/** Who reads a feed, where, and whose feed does not exist. */
const feeds: [as: string, feed: string, another: string][] = [
  [insurer, `/v1/funders/${insurer}/changes`, 'funders/insurer:33'],
  [provider, '/v1/providers/65656055/changes', 'providers/6565'],
];

function ruleSetVisits(): Visit[] {
  const activation = (name: string): Visit => ({
    as: 'policy',
    method: 'POST',
    path: `/v1/rule-sets/${name}/_activate`,
  });
  const ruleSet = {
    schema: 'domeinbrug/rule-set/1',
    id: 'walked',
    version: '1',
    title: 'Een verzonnen regelset',
    status: 'hypothetical',
    base: 'six-weeks',
    parameters: { handoverLength: { national: { '2015-01-01': 56 } } },
  };
  const other = { ...ruleSet, parameters: { handoverLength: { national: { '2015-01-01': 14 } } } };
  const whole = '/v1/rule-sets/sharp-cut/versions/2026.1';
  return [
    get(provider, '/v1/rule-sets'),
    get(provider, whole),
    { ...get(provider, whole), headers: { 'if-none-match': '*' } },
    get(provider, '/v1/rule-sets/sharp-cut/versions/0'),
    post('policy', '/v1/rule-sets/_validate', ruleSet),
    post('policy', '/v1/rule-sets', ruleSet),
    post('policy', '/v1/rule-sets', ruleSet),
    post('policy', '/v1/rule-sets', other),
    activation('six-weeks/versions/2026.1'),
    activation('six-weeks/versions/0'),
    activation('walked/versions/1'),
  ];
}

test('every status that is described can come, and every answer is as described', async () => {
  const { operations } = await client.description();
  const visits = [
    ...operations.flatMap(({ name, operation }) => wrongVisits(name, operation)),
    ...goodAndRefused(),
  ];
  for (const each of visits) await visit(each);
  await readWhatWasMade();
  for (const [as, feed] of feeds) await untilReplaced(as, feed);
  const unreached = operations.flatMap(({ name, operation }) =>
    Object.entries(operation.responses)
      .filter(([status]) => !client.reached.has(`${name} ${status}`))
      .filter(([, response]) => !isOutOfReach(response))
      .map(([status]) => `${name} ${status}`),
  );
  expect(unreached).toEqual([]);
}, 60_000);

/** Addresses that only the answer to a first visit tells. */
async function readWhatWasMade(): Promise<void> {
  const period = { firstDay: '2023-01-01', lastDay: '2023-12-31' };
  const closing = { name: 'gelezen', period, knownAt: '2024-06-01T00:00:00Z', ruleSet: 'six-weeks' };
  const made = await client.post(insurer, '/v1/closings', closing);
  await client.ask(insurer, made.headers.get('location')!);
  // The people of the walk are too few for any other profile.
  await eraseSomebody();
  await readReplay({ baseline: 'sharp-cut', alternative: 'six-weeks', privacy: 'none', ...period });
}

async function eraseSomebody(): Promise<void> {
  const told = await tell(client, admissionHistory(bsnNumber(3)));
  const why = { reason: 'asked by the client' };
  await client.post('operator', `/v1/clients/${clientIdIn(told)}/_erase`, why);
  await client.post('operator', '/v1/clients/NOSUCHCLIENT/_erase', why);
  await client.post(provider, '/v1/events', admissionHistory(bsnNumber(3))[0]![1]);
}

async function readReplay(question: object): Promise<void> {
  const asked = await client.post('auditor', '/v1/replays', question);
  const at = asked.headers.get('location')!;
  await client.ask('auditor', `${at}/progress`);
  await client.ask('auditor', `${at}/progress`, { headers: { 'last-event-id': 'done' } });
  await client.post('auditor', '/v1/replays', question);
  await client.ask('auditor', at);
  await client.ask('auditor', `${at}/results`);
  await client.ask('auditor', `${at}/journeys`);
  await client.ask('auditor', `${at}/difference?from=${at.split('/').at(-1)}`);
  await client.ask('auditor', at, { method: 'DELETE' });
  const other = `/v1/replays/${'0'.repeat(64)}`;
  for (const path of ['', '/progress', '/results', '/journeys', `/difference?from=${'1'.repeat(64)}`])
    await client.ask('auditor', other + path);
  await client.ask('auditor', other, { method: 'DELETE' });
}

/** A rule set that was brought into force ends the feeds before it, once the read models under it are built. */
async function untilReplaced(as: string, feed: string): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt++) {
    const { status } = await client.ask(as, `${feed}?after=1.0`);
    if (status === 410) return;
    await pause(25);
  }
  throw new Error(`${feed} goes on under another rule set.`);
}

function isOutOfReach({ content = {} }: Operation['responses'][string]): boolean {
  const codes = Object.keys(content['application/problem+json']?.examples ?? {});
  return codes.length > 0 && codes.every((code) => code in outOfReach);
}
