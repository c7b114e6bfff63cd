import type { Instant } from '@domeinbrug/calendar';
import type { EventLog } from '@domeinbrug/event-store';
import {
  mayNotSend,
  organisationOf,
  readNdjson,
  type NdjsonLine,
  type NdjsonPlace,
  type Pseudonyms,
  type Reject,
} from '@domeinbrug/intake';
import { appendEvents, appendHistory, type Appended, type ReadEvent } from './append-events.js';
import { nothingYet, type PartImported } from './outcome.js';

/** Lines stored together: enough to share the cost of a commit, few enough for little memory. */
const linesAPart = 1_000;
/** Parts that wait for the disk while the next is read. */
const partsUnderWay = 3;

export interface NdjsonImport {
  pseudonyms: Pseudonyms;
  /** Whether `recordedat` on each line says when it became known. */
  history: boolean;
  /** Where the text begins, when that is not the beginning of the file. */
  after?: NdjsonPlace;
  /** What a line is to whoever wrote the file; `line` when left out. */
  each?: LineName;
}

export type LineName = 'line' | 'event';

/** What became of a part of a file. */
export interface LinesImported extends PartImported {
  /** Everything up to and including this line is stored for good, or was rejected. */
  line: number;
  /** The last position at which anything of the part lies; START when nothing of it does. */
  position: string;
  place: NdjsonPlace;
}

/** Takes in lines with one CloudEvent each and tells of each part once it is stored for good. */
export async function* importNdjson(
  text: AsyncIterable<Uint8Array | string>,
  log: EventLog,
  { pseudonyms, history, after, each = 'line' }: NdjsonImport,
): AsyncGenerator<LinesImported> {
  const head = (await log.head()).recordedAt;
  const underWay: Promise<LinesImported>[] = [];
  let place = after;
  for await (const lines of partsOf(readNdjson(text, { history, after }))) {
    place = placeAfter(lines, place);
    const part = importPart(lines, place, { log, pseudonyms, each, head: history ? head : undefined });
    part.catch(() => undefined); // who waits for it hears of it, maybe later
    underWay.push(part);
    // What may be refused for its moment holds up what comes after it.
    const most = history && isBefore(head, lines) ? 1 : partsUnderWay;
    while (underWay.length >= most) yield await underWay.shift()!;
  }
  for (const part of underWay) yield await part;
}

async function* partsOf(read: AsyncGenerator<NdjsonLine[]>): AsyncGenerator<NdjsonLine[]> {
  let part: NdjsonLine[] = [];
  for await (const lines of read) {
    for (const line of lines) {
      part.push(line);
      if (part.length < linesAPart) continue;
      yield part;
      part = [];
    }
  }
  if (part.length > 0) yield part;
}

function isBefore(head: Instant, lines: readonly NdjsonLine[]): boolean {
  return lines.some((line) => 'event' in line && line.recordedAt! < head);
}

async function importPart(
  lines: readonly NdjsonLine[],
  place: NdjsonPlace,
  { log, pseudonyms, each, head }: { log: EventLog; pseudonyms: Pseudonyms; each: LineName; head?: Instant },
): Promise<LinesImported> {
  const rejects: Reject[] = [];
  const events: ReadEvent[] = [];
  let rejected = 0;
  for (const line of lines) {
    const read = await readLine(line, pseudonyms, each);
    if (Array.isArray(read)) {
      rejects.push(...read);
      rejected += 1;
    } else events.push(read);
  }
  const stored = await (head === undefined ? appendEvents(log, events) : appendHistory(log, events, head));
  return { ...imported(stored, rejects, rejected), line: place.lines, place };
}

function imported(
  { recorded, known, rejects, position }: Appended,
  unread: readonly Reject[],
  rejected: number,
): PartImported & { position: string } {
  return {
    counts: { ...nothingYet(), recorded, known, rejected: rejected + rejects.length },
    rejects: [...unread, ...rejects].sort((a, b) => lineOf(a) - lineOf(b)),
    reports: [],
    position,
  };
}

function placeAfter(lines: readonly NdjsonLine[], before: NdjsonPlace | undefined): NdjsonPlace {
  const { line, end } = lines.at(-1)!;
  const last = lines.findLast((each) => 'event' in each);
  return { lines: line, bytes: end, recordedAt: last?.recordedAt ?? before?.recordedAt };
}

/** The number in `line 12`. */
function lineOf({ where }: Reject): number {
  return Number(where.slice(where.indexOf(' ')));
}

/** The line's event, or every reason why it is none. */
async function readLine(
  line: NdjsonLine,
  pseudonyms: Pseudonyms,
  each: LineName,
): Promise<ReadEvent | Reject[]> {
  const where = `${each} ${line.line}`;
  if ('problems' in line) return line.problems.map((problem) => ({ where, ...problem }));
  const event = await pseudonyms.identify(line.event);
  const refused = mayNotSend(organisationOf(event.source)!, event.type);
  return refused ? [{ where, ...refused }] : { event, where, recordedAt: line.recordedAt };
}
