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
        const names = indexOf(events.slice(0, kept)).streamsInOrder;
        restored.restore(names, [index.bytes(0, kept >> 1), index.bytes(kept >> 1, kept)]);
        for (const event of events.slice(kept)) restored.add(event);
        expect(restored.bytes(0, restored.length)).toEqual(index.bytes(0, index.length));
        expect(restored.of('journey-1')).toEqual(index.of('journey-1'));
        expect(restored.names.of('journey')).toEqual(index.names.of('journey'));
      }),
    );
  });

  it('gives the same answers when all but its end was set aside', () => {
    const [index, here] = [new LogIndex(), new LogIndex()];
    let readBack = 0;
    for (let ordinal = 0; ordinal < 10_000; ordinal++) {
      const stream = `journey-${ordinal % 7}`;
      const event = { revision: Math.floor(ordinal / 7), moment: ordinal, contentHash: EMPTY_LOG_DIGEST };
      for (const one of [index, here]) one.add({ ...event, stream, position: BigInt(ordinal * 7) });
      if (ordinal % 3_000 !== 0) continue;
      index.setAside(ordinal, (from, until) => {
        readBack++;
        return here.bytes(from, until);
      });
    }
    expect(index.of('journey-3')).toEqual(here.of('journey-3'));
    expect(readBack).toBe(7); // 9,000 events are 8 chunks of 1,024, of which the last stays
    expect(index.upTo(7_777n)).toBe(1_112);
    expect(index.recordedBy(4_321)).toBe(4_322);
    expect(index.head()).toEqual(here.head());
    expect(readBack).toBe(7);
  });

  it('refuses an event that is not the next of its stream', () => {
    const index = new LogIndex();
    const event = { stream: 'journey-a', position: 9n, moment: 1, contentHash: EMPTY_LOG_DIGEST };
    expect(() => index.add({ ...event, revision: 1 })).toThrow(LogGap);
    expect(() => index.add({ ...event, revision: 1 })).toThrow(/Event 0 of stream journey-a is missing/);
  });
});
