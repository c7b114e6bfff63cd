import { describe, expect, it } from '@jest/globals';
import { START } from '../event-log.js';
import type { EventLog } from '../event-log.js';
import { EMPTY_LOG_DIGEST, nextDigest } from '../log-digest.js';
import type { LogSource, OpenLog } from './log-source.js';
import { everything, placesOf, sampleAppend } from './sample-events.js';

export function describeMoments({ open, reopen }: LogSource): void {
  describe('moments of recording', () => {
    describeClock(open, reopen);
    describeHistory(open);
  });
  describe('the digest', () => describeDigest(open, reopen));
}

function describeClock(open: OpenLog, reopen: LogSource['reopen']): void {
  it('follow the clock and never go back, also when the clock does', async () => {
    const readings = [5_000, 7_000, 6_999, 1_000, 7_001];
    const log = await open(() => readings.shift()!);
    await appendOneByOne(log, 'a', 'b', 'c', 'd', 'e');
    expect(await momentsOf(log)).toEqual([5_000, 7_000, 7_000, 7_000, 7_001]);
  });

  it('do not go back after the log was closed and opened again', async () => {
    const readings = [9_000, 2_000];
    const log = await open(() => readings.shift()!);
    await log.append(sampleAppend('journey-a', 'no-stream', 'a'));
    await log.close();
    const again = await reopen();
    await again.append(sampleAppend('journey-b', 'no-stream', 'b'));
    expect(await momentsOf(again)).toEqual([9_000, 9_000]);
  });

  it('are the real time without a clock of our own', async () => {
    const before = Date.now();
    const log = await open();
    const { recordedAt } = placesOf(await log.append(sampleAppend('journey-a', 'no-stream', 'a')));
    expect(recordedAt[0]).toBeGreaterThanOrEqual(before);
    expect(recordedAt[0]).toBeLessThanOrEqual(Date.now());
  });
}

function describeHistory(open: OpenLog): void {
  it('can be given for a history, and the clock goes on from there', async () => {
    const log = await open(() => 250);
    const history = {
      ...sampleAppend('journey-a', 'no-stream', 'a', 'b', 'c'),
      recordedAt: [100, 100, 300],
    };
    expect(placesOf(await log.append(history)).recordedAt).toEqual([100, 100, 300]);
    await log.append(sampleAppend('journey-b', 'no-stream', 'd'));
    expect(await momentsOf(log)).toEqual([100, 100, 300, 300]);
  });

  it('are refused when given before the last of the log, or decreasing', async () => {
    const log = await open(() => 500);
    await log.append(sampleAppend('journey-a', 'no-stream', 'a'));
    const history = sampleAppend('journey-b', 'no-stream', 'b', 'c');
    for (const recordedAt of [
      [499, 600],
      [700, 600],
      [600, 100],
    ]) {
      expect(await log.append({ ...history, recordedAt })).toEqual({
        status: 'too-late',
        lastRecordedAt: 500,
      });
    }
    expect(await momentsOf(log)).toEqual([500]);
    expect(await log.append({ ...history, recordedAt: [500, 500] })).toMatchObject({ status: 'appended' });
  });

  it('of events already known do not count when a history is sent again in other groups', async () => {
    const log = await open();
    await log.append({ ...sampleAppend('journey-a', 'no-stream', 'a', 'b'), recordedAt: [100, 200] });
    const regrouped = { ...sampleAppend('journey-a', 1, 'a', 'b', 'c'), recordedAt: [100, 200, 300] };
    expect(placesOf(await log.append(regrouped)).recordedAt).toEqual([100, 200, 300]);
    expect(await momentsOf(log)).toEqual([100, 200, 300]);
  });

  it('name exactly one position each', async () => {
    const log = await open();
    const moments = [100, 100, 200, 300, 300, 300, 400];
    const ids = moments.map((_, index) => `event ${index}`);
    const history = { ...sampleAppend('journey-a', 'no-stream', ...ids), recordedAt: moments };
    const { positions } = placesOf(await log.append(history));
    for (const moment of [0, 99, 100, 101, 199, 200, 299, 300, 301, 400, 9_999]) {
      const last = moments.findLastIndex((recorded) => recorded <= moment);
      expect([moment, await log.positionAt(moment)]).toEqual([moment, positions[last] ?? START]);
    }
  });
}

function describeDigest(open: OpenLog, reopen: LogSource['reopen']): void {
  it('is a chain over the content hashes, also across appends and openings', async () => {
    const log = await open();
    await appendOneByOne(log, 'a', 'b');
    await log.append(sampleAppend('journey-many', 'no-stream', 'c', 'd', 'e'));
    await log.append(sampleAppend('journey-many', 'no-stream', 'f'));
    await log.close();
    const again = await reopen();
    await appendOneByOne(again, 'g');
    const events = await everything(again);
    let digest = EMPTY_LOG_DIGEST;
    for (const event of events) {
      digest = nextDigest(digest, event.contentHash);
      expect(event.digest).toBe(digest);
    }
    expect(events).toHaveLength(6);
    expect(await again.head()).toMatchObject({ position: events.at(-1)!.position, digest });
  });
}

/** Each in a stream of its own, one after another. */
async function appendOneByOne(log: EventLog, ...ids: string[]): Promise<void> {
  for (const id of ids) await log.append(sampleAppend(`journey-${id}`, 'no-stream', id));
}

async function momentsOf(log: EventLog): Promise<number[]> {
  return (await everything(log)).map(({ recordedAt }) => recordedAt);
}
