import { describe, expect, it } from '@jest/globals';
import { LogClosed, START } from '../event-log.js';
import type { LogSource } from './log-source.js';
import { everything, idsOf, sampleAppend } from './sample-events.js';

export function describeClosing({ open, reopen }: LogSource): void {
  describe('closing', () => {
    it('finishes every append that was taken, and keeps what it answered', async () => {
      const log = await open();
      const streams = Array.from({ length: 300 }, (_, index) => `journey-${index}`);
      const taken = streams.map((stream) =>
        log.append(sampleAppend(stream, 'no-stream', `event of ${stream}`)),
      );
      const closed = log.close();
      const outcomes = await Promise.allSettled(taken);
      await closed;
      const acknowledged = streams.filter((_, index) => outcomes[index]!.status === 'fulfilled');
      expect(acknowledged).toEqual(streams);
      const stored = await everything(await reopen());
      expect(new Set(stored.map(({ stream }) => stream))).toEqual(new Set(acknowledged));
    });

    it('refuses everything afterwards, and may be asked twice', async () => {
      const log = await open();
      await log.append(sampleAppend('journey-one', 'no-stream', 'a'));
      await Promise.all([log.close(), log.close()]);
      await log.close();
      await expect(log.append(sampleAppend('journey-one', 0, 'b'))).rejects.toThrow(LogClosed);
      await expect(log.readAll(START, 1)).rejects.toThrow(LogClosed);
      await expect(log.readStream('journey-one')).rejects.toThrow(LogClosed);
      await expect(log.streamsOf('journey')).rejects.toThrow(LogClosed);
      await expect(log.readStreams('journey', null, 1)).rejects.toThrow(LogClosed);
      await expect(log.head()).rejects.toThrow(LogClosed);
      await expect(log.positionAt(0)).rejects.toThrow(LogClosed);
      expect(idsOf(await everything(await reopen()))).toEqual(['a']);
    });

    it('lets the next opening go on where this one stopped', async () => {
      const log = await open();
      await log.append(sampleAppend('journey-one', 'no-stream', 'a', 'b'));
      const head = await log.head();
      await log.close();
      const again = await reopen();
      expect(await again.head()).toEqual(head);
      expect(await again.append(sampleAppend('journey-one', 'no-stream', 'a'))).toMatchObject({
        status: 'known',
      });
      expect(await again.append(sampleAppend('journey-one', 1, 'c'))).toMatchObject({
        status: 'appended',
        revision: 2,
      });
    });
  });
}
