import { eventTypes, fieldsOf } from '@domeinbrug/journey';
import { eventOf, eventWith, eventWithData, goodEvent, testBsn } from './envelope.fixture.js';
import { problemCodes } from './problem.js';
import { readEnvelope } from './read-envelope.js';

/** Pointer and code of every problem. */
function problemsOf(json: unknown): [string, string][] {
  const read = readEnvelope(json);
  return Array.isArray(read) ? read.map(({ pointer, code }) => [pointer, code]) : [];
}

describe('readEnvelope', () => {
  it('takes a good event', () => {
    expect(readEnvelope(goodEvent)).toEqual({
      id: 'a-1',
      source: 'urn:nld:agb:65656055:systeem:ecd',
      type: 'client-admitted',
      time: '2024-03-05T08:12:00+01:00',
      extensions: {},
      clientId: 'CLIENT0001',
      data: { firstDay: '2024-03-04', provider: '65656055' },
    });
  });

  it('takes a BSN for the client, and nulls for nothing', () => {
    const read = readEnvelope(
      eventWith({
        subject: null,
        data: { bsn: testBsn, clientId: null, firstDay: '2024-03-04', provider: '65656055', crisis: null },
      }),
    );
    expect(read).toMatchObject({ bsn: testBsn, data: { firstDay: '2024-03-04', provider: '65656055' } });
    expect(read).not.toHaveProperty('clientId');
    expect((read as { data: object }).data).not.toHaveProperty('crisis');
  });

  it('keeps subject, extension attributes and dataschema', () => {
    const kept = { subject: 'CLIENT0001', sequence: '12', retries: 3, final: true };
    const dataschema = 'https://domeinbrug.example/v1/schemas/client-admitted.v1.json';
    const read = readEnvelope(
      eventWith({ ...kept, dataschema, datacontenttype: 'application/json; charset=utf-8' }),
    );
    expect(read).toMatchObject({ extensions: kept, dataschema });
  });

  it.each([
    ['urn:nld:oin:00000003123456780000:systeem:ciz', true],
    ['urn:nld:agb:65656055:systeem:ecd', true],
    ['urn:nld:gemeentecode:0363:systeem:wmo-2', true],
    ['urn:nld:uzovi:3311:systeem:polis', true],
    ['urn:nld:zorgkantoor:5515:systeem:x.y', true],
    ['urn:nld:agb:65656055', false],
    ['urn:nld:agb:6565605:systeem:ecd', false],
    ['urn:nld:kvknr:12345678:systeem:ecd', false],
    ['urn:nld:agb:65656055:systeem:', false],
    ['https://zorg.example', false],
  ])('reads the source %s: %p', (source, expected) => {
    expect(problemsOf(eventWith({ source }))).toEqual(expected ? [] : [['/source', 'source-invalid']]);
  });

  it.each<[string, unknown, [string, string][]]>([
    ['no object', [goodEvent], [['', 'envelope-invalid']]],
    ['a text', 'event', [['', 'envelope-invalid']]],
    ['null', null, [['', 'envelope-invalid']]],
    ['another version', eventWith({ specversion: '0.3' }), [['/specversion', 'specversion-unsupported']]],
    [
      'a version that is a number',
      eventWith({ specversion: 1 }),
      [['/specversion', 'specversion-unsupported']],
    ],
    ['an empty id', eventWith({ id: '' }), [['/id', 'id-invalid']]],
    ['a long id', eventWith({ id: 'x'.repeat(257) }), [['/id', 'id-invalid']]],
    ['an id that is a number', eventWith({ id: 7 }), [['/id', 'id-invalid']]],
    ['an id with a line end', eventWith({ id: 'a\nb' }), [['/id', 'id-invalid']]],
    ['an unknown type', eventWith({ type: 'nl.domeinbrug.client-adopted.v1' }), [['/type', 'type-unknown']]],
    ['a short type', eventWith({ type: 'client-admitted' }), [['/type', 'type-unknown']]],
    ['a reference event', eventWith({ type: 'nl.domeinbrug.client-merged.v1' }), [['/type', 'type-loaded']]],
    ['a time without offset', eventWith({ time: '2024-03-05T08:12:00' }), [['/time', 'time-invalid']]],
    ['a time that is a day', eventWith({ time: '2024-03-05' }), [['/time', 'time-invalid']]],
    ['a time that does not exist', eventWith({ time: '2024-02-30T08:12:00Z' }), [['/time', 'time-invalid']]],
    [
      'XML data',
      eventWith({ datacontenttype: 'text/xml' }),
      [['/datacontenttype', 'content-type-unsupported']],
    ],
    [
      'a relative dataschema',
      eventWith({ dataschema: 'admitted.json' }),
      [['/dataschema', 'dataschema-invalid']],
    ],
    ['base64 data', eventWith({ data_base64: 'e30=' }), [['/data_base64', 'data-base64-unsupported']]],
    ['data that is a list', eventWith({ data: [] }), [['/data', 'data-invalid']]],
    [
      'a capital in an attribute',
      eventWith({ traceParent: 'x' }),
      [['/traceParent', 'attribute-name-invalid']],
    ],
    [
      'a long attribute name',
      eventWith({ ['a'.repeat(21)]: 'x' }),
      [[`/${'a'.repeat(21)}`, 'attribute-name-invalid']],
    ],
    ['an attribute with an object', eventWith({ trace: { id: 1 } }), [['/trace', 'attribute-value-invalid']]],
    ['an attribute with a fraction', eventWith({ trace: 1.5 }), [['/trace', 'attribute-value-invalid']]],
    [
      'an attribute with half a character',
      eventWith({ trace: '\ud800' }),
      [['/trace', 'attribute-value-invalid']],
    ],
    ['an unknown field', eventWithData({ firstday: '2024-03-04' }), [['/data/firstday', 'unknown-field']]],
    ['a missing field', eventWithData({ provider: null }), [['/data/provider', 'required']]],
    [
      'a day that does not exist',
      eventWithData({ firstDay: '2023-02-29' }),
      [['/data/firstDay', 'day-invalid']],
    ],
    ['a day in another form', eventWithData({ firstDay: '4-3-2024' }), [['/data/firstDay', 'day-invalid']]],
    [
      'an instant for a day',
      eventWithData({ firstDay: '2024-03-04T00:00:00Z' }),
      [['/data/firstDay', 'day-invalid']],
    ],
    ['a wrong type', eventWithData({ crisis: 'ja' }), [['/data/crisis', 'field-type']]],
    ['a wrong code', eventWithData({ provider: '656560' }), [['/data/provider', 'field-form']]],
    ['half a character', eventWithData({ reference: 'a\ud800' }), [['/data/reference', 'field-form']]],
    ['no client', eventWithData({ clientId: null }), [['/data', 'client-missing']]],
    ['two clients', eventWithData({ bsn: testBsn }), [['/data', 'client-twice']]],
    ['a short client id', eventWithData({ clientId: 'abc' }), [['/data/clientId', 'client-id-invalid']]],
    [
      'a client id with a hyphen',
      eventWithData({ clientId: 'abcd-efgh' }),
      [['/data/clientId', 'client-id-invalid']],
    ],
    ['a BSN for a client id', eventWithData({ clientId: testBsn }), [['/data/clientId', 'bsn-misplaced']]],
    [
      'a client id with a BSN between letters',
      eventWithData({ clientId: `X${testBsn}y` }),
      [['/data/clientId', 'bsn-misplaced']],
    ],
    ['a wrong BSN', eventWithData({ clientId: null, bsn: '999990018' }), [['/data/bsn', 'bsn-invalid']]],
    [
      'a BSN that is a number',
      eventWithData({ clientId: null, bsn: 999990019 }),
      [['/data/bsn', 'bsn-invalid']],
    ],
    ['a BSN as subject', eventWith({ subject: testBsn }), [['/subject', 'bsn-misplaced']]],
    [
      'what may be a BSN wherever it would be kept',
      eventWith({
        id: `ecd-${testBsn}`,
        source: `urn:nld:agb:65656055:systeem:${testBsn}`,
        dataschema: `https://example.nl/${testBsn}/schema`,
        tracestate: `ecd=${testBsn}`,
        sequence: Number(testBsn),
        data: { ...goodEvent.data, reference: `dossier${testBsn}` },
      }),
      [
        ['/id', 'bsn-misplaced'],
        ['/source', 'bsn-misplaced'],
        ['/data/reference', 'bsn-misplaced'],
        ['/dataschema', 'bsn-misplaced'],
        ['/tracestate', 'bsn-misplaced'],
        ['/sequence', 'bsn-misplaced'],
      ],
    ],
    ['a BSN as attribute', eventWith({ bsn: testBsn }), [['/bsn', 'bsn-misplaced']]],
    [
      'the BSN in other places',
      eventWith({
        id: `${testBsn}-1`,
        data: { ...goodEvent.data, clientId: null, bsn: testBsn, reference: testBsn },
      }),
      [
        ['/id', 'bsn-misplaced'],
        ['/data/reference', 'bsn-misplaced'],
      ],
    ],
    ['too large an event', eventWithData({ reference: 'x'.repeat(65_536) }), [['', 'event-too-large']]],
    [
      'too deep an event',
      JSON.parse(`${'[{"a":'.repeat(5000)}1${'}]'.repeat(5000)}`),
      [['', 'envelope-invalid']],
    ],
  ])('refuses %s', (_, json, expected) => expect(problemsOf(json)).toEqual(expected));

  it.each([
    ['nine digits that fail the eleven-test', eventWith({ id: '999990018' })],
    ['ten digits', eventWith({ id: `0${testBsn}` })],
    ['a trace', eventWith({ traceparent: `00-4bf92f${testBsn}a6a3ce929d0e0e47-00f067aa0ba902b7-01` })],
    ['a UUID', eventWith({ id: `3d0ca315-aff9-4fc2-be61-a${testBsn}bc` })],
    ['an instant with nanoseconds', eventWith({ received: `2024-03-05T08:12:00.${testBsn}Z` })],
    [
      'the number of a decision',
      eventOf('wmo-decision-issued', {
        decisionId: testBsn,
        municipality: '0363',
        services: ['guidance'],
        firstDay: '2024-03-04',
      }),
    ],
  ])('takes %s for no BSN', (_, json) => expect(problemsOf(json)).toEqual([]));

  it.each([['specversion'], ['id'], ['source'], ['type'], ['time'], ['data']])('asks for %s', (attribute) => {
    expect(problemsOf(eventWith({ [attribute]: undefined }))).toEqual([[`/${attribute}`, 'required']]);
    expect(problemsOf(eventWith({ [attribute]: null }))).toEqual([[`/${attribute}`, 'required']]);
  });

  it.each<[string, Record<string, unknown>, [string, string]]>([
    [
      'an unknown value',
      eventOf('stay-ended', { kind: 'hotel', lastDay: '2024-03-04' }),
      ['/data/kind', 'field-value'],
    ],
    [
      'an empty list',
      eventOf('joint-funding-started', { pool: 'grens', firstDay: '2024-03-04', services: [] }),
      ['/data/services', 'list-empty'],
    ],
    [
      'a list with a value twice',
      eventOf('joint-funding-started', {
        pool: 'g',
        firstDay: '2024-03-04',
        services: ['guidance', 'guidance'],
      }),
      ['/data/services', 'list-repeats'],
    ],
    [
      'a null in a list',
      eventOf('joint-funding-started', { pool: 'g', firstDay: '2024-03-04', services: ['guidance', null] }),
      ['/data/services/1', 'field-type'],
    ],
    [
      'too many minutes',
      eventOf('activity-recorded', {
        service: 'guidance',
        day: '2024-03-04',
        minutes: 1441,
        provider: '65656055',
      }),
      ['/data/minutes', 'field-range'],
    ],
    [
      'a misspelt member',
      eventOf('case-management-started', {
        firstDay: '2024-03-04',
        provider: '65656055',
        volume: { quantity: 1, unit: 'hours', per: 'week', pr: 'day' },
      }),
      ['/data/volume/pr', 'unknown-field'],
    ],
  ])('refuses %s', (_, json, expected) => expect(problemsOf(json)).toContainEqual(expected));

  it('names the known field that looks most like an unknown one', () => {
    const [lastday] = readEnvelope(eventOf('stay-ended', { kind: 'hospital', lastday: '2024-03-04' })) as {
      detail: string;
    }[];
    expect(JSON.stringify(lastday)).toContain('lastDay');
    const problems = readEnvelope(eventWith({ type: 'nl.domeinbrug.client-admited.v1' })) as {
      detail: string;
    }[];
    expect(problems[0]!.detail).toContain('nl.domeinbrug.client-admitted.v1');
  });

  it('gives all problems at once, each with a known code and a whole sentence', () => {
    const read = readEnvelope({
      id: '',
      source: 'x',
      type: goodEvent.type,
      Trace: 1,
      data: { firstday: 'x', crisis: 1 },
    });
    const problems = read as { pointer: string; code: string; detail: string }[];
    expect(problems.map(({ code }) => code).sort()).toEqual([
      'attribute-name-invalid',
      'client-missing',
      'field-type',
      'id-invalid',
      'required',
      'required',
      'required',
      'required',
      'source-invalid',
      'unknown-field',
    ]);
    for (const { code, detail } of problems) {
      expect(problemCodes).toHaveProperty([code]);
      expect(detail).toMatch(/^[A-Za-z].*[.?]$/);
    }
  });

  it.each([
    eventWith({ [testBsn]: 'x' }),
    eventWithData({ [testBsn]: 'x' }),
    eventWith({ type: `nl.domeinbrug.${testBsn}.v1` }),
    eventWith({ id: testBsn, data: { bsn: testBsn, firstDay: testBsn, provider: testBsn } }),
  ])('repeats no BSN in a message: %#', (json) => {
    const read = readEnvelope(json);
    expect(Array.isArray(read)).toBe(true);
    expect(JSON.stringify(read)).not.toContain(testBsn);
  });

  it('says how long a text without another form may be', () => {
    const corrects = { source: `urn:nld:agb:65656055:systeem:${'x'.repeat(300)}`, id: 'e1' };
    const read = readEnvelope(eventOf('event-corrected', { corrects, data: {} }));
    expect(JSON.stringify(read)).toContain('Must have at most 256 characters.');
    expect(JSON.stringify(read)).not.toContain('undefined');
  });

  it('does not refuse what contradicts itself', () => {
    expect(
      problemsOf(eventOf('client-registered', { firstDay: '1800-01-01', municipality: '9999' })),
    ).toEqual([]);
    const decided = { decisionId: '1', municipality: '0363', services: ['guidance'] };
    expect(
      problemsOf(
        eventOf('wmo-decision-issued', { ...decided, firstDay: '2024-02-01', lastDay: '2024-01-01' }),
      ),
    ).toEqual([]);
  });

  it.each(eventTypes)('says of %s without fields which fields it needs', (type) => {
    const needed = Object.entries(fieldsOf(type)).filter(([, field]) => field.required);
    expect(
      problemsOf(eventOf(type, {}))
        .map(([pointer]) => pointer)
        .sort(),
    ).toEqual(needed.map(([name]) => `/data/${name}`).sort());
  });

  describe('corrections and retractions', () => {
    const target = { source: 'urn:nld:agb:65656055:systeem:planning', id: 'x' };
    const foreign = { source: 'urn:nld:agb:65656056:systeem:ecd', id: 'x' };
    const correction = (
      data: Record<string, unknown>,
      outer: Record<string, unknown> = {},
    ): Record<string, unknown> => eventOf('event-corrected', { corrects: target, data, ...outer });

    it('take a target of the sender’s own organisation, whatever its system', () => {
      expect(problemsOf(correction({ day: '2024-03-04' }))).toEqual([]);
      expect(problemsOf(eventOf('event-retracted', { retracts: target, reason: '13' }))).toEqual([]);
    });

    it.each<[string, Record<string, unknown>, [string, string][]]>([
      [
        'a target of another',
        correction({ day: '2024-03-04' }, { corrects: foreign }),
        [['/data/corrects/source', 'target-foreign']],
      ],
      [
        'a retraction of another’s',
        eventOf('event-retracted', { retracts: foreign, reason: '13' }),
        [['/data/retracts/source', 'target-foreign']],
      ],
      [
        'a target without form',
        correction({ day: '2024-03-04' }, { corrects: { source: 'x', id: 'x' } }),
        [['/data/corrects/source', 'source-invalid']],
      ],
      ['a misspelt field', correction({ lastday: '2024-03-04' }), [['/data/data/lastday', 'unknown-field']]],
      ['a day that does not exist', correction({ day: '2024-02-30' }), [['/data/data/day', 'day-invalid']]],
      ['a value of no type', correction({ kind: 'hotel' }), [['/data/data/kind', 'field-value']]],
      ['another client', correction({ clientId: 'CLIENT0002' }), [['/data/data/clientId', 'client-differs']]],
      ['the client in another way', correction({ bsn: testBsn }), [['/data/data/bsn', 'client-differs']]],
    ])('refuse %s', (_, json, expected) => expect(problemsOf(json)).toEqual(expected));

    it('drop the client from inside when it is the same', () => {
      const { data } = readEnvelope(
        correction({ clientId: 'CLIENT0001', day: '2024-03-04', reason: null }),
      ) as {
        data: object;
      };
      expect(data).toEqual({ corrects: target, data: { day: '2024-03-04' } });
      const byBsn = { bsn: testBsn, corrects: target, data: { bsn: testBsn, day: '2024-03-04' } };
      const read = readEnvelope(eventWith({ type: 'nl.domeinbrug.event-corrected.v1', data: byBsn }));
      expect(read).toMatchObject({ bsn: testBsn, data: { data: { day: '2024-03-04' } } });
      expect(JSON.stringify((read as { data: object }).data)).not.toContain(testBsn);
    });
  });
});
