import { InvalidAppend } from './event-log.js';
import type { Append, NewEvent } from './event-log.js';

/** An event as its store keeps it: JSON values have become text. */
export interface WrittenEvent {
  id: string;
  type: string;
  contentHash: string;
  content: string;
  personal: string | null;
  metadata: string;
}

/** A checked append that can travel to another thread. */
export interface WrittenAppend {
  stream: string;
  expectedRevision: Append['expectedRevision'];
  events: WrittenEvent[];
  recordedAt?: number[];
  /** Reading of the caller's clock, ms since 1970; absent = the writer's own clock at the moment of writing. */
  now?: number;
  /** Characters of JSON text, for the limit on a group. */
  size: number;
}

/**
 * Checks an append and turns its JSON values into text.
 * @throws InvalidAppend with all problems; nothing has been queued then.
 */
export function writeDown(append: Append, now?: number): WrittenAppend {
  const problems = [...problemsOfAppend(append)];
  const events = append.events.map((event, index) => writeEvent(event, `event ${index + 1}`, problems));
  if (problems.length > 0) throw new InvalidAppend(problems);
  const { stream, expectedRevision, recordedAt } = append;
  const size = events.reduce(
    (sum, { content, personal, metadata }) =>
      sum + content.length + (personal?.length ?? 0) + metadata.length,
    0,
  );
  return { stream, expectedRevision, events, recordedAt, now, size };
}

function* problemsOfAppend({ stream, expectedRevision, events, recordedAt }: Append): Generator<string> {
  if (!isName(stream)) yield `the stream's name ${nameRule}`;
  if (typeof expectedRevision === 'number' && !isWhole(expectedRevision)) {
    yield "the expected revision must be 0, 1, 2, ..., 'no-stream' or 'any'.";
  }
  if (events.length === 0) yield 'it holds no events; give at least one.';
  if (!recordedAt) return;
  if (recordedAt.length !== events.length) {
    yield `it has ${recordedAt.length} moments of recording for ${events.length} events; give one per event.`;
  }
  if (!recordedAt.every(isWhole)) {
    yield 'a moment of recording must be a whole number of milliseconds since 1970.';
  }
}

function writeEvent(event: NewEvent, where: string, problems: string[]): WrittenEvent {
  const { id, type, contentHash, personal } = event;
  if (!isName(id)) problems.push(`the id of ${where} ${nameRule}`);
  if (!isName(type)) problems.push(`the type of ${where} ${nameRule}`);
  if (!/^[0-9a-f]{64}$/.test(contentHash)) {
    problems.push(`the content hash of ${where} must be 64 lower-case hex digits (SHA-256).`);
  }
  const json = (part: string, value: unknown): string => {
    const text = asJson(value);
    if (text === undefined) problems.push(`the ${part} of ${where} is not a plain JSON value.`);
    return text ?? '';
  };
  return {
    id,
    type,
    contentHash,
    content: json('content', event.content),
    personal: personal === null ? null : json('personal part', personal),
    metadata: json('metadata', event.metadata),
  };
}

function asJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value); // `undefined` for what has no JSON text, whatever its declared type says
  } catch {
    return undefined; // a BigInt or a circle
  }
}

/** Bytes of UTF-8. An index of PostgreSQL takes 2,700. */
const longestName = 1_000;
const nameRule = `must be well-formed text of 1 character to ${longestName} bytes, without U+0000.`;

/** A lone surrogate has no UTF-8 form: two different ids would become one in a store. PostgreSQL has no U+0000. */
function isName(text: string): boolean {
  if (text.length === 0 || text.length > longestName || Buffer.byteLength(text) > longestName) return false;
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}

function isWhole(number: number): boolean {
  return Number.isSafeInteger(number) && number >= 0;
}
