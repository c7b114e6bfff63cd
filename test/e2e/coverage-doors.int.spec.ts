import {
  admissionHistory,
  type Answer,
  type AnsweredRow,
  bsnNumber,
  careOffice,
  ciz,
  clientIdIn,
  event,
  insurer,
  municipality,
  provider,
  serviceOfThisFile,
  sourceOf,
  tell,
} from './service.js';

const { client } = serviceOfThisFile();
let clientId: string;
let position: string;

beforeAll(async () => {
  const told = await tell(client, admissionHistory(bsnNumber(1)));
  clientId = clientIdIn(told);
  position = told.body.position;
}, 30_000);

const coverage = (as: string, query = ''): Promise<Answer> =>
  client.ask(as, `/v1/clients/${clientId}/coverage${query}`);
const lines = (rows: AnsweredRow[]): string[] =>
  rows.map(({ service: name, firstDay, lastDay, funder, reason, rule }) =>
    [name, firstDay, lastDay ?? '', funder ?? reason ?? '', rule ?? ''].join(' ').trim(),
  );

describe('a client’s coverage', () => {
  test('is that of the days in care for a provider, and whole for an auditor', async () => {
    const answer = await coverage(provider);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body).toMatchObject({ clientId, position, ruleSet: { id: 'six-weeks' } });
    expect(lines(answer.body.cover)).toEqual([
      'case-management 2023-06-01 2024-03-03 insurer:3311 table',
      'case-management 2024-03-04 2024-04-14 insurer:3311 handover',
      'guidance 2023-06-01 2024-01-14 municipality:0363 table',
      'residence 2024-03-04  care-office:5515 table',
    ]);
    expect(lines(answer.body.gaps)).toEqual(['guidance 2024-01-15 2024-03-03 excluded-by-wlz']);
    expect(answer.body.cover[1]!.because.opened).toContainEqual({
      source: sourceOf(provider),
      id: 'adm',
      type: 'client-admitted',
    });
    expect(answer.body.cover[2]).toMatchObject({ provider: null, because: { opened: [], closed: [] } });
    const whole = (await coverage('auditor')).body;
    expect(lines(whole.cover)).toContain('guidance 2023-05-01 2024-01-14 municipality:0363 table');
    expect(whole.gaps).toMatchObject([{ because: { opened: [{ id: 'ciz' }] } }]);
  });

  test('on one day is what the whole timeline says of that day', async () => {
    const { body } = await coverage(provider, '?on=2024-03-04');
    expect(lines(body.cover)).toEqual([
      'case-management 2024-03-04 2024-03-04 insurer:3311 handover',
      'residence 2024-03-04 2024-03-04 care-office:5515 table',
    ]);
    const period = await coverage(provider, '?firstDay=2024-01-01&lastDay=2024-01-31&services=guidance');
    expect(lines([...period.body.cover, ...period.body.gaps])).toEqual([
      'guidance 2024-01-01 2024-01-14 municipality:0363 table',
      'guidance 2024-01-15 2024-01-31 excluded-by-wlz',
    ]);
  });

  test('may be asked under any rule set', async () => {
    const { body } = await coverage(provider, '?ruleSet=sharp-cut&services=case-management');
    expect(body.ruleSet.id).toBe('sharp-cut');
    expect(lines(body.cover)).toEqual(['case-management 2023-06-01 2024-03-03 insurer:3311 table']);
    expect((await coverage(provider, `?ruleSet=six-weeks@${'2026.1'}`)).status).toBe(200);
  });

  test('as known at a position or moment is the same for ever', async () => {
    const before = (await coverage(provider)).body;
    const { body: told } = await tell(client, [
      [
        provider,
        event(provider, 'client-discharged', 'dis', {
          clientId,
          provider: '65656055',
          lastDay: '2024-03-20',
        }),
      ],
    ]);
    expect((await coverage(provider, `?knownAtPosition=${before.position}`)).body).toEqual(before);
    expect((await coverage(provider, `?knownAt=${before.knownAt}`)).body).toEqual(before);
    const after = (await coverage(provider, `?atLeast=${told.position}`)).body;
    expect(after.position).toBe(told.position);
    expect(lines(after.cover)).toContain('residence 2024-03-04 2024-03-20 care-office:5515 table');
    await tell(client, [
      [
        provider,
        event(provider, 'event-retracted', 'undis', {
          clientId,
          retracts: { source: sourceOf(provider), id: 'dis' },
          reason: 'r',
        }),
      ],
    ]);
    expect((await coverage(provider)).body.cover).toEqual(before.cover);
  });

  test('a position inside one batch knows nothing of the events after it', async () => {
    const bsn = bsnNumber(41);
    const history = admissionHistory(bsn).slice(0, 2);
    const told = await client.post(provider, '/v1/events', [
      ...history.map(([, each]) => each),
      event(provider, 'client-died', 'died', { bsn, day: '2024-03-20' }),
    ]);
    const id = clientIdIn(told);
    const before = String(Number(told.body.position) - 1);
    const openRows = async (at: string): Promise<number> => {
      const { body } = await client.ask(provider, `/v1/clients/${id}/coverage?knownAtPosition=${at}`);
      expect(body.position).toBe(at);
      return [...body.cover, ...body.gaps].filter(({ lastDay }) => lastDay === null).length;
    };
    expect(await openRows(told.body.position)).toBe(0);
    expect(await openRows(before)).toBeGreaterThan(0);
  });

  test('a position that is not there yet is waited for, and not for ever', async () => {
    const { status, headers, body } = await coverage(provider, '?atLeast=99999');
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'position-not-reached', '1']);
  });

  test.each([
    [
      '?on=2024-02-30&lastday=x&services=gardening&knownAt=gisteren&ruleSet=Nope!',
      ['/knownAt', '/lastday', '/on', '/ruleSet', '/services'],
    ],
    [
      '?on=2024-02-01&firstDay=2024-01-01&knownAt=2024-01-01T00:00:00Z&knownAtPosition=1',
      ['/knownAtPosition', '/on'],
    ],
    [
      '?firstDay=2024-02-01&lastDay=2024-01-01&knownAt=2024-01-01T00:00:00Z&knownAtPosition=1&lastday=x',
      ['/knownAtPosition', '/lastDay', '/lastday'],
    ],
    ['?firstDay=2024-02-01&lastDay=2024-01-01&ruleSet=no-such-rules', ['/lastDay', '/ruleSet']],
    ['?on=2024-02-30&ruleSet=no-such-rules&lastday=x', ['/lastday', '/on', '/ruleSet']],
    ['?knownAtPosition=99999', ['/knownAtPosition']],
    ['?on=2024-02-01&on=2024-02-02', ['/on']],
  ])('%s is refused with every problem at once', async (query, pointers) => {
    const { status, body } = await coverage(provider, query);
    expect([status, body.code]).toEqual([400, 'invalid-request']);
    expect(body.errors.map(({ pointer }) => pointer).sort()).toEqual(pointers);
  });
});

