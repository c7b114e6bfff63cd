import { otherMessage, testBsn, wmo301, wmo301v3, wmo305, wmo307 } from './messages.fixture.js';
import { readProductMapping } from './products.js';
import { readIwmo } from './read-iwmo.js';

describe('readIwmo', () => {
  it('reads an allocation as a decision', () => {
    const xml = wmo301({}, { lastDay: '2024-12-31', volume: ['6', '04', '2'] });
    const { messages, facts, rejects } = readIwmo(xml);
    expect(rejects).toEqual([]);
    expect(messages).toEqual([
      {
        kind: 'WMO301',
        identification: 'abc123',
        writtenOn: '2024-01-02',
        sender: '0363',
        receiver: '65656055',
        outcome: 'read',
      },
    ]);
    expect(facts).toEqual([
      expect.objectContaining({
        type: 'wmo-decision-issued',
        bsn: testBsn,
        source: 'urn:nld:gemeentecode:0363:systeem:iwmo',
        time: '2024-01-02T09:00:00.000Z',
        moment: '2024-01-02T10:00:00',
        removed: false,
        where: 'WMO301 abc123, client 1, product 1',
        data: {
          decisionId: '1001/02A01',
          municipality: '0363',
          services: ['guidance'],
          firstDay: '2024-01-15',
          lastDay: '2024-12-31',
          provider: '65656055',
          decidedOn: '2024-01-01',
          volume: { quantity: 6, unit: 'hours', per: 'week' },
        },
      }),
    ]);
  });

  it('takes the municipality of the product before that of the sender', () => {
    const [fact] = readIwmo(wmo301({}, { municipality: '0384' })).facts;
    expect(fact!.data.municipality).toBe('0384');
    expect(fact!.source).toBe('urn:nld:gemeentecode:0363:systeem:iwmo');
  });

  it.each([
    [{ status: '3' }, true],
    [{ reason: '13' }, true],
    [{ reason: '14' }, false],
    [{ status: '9' }, false],
  ])('reads %j as removed: %p', (part, removed) => {
    expect(readIwmo(wmo301({}, part)).facts[0]!.removed).toBe(removed);
  });

  it('reads a start and a stop of the provider', () => {
    const [start] = readIwmo(wmo305({ writtenOn: '2024-07-20' }, { began: '2024-01-16' })).facts;
    expect(start).toMatchObject({
      type: 'wmo-support-started',
      source: 'urn:nld:agb:65656055:systeem:iwmo',
      time: '2024-07-19T22:00:00.000Z',
      moment: '2024-07-20',
      data: { decisionId: '1001/02A01', municipality: '0363', provider: '65656055', firstDay: '2024-01-16' },
    });
    const [stop] = readIwmo(wmo307({}, { ended: '2024-06-30', reason: '20' })).facts;
    expect(stop).toMatchObject({
      type: 'wmo-support-ended',
      data: { decisionId: '1001/02A01', lastDay: '2024-06-30', reason: '20', temporary: true },
    });
  });

  it('reads the newer form, in which the allocation has a number of its own and no prefix is used', () => {
    const xml = `<Bericht xmlns="http://www.istandaarden.nl/iwmo/3_2/wmo305/schema"><Header><Afzender>65656055</Afzender>
      <Ontvanger>0363</Ontvanger><BerichtIdentificatie><Identificatie>77</Identificatie><Dagtekening>2025-04-04</Dagtekening>
      </BerichtIdentificatie></Header><Client><Bsn>${testBsn}</Bsn><StartProducten><StartProduct>
      <ToewijzingNummer>3001</ToewijzingNummer><Begindatum>2025-04-03</Begindatum><StatusAanlevering>1</StatusAanlevering>
      </StartProduct></StartProducten></Client></Bericht>`;
    const { facts, rejects } = readIwmo(xml);
    expect(rejects).toEqual([]);
    expect(facts[0]!.data).toEqual({
      decisionId: '3001',
      municipality: '0363',
      provider: '65656055',
      firstDay: '2025-04-03',
    });
  });

  describe('of version 3.2', () => {
    it('reads an allocation with a number of its own, in hours or as a budget', () => {
      const { facts, rejects } = readIwmo(
        wmo301v3(
          { number: '300201', volume: ['4', '04', '2'] },
          { number: '300202', category: '01', budget: '5200,50', lastDay: '2026-02-28' },
        ),
      );
      expect(rejects).toEqual([]);
      expect(facts.map(({ moment }) => moment)).toEqual(['2025-02-25T09:30:00', '2025-02-25T09:30:00']);
      expect(facts.map(({ data }) => data)).toEqual([
        {
          decisionId: '300201',
          municipality: '0363',
          services: ['guidance'],
          firstDay: '2025-03-01',
          provider: '65656055',
          decidedOn: '2025-02-25',
          volume: { quantity: 4, unit: 'hours', per: 'week' },
        },
        expect.objectContaining({
          decisionId: '300202',
          services: ['household-help'],
          lastDay: '2026-02-28',
          volume: { quantity: 5200.5, unit: 'euros', per: 'total' },
        }),
      ]);
    });

    it('treats reason 13 as never sent', () => {
      const [fact] = readIwmo(wmo301v3({ number: '300201', reason: '13', lastDay: '2025-03-01' })).facts;
      expect(fact!.removed).toBe(true);
    });

    it('rejects an allocation that names no product', () => {
      const { facts, rejects } = readIwmo(wmo301v3({ number: '300201', category: null }));
      expect(facts).toEqual([]);
      expect(rejects).toEqual([
        expect.objectContaining({
          code: 'no-service-for-product',
          detail: expect.stringContaining('(none)'),
        }),
      ]);
    });

    it.each([
      [
        'the code of another message',
        wmo301v3({ number: '1' }).replace('>414<', '>418<'),
        'WMO305 in version 3.2',
      ],
      ['a code that is none', wmo301v3({ number: '1' }).replace('>414<', '>428<'), 'code 428'],
      [
        'another version',
        wmo301v3({ number: '1' }).replace('Subversie>2<', 'Subversie>1<'),
        'WMO301 in version 3.1, the body is WMO301 in version 3.2',
      ],
    ])('rejects a message whose header has %s', (_, xml, detail) => {
      const { facts, rejects } = readIwmo(xml);
      expect(facts).toEqual([]);
      expect(rejects).toEqual([
        { where: 'WMO301 123456789012', code: 'header-differs', detail: expect.stringContaining(detail) },
      ]);
    });
  });

  it.each(['315', '317', '319', '323'])('counts WMO%s and reads nothing from it', (number) => {
    const { messages, facts, rejects } = readIwmo(otherMessage(number));
    expect(messages).toEqual([
      expect.objectContaining({ kind: `WMO${number}`, outcome: 'no-journey-event' }),
    ]);
    expect([facts, rejects]).toEqual([[], []]);
  });

  describe('rejects, with all that is wrong', () => {
    it.each<[string, string, string[]]>([
      [
        'a product without service',
        wmo301({}, { category: '05', code: '05A01' }),
        ['no-service-for-product'],
      ],
      ['a day that does not exist', wmo301({}, { firstDay: '2024-02-30' }), ['day-invalid']],
      ['a moment that is no day', wmo301({}, { moment: 'gisteren--' }), ['moment-missing']],
      [
        'several things at once',
        wmo301({}, { category: '05', firstDay: '2024-02-30', provider: '6565' }),
        ['day-invalid', 'field-form', 'no-service-for-product'],
      ],
      ['a BSN that fails the eleven-test', wmo301({ bsn: '999990018' }, {}), ['bsn-invalid']],
      ['a decision numbered with the BSN', wmo301({}, { decision: testBsn }), ['bsn-misplaced']],
      ['a change without removal', wmo305({}, { status: '2' }), ['status-not-allowed']],
      ['a stop without day', wmo307({}, { reason: '19' }), ['required']],
      ['a header without identification', wmo301({ identification: '' }, {}), ['header-invalid']],
      ['a sender that is no municipality', wmo301({ municipality: '363' }, {}), ['header-invalid']],
      ['another standard', '<Bericht xmlns="http://example.org/iwmo"/>', ['message-unknown']],
      ['a message that is not read here', otherMessage('302'), ['message-unknown']],
    ])('%s', (_, xml, codes) => {
      const { facts, rejects } = readIwmo(xml);
      expect(facts).toEqual([]);
      expect(rejects.map(({ code }) => code).sort()).toEqual(codes);
      expect(JSON.stringify(rejects)).not.toContain(testBsn);
    });

    it('keeps what is right of a message', () => {
      const { facts, rejects } = readIwmo(wmo301({}, { category: '05' }, { decision: '1002' }));
      expect(facts.map(({ where }) => where)).toEqual(['WMO301 abc123, client 1, product 2']);
      expect(rejects.map(({ where }) => where)).toEqual(['WMO301 abc123, client 1, product 1']);
    });
  });

  describe('refuses as a whole', () => {
    const secret = 'file:///etc/hostname';
    it.each<[string, string, string]>([
      [
        'an external entity',
        `<!DOCTYPE a [<!ENTITY x SYSTEM "${secret}">]>${wmo301({}, { decision: '&x;' })}`,
        'xml-doctype',
      ],
      [
        'an entity bomb',
        `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>`,
        'xml-doctype',
      ],
      ['a document type in other letters', `<!doctype a><a/>`, 'xml-doctype'],
      ['an external document type', `<!DOCTYPE a SYSTEM "${secret}"><a/>`, 'xml-doctype'],
      ['what is no XML', 'Bsn;999990019', 'xml-invalid'],
      ['an element that is not closed', '<a><b></a>', 'xml-invalid'],
      ['two roots', '<a/><b/>', 'xml-invalid'],
      ['endless nesting', `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`, 'xml-invalid'],
      ['an empty file', '', 'xml-invalid'],
    ])('%s', (_, xml, code) => {
      const { messages, facts, rejects } = readIwmo(xml);
      expect([messages, facts]).toEqual([[], []]);
      expect(rejects).toEqual([{ where: 'file', code, detail: expect.stringMatching(/\.$/) }]);
      expect(JSON.stringify(rejects)).not.toContain(testBsn);
    });

    it('a file of more than 25 MB', () => {
      expect(readIwmo(`<a>${' '.repeat(26_214_400)}</a>`).rejects[0]!.code).toBe('file-too-large');
    });
  });

  it('leaves an entity that nobody declared as it was written', () => {
    const { facts } = readIwmo(wmo301({}, { decision: '10&x;' }));
    expect(facts.map(({ data }) => data.decisionId)).toEqual(['10&x;/02A01']);
  });
});

