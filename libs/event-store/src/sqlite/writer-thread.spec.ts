import { Worker } from 'node:worker_threads';
import { sampleAppend } from '../contract/sample-events.js';
import { LogBusy } from '../event-log.js';
import { writeDown } from '../written-append.js';
import { MAX_WAITING } from '../group-appends.js';
import { WriterThread, untilReady } from './writer-thread.js';

/** A thread that never answers; `body` is what it does with each `message`. */
function threadThat(body: string): Worker {
  const script = `
    const { parentPort } = require('node:worker_threads');
    parentPort.on('message', (message) => { ${body} });
    parentPort.postMessage({ kind: 'ready' });`;
  return new Worker(script, { eval: true });
}

const append = writeDown(sampleAppend('journey-one', 'no-stream', 'a'));
const last = writeDown(sampleAppend('the last', 'no-stream', 'a'));

describe('the caller of the writer thread', () => {
  it.each([
    [
      'throws',
      `if (message.some((each) => each.stream === 'the last')) throw new Error('the disk has gone');`,
      'the disk has gone',
    ],
    [
      'just ends',
      `if (message.some((each) => each.stream === 'the last')) process.exit(3);`,
      'it ended by itself',
    ],
  ])('leaves no append hanging when the thread %s', async (_how, body, cause) => {
    const worker = threadThat(body);
    await untilReady(worker);
    const failures: Error[] = [];
    const thread = new WriterThread(
      worker,
      () => {},
      (error) => failures.push(error),
    );
    const taken = await Promise.allSettled([append, append, last, append].map((each) => thread.append(each)));
    for (const outcome of taken) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { name: 'AppendFailed', outcome: 'unknown' },
      });
      expect(outcome).toMatchObject({ reason: { message: expect.stringContaining(cause) } });
    }
    expect(failures).toHaveLength(1);
    await expect(thread.append(append)).rejects.toMatchObject({
      name: 'AppendFailed',
      outcome: 'not-stored',
    });
    await thread.close();
  });

  it('rejects what waits when the thread ends at closing without having answered', async () => {
    const worker = threadThat(`if (message === 'close') parentPort.close();`);
    await untilReady(worker);
    const failures: Error[] = [];
    const thread = new WriterThread(
      worker,
      () => {},
      (error) => failures.push(error),
    );
    const taken = thread.append(append);
    await Promise.all([expect(taken).rejects.toMatchObject({ outcome: 'unknown' }), thread.close()]);
    expect(failures).toHaveLength(1);
  });

  it('takes no more appends than may wait', async () => {
    const worker = threadThat(`if (message === 'close') parentPort.close();`);
    await untilReady(worker);
    const thread = new WriterThread(
      worker,
      () => {},
      () => {},
    );
    const taken = Array.from({ length: MAX_WAITING }, () => thread.append(append));
    const settled = Promise.allSettled(taken);
    await expect(thread.append(append)).rejects.toThrow(LogBusy);
    await thread.close();
    expect((await settled).every(({ status }) => status === 'rejected')).toBe(true);
  });

  it('says so when the thread does not start', async () => {
    await expect(untilReady(new Worker(`throw new Error('no such disk')`, { eval: true }))).rejects.toThrow(
      'no such disk',
    );
    await expect(untilReady(new Worker('', { eval: true }))).rejects.toThrow(/before it was ready/);
  });
});