describe('who sees what', () => {
  test('a funder sees its own days whole and of others no more than that they pay', async () => {
    const { body } = await coverage(insurer);
    expect(lines(body.cover)).toEqual([
      'case-management 2023-06-01 2024-03-03 insurer:3311 table',
      'case-management 2024-03-04 2024-04-14 insurer:3311 handover',
      'guidance 2023-06-01 2024-01-14',
      'residence 2024-03-04 2024-04-14',
    ]);
    expect(body.cover[3]).toMatchObject({
      law: 'wlz',
      kind: 'regular',
      share: 100,
      funder: null,
      provider: null,
      rule: null,
    });
    expect(body.gaps).toEqual([]);
    expect((await coverage(municipality)).body.gaps).toHaveLength(1);
    const care = (await coverage(careOffice)).body;
    expect(lines(care.cover)).toContain('residence 2024-03-04  care-office:5515 table');
    expect(JSON.stringify(care)).not.toContain('insurer:3311');
  });

  test('a day on which the asker pays nothing is an empty answer, a client on which it never pays is unknown', async () => {
    expect((await coverage(insurer, '?on=2023-05-15')).body).toMatchObject({ cover: [], gaps: [] });
    for (const as of ['insurer:7095', 'municipality:0518', 'provider:12121212']) {
      const { status, body } = await coverage(as);
      expect([status, body.code]).toEqual([404, 'client-unknown']);
      const search = await client.post(as, '/v1/clients/_search', { bsn: bsnNumber(1) });
      expect([search.status, search.body.code]).toEqual([404, 'client-unknown']);
    }
    expect(await coverage('insurer:7095').then(({ body }) => body.detail)).toBe(
      (await client.ask('insurer:7095', '/v1/clients/NOSUCHCLIENT/coverage')).body.detail,
    );
  });

  test('a psychiatric stay shows to nobody but the clinic, who pays it and an auditor', async () => {
    const bsn = bsnNumber(7);
    const clinic = 'provider:06290000';
    const told = await tell(client, [
      ...admissionHistory(bsn).slice(0, 3),
      [
        municipality,
        event(municipality, 'wmo-decision-issued', 'help', {
          bsn,
          decisionId: 'help',
          municipality: '0363',
          services: ['household-help', 'social-transport'],
          firstDay: '2023-05-01',
        }),
      ],
      [
        clinic,
        event(clinic, 'stay-started', 'in', {
          bsn,
          kind: 'mental-health',
          provider: '06290000',
          firstDay: '2023-08-01',
        }),
      ],
      [clinic, event(clinic, 'stay-ended', 'out', { bsn, kind: 'mental-health', lastDay: '2023-08-20' })],
    ]);
    const id = clientIdIn(told);
    const at = `atLeast=${told.body.position}`;
    const days = 'firstDay=2023-07-01&lastDay=2023-09-30';
    const telling = /mental|clinic|06290000|stay/;
    const answers = [
      `/v1/clients/${id}/coverage`,
      `/v1/funders/${municipality}/coverage?${days}&${at}`,
      `/v1/funders/${municipality}/overlaps?${days}&${at}`,
      `/v1/funders/${municipality}/changes?limit=1000&${at}`,
    ];
    for (const path of answers) {
      const { status, body } = await client.ask(municipality, path);
      const ofClient = path.includes('/funders/') ? partsAbout(id, body) : body;
      expect([path, status, JSON.stringify(ofClient)]).toEqual([
        path,
        200,
        expect.not.stringMatching(telling),
      ]);
      expect([path, JSON.stringify(ofClient)]).toEqual([
        path,
        expect.stringContaining(path.includes('overlaps') ? '[' : 'interrupted by other care'),
      ]);
    }
    const seenBy = async (as: string): Promise<string> =>
      JSON.stringify((await client.ask(as, `/v1/clients/${id}/coverage`)).body);
    expect(await seenBy(provider)).not.toMatch(telling);
    expect(await seenBy(clinic)).toMatch(/"id":"in"/);
    expect(await seenBy(insurer)).toMatch(/mental-health-care.*"id":"in"/);
    expect(await seenBy('auditor')).toMatch(/"id":"in"/);
    const journey = (as: string) => client.ask(as, `/v1/clients/${id}/events`);
    expect((await journey(provider)).body.events.map((each) => each.source)).toEqual([
      sourceOf(provider),
      sourceOf(provider),
    ]);
    expect((await journey(clinic)).body.events.map((each) => each.id)).toEqual(['in', 'out']);
    expect((await journey('auditor')).body.events).toHaveLength(6);
  });

  test('no end of a stay, sent or supposed, tells a stranger whether there was such a stay', async () => {
    const [inClinic, never, clinic, stranger] = [
      bsnNumber(8),
      bsnNumber(9),
      'provider:06290000',
      'provider:41414141',
    ];
    const kind = 'mental-health';
    const told: string[] = [];
    const endOf = (bsn: string): string => (bsn === never ? 'end-of-none' : 'end-of-one');
    for (const bsn of [inClinic, never]) {
      const stay = { bsn, kind, provider: '06290000', firstDay: '2023-08-01' };
      const history = admissionHistory(bsn).slice(0, 3);
      await tell(
        client,
        bsn === never ? history : [...history, [clinic, event(clinic, 'stay-started', 'in', stay)]],
      );
      const end = event(stranger, 'stay-ended', endOf(bsn), { bsn, kind, lastDay: '2099-12-31' });
      const { status, body } = await client.post(stranger, '/v1/events?echo=effect', end);
      const { effect, position, clientId: id } = body.results[0] as unknown as Record<string, string>;
      const list = await client.ask(stranger, `/v1/findings?limit=1&atLeast=${body.position}`);
      const seen = await client.ask(stranger, `/v1/clients/${id}/coverage`);
      told.push(
        JSON.stringify([
          status,
          effect,
          list.headers.get('link'),
          partsAbout(id!, list.body),
          seen.body.findings,
        ])
          .replaceAll(id!, 'id')
          .replaceAll(endOf(bsn), 'end')
          .replaceAll(position!, 'position')
          .replaceAll(/"knownAt":"[^"]+"/g, ''),
      );
      const supposed = (as: string, ...events: object[]): Promise<Answer> =>
        client.post(as, `/v1/clients/${id}/coverage/_preview`, { events });
      const later = { clientId: id, kind, lastDay: '2023-08-20' };
      const begun = { clientId: id, kind, provider: '65656055', firstDay: '2099-01-01' };
      const answers = await Promise.all([
        supposed(
          provider,
          event(provider, 'stay-started', 'a', begun),
          event(provider, 'stay-ended', 'b', later),
        ),
        supposed(
          stranger,
          event(stranger, 'event-retracted', 'c', {
            clientId: id,
            retracts: { source: sourceOf(stranger), id: endOf(bsn) },
            reason: '13',
          }),
        ),
      ]);
      for (const { body: answer } of answers)
        expect([...new Set(answer.errors.map(({ code }) => code))]).toEqual(['stay-not-supposed']);
    }
    expect(told[0]).toBe(told[1]);
    const all = JSON.stringify((await client.ask('auditor', '/v1/findings?code=end-without-start')).body);
    expect(all).toContain(endOf(never));
    expect(all).not.toContain(endOf(inClinic));
  });

  test.each([
    ['policy', 'coverage', 403],
    [ciz, 'coverage', 403],
    [insurer, 'events', 403],
    ['auditor', 'events', 200],
    [provider, 'events', 200],
  ])('%s asking for %s gets %d', async (as, what, status) => {
    expect((await client.ask(as, `/v1/clients/${clientId}/${what}`)).status).toBe(status);
  });

  test('a search gives the id to those who may know', async () => {
    for (const as of [provider, insurer, municipality, careOffice, 'auditor']) {
      const { status, body } = await client.post(as, '/v1/clients/_search', { bsn: bsnNumber(1) });
      expect([as, status, body]).toEqual([as, 200, { clientId }]);
    }
    const invalid = await client.post(provider, '/v1/clients/_search', { bsn: '123456789' });
    expect([invalid.status, invalid.body.code]).toEqual([400, 'bsn-invalid']);
    const unknown = await client.post(provider, '/v1/clients/_search', { bsn: bsnNumber(99) });
    expect(unknown.status).toBe(404);
  });
});

