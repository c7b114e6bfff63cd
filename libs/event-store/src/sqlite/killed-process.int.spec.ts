import {
  EMPTY_LOG_DIGEST,
  nextDigest,
  openSqliteEventLog,
  openSqliteEventLogReader,
} from '@domeinbrug/event-store';
import type { EventLogReader, RecordedEvent } from '@domeinbrug/event-store';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const product = pathToFileURL(resolve(__dirname, '../../../../dist/libs/event-store/src/index.js')).href;

/** What the other process runs, after `log` was opened in the folder and `append(id)` was defined. */
function programme(dataDir: string, body: string): string {
  return `
    import { createHash } from 'node:crypto';
    import { writeSync } from 'node:fs';
    import { openSqliteEventLog } from '${product}';
    const say = (line) => writeSync(1, line + '\\n');
    const log = await openSqliteEventLog({ dataDir: ${JSON.stringify(dataDir)} }).catch((error) => {
      say(error.name + ': ' + error.message);
      process.exit(2);
    });
    const append = (id, filler = '') => log.append({
      stream: 'journey-' + id,
      expectedRevision: 'no-stream',
      events: [{
        id, type: 'test', content: { filler }, personal: null, metadata: {},
        contentHash: createHash('sha256').update(id).digest('hex'),
      }],
    });
    ${body}`;
}

function start(
  dataDir: string,
  body: string,
  wrap: (node: string[]) => string[] = (node) => node,
): ChildProcess {
  // A file, because a worker thread inherits the flags that '--eval' would need.
  const file = join(dataDir, 'programme.mjs');
  writeFileSync(file, programme(dataDir, body));
  const [command, ...args] = wrap([process.execPath, file]);
  return spawn(command!, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** The lines a process prints until it ends; `hear` may end it earlier. */
async function linesOf(child: ChildProcess, hear: (count: number) => void = () => {}): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout! })) hear(lines.push(line));
  return lines;
}

async function everyEvent(log: EventLogReader): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (let page = await log.readAll('0', 1_000); page.length > 0;) {
    events.push(...page);
    page = await log.readAll(page.at(-1)!.position, 1_000);
  }
  return events;
}

function expectChain(events: RecordedEvent[]): void {
  let digest = EMPTY_LOG_DIGEST;
  for (const event of events) expect(event.digest).toBe((digest = nextDigest(digest, event.contentHash)));
}

describe('another process with the log', () => {
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'event-log-'));
  });

  afterEach(() => {
    rmSync(dataDir, { recursive: true });
  });

  it('loses nothing that it acknowledged when it is killed, and does not block a restart', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 5; round++) {
      const child = start(
        dataDir,
        `const appender = async (name) => {
           for (let number = 0; ; number++) {
             const id = ['round${round}', name, number].join(' ');
             const { status } = await append(id);
             say(status === 'appended' ? id : status);
           }
         };
         ['a', 'b', 'c', 'd', 'e', 'f'].forEach(appender);`,
      );
      const ended = once(child, 'exit');
      const lines = await linesOf(
        child,
        (count) => void (count === 300 + 57 * round && child.kill('SIGKILL')),
      );
      expect(await ended).toEqual([null, 'SIGKILL']);
      acknowledged.push(...lines);

      const reader = openSqliteEventLogReader({ dataDir }); // the first to open the folder after the kill
      const events = await everyEvent(reader);
      await reader.close();
      const stored = new Set(events.map(({ id }) => id));
      expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
      expectChain(events);
    }
    expect(acknowledged.length).toBeGreaterThan(5 * 300);
    const log = await openSqliteEventLog({ dataDir });
    expect((await log.head()).position).not.toBe('0');
    await log.close();
  }, 60_000);

  it('holds the folder while it lives, is named in the refusal, and gives it back when it dies', async () => {
    const child = start(dataDir, `say('holding');`);
    const ended = once(child, 'exit');
    let refusal: unknown;
    let refused: Promise<void> | undefined;
    await linesOf(child, () => {
      refused = openSqliteEventLog({ dataDir }).then(
        () => undefined,
        (error: unknown) => void (refusal = error),
      );
      void refused.then(() => child.kill('SIGKILL'));
    });
    await refused;
    await ended;
    expect(refusal).toMatchObject({
      name: 'DataFolderInUse',
      message: expect.stringContaining(`in use by process ${child.pid}, since `),
    });
    const log = await openSqliteEventLog({ dataDir });
    await log.close();
  }, 30_000);

  it('is refused while this one holds the folder', async () => {
    const log = await openSqliteEventLog({ dataDir });
    const [line] = await linesOf(start(dataDir, `say('got in');`));
    expect(line).toMatch(new RegExp(`^DataFolderInUse: .*process ${process.pid}.*stop the other one`));
    await log.close();
  }, 30_000);

  it('settles every append when the disk takes no more', async () => {
    // The shell's limit on the length of files stands in for the disk; without a handler its signal would kill.
    const child = start(
      dataDir,
      `process.on('SIGXFSZ', () => {});
       const ids = Array.from({ length: 200 }, (_, index) => 'event ' + index);
       const outcomes = await Promise.allSettled(ids.map((id) => append(id, 'x'.repeat(60_000))));
       outcomes.forEach(({ value, reason }, index) =>
         say(value ? 'stored ' + ids[index] : [reason.name, reason.outcome].join(' ')));
       await log.close();
       say('closed');`,
      (node) => ['sh', '-c', 'ulimit -f 8192 && exec "$0" "$@"', ...node],
    );
    const lines = await linesOf(child);
    expect(lines.pop()).toBe('closed');
    expect(lines).toHaveLength(200);
    const acknowledged = lines.filter((line) => line.startsWith('stored ')).map((line) => line.slice(7));
    const failed = lines.filter((line) => line.startsWith('AppendFailed '));
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(failed.length).toBe(200 - acknowledged.length);
    expect(failed.length).toBeGreaterThan(0);

    const log = await openSqliteEventLog({ dataDir });
    const stored = new Set((await everyEvent(log)).map(({ id }) => id));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    await log.close();
  }, 30_000);
});
