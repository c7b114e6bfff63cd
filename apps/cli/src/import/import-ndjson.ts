import type { EventLog } from '@domeinbrug/event-store';
import {
  mayNotSend,
  organisationOf,
  readNdjson,
  withClientId,
  type NdjsonLine,
  type Reject,
} from '@domeinbrug/intake';
import { appendEvents, type ReadEvent } from './append-events.js';
import { nothingYet, type PartImported } from './outcome.js';

/** Lines stored together: enough to share the cost of a commit, few enough for little memory. */
const linesAPart = 1_000;

/**
 * Takes in lines with one CloudEvent each and tells of each part once it is stored for good.
 * @param history whether `recordedat` on each line says when it became known
 */
export async function* importNdjson(
  text: AsyncIterable<Uint8Array | string>,
  log: EventLog,
  { key, history }: { key: Buffer; history: boolean },
): AsyncGenerator<PartImported & { line: number }> {
  let lines: NdjsonLine[] = [];
  for await (const line of readNdjson(text, { history })) {
    lines.push(line);
    if (lines.length === linesAPart) {
      yield { line: line.line, ...(await importPart(lines, log, key)) };
      lines = [];
    }
  }
  if (lines.length > 0) yield { line: lines.at(-1)!.line, ...(await importPart(lines, log, key)) };
}

async function importPart(lines: readonly NdjsonLine[], log: EventLog, key: Buffer): Promise<PartImported> {
  const rejects: Reject[] = [];
  const events: ReadEvent[] = [];
  let rejected = 0;
  for (const line of lines) {
    const read = readLine(line, key);
    if (Array.isArray(read)) {
      rejects.push(...read);
      rejected += 1;
    } else events.push(read);
  }
  const stored = await appendEvents(log, events);
  return {
    counts: {
      ...nothingYet(),
      recorded: stored.recorded,
      known: stored.known,
      rejected: rejected + stored.rejects.length,
    },
    rejects: [...rejects, ...stored.rejects].sort((a, b) => lineOf(a) - lineOf(b)),
    reports: [],
  };
}

/** The number in `line 12`. */
function lineOf({ where }: Reject): number {
  return Number(where.slice('line '.length));
}

/** The line's event, or every reason why it is none. */
function readLine(line: NdjsonLine, key: Buffer): ReadEvent | Reject[] {
  const where = `line ${line.line}`;
  if ('problems' in line) return line.problems.map((problem) => ({ where, ...problem }));
  const event = withClientId(line.event, key);
  const refused = mayNotSend(organisationOf(event.source)!, event.type);
  return refused ? [{ where, ...refused }] : { event, where, recordedAt: line.recordedAt };
}