/** The clients or changes of an answer that are about one. */
function partsAbout(id: string, body: Answer['body']): unknown[] {
  const {
    clients = [],
    changes = [],
    findings = [],
  } = body as unknown as Record<string, { clientId: string }[]>;
  return [...clients, ...changes, ...findings].filter(({ clientId: each }) => each === id);
}

describe('a preview', () => {
  const preview = (body: unknown, as = provider): Promise<Answer> =>
    client.post(as, `/v1/clients/${clientId}/coverage/_preview`, body);
  const death = (): object => event(provider, 'client-died', 'supposed', { clientId, day: '2024-03-20' });

  test('says what would be under each rule set and stores nothing', async () => {
    const before = (await coverage(provider)).body;
    const { status, body } = await preview({ events: [death()], ruleSets: ['sharp-cut', 'active'] });
    expect(status).toBe(200);
    expect(body.timelines.map(({ ruleSet }) => ruleSet.id)).toEqual(['sharp-cut', 'six-weeks']);
    expect(lines(body.timelines[0]!.cover)).toContain(
      'residence 2024-03-04 2024-03-20 care-office:5515 table',
    );
    expect(lines(body.timelines[1]!.cover)).toContain(
      'case-management 2024-03-04 2024-03-20 insurer:3311 handover',
    );
    expect((await coverage(provider)).body).toEqual(before);
  });

  test('names every problem of every event', async () => {
    const { status, body } = await preview({
      events: [
        { ...death(), time: 'now' },
        event(provider, 'client-died', 'adm', { clientId: 'SOMEBODYELSE', day: '2024-03-20' }),
      ],
      ruleSets: ['no-such-rules'],
      extra: 1,
    });
    expect([status, body.errors.map(({ pointer }) => pointer)]).toEqual([
      400,
      ['/extra', '/events/0/time', '/ruleSets/0'],
    ]);
    const second = await preview({
      events: [
        { ...death(), time: 'now' },
        event(provider, 'client-died', 'x', { clientId: 'SOMEBODYELSE', day: '2024-03-20' }),
      ],
      ruleSets: ['no-such-rules'],
    });
    expect(second.body.errors.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/events/0/time time-invalid',
      '/events/1/data client-differs',
      '/ruleSets/0 rule-set-unknown',
    ]);
    const twice = await preview({ events: [death(), { ...death(), time: '2024-03-21T00:00:00Z' }] });
    expect(twice.body.errors).toMatchObject([{ pointer: '/events/1/id', code: 'given-twice' }]);
    expect((await preview({ events: [] })).body.errors).toHaveLength(1);
    expect((await preview({ events: [death()] }, insurer)).status).toBe(403);
    expect((await preview({ events: [death()] }, 'provider:12121212')).status).toBe(404);
  });
});

