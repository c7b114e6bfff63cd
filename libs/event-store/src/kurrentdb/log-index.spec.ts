import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { EMPTY_LOG_DIGEST, nextDigest } from '../log-digest.js';
import { LogGap, LogIndex, type ArrivedEvent } from './log-index.js';

const log = fc
  .array(fc.record({ stream: fc.nat(4), step: fc.integer({ min: 1, max: 99 }), moment: fc.nat(50) }))
  .map((drafts) => {
    let position = 0n;
    const revisions = new Map<number, number>();
    return drafts.map(({ stream, step, moment }): ArrivedEvent => {
      position += BigInt(step);
      const revision = revisions.get(stream) ?? 0;
      revisions.set(stream, revision + 1);
      const contentHash = createHash('sha256').update(`${position}`).digest('hex');
      return { stream: `journey-${stream}`, revision, position, moment, contentHash };
    });
  });

function indexOf(events: ArrivedEvent[]): LogIndex {
  const index = new LogIndex();
  for (const event of events) index.add(event);
  return index;
}

describe('the index of a log', () => {
  it('has for each event its position, the greatest moment so far and the digest so far', () => {
    fc.assert(
      fc.property(log, (events) => {
        const index = indexOf(events);
        let recordedAt = 0;
        let digest = EMPTY_LOG_DIGEST;
        for (const [ordinal, { position, moment, contentHash }] of events.entries()) {
          recordedAt = Math.max(recordedAt, moment);
          digest = nextDigest(digest, contentHash);
          expect(index.at(ordinal)).toEqual({ position, recordedAt, digest });
        }
        expect(index.head()).toMatchObject({ recordedAt, digest });
      }),
    );
  });

  it('finds the events of a stream, those up to a position and those recorded by a moment', () => {
    fc.assert(
      fc.property(log, fc.bigInt(0n, 500n), fc.nat(60), (events, position, moment) => {
        const index = indexOf(events);
        const all = events.map((_, ordinal) => index.at(ordinal));
        for (const stream of ['journey-0', 'journey-3', 'journey-9']) {
          expect(index.of(stream)).toEqual(all.filter((_, ordinal) => events[ordinal]!.stream === stream));
        }
        expect(index.upTo(position)).toBe(all.filter((entry) => entry.position <= position).length);
        expect(index.recordedBy(moment)).toBe(all.filter((entry) => entry.recordedAt <= moment).length);
      }),
    );
  });

  it('is the same after it was kept and restored at any event', () => {
    fc.assert(
      fc.property(log, fc.nat(), (events, cut) => {
        const index = indexOf(events);
        const kept = cut % (events.length + 1);
        const restored = new LogIndex();
        restored.restore(index.bytes(0, kept), [...indexOf(events.slice(0, kept)).streamsInOrder]);
        for (const event of events.slice(kept)) restored.add(event);
        expect(restored.bytes(0, restored.length)).toEqual(index.bytes(0, index.length));
        expect(restored.of('journey-1')).toEqual(index.of('journey-1'));
        expect(restored.names.of('journey')).toEqual(index.names.of('journey'));
      }),
    );
  });

  it('goes on beyond what it sets aside at once', () => {
    const index = new LogIndex();
    for (let revision = 0; revision < 10_000; revision++) {
      index.add({
        stream: 'journey-a',
        revision,
        position: BigInt(revision * 7),
        moment: 1,
        contentHash: EMPTY_LOG_DIGEST,
      });
    }
    expect(index.at(9_999).position).toBe(69_993n);
    expect(index.bytes(4_000, 9_000)).toHaveLength(5_000 * 56);
    expect(index.of('journey-a')).toHaveLength(10_000);
  });

  it('refuses an event that is not the next of its stream', () => {
    const index = new LogIndex();
    const event = { stream: 'journey-a', position: 9n, moment: 1, contentHash: EMPTY_LOG_DIGEST };
    expect(() => index.add({ ...event, revision: 1 })).toThrow(LogGap);
    expect(() => index.add({ ...event, revision: 1 })).toThrow(/Event 0 of stream journey-a is missing/);
  });
});
