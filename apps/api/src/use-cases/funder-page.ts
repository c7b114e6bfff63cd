import type { Asker } from '@domeinbrug/access';
import { formatInstant, parseDay, tryParseInstant } from '@domeinbrug/calendar';
import { coverKinds, type CoverageTimeline, type CoverKind, type KnownAt } from '@domeinbrug/coverage';
import { comparePositions, START, type EventLogReader } from '@domeinbrug/event-store';
import {
  AskedDay,
  AskedList,
  AskedMoment,
  AskedNumber,
  AskedPosition,
  AskedText,
} from '@domeinbrug/platform';
import { invalidRequest } from '@domeinbrug/problems';
import type { ClientAliases } from '@domeinbrug/privacy';
import type { FunderDaysAsked, Viewpoint } from '@domeinbrug/portfolio';
import { services, type Funder, type Service } from '@domeinbrug/terms';
import { createHash } from 'node:crypto';
import type { Rules } from '../stores/rules.js';

/** What may be asked of the clients of a funder, whatever it is that is asked of them. */
export class FunderPageQuestion {
  @AskedDay('From this day on; together with lastDay.')
  firstDay?: string;

  @AskedDay('Through this day; together with firstDay.')
  lastDay?: string;

  @AskedList(services, 'services', 'Only these services.')
  services?: Service[];

  @AskedList(coverKinds, 'kinds of cover', 'Only rows of these kinds, and then no gaps.')
  kinds?: CoverKind[];

  @AskedMoment('As known at this moment; left out: as known now.')
  knownAt?: string;

  @AskedPosition('As known at this position of the log, instead of a moment.')
  knownAtPosition?: string;

  @AskedNumber(1, 1000, 'At most so many clients on a page; 100 when left out.')
  limit: number = 100;

  @AskedText(
    /^[A-Za-z0-9_-]{1,400}$/,
    'Take the address of the next page from the Link of the page before.',
    'From the Link of the page before.',
    'WyIxOTciXQ',
  )
  after?: string;

  @AskedPosition('Wait until this position has been taken in, as answered to a POST.')
  atLeast?: string;
}

/** The coordinates of an answer about coverage. */
export type Coordinates = Pick<CoverageTimeline, 'knownAt' | 'position' | 'ruleSet'>;

export function coordinatesOf({ at, ruleSet: { id, version, hash } }: Viewpoint): Coordinates {
  return { knownAt: formatInstant(at.instant), position: at.position, ruleSet: { id, version, hash } };
}

/** A funder's days in a period, both days inclusive. */
export function daysAsked(
  funder: Funder,
  { firstDay, lastDay }: { firstDay: string; lastDay: string },
  { services: some, kinds }: { services?: readonly Service[]; kinds?: readonly CoverKind[] },
): FunderDaysAsked {
  const scope = {
    from: parseDay(firstDay),
    until: parseDay(lastDay) + 1,
    services: (some ?? services).map((service) => services.indexOf(service)),
  };
  return { funder, scope, ...(kinds ? { kinds } : {}) };
}

/** Where a page begins: after a client, seen as on the first page. */
export interface PageStart {
  view: Viewpoint;
  client: string;
}

/** The `after` of a page, sealed for who asks: everything that its answer depends on and the question does not say. */
export function writePageStart(
  aliases: ClientAliases,
  asker: Asker,
  { view: { at, ruleSet }, client }: PageStart,
  asked: FunderDaysAsked,
): string {
  const parts = [at.position, at.instant, `${ruleSet.id}@${ruleSet.version}`, client, markOf(asked)];
  return aliases.sealPlace(JSON.stringify(parts), asker);
}

/** @throws Problem 400 for a text that no page of this question gave this asker */
export async function readPageStart(
  { log, rules, aliases }: { log: EventLogReader; rules: Pick<Rules, 'find'>; aliases: ClientAliases },
  asker: Asker,
  text: string,
  asked: FunderDaysAsked,
): Promise<PageStart> {
  const [position, instant, name, client, mark] = partsOf(aliases.openPlace(text, asker));
  const ruleSet = typeof name === 'string' ? rules.find(name) : undefined;
  if (
    ruleSet &&
    typeof position === 'string' &&
    /^(0|[1-9]\d{0,14})$/.test(position) &&
    isInstant(instant) &&
    typeof client === 'string' &&
    mark === markOf(asked) &&
    (await areOneMoment(log, { instant, position }))
  ) {
    return { view: { at: { instant, position }, ruleSet }, client };
  }
  const detail =
    'Take the address of the next page from the Link of the page before, and change nothing in it.';
  throw invalidRequest([{ pointer: '/after', code: 'invalid-form', detail }]);
}

/** What a question asks, short: clients after one that another question found would be another list's. */
function markOf({ funder, scope, kinds }: FunderDaysAsked): string {
  const { from, until } = scope;
  const parts = [funder, from, until, [...scope.services].sort(), kinds ? [...kinds].sort() : null];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);
}

/** Whole milliseconds of a moment that can be written. */
function isInstant(value: unknown): value is number {
  const written = new Date(Number.isInteger(value) ? (value as number) : Number.NaN);
  return !Number.isNaN(written.getTime()) && tryParseInstant(written.toISOString()) === value;
}

/** Whether everything up to the position was known at the instant, and nothing after it before. */
async function areOneMoment(log: EventLogReader, { instant, position }: KnownAt): Promise<boolean> {
  if (comparePositions(position, (await log.head()).position) > 0) return false;
  const isStart = comparePositions(position, START) === 0;
  const events = await log.readAll(isStart ? START : String(BigInt(position) - 1n), isStart ? 1 : 2);
  return events.every((event) =>
    comparePositions(event.position, position) > 0
      ? event.recordedAt >= instant
      : event.recordedAt <= instant,
  );
}

function partsOf(place: string | undefined): unknown[] {
  try {
    const parts: unknown = JSON.parse(place ?? '[]');
    return Array.isArray(parts) ? parts : [];
  } catch {
    // The place in another list, which is no JSON: refused like any other text that no page gave.
    return [];
  }
}
