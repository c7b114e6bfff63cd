import { describe, expect, it } from '@jest/globals';
import type { LogSource, OpenLog } from './log-source.js';
import { everything, idsOf, placesOf, sampleAppend, sampleEvent } from './sample-events.js';

export function describeRetrying({ open }: LogSource): void {
  describe('retrying', () => {
    describeSameAgain(open);
    describePartlyKnown(open);
  });
}

function describeSameAgain(open: OpenLog): void {
  it('knows an append again, whatever revision is expected', async () => {
    const log = await open();
    const first = await log.append(sampleAppend('journey-one', 'no-stream', 'a', 'b'));
    await log.append(sampleAppend('journey-one', 1, 'c'));
    const { positions, recordedAt } = placesOf(first);
    for (const expected of ['no-stream', 0, 1, 2, 77] as const) {
      const again = await log.append(sampleAppend('journey-one', expected, 'a', 'b'));
      expect(again).toEqual({ status: 'known', revision: 2, positions, recordedAt });
    }
    expect(idsOf(await everything(log))).toEqual(['a', 'b', 'c']);
  });

  it('stores an append once when it is sent many times at once', async () => {
    const log = await open();
    const sent = Array.from({ length: 20 }, () =>
      log.append(sampleAppend('journey-one', 'no-stream', 'a', 'b')),
    );
    const results = await Promise.all(sent);
    expect(results.filter(({ status }) => status === 'appended')).toHaveLength(1);
    expect(results.filter(({ status }) => status === 'known')).toHaveLength(19);
    expect(idsOf(await everything(log))).toEqual(['a', 'b']);
  });

  it('refuses other content under a known id, and the rest of that append with it', async () => {
    const log = await open();
    await log.append(sampleAppend('journey-one', 'no-stream', 'a', 'b'));
    const events = [sampleEvent('new'), sampleEvent('b', 'changed'), sampleEvent('a', 'changed')];
    const result = await log.append({ stream: 'journey-one', expectedRevision: 1, events });
    expect(result).toEqual({ status: 'conflict', ids: ['b', 'a'] });
    expect(idsOf(await everything(log))).toEqual(['a', 'b']);
  });

  it('reports other content before a wrong revision', async () => {
    const log = await open();
    await log.append(sampleAppend('journey-one', 'no-stream', 'a'));
    const events = [sampleEvent('a', 'changed')];
    const result = await log.append({ stream: 'journey-one', expectedRevision: 40, events });
    expect(result).toEqual({ status: 'conflict', ids: ['a'] });
  });
}

function describePartlyKnown(open: OpenLog): void {
  it('stores only what is new of a batch that is partly known, and gives the places of all', async () => {
    const log = await open();
    const first = placesOf(await log.append(sampleAppend('journey-one', 'no-stream', 'a', 'b', 'c')));
    const regrouped = sampleAppend('journey-one', 2, 'x', 'b', 'y', 'c');
    const result = await log.append(regrouped);
    expect(result).toMatchObject({ status: 'appended', revision: 4 });
    const stored = await log.readStream('journey-one');
    expect(idsOf(stored)).toEqual(['a', 'b', 'c', 'x', 'y']);
    const { positions, recordedAt } = placesOf(result);
    expect(positions).toEqual([
      stored[3]!.position,
      first.positions[1],
      stored[4]!.position,
      first.positions[2],
    ]);
    expect(recordedAt[1]).toBe(first.recordedAt[1]);
    expect(await log.append(regrouped)).toMatchObject({ status: 'known', revision: 4, positions });
  });

  it('holds a partly known batch to the expected revision', async () => {
    const log = await open();
    await log.append(sampleAppend('journey-one', 'no-stream', 'a'));
    for (const expected of ['no-stream', 1] as const) {
      const result = await log.append(sampleAppend('journey-one', expected, 'a', 'b'));
      expect(result).toEqual({ status: 'wrong-revision', revision: 0 });
    }
    expect(idsOf(await everything(log))).toEqual(['a']);
  });

  it('stores an id once that occurs twice in one append', async () => {
    const log = await open();
    const result = await log.append(sampleAppend('journey-one', 'no-stream', 'a', 'b', 'a'));
    expect(result).toMatchObject({ status: 'appended', revision: 1 });
    const { positions } = placesOf(result);
    expect(positions[2]).toBe(positions[0]);
    expect(idsOf(await everything(log))).toEqual(['a', 'b']);
  });

  it('refuses an append that contradicts itself', async () => {
    const log = await open();
    const events = [sampleEvent('a'), sampleEvent('b'), sampleEvent('a', 'changed')];
    const result = await log.append({ stream: 'journey-one', expectedRevision: 'no-stream', events });
    expect(result).toEqual({ status: 'conflict', ids: ['a'] });
    expect(await everything(log)).toEqual([]);
  });
}
