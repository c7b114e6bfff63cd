import { LogBusy, LogClosed, type AppendResult } from '../event-log.js';
import type { WrittenAppend } from '../written-append.js';
import { MAX_WAITING } from '../group-appends.js';
import { AppendQueue } from './append-queue.js';

function append(stream: string, recordedAt?: number[]): WrittenAppend {
  return { stream, expectedRevision: 'any', events: [], size: 0, ...(recordedAt && { recordedAt }) };
}

/** A queue whose appends end when they are told to, in any order. */
function heldQueue(): { queue: AppendQueue; begun: string[]; end: (stream: string) => Promise<void> } {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const queue = new AppendQueue(({ stream }) => {
    begun.push(stream);
    return new Promise((resolve) => ends.set(stream, () => resolve({ status: 'conflict', ids: [] })));
  });
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    queue,
    begun,
    end: async (stream) => {
      await settle();
      ends.get(stream)!();
      await settle();
    },
  };
}

describe('the queue of appends', () => {
  it('takes those of one stream one after another, and others beside them', async () => {
    const { queue, begun, end } = heldQueue();
    for (const stream of ['a', 'a', 'b']) void queue.append(append(stream));
    await end('b');
    expect(begun).toEqual(['a', 'b']);
    await end('a');
    expect(begun).toEqual(['a', 'b', 'a']);
  });

  it('goes on after one that failed', async () => {
    const queue = new AppendQueue(({ events }) =>
      events.length === 0
        ? Promise.reject(new Error('no'))
        : Promise.resolve<AppendResult>({ status: 'conflict', ids: [] }),
    );
    const failing = queue.append(append('a'));
    const next = queue.append({ ...append('a'), events: [{} as never] });
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toMatchObject({ status: 'conflict' });
  });

  it('stores nothing of a history behind what failed, and goes on with what is given after that', async () => {
    let fails = true;
    const stored: string[] = [];
    const queue = new AppendQueue(({ stream }) => {
      if (fails) return Promise.reject(new Error('away'));
      stored.push(stream);
      return Promise.resolve<AppendResult>({ status: 'conflict', ids: [] });
    });
    const first = queue.append(append('a', [1]));
    const second = queue.append(append('b', [2]));
    const third = queue.append(append('c', [3]));
    void first.catch(() => (fails = false));
    const outcomes = await Promise.allSettled([first, second, third]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await queue.append(append('d', [4]));
    expect(stored).toEqual(['d']);
  });

  it('lets a history go alone', async () => {
    const { queue, begun, end } = heldQueue();
    void queue.append(append('a'));
    void queue.append(append('history', [1]));
    void queue.append(append('b'));
    await end('a');
    expect(begun).toEqual(['a', 'history']);
    await end('history');
    expect(begun).toEqual(['a', 'history', 'b']);
  });

  it('sends 32 at a time, and refuses what exceeds its room', async () => {
    const { queue, begun } = heldQueue();
    for (let index = 0; index < MAX_WAITING; index++) void queue.append(append(`journey-${index}`));
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toHaveLength(32);
    expect(() => queue.append(append('one too many'))).toThrow(LogBusy);
  });

  it('takes nothing more when it is drained, and does not wait for ever', async () => {
    const { queue, end } = heldQueue();
    void queue.append(append('a'));
    await queue.drain(20);
    expect(() => queue.append(append('b'))).toThrow(LogClosed);
    const drained = queue.drain(60_000);
    await end('a');
    await drained;
  });
});
