import { mkdtemp, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { eventWith, goodEvent, testBsn } from './envelope.fixture.js';
import { readNdjson, type NdjsonLine, type NdjsonOptions } from './ndjson.js';
import { readLines } from './read-lines.js';
import { rejectFile } from './reject-file.js';

function chunks(text: string | Uint8Array, size: number): Readable {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const count = Math.ceil(bytes.length / size);
  return Readable.from(
    Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size)),
  );
}

async function read(text: string, options?: NdjsonOptions, size = 7): Promise<NdjsonLine[]> {
  const lines: NdjsonLine[] = [];
  for await (const some of readNdjson(chunks(text, size), options)) lines.push(...some);
  return lines;
}

/** Line number with the event's id or the codes of its problems. */
function summary(lines: NdjsonLine[]): [number, ...string[]][] {
  return lines.map((line) =>
    'event' in line ? [line.line, line.event.id] : [line.line, ...line.problems.map(({ code }) => code)],
  );
}

const line = (changed: Record<string, unknown>): string => JSON.stringify(eventWith(changed));

describe('readNdjson', () => {
  it('reads line by line, whatever the chunks and line ends', async () => {
    const text = `\uFEFF${line({ id: '1' })}\r\n\n  \n${line({ id: 'é' })}\n{"a":\n${line({ id: '3', time: 'x' })}`;
    for (const size of [1, 2, 50, 100_000]) {
      expect(summary(await read(text, {}, size))).toEqual([
        [1, '1'],
        [4, 'é'],
        [5, 'json-invalid'],
        [6, 'time-invalid'],
      ]);
    }
  });

  it('says of a line that is no JSON object or no UTF-8 only that', async () => {
    expect(summary(await read('7\n"x"\n'))).toEqual([
      [1, 'envelope-invalid'],
      [2, 'envelope-invalid'],
    ]);
    const lines: NdjsonLine[] = [];
    for await (const some of readNdjson(chunks(Uint8Array.of(0xff, 0x0a), 9))) lines.push(...some);
    expect(summary(lines)).toEqual([[1, 'json-invalid']]);
  });

  it('passes over a line that is too long and reads on', async () => {
    const long = JSON.stringify({ ...goodEvent, long: 'x'.repeat(300_000) });
    expect(summary(await read(`${long}\n${line({ id: '2' })}\n`, {}, 1000))).toEqual([
      [1, 'event-too-large'],
      [2, '2'],
    ]);
  });

  it('reads on after a line of any length', async () => {
    const piece = Buffer.alloc(65_536, 'x');
    const lines = [];
    const stream = Readable.from([...Array.from({ length: 2000 }, () => piece), Buffer.from('\nend')]);
    for await (const some of readLines(stream, 1000)) lines.push(...some);
    expect(lines).toEqual([
      { number: 1, end: 2_000 * 65_536 + 1, failure: 'too-long' },
      { number: 2, end: 2_000 * 65_536 + 4, text: 'end' },
    ]);
  });

  it('goes on where it was, whatever the chunks', async () => {
    const text = `${line({ id: 'é' })}\n\r\n${line({ id: '3' })}\r\n${line({ id: '4' })}\n${line({ id: '5' })}`;
    for (const size of [1, 7, 100_000]) {
      const whole = await read(text, {}, size);
      for (const [index, { line: lines, end }] of whole.entries()) {
        const rest = Buffer.from(text).subarray(end).toString();
        expect(await read(rest, { after: { lines, bytes: end } }, size)).toEqual(whole.slice(index + 1));
      }
    }
  });

  it('keeps recordedat as any attribute when no history is read', async () => {
    const [only] = await read(line({ recordedat: '2024-03-05T08:12:00Z' }));
    expect(only).toMatchObject({ event: { extensions: { recordedat: '2024-03-05T08:12:00Z' } } });
    expect(only).not.toHaveProperty('recordedAt');
  });

  describe('of history', () => {
    const at = (id: string, recordedat?: unknown): string => line({ id, recordedat });

    it('hands back when each line was recorded', async () => {
      const [only] = await read(at('1', '2024-03-05T09:12:00+01:00'), { history: true });
      expect(only).toMatchObject({
        line: 1,
        recordedAt: Date.UTC(2024, 2, 5, 8, 12),
        event: { extensions: {} },
      });
    });

    it('refuses a line without instant, or recorded before the line above', async () => {
      const text = [
        at('1', '2024-03-05T08:00:00Z'),
        at('2'),
        at('3', 7),
        at('4', '2024-03-05'),
        at('5', '2024-03-05T07:59:59Z'),
        at('6', '2024-03-05T08:00:00Z'),
      ].join('\n');
      expect(summary(await read(text, { history: true }))).toEqual([
        [1, '1'],
        [2, 'recorded-at-invalid'],
        [3, 'recorded-at-invalid'],
        [4, 'recorded-at-invalid'],
        [5, 'recorded-at-decreases'],
        [6, '6'],
      ]);
    });

    it('remembers where it was when it goes on', async () => {
      const after = { lines: 4, bytes: 99, recordedAt: Date.UTC(2024, 2, 5, 8) };
      const text = `${at('5', '2024-03-05T07:59:59Z')}\n${at('6', '2024-03-05T08:00:00Z')}`;
      expect(summary(await read(text, { history: true, after }))).toEqual([
        [5, 'recorded-at-decreases'],
        [6, '6'],
      ]);
    });

    it('refuses a moment that has yet to come', async () => {
      const text = [
        at('1', '2024-03-05T08:00:00Z'),
        at('2', '2024-03-05T08:00:00.001Z'),
        at('3', '2024-03-05T08:00:00Z'),
      ].join('\n');
      const now = (): number => Date.UTC(2024, 2, 5, 8);
      expect(summary(await read(text, { history: true, now }))).toEqual([
        [1, '1'],
        [2, 'recorded-at-in-future'],
        [3, '3'],
      ]);
    });
  });
});

describe('rejectFile', () => {
  it('writes rejects as NDJSON for its owner only, without BSN', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'rejects-')), 'rejects.ndjson');
    const file = rejectFile(path);
    await file.write([{ where: 'line 3', pointer: '/id', code: 'id-invalid', detail: 'Too long.' }]);
    await file.write([{ where: `line 4 ${testBsn}`, code: 'json-invalid', detail: 'No JSON.' }]);
    expect(await file.close()).toBe(2);
    expect((await readFile(path, 'utf8')).split('\n')).toEqual([
      '{"where":"line 3","pointer":"/id","code":"id-invalid","detail":"Too long."}',
      '{"where":"line 4 *********","code":"json-invalid","detail":"No JSON."}',
      '',
    ]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('goes on after what is kept of an earlier file', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'rejects-')), 'rejects.ndjson');
    const reject = (number: number) => ({
      where: `line ${number}`,
      code: 'json-invalid',
      detail: 'No JSON.',
    });
    const before = rejectFile(path);
    await before.write([reject(1)]);
    const kept = before.bytes();
    await before.write([reject(2)]);
    await before.close();
    const after = rejectFile(path, kept);
    await after.write([reject(3)]);
    expect(await after.close()).toBe(1);
    const lines = (await readFile(path, 'utf8')).trim().split('\n');
    expect(lines.map((each) => (JSON.parse(each) as { where: string }).where)).toEqual(['line 1', 'line 3']);
  });

  it('makes no file when there is nothing to reject', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'rejects-')), 'rejects.ndjson');
    const file = rejectFile(path);
    await file.write([]);
    expect(await file.close()).toBe(0);
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });
});
