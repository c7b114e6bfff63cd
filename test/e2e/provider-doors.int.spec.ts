import {
  admissionHistory,
  type Answer,
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
  const bsn = bsnNumber(1);
  const cared = (
    id: string,
    day: string,
    name: string,
    minutes: number,
  ): [string, Record<string, unknown>] => [
    provider,
    event(provider, 'activity-recorded', id, {
      bsn,
      day,
      service: name,
      minutes,
      provider: '65656055',
      subject: 'client',
    }),
  ];
  const decidedLate = (id: string): [string, Record<string, unknown>] => [
    municipality,
    event(municipality, 'wmo-decision-issued', id, {
      bsn,
      decisionId: id,
      municipality: '0363',
      services: ['guidance'],
      firstDay: '2023-05-01',
      decidedOn: '2023-08-01',
    }),
  ];
  const endOfNothing = { bsn, decisionId: 'NONE', municipality: '0363', lastDay: '2024-01-31' };
  const told = await tell(client, [
    ...admissionHistory(bsn),
    // Case management is paid on both days, by the table and in the handover.
    cared('a1', '2024-02-05', 'case-management', 60),
    cared('a2', '2024-02-20', 'case-management', 15),
    // Guidance is a gap from the indication on.
    cared('a3', '2024-02-10', 'guidance', 45),
    decidedLate('e1'),
    decidedLate('e2'),
    [municipality, event(municipality, 'wmo-decision-ended', 'e3', endOfNothing)],
  ]);
  clientId = clientIdIn(told);
  position = told.body.position;
}, 60_000);

const ask = (as: string, path: string, query = ''): Promise<Answer> =>
  client.ask(as, `${path}?atLeast=${position}${query}`);

describe('a provider’s minutes', () => {
  const minutes = '/v1/providers/65656055/minutes';

  test('are added up by what was asked', async () => {
    const { headers, body } = await ask(provider, minutes, '&by=month,service,reason');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({
      position,
      ruleSet: { id: 'six-weeks' },
      sums: [
        { month: '2024-02', service: 'case-management', reason: null, funded: 75, overCap: 0, unpaid: 0 },
        {
          month: '2024-02',
          service: 'guidance',
          reason: 'excluded-by-wlz',
          funded: 0,
          overCap: 0,
          unpaid: 45,
        },
      ],
    });
  });

  test('are one sum of all, also of nothing at all', async () => {
    const all = { funded: 75, overCap: 0, unpaid: 45 };
    expect((await ask(provider, minutes)).body).toMatchObject({ sums: [all] });
    const days = '&firstDay=2024-02-06&lastDay=2024-02-10';
    expect((await ask('auditor', minutes, days)).body).toMatchObject({
      sums: [{ funded: 0, overCap: 0, unpaid: 45 }],
    });
    expect((await ask(provider, minutes, '&firstDay=2030-01-01')).body).toMatchObject({
      sums: [{ funded: 0, overCap: 0, unpaid: 0 }],
    });
    expect((await ask(provider, minutes, '&by=service&firstDay=2030-01-01')).body).toMatchObject({
      sums: [],
    });
  });

  test('are the provider’s own, and say all that is wrong at once', async () => {
    expect((await ask(insurer, minutes)).body.code).toBe('not-your-provider');
    const wrong = '&by=year&firstDay=2024-02-30';
    expect((await ask(provider, minutes, wrong)).body.errors.map(({ pointer }) => pointer).sort()).toEqual([
      '/by',
      '/firstDay',
    ]);
    const reversed = await ask(provider, minutes, '&firstDay=2024-02-10&lastDay=2024-02-01');
    expect(reversed.body.errors[0]!.code).toBe('period-reversed');
  });
});