describe('a settlement', () => {
  const settlement = (as: string, query: string): Promise<Answer> =>
    client.ask(as, `/v1/clients/${clientId}/settlement?${query}`);

  test('between two rule sets runs to the end', async () => {
    const { body } = await settlement(provider, 'fromRuleSet=six-weeks&toRuleSet=sharp-cut');
    expect(body).toMatchObject({
      clientId,
      from: { ruleSet: { id: 'six-weeks' } },
      to: { ruleSet: { id: 'sharp-cut' } },
      lastDay: null,
    });
    expect(body.rows).toEqual([
      {
        service: 'case-management',
        firstDay: '2024-03-04',
        lastDay: '2024-04-14',
        from: [{ funder: 'insurer:3311', share: 100 }],
        to: [],
        days: 42,
      },
    ]);
    const cut = await settlement(insurer, 'fromRuleSet=six-weeks&toRuleSet=sharp-cut&lastDay=2024-03-10');
    expect(cut.body.rows[0]!.days).toBe(7);
    const none = await settlement(insurer, 'fromRuleSet=six-weeks&toRuleSet=sharp-cut&services=guidance');
    expect(none.body.rows).toEqual([]);
  });

  test('between two moments shows others to a funder by kind only', async () => {
    const bsn = bsnNumber(3);
    const history = admissionHistory(bsn);
    const early = await tell(client, history.slice(0, 3));
    const id = clientIdIn(early);
    const then = (await client.ask(provider, `/v1/clients/${id}/coverage`)).body.knownAt;
    await tell(client, history.slice(3));
    const now = (await client.ask(provider, `/v1/clients/${id}/coverage`)).body.knownAt;
    const query = `fromKnownAt=${then}&toKnownAt=${now}&lastDay=2024-12-31`;
    const rows = async (as: string) =>
      (await client.ask(as, `/v1/clients/${id}/settlement?${query}`)).body.rows;
    expect((await rows('auditor')).map((row) => row.service)).toEqual([
      'case-management',
      'guidance',
      'residence',
    ]);
    expect(await rows(municipality)).toEqual([
      {
        service: 'guidance',
        firstDay: '2024-01-15',
        lastDay: '2024-12-31',
        from: [{ funder: 'municipality:0363', share: 100 }],
        to: [],
        days: 352,
      },
    ]);
  });

  test.each([
    ['', ['comparison-missing']],
    ['fromRuleSet=sharp-cut', ['comparison-half']],
    ['fromRuleSet=nope&toRuleSet=neither', ['rule-set-unknown', 'rule-set-unknown']],
    ['fromRuleSet=sharp-cut&toRuleSet=six-weeks&fromKnownAt=2024-01-01T00:00:00Z', ['comparison-mixed']],
  ])('"%s" is refused', async (query, codes) => {
    const { status, body } = await settlement(provider, query);
    expect([status, body.errors.map(({ code }) => code)]).toEqual([400, codes]);
  });
});

