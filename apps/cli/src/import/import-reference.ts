import type { EventLog, NewEvent } from '@domeinbrug/event-store';
import {
  problem,
  readReferenceEvent,
  readReferenceTable,
  serviceEvent,
  storedIdIn,
  type LoadedEvent,
  type Problem,
  type Pseudonyms,
  type ReferenceLine,
  type Reject,
} from '@domeinbrug/intake';
import {
  clientsStream,
  codesStream,
  personLedger,
  referenceTypeOf,
  type CodeSucceeded,
  type Merge,
  type MergeObjection,
} from '@domeinbrug/journey';
import { openSync, readFileSync, readSync, closeSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { nothingYet, type PartImported } from './outcome.js';

/** Events to one append. */
const eventsAnAppend = 1_000;

/** Files are taken in by hand. */
const sender = { organisation: 'import' };

/** Whether a file tells of codes or of who is who: a table, or CloudEvents of which the first is of such a type. */
export function isReferenceFile(file: string): boolean {
  if (/\.csv$/i.test(file)) return true;
  const type = /\.(ndjson|jsonl)$/i.test(file) && /"type"\s*:\s*"([^"]{1,128})"/.exec(beginningOf(file))?.[1];
  return typeof type === 'string' && referenceTypeOf(type) !== undefined;
}

/** The first line, as far as it fits in the bytes of one event; such a file may be of any size. */
function beginningOf(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(65_536);
    return bytes.toString('utf8', 0, readSync(descriptor, bytes)).split('\n', 1)[0]!;
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Takes in mergers of codes and of clients, line by line: what is stored already with the same content is known, and
 * what would lead in a circle is rejected. The log must be this process's own to write to.
 */
export async function importReference(
  file: string,
  log: EventLog,
  pseudonyms: Pseudonyms,
): Promise<PartImported> {
  const book = {
    [codesStream]: await streamOf(log, codesStream),
    [clientsStream]: await streamOf(log, clientsStream),
  };
  const counts = nothingYet();
  const rejects: Reject[] = [];
  for (const line of await linesOf(file, pseudonyms)) {
    const problems = 'problems' in line ? line.problems : take(book[streamNameOf(line.event)], line.event);
    if (problems === 'recorded' || problems === 'known') counts[problems] += 1;
    else {
      counts.rejected += 1;
      rejects.push(...problems.map((each) => ({ where: `line ${line.line}`, ...each })));
    }
  }
  for (const stream of Object.values(book)) await append(log, stream);
  return { counts, rejects, reports: [] };
}

async function linesOf(file: string, pseudonyms: Pseudonyms): Promise<ReferenceLine[]> {
  const text = readFileSync(file, 'utf8');
  if (/\.csv$/i.test(file)) return readReferenceTable(text, pseudonyms);
  const lines = text
    .split('\n')
    .flatMap((line, at) => (line.trim() === '' ? [] : [{ line, number: at + 1 }]));
  return Promise.all(lines.map(({ line, number }) => readLine(line, number, pseudonyms)));
}

async function readLine(text: string, line: number, pseudonyms: Pseudonyms): Promise<ReferenceLine> {
  const json = parsed(text);
  if (json !== undefined) return readReferenceEvent(json, line, pseudonyms);
  return { line, problems: [problem('', 'json-invalid', 'The line is not JSON.')] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // what JSON cannot say
  }
}

/** A stream as it will be once what is planned is stored. */
interface PlannedStream {
  name: string;
  revision: number | 'no-stream';
  /** Type and data by stored id. */
  known: Map<string, { type: string; data: unknown }>;
  /** Why an event may not be taken in; takes it into account when it may. */
  check(event: LoadedEvent): Problem | null;
  planned: NewEvent[];
}

function streamNameOf({ type }: LoadedEvent): typeof codesStream | typeof clientsStream {
  return type === 'code-succeeded' ? codesStream : clientsStream;
}

async function streamOf(
  log: EventLog,
  name: typeof codesStream | typeof clientsStream,
): Promise<PlannedStream> {
  const stored = await log.readStream(name);
  const check = name === codesStream ? checkSuccessions() : checkMerges();
  const known = new Map<string, { type: string; data: unknown }>();
  for (const { id, type, content } of stored) {
    const { data } = content as { data: Record<string, string> };
    known.set(id, { type, data });
    check({ type, data } as LoadedEvent);
  }
  return { name, revision: stored.at(-1)?.revision ?? 'no-stream', known, check, planned: [] };
}

function take(stream: PlannedStream, event: LoadedEvent): 'recorded' | 'known' | Problem[] {
  const { type, source, id, data } = event;
  const storedId = storedIdIn(stream.name, source, id);
  const earlier = stream.known.get(storedId);
  if (earlier) return isDeepStrictEqual(earlier, { type, data }) ? 'known' : [contentDiffers];
  const objection = stream.check(event);
  if (objection) return [objection];
  stream.known.set(storedId, { type, data });
  stream.planned.push(serviceEvent(stream.name, { ...event, time: event.time ?? Date.now() }, sender));
  return 'recorded';
}

const contentDiffers = problem(
  '/id',
  'content-differs',
  'This source has said something else under this id before, and what is recorded stays. Give the new event an id of its own.',
);

/** Follows who succeeds whom, as far as the last word on each code goes. */
function checkSuccessions(): PlannedStream['check'] {
  const successor = new Map<string, string>();
  return ({ data }) => {
    const { level, code, by } = data as unknown as CodeSucceeded;
    const seen = new Set([code]);
    for (
      let next: string | undefined = by;
      next !== undefined && by !== code;
      next = successor.get(`${level} ${next}`)
    ) {
      if (seen.has(next)) return circle(code);
      seen.add(next);
    }
    if (by === code) successor.delete(`${level} ${code}`);
    else successor.set(`${level} ${code}`, by);
    return null;
  };
}

function circle(code: string): Problem {
  return problem(
    '/by',
    'succession-circle',
    `${code} would succeed itself. Take the earlier succession back first: load it with the code itself as its successor.`,
  );
}

function checkMerges(): PlannedStream['check'] {
  const ledger = personLedger();
  return ({ type, data }) => {
    const objection = ledger.apply({ ...(data as unknown as Merge), type: type as Merge['type'] });
    return objection && problem('', 'merge-impossible', sentences[objection]);
  };
}

const sentences: Record<MergeObjection, string> = {
  itself: 'A client cannot be merged into itself.',
  'merged-already': 'This client has been merged into another already; separate them first (change unmerge).',
  circle: 'The other client has been merged into this one; separate them first (change unmerge).',
  'not-merged': 'These clients have not been merged, so there is nothing to separate.',
};

async function append(log: EventLog, { name, revision, planned }: PlannedStream): Promise<void> {
  let expectedRevision = revision;
  for (let at = 0; at < planned.length; at += eventsAnAppend) {
    const events = planned.slice(at, at + eventsAnAppend);
    const outcome = await log.append({ stream: name, expectedRevision, events });
    if (outcome.status !== 'appended')
      throw new Error(`a part of the file was answered with "${outcome.status}"; import the file again.`);
    expectedRevision = outcome.revision;
  }
}