describe('findings', () => {
  const found = (id: string, code = 'retroactive-decision'): object => ({
    clientId,
    code,
    events: [expect.objectContaining({ source: sourceOf(municipality), id })],
    withOthers: false,
  });

  test('are told to who sent the events, and to an auditor', async () => {
    const { headers, body } = await ask(municipality, '/v1/findings', '&code=retroactive-decision');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({ position, findings: [found('e1'), found('e2')], next: null });
    expect((await ask('auditor', '/v1/findings', '&code=retroactive-decision')).body).toEqual(body);
    expect((await ask(careOffice, '/v1/findings')).body).toMatchObject({ findings: [] });
    expect((await ask(municipality, '/v1/findings', '&code=after-death')).body).toMatchObject({
      findings: [],
    });
    expect((await ask('policy', '/v1/findings')).body.code).toBe('scope-missing');
    const misspelt = await ask(municipality, '/v1/findings', '&code=end-without-strat');
    expect([misspelt.status, misspelt.body.errors]).toEqual([
      400,
      [expect.objectContaining({ pointer: '/code', code: 'unknown-value' })],
    ]);
  });

  test('of an end without a beginning are told to an auditor alone', async () => {
    const query = '&code=end-without-start';
    expect((await ask(municipality, '/v1/findings', query)).body).toMatchObject({ findings: [], next: null });
    expect((await ask('auditor', '/v1/findings', query)).body).toMatchObject({
      findings: [found('e3', 'end-without-start')],
    });
  });

  test('come in pages that lose and double nothing', async () => {
    const first = await ask(municipality, '/v1/findings', '&limit=1');
    expect(first.body).toMatchObject({ findings: [found('e1')] });
    const next = /^<(.*)>; rel="next"$/.exec(first.headers.get('link')!)![1]!;
    const second = await client.ask(municipality, next);
    expect(second.body).toMatchObject({ findings: [found('e2')], next: null });
    expect(second.headers.get('link')).toBeNull();
    const foreign = await ask(municipality, '/v1/findings', '&after=WyIxOTciXQ');
    expect(foreign.body.errors).toMatchObject([{ pointer: '/after', code: 'invalid-form' }]);
  });
});

describe('windows', () => {
  /** `YYYY-MM-DD` in Amsterdam, so many days from today. */
  const dayFromToday = (days: number): string =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format(Date.now() + days * 86_400_000);

  test('that pay today or later are told with what is left of them, and no older ones', async () => {
    const bsn = bsnNumber(2);
    const about = (type: string, data: object): [string, Record<string, unknown>] => [
      provider,
      event(provider, type, type, { bsn, provider: '65656055', ...data }),
    ];
    const told = await tell(client, [
      [
        ciz,
        event(ciz, 'wlz-indication-issued', 'window', {
          bsn,
          decisionId: 'W1',
          decidedOn: dayFromToday(-20),
          firstDay: dayFromToday(-20),
          profile: '754',
        }),
      ],
      [
        provider,
        event(provider, 'client-registered', 'window-reg', {
          bsn,
          firstDay: '2023-01-01',
          municipality: '0363',
          insurer: '3311',
          careOffice: '5515',
        }),
      ],
      about('case-management-started', { firstDay: '2023-06-01' }),
      about('client-admitted', { firstDay: dayFromToday(-2), withTreatment: true }),
      about('activity-recorded', {
        day: dayFromToday(-1),
        service: 'case-management',
        minutes: 30,
        subject: 'client',
      }),
    ]);
    const windows = `/v1/providers/65656055/windows?atLeast=${told.body.position}`;
    const { body } = await client.ask(provider, windows);
    expect(body).toMatchObject({
      windows: [
        {
          clientId: clientIdIn(told),
          service: 'case-management',
          kind: 'handover',
          funder: 'insurer:3311',
          firstDay: dayFromToday(-2),
          lastDay: dayFromToday(39),
          daysLeft: 40,
          minutesUsed: 30,
        },
      ],
      next: null,
    });
    const soon = await client.ask(provider, `${windows}&endsBefore=${dayFromToday(39)}`);
    expect(soon.body).toMatchObject({ windows: [] });
    expect((await client.ask(insurer, windows)).body.code).toBe('not-your-provider');
  });
});
