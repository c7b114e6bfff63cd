import { tryParseInstant, type Instant } from '@domeinbrug/calendar';
import type { AcceptedEvent } from './accepted-event.js';
import { problem, type Problem } from './problem.js';
import { maxEventBytes, readEnvelope } from './read-envelope.js';
import { readLines, type Line } from './read-lines.js';

/** One line of a file with events, numbered from 1. */
export type NdjsonLine =
  | { line: number; event: AcceptedEvent; /** Only with `history`. */ recordedAt?: Instant }
  | { line: number; problems: Problem[] };

export interface NdjsonOptions {
  /**
   * Each line says in its extension attribute `recordedat` (an RFC 3339 instant) when it was recorded, never
   * earlier than the lines above it and never later than now. The attribute is handed back as `recordedAt` and is no longer an extension.
   */
  history?: boolean;
  /** The present, ms since 1970; the clock of the machine when left out. */
  now?: () => Instant;
}

/** Room for white space and escapes that the compact form of an event does not have. */
const maxLineBytes = 4 * maxEventBytes;

/**
 * Reads a file with one CloudEvent per line. Empty lines are passed over. Memory stays bounded: a line that is
 * too long is a problem of that line, and is never held whole.
 */
export async function* readNdjson(
  stream: AsyncIterable<Uint8Array | string>,
  options: NdjsonOptions = {},
): AsyncGenerator<NdjsonLine> {
  const now = options.now ?? Date.now;
  let latest = -Infinity;
  for await (const line of readLines(stream, maxLineBytes)) {
    const read = readLine(line);
    if ('problems' in read || !options.history) {
      yield read;
      continue;
    }
    const dated = takeRecordedAt(read.event, latest, now());
    if (Array.isArray(dated)) {
      yield { line: line.number, problems: dated };
    } else {
      latest = dated.recordedAt;
      yield { line: line.number, ...dated };
    }
  }
}

function readLine(
  line: Line,
): { line: number; event: AcceptedEvent } | { line: number; problems: Problem[] } {
  const refused = (problems: Problem[]): NdjsonLine & { problems: Problem[] } => ({
    line: line.number,
    problems,
  });
  if (line.text === undefined) return refused([lineProblems[line.failure]]);
  const json = parsed(line.text);
  if (json === undefined)
    return refused([problem('', 'json-invalid', 'Write one whole JSON object per line.')]);
  const read = readEnvelope(json);
  return Array.isArray(read) ? refused(read) : { line: line.number, event: read };
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
