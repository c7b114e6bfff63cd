import fc from 'fast-check';
import { maxBatchEvents, readDelivery, type Delivery } from './deliveries.js';
import { goodEvent } from './envelope.fixture.js';
import { readEnvelope } from './read-envelope.js';

const structured = { 'content-type': 'application/cloudevents+json' };
const batch = { 'content-type': 'application/cloudevents-batch+json' };
const plain = { 'content-type': 'application/json; charset=utf-8' };

function codesOf(read: ReturnType<typeof readDelivery>): string[] {
  return Array.isArray(read) ? read.map(({ code }) => code) : [];
}

describe('readDelivery', () => {
  it.each([
    ['structured', structured, goodEvent, { mode: 'single', envelopes: [goodEvent] }],
    ['batch', batch, [goodEvent, 7], { mode: 'batch', envelopes: [goodEvent, 7] }],
    ['plain JSON with one', plain, goodEvent, { mode: 'single', envelopes: [goodEvent] }],
    ['plain JSON with more', plain, [goodEvent], { mode: 'batch', envelopes: [goodEvent] }],
    ['structured with a list', structured, [goodEvent], { mode: 'single', envelopes: [[goodEvent]] }],
  ])('reads %s', (_, headers, body, expected) => expect(readDelivery(headers, body)).toEqual(expected));

  it.each([
    ['another media type', { 'content-type': 'text/plain' }, goodEvent, 'media-type-unsupported'],
    ['no media type', {}, goodEvent, 'media-type-unsupported'],
    ['a batch that is no list', batch, goodEvent, 'batch-invalid'],
    ['an empty batch', batch, [], 'batch-empty'],
    ['too long a batch', batch, Array.from({ length: maxBatchEvents + 1 }, () => 1), 'batch-too-long'],
    ['too large a batch', batch, ['x'.repeat(1_048_576)], 'batch-too-large'],
  ])('refuses %s', (_, headers, body, code) => expect(codesOf(readDelivery(headers, body))).toEqual([code]));

  it('measures a batch by the bytes that were sent', () => {
    expect(codesOf(readDelivery(batch, [goodEvent], 1_048_577))).toEqual(['batch-too-large']);
    expect(codesOf(readDelivery(batch, [goodEvent], 1_048_576))).toEqual([]);
  });

  describe('in binary mode', () => {
    const { data, ...attributes } = goodEvent;
    const headers = {
      ...plain,
      ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value])),
    };

    it('takes attributes from headers and data from the body', () => {
      const { mode, envelopes } = readDelivery(headers, data) as Delivery;
      expect(mode).toBe('single');
      expect(readEnvelope(envelopes[0])).toEqual(readEnvelope(goodEvent));
    });

    it('takes a body that is a list as data, not as a batch', () => {
      const { envelopes } = readDelivery(headers, [1]) as Delivery;
      expect(readEnvelope(envelopes[0])).toEqual([expect.objectContaining({ code: 'data-invalid' })]);
    });

    it.each([
      ['Caf%C3%A9', 'Café'],
      ['100%25', '100%'],
      ['"with \\"quotes\\""', 'with "quotes"'],
      ['plain', 'plain'],
    ])('decodes the header %s', (header, subject) => {
      const { envelopes } = readDelivery({ ...headers, 'ce-subject': header }, data) as Delivery;
      expect(envelopes[0]).toMatchObject({ subject });
    });

    it.each([
      ['ce-subject', '%C3'],
      ['ce-subject', '100%'],
      ['ce-data', 'x'],
    ])('refuses the header %s: %s', (name, value) => {
      expect(codesOf(readDelivery({ ...headers, [name]: value }, data))).toEqual([
        'attribute-encoding-invalid',
      ]);
    });
  });

  it('gives each event of a batch the result that it has alone', () => {
    const events = fc.array(
      fc.oneof(
        fc.constant<unknown>(goodEvent),
        fc.record({ ...Object.fromEntries(Object.keys(goodEvent).map((name) => [name, fc.jsonValue()])) }),
        fc.jsonValue(),
      ),
      { minLength: 1, maxLength: 10 },
    );
    fc.assert(
      fc.property(events, (bodies) => {
        const { envelopes } = readDelivery(batch, bodies) as Delivery;
        expect(envelopes.map(readEnvelope)).toEqual(bodies.map(readEnvelope));
      }),
      { seed: 7, numRuns: 100 },
    );
  });
});
