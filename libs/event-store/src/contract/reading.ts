import { describe, expect, it } from '@jest/globals';
import { START } from '../event-log.js';
import type { EventLog, LogHead, Position, RecordedEvent } from '../event-log.js';
import { EMPTY_LOG_DIGEST } from '../log-digest.js';
import type { LogSource, OpenLog } from './log-source.js';
import { everything, idsOf, placesOf, sampleAppend, sampleEvent } from './sample-events.js';

export function describeReading({ open }: LogSource): void {
  describe('reading', () => {
    describePaging(open);
    describeOwnReads(open);
    describeCategories(open);
  });
  describe('being told', () => describeTelling(open));
}

function describePaging(open: OpenLog): void {
  it('finds nothing in an empty log', async () => {
    const log = await open();
    expect(await log.head()).toEqual({ position: START, recordedAt: 0, digest: EMPTY_LOG_DIGEST });
    expect(await log.readAll(START, 10)).toEqual([]);
    expect(await log.readStream('journey-one')).toEqual([]);
    expect(await log.positionAt(Date.now())).toBe(START);
  });

  it('gives the whole log in the same order at any size of page', async () => {
    const log = await open();
    await interleave(log, 23);
    const all = await log.readAll(START, 1_000);
    expect(all).toHaveLength(23);
    for (const pageSize of [1, 2, 7, 22, 23, 24]) expect(await everything(log, pageSize)).toEqual(all);
  });

  it('goes on after any position', async () => {
    const log = await open();
    await interleave(log, 12);
    const all = await everything(log);
    for (const [index, { position }] of all.entries()) {
      expect(await everything(log, 5, position)).toEqual(all.slice(index + 1));
    }
  });

  it('tells how far whoever has read up to a position is behind', async () => {
    const log = await open();
    expect(await log.lag(START)).toEqual({ events: 0, since: null });
    await interleave(log, 12);
    const all = await everything(log);
    const places = [START, ...all.map(({ position }) => position)];
    for (const [read, position] of places.entries())
      expect(await log.lag(position)).toEqual({
        events: 12 - read,
        since: all[read]?.recordedAt ?? null,
      });
  });

  it('gives a stream as it was at a position', async () => {
    const log = await open();
    await interleave(log, 12);
    const all = await everything(log);
    for (const [index, { position }] of all.entries()) {
      const then = all.slice(0, index + 1).filter(({ stream }) => stream === 'journey-1');
      expect(await log.readStream('journey-1', position)).toEqual(then);
    }
    expect(await log.readStream('journey-1', START)).toEqual([]);
  });
}

function describeOwnReads(open: OpenLog): void {
  it('sees what was answered, at once', async () => {
    const log = await open();
    for (let revision = 0; revision < 20; revision++) {
      const append = sampleAppend(
        'journey-one',
        revision === 0 ? 'no-stream' : revision - 1,
        `event ${revision}`,
      );
      const { positions, recordedAt } = placesOf(await log.append(append));
      expect(await log.head()).toMatchObject({ position: positions[0], recordedAt: recordedAt[0] });
      expect(await log.readStream('journey-one')).toHaveLength(revision + 1);
    }
  });

  it('refuses what is no position and no size of page', async () => {
    const log = await open();
    for (const position of ['', '-1', '1.5', 'first', '01']) {
      await expect(log.readAll(position, 10)).rejects.toThrow(RangeError);
      await expect(log.lag(position)).rejects.toThrow(RangeError);
      await expect(log.readStream('journey-one', position)).rejects.toThrow(RangeError);
    }
    for (const limit of [0, -1, 1.5, Number.NaN])
      await expect(log.readAll(START, limit)).rejects.toThrow(RangeError);
  });
}