describe('a municipality’s own mapping', () => {
  const csv = 'code,from,until,service\n05,,,guidance\n02A01,2024-01-01,2024-06-30,day-activities\n';

  it.each([
    [{ category: '05', code: '05A01' }, 'guidance'],
    [{ firstDay: '2024-03-01' }, 'day-activities'],
    [{ firstDay: '2024-06-30' }, 'day-activities'],
    [{ firstDay: '2024-07-01' }, 'guidance'],
    [{ code: '02A02' }, 'guidance'],
  ])('gives %j the service %s', (part, service) => {
    const { mapping, problems } = readProductMapping(csv);
    expect(problems).toEqual([]);
    expect(readIwmo(wmo301({}, part), { mapping }).facts[0]!.data).toMatchObject({ services: [service] });
  });

  it('goes before one for all, and holds for its municipality only', () => {
    const mapping = [
      { code: '05', service: 'guidance' as const },
      { code: '05', service: 'day-activities' as const, municipality: '0363' },
    ];
    const serviceIn = (municipality: string): unknown =>
      readIwmo(wmo301({ municipality }, { category: '05', code: '05A01' }), { mapping }).facts[0]!.data;
    expect(serviceIn('0363')).toMatchObject({ services: ['day-activities'] });
    expect(serviceIn('0384')).toMatchObject({ services: ['guidance'] });
  });

  it('may be separated by semicolons and end lines as Windows does', () => {
    expect(readProductMapping('\uFEFFcode;from;until;service\r\n05;;;guidance\r\n').mapping).toEqual([
      { code: '05', service: 'guidance' },
    ]);
  });

  it('names every line that is wrong', () => {
    const { problems } = readProductMapping(
      'product,service\n,,,guidance\n05,2024-02-30,,guidance\n05,,,aftercare\n',
    );
    expect(problems.map((problem) => problem.slice(0, 7))).toEqual([
      'Line 1:',
      'Line 2:',
      'Line 3:',
      'Line 4:',
    ]);
  });
});
