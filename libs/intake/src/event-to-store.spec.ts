import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';
import { createHmac } from 'node:crypto';
import { journeyEventOf } from '@domeinbrug/journey';
import fc from 'fast-check';
import type { AcceptedEvent, IdentifiedEvent } from './accepted-event.js';
import { eventOf, eventWith, goodEvent, testBsn } from './envelope.fixture.js';
import { contentHashOf, storedIdOf, toNewEvent } from './event-to-store.js';
import { clientIdOf } from './pseudonym.js';
import { readEnvelope } from './read-envelope.js';

const key = Buffer.alloc(32, 7);

function identified(json: unknown): IdentifiedEvent {
  const event = readEnvelope(json) as AcceptedEvent;
  if (!('bsn' in event)) return event;
  const { bsn, ...rest } = event;
  return { ...rest, clientId: clientIdOf(bsn, key) };
}

describe('the pseudonym', () => {
  it('is base32 of 16 bytes of the keyed hash', () => {
    const hex = createHmac('sha256', key).update(testBsn).digest('hex').slice(0, 32);
    const bits = [...hex].map((digit) => parseInt(digit, 16).toString(2).padStart(4, '0')).join('');
    const expected = bits
      .match(/.{1,5}/g)!
      .map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[parseInt(five.padEnd(5, '0'), 2)]);
    expect(clientIdOf(testBsn, key)).toBe(expected.join(''));
    expect(clientIdOf(testBsn, key)).toMatch(/^[A-Z2-7]{26}$/);
  });

  it('differs by client and by key', () => {
    const ids = [
      clientIdOf(testBsn, key),
      clientIdOf('999990020', key),
      clientIdOf(testBsn, Buffer.alloc(32, 8)),
    ];
    expect(new Set(ids).size).toBe(3);
  });
});

describe('contentHashOf', () => {
  const hash = contentHashOf(identified(goodEvent));

  it('is the SHA-256 of the RFC 8785 form of what counts', () => {
    const { id, source, data, clientId } = identified(
      eventWith({ id: 'é "\\ 1', time: '2024-03-05T08:12:00.5+01:00' }),
    );
    const content = {
      type: goodEvent.type,
      source,
      id,
      time: '2024-03-05T07:12:00.500Z',
      data: { ...data, clientId },
    };
    const expected = createHash('sha256').update(canonicalize(content)!).digest('hex');
    const sent = eventWith({ id, time: '2024-03-05T08:12:00.5+01:00' });
    expect(contentHashOf(identified(sent))).toBe(expected);
  });

  it('is that of the same content in another form', () => {
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    for (const same of [
      eventWith({ time: '2024-03-05T07:12:00.000Z' }),
      eventWith({ subject: 'x', sequence: '3', datacontenttype: 'application/json' }),
      eventWith({ dataschema: 'https://domeinbrug.example/x' }),
      eventWith({ data: { ...goodEvent.data, crisis: null } }),
    ]) {
      expect(contentHashOf(identified(same))).toBe(hash);
    }
  });

  it.each([
    eventWith({ id: 'a-2' }),
    eventWith({ source: 'urn:nld:agb:65656055:systeem:planning' }),
    eventWith({ time: '2024-03-05T08:12:01+01:00' }),
    eventWith({ data: { ...goodEvent.data, clientId: 'CLIENT0002' } }),
    eventWith({ data: { ...goodEvent.data, firstDay: '2024-03-05' } }),
    eventWith({ data: { ...goodEvent.data, crisis: false } }),
  ])('differs for other content: %#', (other) => expect(contentHashOf(identified(other))).not.toBe(hash));

  it('is the same for a BSN and for its pseudonym', () => {
    const byBsn = eventWith({ data: { ...goodEvent.data, clientId: undefined, bsn: testBsn } });
    const byId = eventWith({ data: { ...goodEvent.data, clientId: clientIdOf(testBsn, key) } });
    expect(contentHashOf(identified(byBsn))).toBe(contentHashOf(identified(byId)));
  });

  it('does not depend on the order of keys', () => {
    const keys = Object.keys(goodEvent) as (keyof typeof goodEvent)[];
    const fields = Object.keys(goodEvent.data) as (keyof typeof goodEvent.data)[];
    const orders = fc.tuple(
      fc.shuffledSubarray(keys, { minLength: keys.length }),
      fc.shuffledSubarray(fields, { minLength: fields.length }),
    );
    fc.assert(
      fc.property(orders, ([attributes, names]) => {
        const data = Object.fromEntries(names.map((name) => [name, goodEvent.data[name]]));
        const event = Object.fromEntries(
          attributes.map((name) => [name, name === 'data' ? data : goodEvent[name]]),
        );
        expect(contentHashOf(identified(event))).toBe(hash);
      }),
      { seed: 8785 },
    );
  });
});

describe('toNewEvent', () => {
  const registered = eventOf('client-registered', {
    firstDay: '2024-01-01',
    municipality: '0363',
    birthYear: 1940,
    reference: 'dossier-7',
  });

  it('keeps the envelope, with personal fields apart and who the client is only in the stream', () => {
    const event = identified({ ...registered, sequence: '5', subject: 'CLIENT0001' });
    expect(toNewEvent(event, { organisation: 'provider:65656055', correlationId: 'c1' })).toEqual({
      id: storedIdOf(event),
      type: 'client-registered',
      contentHash: contentHashOf(event),
      content: {
        specversion: '1.0',
        id: 'a-1',
        source: goodEvent.source,
        type: 'nl.domeinbrug.client-registered.v1',
        time: goodEvent.time,
        datacontenttype: 'application/json',
        sequence: '5',
        subject: 'CLIENT0001',
        data: { firstDay: '2024-01-01', municipality: '0363' },
      },
      personal: { birthYear: 1940, reference: 'dossier-7' },
      metadata: { organisation: 'provider:65656055', correlationId: 'c1' },
    });
  });

  it('can be read back as a journey event', () => {
    const event = identified(registered);
    const { type, content, personal } = toNewEvent(event, { organisation: 'x' });
    expect(journeyEventOf({ type, content, personal, recordedAt: 9 })).toEqual({
      source: event.source,
      id: event.id,
      type: 'client-registered',
      recordedAt: 9,
      data: event.data,
    });
  });

  it('gives one id per stream, source and event id', () => {
    const id = storedIdOf(identified(goodEvent));
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/);
    expect(storedIdOf(identified(eventWith({ time: '2025-01-01T00:00:00Z' })))).toBe(id);
    for (const other of [
      { ...goodEvent, id: 'a-2' },
      { ...goodEvent, source: 'urn:nld:agb:65656055:systeem:planning' },
      { ...goodEvent, data: { ...goodEvent.data, clientId: 'CLIENT0002' } },
    ]) {
      expect(storedIdOf(identified(other))).not.toBe(id);
    }
  });
});
