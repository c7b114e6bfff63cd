import {
  admissionHistory,
  type Answer,
  bsnNumber,
  ciz,
  event,
  municipality,
  provider,
  serviceOfThisFile,
  sourceOf,
  tell,
} from './service.js';

/** What `?echo=effect` says of events that are sent: against what was known right before each. */

interface Effect {
  knownAt: string | null;
  cover: {
    change: string;
    before: { lastDay: string | null } | null;
    after: { lastDay: string | null } | null;
  }[];
  gaps: { change: string; before: unknown; after: { reason: string } | null }[];
  findings: { opened: { code: string }[]; closed: { code: string }[] };
  inWords: string[];
}

const { client } = serviceOfThisFile();

const echoed = (as: string, body: unknown, language = 'en'): Promise<Answer> =>
  client.post(as, '/v1/events?echo=effect', body, { 'accept-language': language });

function effectsIn({ body }: Answer): Effect[] {
  return body.results.map((result) => (result as unknown as { effect: Effect }).effect);
}

const wordsIn = (answer: Answer): string[][] => effectsIn(answer).map(({ inWords }) => inWords);

test('an event says what it changed, as data and in the language asked', async () => {
  const bsn = bsnNumber(1);
  const [registered, caseManagement, decision] = admissionHistory(bsn);
  const first = await echoed(provider, registered![1]);
  expect(wordsIn(first)).toEqual([['It changes nothing in who pays, as far as you may see.']]);

  const started = await echoed(provider, caseManagement![1]);
  expect(effectsIn(started)[0]!.cover).toMatchObject([
    { change: 'added', before: null, after: { service: 'case-management', funder: 'insurer:3311' } },
  ]);
  expect([started.headers.get('content-language'), wordsIn(started)]).toEqual([
    'en',
    [['Insurer 3311 pays case management from 1 June 2023 on.']],
  ]);

  const decided = await echoed(municipality, decision![1], 'nl');
  expect([decided.headers.get('content-language'), wordsIn(decided)]).toEqual([
    'nl',
    [['Gemeente 0363 betaalt begeleiding vanaf 1 mei 2023.']],
  ]);
});

test('an admission ends one payer, begins another and opens a handover; what is moved or taken back is told', async () => {
  const bsn = bsnNumber(2);
  const history = admissionHistory(bsn);
  await tell(client, history.slice(0, -1));
  const target = { source: sourceOf(provider), id: 'adm' };
  const admitted = history.at(-1)![1];
  expect(wordsIn(await echoed(provider, admitted))).toEqual([
    [
      'Insurer 3311 now pays case management from 1 June 2023 through 3 March 2024; before: from 1 June 2023 on.',
      'Insurer 3311 pays case management from 4 March 2024 through 14 April 2024 (warm handover).',
      'Care office 5515 pays residence from 4 March 2024 on.',
      'Nobody pays guidance from 15 January 2024 through 3 March 2024: the Wlz goes first and its delivery has not begun; before: from 15 January 2024 on.',
    ],
  ]);
  const data = { firstDay: '2024-03-18', provider: '65656055', withTreatment: true };
  const correction = event(provider, 'event-corrected', 'fix', {
    bsn,
    corrects: target,
    data,
  });
  expect(wordsIn(await echoed(provider, correction, 'nl'))).toEqual([
    [
      'Zorgverzekeraar 3311 betaalt casemanagement dementie van 4 maart 2024 tot en met 14 april 2024 (warme overdracht) niet langer.',
      'Zorgkantoor 5515 betaalt Wlz-verblijf vanaf 4 maart 2024 niet langer.',
      'Zorgverzekeraar 3311 betaalt casemanagement dementie nu van 1 juni 2023 tot en met 17 maart 2024; eerst: van 1 juni 2023 tot en met 3 maart 2024.',
      'Zorgverzekeraar 3311 betaalt casemanagement dementie van 18 maart 2024 tot en met 28 april 2024 (warme overdracht).',
      'Zorgkantoor 5515 betaalt Wlz-verblijf vanaf 18 maart 2024.',
      'Niemand betaalt begeleiding van 15 januari 2024 tot en met 17 maart 2024: de Wlz gaat voor, levering nog niet gestart; eerst: van 15 januari 2024 tot en met 3 maart 2024.',
    ],
  ]);
  const retraction = event(provider, 'event-retracted', 'undo', { bsn, retracts: target, reason: 'mistake' });
  expect(wordsIn(await echoed(provider, retraction))).toEqual([
    [
      'Insurer 3311 no longer pays case management from 18 March 2024 through 28 April 2024 (warm handover).',
      'Care office 5515 no longer pays residence from 18 March 2024 on.',
      'Insurer 3311 now pays case management from 1 June 2023 on; before: from 1 June 2023 through 17 March 2024.',
      'Nobody pays guidance from 15 January 2024 on: the Wlz goes first and its delivery has not begun; before: from 15 January 2024 through 17 March 2024.',
      'New finding (correction-of-retracted): The event that is corrected here has been retracted.',
    ],
  ]);
});

test('in a batch each event is held against what was known right before it, also what is not new or not right', async () => {
  const bsn = bsnNumber(3);
  const [registered, caseManagement] = admissionHistory(bsn).map(([, each]) => each);
  const ended = event(provider, 'case-management-ended', 'cm-end', { bsn, lastDay: '2023-06-30' });
  const answer = await echoed(provider, [
    registered,
    caseManagement,
    ended,
    caseManagement,
    { id: 'no event' },
  ]);
  expect([answer.status, wordsIn(answer)]).toEqual([
    200,
    [
      ['It changes nothing in who pays, as far as you may see.'],
      ['Insurer 3311 pays case management from 1 June 2023 on.'],
      [
        'Insurer 3311 now pays case management from 1 June 2023 through 30 June 2023; before: from 1 June 2023 on.',
      ],
      ['It changes nothing: this event was known already.'],
      ['It changes nothing: this event was rejected and is not recorded.'],
    ],
  ]);
});

test('of more than a hundred at once it is not told, and nothing is recorded', async () => {
  const many = [...Array(101).keys()].map((at) => admissionHistory(bsnNumber(400 + at))[0]![1]);
  const { status, body } = await echoed(provider, many);
  expect([status, body.errors]).toEqual([400, [expect.objectContaining({ code: 'too-many-effects' })]]);
  const first = await client.post(provider, '/v1/events', many.slice(0, 1));
  expect(first.body.results[0]!.status).toBe('recorded');
});

test('an unknown echo and a token that may not read coverage are refused before anything is recorded', async () => {
  const [, each] = admissionHistory(bsnNumber(4))[0]!;
  const unknown = await client.post(provider, '/v1/events?echo=everything', each);
  expect([unknown.status, unknown.body.errors]).toEqual([
    400,
    [expect.objectContaining({ pointer: '/echo', code: 'unknown-value' })],
  ]);
  const [, issued] = admissionHistory(bsnNumber(4))[3]!;
  expect((await echoed(ciz, issued)).body.code).toBe('scope-missing');
  expect((await client.post(provider, '/v1/events', each)).status).toBe(201);
});

test('who has not the client in care is told of its own rows only', async () => {
  const bsn = bsnNumber(5);
  await tell(client, admissionHistory(bsn));
  const stranger = 'provider:65656099';
  const died = event(stranger, 'client-died', 'died', { bsn, day: '2024-03-20' });
  expect(effectsIn(await echoed(stranger, died))).toMatchObject([{ cover: [], gaps: [], minutes: [] }]);
});
