import { describe, expect, it } from '@jest/globals';
import { InvalidAppend, comparePositions } from '../event-log.js';
import type { AppendResult, EventLog } from '../event-log.js';
import type { LogSource, OpenLog } from './log-source.js';
import { everything, idsOf, placesOf, sampleAppend, sampleEvent } from './sample-events.js';

export function describeAppending({ open }: LogSource): void {
  describe('appending', () => {
    describeOrder(open);
    describeNamesAndSizes(open);
    describeRefusals(open);
  });
}

function describeOrder(open: OpenLog): void {
  it('stores events in order, with all that was given', async () => {
    const log = await open();
    const events = [
      {
        ...sampleEvent('a', { text: 'één "twee" \\ 🧶\n', list: [1, 2.5, null, true], nothing: {} }),
        personal: null,
      },
      { ...sampleEvent('b', null), personal: { bsnSuffix: '☂' }, type: 'test.other.v2' },
      { ...sampleEvent('c', 'only text'), metadata: [] },
    ];
    const result = await log.append({ stream: 'journey-one', expectedRevision: 'no-stream', events });
    expect(result).toMatchObject({ status: 'appended', revision: 2 });
    const { positions, recordedAt } = placesOf(result);
    expect(await log.readStream('journey-one')).toMatchObject(
      events.map((event, index) => ({
        ...event,
        stream: 'journey-one',
        revision: index,
        position: positions[index],
        recordedAt: recordedAt[index],
      })),
    );
    expectRising(positions);
  });

  it('takes the exact revision of the last event and nothing else', async () => {
    const log = await open();
    const expecting = (revision: number | 'no-stream', id: string): Promise<AppendResult> =>
      log.append(sampleAppend('journey-one', revision, id));
    expect(await expecting(0, 'a')).toEqual({ status: 'wrong-revision', revision: 'no-stream' });
    expect(await expecting('no-stream', 'a')).toMatchObject({ status: 'appended', revision: 0 });
    expect(await expecting('no-stream', 'b')).toEqual({ status: 'wrong-revision', revision: 0 });
    expect(await expecting(1, 'b')).toEqual({ status: 'wrong-revision', revision: 0 });
    expect(await expecting(0, 'b')).toMatchObject({ status: 'appended', revision: 1 });
    expect(await expecting(0, 'c')).toEqual({ status: 'wrong-revision', revision: 1 });
    expect(idsOf(await everything(log))).toEqual(['a', 'b']);
  });

  it('takes any revision when told so, and then ids alone decide', async () => {
    const log = await open();
    const anywhere = (...ids: string[]): Promise<AppendResult> =>
      log.append(sampleAppend('journey-one', 'any', ...ids));
    const first = await anywhere('a');
    expect(first).toMatchObject({ status: 'appended', revision: 0, fresh: [true] });
    expect(await anywhere('b', 'a', 'c')).toMatchObject({
      status: 'appended',
      revision: 2,
      positions: [expect.any(String), placesOf(first).positions[0], expect.any(String)],
      fresh: [true, false, true],
    });
    expect(await anywhere('c', 'a')).toMatchObject({ status: 'known', revision: 2 });
    const changed = {
      ...sampleAppend('journey-one', 'any'),
      events: [sampleEvent('d'), sampleEvent('a', 'changed')],
    };
    expect(await log.append(changed)).toEqual({ status: 'conflict', ids: ['a'] });
    expect(idsOf(await everything(log))).toEqual(['a', 'b', 'c']);
  });

  it('keeps streams apart, also when they share ids', async () => {
    const log = await open();
    await log.append(sampleAppend('journey-one', 'no-stream', 'a', 'b'));
    await log.append(sampleAppend('journey-two', 'no-stream', 'b'));
    await log.append(sampleAppend('journey-one', 1, 'c'));
    expect(idsOf(await log.readStream('journey-one'))).toEqual(['a', 'b', 'c']);
    expect((await log.readStream('journey-two')).map(({ id, revision }) => [id, revision])).toEqual([
      ['b', 0],
    ]);
    expect(idsOf(await everything(log))).toEqual(['a', 'b', 'b', 'c']);
  });
}

function describeNamesAndSizes(open: OpenLog): void {
  it('tells apart names that only look alike', async () => {
    const log = await open();
    const names = [
      'x',
      'X',
      'x ',
      ' x',
      'é',
      'e\u0301',
      "o'x",
      'x"y',
      '%',
      '_',
      '💶',
      'ｘ',
      'a\tb',
      'x'.repeat(1_000),
    ];
    for (const stream of names) {
      expect(await log.append(sampleAppend(stream, 'no-stream', ...names))).toMatchObject({
        status: 'appended',
      });
    }
    for (const stream of names) {
      const events = await log.readStream(stream);
      expect(idsOf(events)).toEqual(names);
      expect(events.every((event) => event.stream === stream)).toBe(true);
    }
  });

  it('stores a large batch whole and in order', async () => {
    const log = await open();
    const ids = Array.from({ length: 1000 }, (_, index) => `event ${index}`);
    const events = ids.map((id) => sampleEvent(id, { filler: 'x'.repeat(500) }));
    const result = await log.append({ stream: 'journey-large', expectedRevision: 'no-stream', events });
    expect(result).toMatchObject({ status: 'appended', revision: 999 });
    expectRising(placesOf(result).positions);
    expect(idsOf(await log.readStream('journey-large'))).toEqual(ids);
  });
}

function describeRefusals(open: OpenLog): void {
  it('lets exactly one of many appenders win each revision', async () => {
    const log = await open();
    const lost = await Promise.all(
      Array.from({ length: 8 }, (_, number) => appendTen(log, `writer ${number}`)),
    );
    const events = await log.readStream('journey-busy');
    expect(events.map(({ revision }) => revision)).toEqual(Array.from({ length: 80 }, (_, index) => index));
    expect(new Set(idsOf(events)).size).toBe(80);
    expect(Math.max(...lost)).toBeGreaterThan(0);
  });

  it('refuses a malformed append with all that is wrong, and stores nothing', async () => {
    const log = await open();
    const malformed = {
      stream: 'half \ud83d',
      expectedRevision: -1,
      events: [
        { ...sampleEvent(''), contentHash: 'ABC' },
        { ...sampleEvent('b'), content: { amount: 12n }, metadata: undefined, type: 'a\0b' },
        sampleEvent('é'.repeat(501)),
      ],
      recordedAt: [1.5],
    };
    const refusal: unknown = await log.append(malformed).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(InvalidAppend);
    expect((refusal as InvalidAppend).problems).toHaveLength(10);
    await expect(log.append(sampleAppend('journey-one', 'no-stream'))).rejects.toThrow(/at least one/);
    expect(await everything(log)).toEqual([]);
  });
}

/** Appends ten events one by one, reading the stream again whenever another was first; returns how often that was. */
async function appendTen(log: EventLog, writer: string): Promise<number> {
  let lost = 0;
  let expected: number | 'no-stream' = 'no-stream';
  for (let number = 0; number < 10;) {
    const result: AppendResult = await log.append(
      sampleAppend('journey-busy', expected, `${writer}, ${number}`),
    );
    if (result.status === 'appended') number++;
    else lost++;
    expected = 'revision' in result ? result.revision : expected;
  }
  return lost;
}

function expectRising(positions: string[]): void {
  positions.slice(1).forEach((position, index) => {
    expect(comparePositions(positions[index]!, position)).toBeLessThan(0);
  });
}
