import { journeyEventOf, splitPersonal } from './stored-form.js';

const key = { source: 'urn:nld:agb:65656055:systeem:ecd', id: 'a1' };

describe('splitPersonal', () => {
  it.each([
    ['nothing personal', 'client-admitted', { provider: '65656055', firstDay: '2024-03-04' }, null],
    ['the sender’s own key', 'client-died', { day: '2024-03-04', reference: 'x' }, { reference: 'x' }],
    [
      'a year of birth',
      'client-registered',
      { firstDay: '2024-01-01', municipality: '0363', birthYear: 1940 },
      { birthYear: 1940 },
    ],
    [
      'a carer’s own municipality and insurer',
      'carer-registered',
      { carerId: 'c1', relationship: '12', firstDay: '2024-01-01', municipality: '0363', insurer: '3311' },
      { carerId: 'c1', relationship: '12', municipality: '0363', insurer: '3311' },
    ],
  ] as const)('sets %s apart', (_, type, data, personal) => {
    const split = splitPersonal(type, data);
    expect(split.personal).toEqual(personal);
    expect({ ...split.data, ...split.personal }).toEqual(data);
  });

  it('looks into a correction, whose municipality is personal only beside a carer', () => {
    const client = { corrects: key, data: { firstDay: '2024-01-01', municipality: '0363', birthYear: 1940 } };
    expect(splitPersonal('event-corrected', client).personal).toEqual({ data: { birthYear: 1940 } });
    const carer = { corrects: key, data: { carerId: 'c1', firstDay: '2024-01-01', municipality: '0363' } };
    expect(splitPersonal('event-corrected', carer)).toEqual({
      data: { corrects: key, data: { firstDay: '2024-01-01' } },
      personal: { data: { carerId: 'c1', municipality: '0363' } },
    });
  });

  it('leaves the data it was given as it was', () => {
    const data = { corrects: key, data: { birthYear: 1940 } };
    splitPersonal('event-corrected', data);
    expect(data).toEqual({ corrects: key, data: { birthYear: 1940 } });
  });
});

describe('journeyEventOf', () => {
  it.each([
    ['client-registered', { firstDay: '2024-01-01', municipality: '0363', birthYear: 1940, reference: 'x' }],
    [
      'event-corrected',
      { corrects: key, data: { carerId: 'c1', relationship: '12', firstDay: '2024-01-01' } },
    ],
    ['client-died', { day: '2024-03-04' }],
  ] as const)('undoes the split of %s', (type, data) => {
    const split = splitPersonal(type, data);
    const content = { ...key, specversion: '1.0', time: '2024-01-02T10:00:00Z', data: split.data };
    const expected = { ...key, type, recordedAt: 5, data };
    expect(journeyEventOf({ type, content, personal: split.personal, recordedAt: 5 })).toEqual(expected);
    const wireType = `nl.domeinbrug.${type}.v1`;
    expect(journeyEventOf({ type: wireType, content, personal: split.personal, recordedAt: 5 })).toEqual(
      expected,
    );
  });

  it('gives what is left when personal fields were erased', () => {
    const content = { ...key, data: { corrects: key, data: { firstDay: '2024-01-01' } } };
    const event = journeyEventOf({ type: 'event-corrected', content, personal: null, recordedAt: 5 });
    expect(event.data).toEqual({ corrects: key, data: { firstDay: '2024-01-01' } });
  });

  it('refuses what is no journey event', () => {
    expect(() =>
      journeyEventOf({ type: 'client-erased', content: {}, personal: null, recordedAt: 5 }),
    ).toThrow('no journey event');
  });
});
