import {
  AppendFailed,
  InvalidAppend,
  KurrentdbUrlRefused,
  appendEach,
  copyEvents,
  openKurrentdbEventLog,
} from '@domeinbrug/event-store';
import type { AppendResult, EventLog, KurrentdbEventLogOptions } from '@domeinbrug/event-store';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { KurrentdbStandIn } from '../../../../test/contract/kurrentdb-stand-in/stand-in.js';

const built = '../../../../dist/libs/event-store/src';
const { everything, idsOf, sampleAppend, sampleEvent } = jest.requireActual<
  typeof import('../contract/sample-events.js')
>(`${built}/contract/sample-events.js`);
const product = pathToFileURL(resolve(__dirname, built, 'index.js')).href;

/** Short enough to wait for in a test. */
const timing = {
  answer: 400,
  follow: 400,
  firstPause: 10,
  longestPause: 50,
  drain: 300,
  probe: 100,
  tries: 4,
};

/** For batches that a busy machine takes a while for. */
const patient = { answer: 20_000, follow: 20_000 };

let standIn: KurrentdbStandIn;
const opened: EventLog[] = [];

beforeEach(async () => {
  standIn = await KurrentdbStandIn.start();
});

afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(opened.splice(0).map((log) => log.close()));
  await standIn.stop();
});

async function open(options: Partial<KurrentdbEventLogOptions> = {}): Promise<EventLog> {
  const log = await openKurrentdbEventLog({
    url: standIn.url,
    ...options,
    timing: { ...timing, ...options.timing },
  });
  opened.push(log);
  return log;
}

const appendOne = (log: EventLog, id: string): Promise<AppendResult> =>
  log.append(sampleAppend(`journey-${id}`, 'no-stream', id));

