import { tryParseInstant, type Instant } from '@domeinbrug/calendar';
import type { AcceptedEvent } from './accepted-event.js';
import { problem, type Problem } from './problem.js';
import { maxEventBytes, readEnvelope } from './read-envelope.js';
import { readLines, type Behind, type Line } from './read-lines.js';

/** One line of a file with events, numbered from 1; `end` is the byte after it. */
export type NdjsonLine = { line: number; end: number } & (
  { event: AcceptedEvent; /** Only with `history`. */ recordedAt?: Instant } | { problems: Problem[] }
);

/** Where reading may go on: all lines up to here need not be read again. */
export interface NdjsonPlace extends Behind {
  /** With `history`: the latest moment of recording so far. */
  recordedAt?: Instant;
}

export interface NdjsonOptions {
  /**
   * Each line says in its extension attribute `recordedat` (an RFC 3339 instant) when it was recorded, never
   * earlier than the lines above it and never later than now. The attribute is handed back as `recordedAt` and is no longer an extension.
   */
  history?: boolean;
  /** Where the stream begins, when that is not the beginning of the file. */
  after?: NdjsonPlace;
  /** The present, ms since 1970; the clock of the machine when left out. */
  now?: () => Instant;
}

/** Room for white space and escapes that the compact form of an event does not have. */
const maxLineBytes = 4 * maxEventBytes;

/**
 * Reads a file with one CloudEvent per line, a list of lines at a time. Empty lines are passed over. Memory stays
 * bounded: a line that is too long is a problem of that line, and is never held whole.
 */
export async function* readNdjson(
  stream: AsyncIterable<Uint8Array | string>,
  { history = false, now = Date.now, after }: NdjsonOptions = {},
): AsyncGenerator<NdjsonLine[]> {
  let latest = after?.recordedAt ?? -Infinity;
  const dated = (read: NdjsonLine): NdjsonLine => {
    if ('problems' in read) return read;
    const { line, end } = read;
    const taken = takeRecordedAt(read.event, latest, now());
    if (Array.isArray(taken)) return { line, end, problems: taken };
    latest = taken.recordedAt;
    return { line, end, ...taken };
  };
  for await (const lines of readLines(stream, maxLineBytes, after)) {
    yield lines.map((line) => (history ? dated(readLine(line)) : readLine(line)));
  }
}

function readLine({ number, end, ...line }: Line): NdjsonLine {
  const refused = (problems: Problem[]): NdjsonLine => ({ line: number, end, problems });
  if (line.text === undefined) return refused([lineProblems[line.failure]]);
  const json = parsed(line.text);
  if (json === undefined)
    return refused([problem('', 'json-invalid', 'Write one whole JSON object per line.')]);
  const read = readEnvelope(json);
  return Array.isArray(read) ? refused(read) : { line: number, end, event: read };
}

const lineProblems: Record<'too-long' | 'not-utf8', Problem> = {
  'too-long': problem(
    '',
    'event-too-large',
    `A line has at most ${maxLineBytes} bytes, an event at most ${maxEventBytes}.`,
  ),
  'not-utf8': problem('', 'json-invalid', 'The line is not UTF-8; save the file as UTF-8.'),
};

function takeRecordedAt(
  event: AcceptedEvent,
  latest: Instant,
  now: Instant,
): { event: AcceptedEvent; recordedAt: Instant } | Problem[] {
  const { recordedat, ...extensions } = event.extensions;
  const recordedAt = typeof recordedat === 'string' ? tryParseInstant(recordedat) : undefined;
  if (recordedAt === undefined) {
    const advice =
      'History needs recordedat on each line: an RFC 3339 instant, such as 2024-03-05T08:12:00Z.';
    return [problem('/recordedat', 'recorded-at-invalid', advice)];
  }
  // Whatever is recorded after it would get its moment: the log would stand in the future for good.
  if (recordedAt > now) {
    const advice =
      'recordedat lies in the future; give the moment at which it became known, at the latest now.';
    return [problem('/recordedat', 'recorded-at-in-future', advice)];
  }
  if (recordedAt < latest) {
    const advice = 'Sort the file by recordedat: history is recorded in the order in which it became known.';
    return [problem('/recordedat', 'recorded-at-decreases', advice)];
  }
  return { event: { ...event, extensions }, recordedAt };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
