import { sampleEvent } from '../contract/sample-events.js';
import { writeDown } from '../written-append.js';
import { envelopeOf, toWire, wireId, wireSize } from './wire-event.js';

const written = writeDown({
  stream: 'journey-a',
  expectedRevision: 'any',
  events: [{ ...sampleEvent('a'), metadata: { correlationId: 'c', causationId: 'd', source: 's' } }],
}).events[0]!;

describe('an event on the wire', () => {
  it('has the same id whenever it is the same, and another in another stream', () => {
    // Fixed for ever: another id would make every stored event new to its senders.
    expect(wireId('journey-a', 'a')).toBe('daed8ffe-a187-5220-a902-5d0e343edd90');
    const ids = [
      wireId('journey-a', 'a'),
      wireId('journey-a', 'b'),
      wireId('journey-', 'aa'),
      wireId('journey-aa', ''),
    ];
    expect(new Set(ids).size).toBe(4);
  });

  it("carries the port's envelope, and what belongs together under the server's own keys", () => {
    const wire = toWire('journey-a', written, 5_000, 'name');
    expect(wire.metadata).toMatchObject({ $correlationId: 'c', $causationId: 'd', id: 'a', moment: 5_000 });
    expect(envelopeOf(JSON.parse(JSON.stringify(wire.metadata)))).toEqual(wire.metadata);
    expect(wireSize(wire)).toBe(
      JSON.stringify(wire.data).length + JSON.stringify(wire.metadata).length + 2 * wire.type.length,
    );
  });

  it('is not ours without a whole envelope', () => {
    const { metadata } = toWire('journey-a', written, 5_000, 'name');
    for (const key of ['id', 'contentHash', 'moment', 'append']) {
      expect(envelopeOf({ ...metadata, [key]: undefined })).toBeUndefined();
    }
    for (const other of [undefined, null, {}, 'text', new Uint8Array(3)])
      expect(envelopeOf(other)).toBeUndefined();
  });
});