/** Runs the built product in a process of its own, where a rejection or an error that nobody handles is the end. */
async function runProgramme(body: string): Promise<{ said: string[]; complained: string; code: number }> {
  const programme = `
    import { openKurrentdbEventLog } from '${product}';
    const log = await openKurrentdbEventLog({ url: '${standIn.url}', timing: ${JSON.stringify(timing)} });
    ${body}
    setTimeout(() => console.log('still here'), 100);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', programme]);
  const [said, complained, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number]>,
  ]);
  return { said: said.trim().split('\n'), complained, code };
}

describe('trap 1: what JSON has no text for leaves the client waiting for ever', () => {
  it('is refused before the client sees it', async () => {
    const log = await open();
    const events = [{ ...sampleEvent('a'), content: { amount: 12n } }];
    await expect(
      log.append({ stream: 'journey-a', expectedRevision: 'no-stream', events }),
    ).rejects.toBeInstanceOf(InvalidAppend);
    expect(standIn.expectations).toEqual([]);
  });

  it('is left out where JSON leaves it out', async () => {
    const log = await open();
    const events = [{ ...sampleEvent('a'), content: { kept: 1, left: undefined } }];
    await log.append({ stream: 'journey-a', expectedRevision: 'no-stream', events });
    expect((await log.readStream('journey-a'))[0]!.content).toEqual({ kept: 1 });
  });
});

describe('trap 2: an append without an answer', () => {
  it.each(['swallow', 'ignore', 'unknown'] as const)(
    'is sent again with the same ids and revision, and stored once (%s)',
    async (kind) => {
      const log = await open();
      standIn.faults.onAppend({ kind });
      expect(await appendOne(log, 'a')).toMatchObject({ status: 'appended', revision: 0, fresh: [true] });
      expect(standIn.expectations).toEqual(['no-stream', 'no-stream']);
      expect(idsOf(await everything(log))).toEqual(['a']);
    },
  );

  it('is given up as unknown, and known when it is sent again later', async () => {
    const log = await open();
    standIn.faults.onAppend(...Array.from({ length: 4 }, () => ({ kind: 'swallow' }) as const));
    const failure: unknown = await appendOne(log, 'a').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AppendFailed);
    expect(failure).toMatchObject({ outcome: 'unknown' });
    expect(await appendOne(log, 'a')).toMatchObject({ status: 'known' });
  });

  it('is found in its stream when others appended after it', async () => {
    const log = await open();
    const other = await open();
    await appendOne(log, 'a');
    standIn.faults.onAppend({ kind: 'swallow' });
    const unanswered = log.append(sampleAppend('journey-a', 0, 'b'));
    while (standIn.log.stream('journey-a')!.length < 2) await new Promise((done) => setTimeout(done, 5));
    await other.append(sampleAppend('journey-a', 'any', 'c'));
    expect(await unanswered).toMatchObject({ status: 'appended', fresh: [true] });
    expect(idsOf(await log.readStream('journey-a'))).toEqual(['a', 'b', 'c']);
  });
});

describe('a stream that this process remembers', () => {
  it('is not read again to append to it, nor to know what is sent again', async () => {
    const log = await open();
    await appendOne(log, 'a');
    await log.append(sampleAppend('journey-a', 0, 'b'));
    expect(await log.append(sampleAppend('journey-a', 'any', 'a', 'b', 'c'))).toMatchObject({ revision: 2 });
    expect(await log.append(sampleAppend('journey-a', 'any', 'b'))).toMatchObject({ status: 'known' });
    expect(standIn.streamsRead).toEqual([]);
  });

  it('is read when others may have appended to it', async () => {
    const log = await open({ onReconnect: () => (standIn.faults.mute = false) });
    await appendOne(log, 'a');
    const other = await open();
    standIn.faults.mute = true;
    const others = other.append(sampleAppend('journey-a', 0, 'b'));
    while (standIn.log.stream('journey-a')!.length < 2) await new Promise((done) => setTimeout(done, 5));
    expect(await log.append(sampleAppend('journey-a', 1, 'c'))).toMatchObject({ revision: 2 });
    expect(await others).toMatchObject({ status: 'appended' });
    expect(idsOf(await everything(log))).toEqual(['a', 'b', 'c']);
  });
});

describe('trap 3: closing while appends are stuck', () => {
  it('is bounded, and every append is told that its outcome is unknown', async () => {
    const log = await open();
    standIn.faults.onAppend(...Array.from({ length: 100 }, () => ({ kind: 'ignore' }) as const));
    const taken = ['a', 'b', 'c'].map((id) => appendOne(log, id).catch((error: unknown) => error));
    const began = Date.now();
    await log.close();
    expect(Date.now() - began).toBeLessThan(5_000);
    for (const outcome of await Promise.all(taken)) expect(outcome).toMatchObject({ outcome: 'unknown' });
  });

  it('leaves no rejection that nobody handles, which would end the process', async () => {
    standIn.faults.onAppend(...Array.from({ length: 500 }, () => ({ kind: 'ignore' }) as const));
    const outcome = await runProgramme(`
      const events = Array.from({ length: 200 }, (_, index) => ({
        id: 'event ' + index, type: 'test', content: 'x'.repeat(4_000), personal: null, metadata: {},
        contentHash: '0'.repeat(64),
      }));
      const outcomes = Promise.allSettled(Array.from({ length: 40 }, (_, index) =>
        log.append({ stream: 'journey-' + index, expectedRevision: 'no-stream', events })));
      await new Promise((resolve) => setTimeout(resolve, 150));
      await log.close();
      const unknown = (await outcomes).filter(({ reason }) => reason?.name === 'AppendFailed');
      console.log(unknown.length + ' failed');`);
    expect(outcome).toEqual({ said: ['40 failed', 'still here'], complained: '', code: 0 });
  });
});

describe('trap 4: a subscription that is lost', () => {
  it('is opened again after the last event seen, as often as it takes', async () => {
    const told: string[] = [];
    const log = await open({ onReconnect: (error) => told.push(error.message) });
    for (const id of ['a', 'b', 'c']) {
      await appendOne(log, id);
      standIn.dropSubscriptions();
    }
    await appendOne(log, 'd');
    expect(idsOf(await everything(log))).toEqual(['a', 'b', 'c', 'd']);
    expect(told).toHaveLength(3);
    expect(told[0]).toContain('dropped');
    const positions = standIn.log.events.map(({ position }) => position);
    expect(positions).toEqual(expect.arrayContaining(standIn.subscribedAfter.filter(Boolean)));
  });

  it('comes back by itself after the connection was cut, and after the server was away', async () => {
    const log = await open();
    await appendOne(log, 'a');
    standIn.proxy.cut();
    expect(await appendOne(log, 'b')).toMatchObject({ status: 'appended' });
    standIn.proxy.refuse(true);
    await expect(appendOne(log, 'c')).rejects.toBeInstanceOf(AppendFailed);
    standIn.proxy.refuse(false);
    expect(await appendOne(log, 'c')).toMatchObject({ status: 'appended' });
    expect(idsOf(await everything(log))).toEqual(['a', 'b', 'c']);
  });

  it('tells once that the server is gone, and once that it is there again', async () => {
    const told: string[] = [];
    const back = new Promise<void>((resolve) => {
      void open({
        onLost: () => told.push('gone'),
        onReconnect: () => {
          if (told.length < 3) told.push('tried');
        },
        onBack: () => resolve(void told.push('back')),
      }).then(() => {
        standIn.proxy.refuse(true);
        standIn.proxy.cut();
      });
    });
    while (told.length < 3) await new Promise((seen) => setTimeout(seen, 10));
    standIn.proxy.refuse(false);
    await back;
    expect(told).toEqual(['gone', 'tried', 'tried', 'back']);
  });

  it('does not end the process, whatever was being read', async () => {
    const log = await open({ timing: patient });
    const ids = Array.from({ length: 300 }, (_, index) => `event ${index}`);
    await log.append(sampleAppend('journey-a', 'no-stream', ...ids));
    const cutting = setInterval(() => standIn.proxy.cut(), 15);
    const outcome = await runProgramme(`
      for (let round = 0; round < 25; round++) {
        await Promise.allSettled([log.readAll('0', 1), log.readAll('0', 200), log.readStream('journey-a')]);
      }
      await log.close();
      console.log('read');`);
    clearInterval(cutting);
    expect(outcome).toEqual({ said: ['read', 'still here'], complained: '', code: 0 });
  });

  it('is noticed by the events that do not come along', async () => {
    const log = await open({ onReconnect: () => (standIn.faults.mute = false) });
    standIn.faults.mute = true;
    expect(await appendOne(log, 'a')).toMatchObject({ status: 'appended' });
  });

  it('is noticed by its silence, when nothing is appended here', async () => {
    const reasons: string[] = [];
    const log = await open({
      timing: { silence: 200 },
      onReconnect: (error) => {
        standIn.faults.mute = false;
        reasons.push(error.message);
      },
    });
    const other = await open();
    standIn.faults.mute = true;
    const heard = new Promise((hear) => log.subscribe(hear));
    void appendOne(other, 'a').catch(() => {});
    await heard;
    expect(reasons[0]).toContain('told nothing for 200 ms');
  });

  it('takes an event once that comes twice', async () => {
    standIn.faults.twice = true;
    const log = await open();
    await appendOne(log, 'a');
    await appendOne(log, 'b');
    expect((await everything(log)).map(({ id, position }) => [id, position])).toEqual(
      standIn.log.events
        .filter(({ stream }) => stream.startsWith('journey-'))
        .map(({ stream, position }) => [stream.slice('journey-'.length), String(position)]),
    );
  });

  it('tells of checkpoints, before which nothing is passed over', async () => {
    const log = await open({ timing: patient });
    for (let batch = 0; batch < 4; batch++) {
      const ids = Array.from({ length: 700 }, (_, index) => `event ${index}`);
      await log.append(sampleAppend(`journey-${batch}`, 'no-stream', ...ids));
    }
    expect(await everything(await open({ timing: patient }))).toHaveLength(2_800);
  });

  it('does not read again what a checkpoint has passed', async () => {
    for (let index = 0; index < 1_000; index++) standIn.storeForeign('elsewhere');
    const log = await open();
    standIn.dropSubscriptions();
    await appendOne(log, 'a');
    expect(standIn.subscribedAfter.at(-1)).toBeGreaterThanOrEqual(standIn.log.events[999]!.position);
  });
});

describe('trap 5: a client that does not throw reports wrong revisions', () => {
  it('is not opened', async () => {
    const url = `${standIn.url}&throwOnAppendFailure=false`;
    await expect(openKurrentdbEventLog({ url })).rejects.toBeInstanceOf(KurrentdbUrlRefused);
  });
});

describe('trap 6: batch appends compare the clocks of two machines', () => {
  it('does not use them, so a clock that is behind does no harm', async () => {
    const log = await open();
    const now = Date.now;
    jest.spyOn(Date, 'now').mockImplementation(() => now() - 3_600_000);
    expect(await appendOne(log, 'a')).toMatchObject({ status: 'appended' });
    expect(standIn.batchAppends).toBe(0);
  });
});

describe('trap 7: a server that cannot just now', () => {
  it.each(['not-ready', 'not-leader'] as const)('is asked again (%s)', async (kind) => {
    const log = await open();
    standIn.faults.onAppend({ kind });
    expect(await appendOne(log, 'a')).toMatchObject({ status: 'appended', fresh: [true] });
    expect(await appendOne(log, 'b')).toMatchObject({ status: 'appended' });
    expect(idsOf(await everything(log))).toEqual(['a', 'b']);
  });

  it('is waited for at opening', async () => {
    standIn.proxy.refuse(true);
    const opening = open();
    await new Promise((done) => setTimeout(done, 200));
    standIn.proxy.refuse(false);
    expect(await appendOne(await opening, 'a')).toMatchObject({ status: 'appended' });
  });

  it('is not waited for longer than was said', async () => {
    standIn.proxy.refuse(true);
    await expect(open({ timing: { open: 200 } })).rejects.toThrow(
      /Nothing was read .* for 200 ms: .*UNAVAILABLE/,
    );
  });
});

describe('trap 8: reading the whole log has no filter', () => {
  it('gives only our streams, wherever the others lie', async () => {
    const log = await open();
    for (const id of ['a', 'b', 'c']) {
      for (let index = 0; index < 20; index++) standIn.storeForeign('elsewhere');
      await appendOne(log, id);
    }
    expect(idsOf(await everything(log, 2))).toEqual(['a', 'b', 'c']);
  });

  it('opens on a server that does not say that the end was reached', async () => {
    const first = await open();
    await appendOne(first, 'a');
    standIn.faults.tellsCaughtUp = false;
    standIn.storeForeign('elsewhere');
    expect(idsOf(await everything(await open()))).toEqual(['a']);
  });
});

describe('two processes on one log', () => {
  it('derive the same positions, moments and digests', async () => {
    const one = await open({ clock: () => 5_000 });
    const other = await open({ clock: () => 3_000 });
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) await appendOne(id < 'd' ? one : other, id);
    const both = Array.from({ length: 20 }, (_, index) => appendOne(index % 2 ? one : other, `x${index}`));
    await Promise.all(both);
    const later = await everything(await open());
    expect(later).toHaveLength(26);
    expect(await everything(one)).toEqual(later);
    expect(await everything(other)).toEqual(later);
    expect(new Set(later.map(({ recordedAt }) => recordedAt))).toEqual(new Set([5_000]));
  });

  it('store an event once that both send, and one of them knows that it was the other', async () => {
    const [one, other] = [await open(), await open()];
    standIn.faults.onAppend({ kind: 'delay', milliseconds: 100 });
    const results = await Promise.all([appendOne(one, 'a'), appendOne(other, 'a')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['appended', 'known']);
    expect(await everything(one)).toHaveLength(1);
  });

  it('are not told that other content under the same id was stored', async () => {
    const [one, other] = [await open(), await open()];
    const changed = { ...sampleAppend('journey-a', 'no-stream'), events: [sampleEvent('a', 'changed')] };
    standIn.faults.onAppend({ kind: 'delay', milliseconds: 100 });
    const results = await Promise.all([appendOne(one, 'a'), other.append(changed)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['appended', 'conflict']);
  });
});

describe('what only this log refuses', () => {
  it('is an append larger than the server takes, of which nothing is stored', async () => {
    const log = await open();
    const events = Array.from({ length: 3 }, (_, index) =>
      sampleEvent(`event ${index}`, 'x'.repeat(400_000)),
    );
    const large = { stream: 'journey-a', expectedRevision: 'no-stream', events } as const;
    await expect(log.append(large)).rejects.toThrow(/at most 1048576 at once/);
    const trusting = await open({ maxAppendBytes: 10_000_000 });
    await expect(trusting.append(large)).rejects.toBeInstanceOf(InvalidAppend);
    expect(await everything(log)).toEqual([]);
  });

  it('is not a batch of one client: that is cut, and so is what is copied from elsewhere', async () => {
    const log = await open();
    const events = Array.from({ length: 700 }, (_, index) =>
      sampleEvent(`event ${index}`, 'x'.repeat(1_500)),
    );
    const outcomes = await appendEach(log, { stream: 'journey-a', events });
    expect(outcomes.every(({ status }) => status === 'recorded')).toBe(true);
    expect(idsOf(await everything(log))).toEqual(events.map(({ id }) => id));

    const copy = await KurrentdbStandIn.start();
    const to = await openKurrentdbEventLog({ url: copy.url });
    for await (const page of copyEvents(log, to)) expect(page).toEqual({ events: 700, share: 1 });
    expect((await to.head()).digest).toBe((await log.head()).digest);
    await to.close();
    await copy.stop();
  });

  it('is a stream that it does not follow', async () => {
    const log = await open();
    await expect(log.append(sampleAppend('elsewhere', 'no-stream', 'a'))).rejects.toThrow(/must begin with/);
  });

  it('is everything, once somebody else wrote into its streams', async () => {
    const failures: Error[] = [];
    const log = await open({ onFailure: (error) => failures.push(error) });
    await appendOne(log, 'a');
    standIn.storeForeign('journey-b');
    while (failures.length === 0) await new Promise((done) => setTimeout(done, 5));
    await expect(log.head()).rejects.toThrow(/not written by Domeinbrug/);
    await expect(appendOne(log, 'c')).rejects.toThrow(/not written by Domeinbrug/);
    await expect(open()).rejects.toThrow(/not written by Domeinbrug/);
  });
});

it('never appends to wherever a stream is: the server forgets what it has seen of that', async () => {
  const log = await open();
  await appendOne(log, 'a');
  await Promise.all(['b', 'c', 'd'].map((id) => log.append(sampleAppend('journey-a', 'any', id))));
  expect(standIn.expectations).toEqual(['no-stream', 0n, 1n, 2n]);
});