describe('a funder’s day', () => {
  const day = (as: string, funder: string, query: string): Promise<Answer> =>
    client.ask(as, `/v1/funders/${funder}/coverage?${query}`);

  test('is paged in the state of its first page, with totals on that page', async () => {
    const funder = 'municipality:0599';
    let last = '';
    for (let seed = 20; seed < 25; seed++) {
      const told = await tell(client, [
        [
          provider,
          event(provider, 'client-registered', 'reg', {
            bsn: bsnNumber(seed),
            firstDay: '2023-01-01',
            municipality: '0599',
          }),
        ],
        [
          funder,
          event(funder, 'wmo-decision-issued', 'wmo', {
            bsn: bsnNumber(seed),
            decisionId: 'D',
            municipality: '0599',
            services: ['guidance', 'household-help'],
            firstDay: '2023-05-01',
          }),
        ],
      ]);
      last = told.body.position;
    }
    const first = await day(funder, funder, `on=2024-02-01&limit=2&atLeast=${last}`);
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ funder, firstDay: '2024-02-01', ruleSet: { id: 'six-weeks' } });
    const each = { clients: 5, days: 5, unpricedDays: 5, amounts: [] };
    expect(first.body.totals).toEqual({
      clients: 5,
      cover: {
        ...each,
        days: 10,
        unpricedDays: 10,
        services: [
          { service: 'guidance', kind: 'regular', ...each },
          { service: 'household-help', kind: 'regular', ...each },
        ],
      },
      gaps: { clients: 0, days: 0, services: [] },
    });
    // Between the pages one client of a later page dies and another comes in.
    const all = (await day('auditor', funder, 'on=2024-02-01')).body.clients.map(({ clientId: id }) => id);
    const told = await tell(client, [
      [provider, event(provider, 'client-died', 'died', { clientId: all[4], day: '2024-01-01' })],
      [
        provider,
        event(provider, 'client-registered', 'reg', {
          bsn: bsnNumber(25),
          firstDay: '2023-01-01',
          municipality: '0599',
        }),
      ],
      [
        funder,
        event(funder, 'wmo-decision-issued', 'wmo', {
          bsn: bsnNumber(25),
          decisionId: 'D',
          municipality: '0599',
          services: ['guidance'],
          firstDay: '2023-05-01',
        }),
      ],
    ]);
    await day(funder, funder, `on=2024-02-01&atLeast=${told.body.position}`);
    const seen = [...first.body.clients];
    let link = first.headers.get('link');
    while (link) {
      const page = await client.ask(funder, /^<([^>]+)>; rel="next"$/.exec(link)![1]!);
      expect(page.body).toMatchObject({ position: first.body.position });
      expect(page.body.totals).toBeUndefined();
      seen.push(...page.body.clients);
      link = page.headers.get('link');
    }
    expect(seen.map(({ clientId: id }) => id)).toEqual(all);
    const now = (await day(funder, funder, 'on=2024-02-01')).body;
    expect(now.totals?.clients).toBe(5);
    expect(now.clients.map(({ clientId: id }) => id)).not.toContain(all[4]);
  });

  test('has gaps that it would have to pay, and only what was asked', async () => {
    const gaps = await day(municipality, municipality, `on=2024-02-01&atLeast=${position}`);
    expect(gaps.body.clients.find((each) => each.clientId === clientId)).toMatchObject({
      cover: [],
      gaps: [{ service: 'guidance', reason: 'excluded-by-wlz', law: 'wmo' }],
    });
    const handovers = await day(insurer, insurer, 'on=2024-03-10&kinds=handover&services=case-management');
    expect(handovers.body.clients.map((each) => each.clientId)).toContain(clientId);
    expect((await day(insurer, insurer, 'on=2024-03-10&kinds=retained')).body.clients).toEqual([]);
  });

  test.each([
    [insurer, municipality, 'on=2024-01-01', 403, 'not-your-funder'],
    [provider, insurer, 'on=2024-01-01', 403, 'not-your-funder'],
    ['policy', insurer, 'on=2024-01-01', 403, 'scope-missing'],
    [insurer, 'insurer:33', 'on=2024-01-01', 404, 'funder-unknown'],
    [insurer, insurer, '', 400, 'invalid-request'],
    [insurer, insurer, 'on=2024-01-01&limit=0&after=!&kinds=x', 400, 'invalid-request'],
    [insurer, insurer, 'on=2024-01-01&after=bm90YWN1cnNvcg', 400, 'invalid-request'],
  ])('%s about %s with "%s" gets %d %s', async (as, funder, query, status, code) => {
    const answer = await day(as, funder, query);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});