function describeCategories(open: OpenLog): void {
  it('names the streams of a category in order, and no others', async () => {
    const log = await open();
    const names = [
      'ruleset-b',
      'ruleset',
      'rulesets-a',
      'ruleset-a-b',
      'ruleset.a',
      'ruleset-B',
      'journey-a',
      'ruleset-é',
    ];
    for (const name of names) await log.append(sampleAppend(name, 'no-stream', `event of ${name}`));
    expect(await log.streamsOf('ruleset')).toEqual(['ruleset-B', 'ruleset-a-b', 'ruleset-b', 'ruleset-é']);
    expect(await log.streamsOf('journey')).toEqual(['journey-a']);
    expect(await log.streamsOf('rule')).toEqual([]);
    await log.append(sampleAppend('rule-x', 'no-stream', 'x'));
    expect(await log.streamsOf('rule')).toEqual(['rule-x']);
  });

  it('reads the streams of a category page by page, in order, as they were at a position', async () => {
    const log = await open();
    await log.append(sampleAppend('journey-c', 'no-stream', 'c1'));
    await log.append(sampleAppend('journey-a', 'no-stream', 'a1', 'a2'));
    await log.append(sampleAppend('other-b', 'no-stream', 'o1'));
    const { position } = await log.head();
    await log.append(sampleAppend('journey-c', 0, 'c2'));
    await log.append(sampleAppend('journey-b', 'no-stream', 'b1'));
    const idsBy = async (after: string | null, limit: number, upTo?: Position): Promise<unknown> =>
      (await log.readStreams('journey', after, limit, upTo)).map(({ stream, events }) => [
        stream,
        idsOf(events),
      ]);
    expect(await idsBy(null, 2)).toEqual([
      ['journey-a', ['a1', 'a2']],
      ['journey-b', ['b1']],
    ]);
    expect(await idsBy('journey-b', 2)).toEqual([['journey-c', ['c1', 'c2']]]);
    expect(await idsBy(null, 9, position)).toEqual([
      ['journey-a', ['a1', 'a2']],
      ['journey-b', []],
      ['journey-c', ['c1']],
    ]);
    expect((await log.readStreams('journey', 'journey-b', 1))[0]!.events).toEqual(
      await log.readStream('journey-c'),
    );
  });

  it('refuses what is no category', async () => {
    const log = await open();
    for (const category of ['', 'journey-', 'ruleset-a']) {
      await expect(log.streamsOf(category)).rejects.toThrow(RangeError);
    }
  });
}

function describeTelling(open: OpenLog): void {
  it('comes after the commit, with a head that can be read', async () => {
    const log = await open();
    const told: Promise<[head: LogHead, seen: RecordedEvent[]]>[] = [];
    log.subscribe((head) => told.push(log.readAll(START, 100).then((seen) => [head, seen])));
    await log.append(sampleAppend('journey-one', 'no-stream', 'a'));
    await log.append(sampleAppend('journey-one', 0, 'b'));
    expect(told).toHaveLength(2);
    for (const [head, seen] of await Promise.all(told)) {
      expect(seen.find(({ position }) => position === head.position)).toMatchObject(head);
    }
  });

  it('happens only when something was stored', async () => {
    const log = await open();
    await log.append(sampleAppend('journey-one', 'no-stream', 'a'));
    const told: LogHead[] = [];
    log.subscribe((head) => told.push(head));
    await log.append(sampleAppend('journey-one', 'no-stream', 'a'));
    await log.append(sampleAppend('journey-one', 'no-stream', 'b'));
    await log.append({ stream: 'journey-one', expectedRevision: 0, events: [sampleEvent('a', 'changed')] });
    await log.append(sampleAppend('journey-one', 0, 'c'));
    expect(told).toEqual([await log.head()]);
  });

  it('ends for the one who stops it, and only for that one', async () => {
    const log = await open();
    let calls = 0;
    const listener = (): void => void calls++;
    const stop = log.subscribe(listener);
    log.subscribe(listener);
    await log.append(sampleAppend('journey-one', 'no-stream', 'a'));
    stop();
    stop();
    await log.append(sampleAppend('journey-one', 0, 'b'));
    expect(calls).toBe(3);
  });
}

/** Events one by one over three streams in turn. */
async function interleave(log: EventLog, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const revision = Math.floor(index / 3) - 1;
    const append = sampleAppend(
      `journey-${index % 3}`,
      revision < 0 ? 'no-stream' : revision,
      `event ${index}`,
    );
    expect(await log.append(append)).toMatchObject({ status: 'appended' });
  }
}
