import { OPEN_END, type Day, type Instant } from '@domeinbrug/calendar';
import { bySourceAndId } from './effective-events.js';
import { NONE, type CodeFact, type Succession } from './facts.js';
import type { JourneyEvent } from './journey-event.js';
import type { CodeLevel, CodeSuccession } from './reference.js';

/** One code that an event names. */
export interface NamedCode {
  level: CodeLevel;
  code: number;
  event: JourneyEvent;
}

const levelOfField = { municipality: 'municipality', insurer: 'insurer', careOffice: 'care-office' } as const;
const levels = Object.entries(levelOfField) as [keyof typeof levelOfField, CodeLevel][];

/** Every municipality, insurer and care office that the events name, in their order. */
export function codesNamed(events: readonly JourneyEvent[]): NamedCode[] {
  const named: NamedCode[] = [];
  for (const event of events) {
    const fields = event.data as Partial<Record<keyof typeof levelOfField, string>>;
    for (const [field, level] of levels) {
      const code = fields[field];
      if (code !== undefined) named.push({ level, code: Number(code), event });
    }
  }
  return named;
}

/**
 * Of the mergers known at a moment those that touch the codes named, in (source, id) order. Of several about one
 * code the one recorded last counts, which is how a mistake is put right; one whose successor is the code itself
 * says that the code lives on.
 *
 * @param firstPlace the place among the client's events that the first of them takes
 */
export function successionsOf(
  named: readonly NamedCode[],
  all: readonly CodeSuccession[],
  knownAt: Instant,
  firstPlace: number,
): { successions: Succession[]; events: CodeSuccession[] } {
  const touched = new Set<CodeSuccession>();
  for (const { level, code } of all.length === 0 ? [] : named) {
    let next = countingOf(all, level, code, knownAt);
    while (next && !touched.has(next)) {
      touched.add(next);
      next = countingOf(all, level, next.by, knownAt);
    }
  }
  const events = [...touched].sort(bySourceAndId);
  const successions = events.map(({ level, code, by, firstDay }, at) => ({
    ...{ from: firstDay, until: OPEN_END, opened: firstPlace + at, ended: NONE },
    ...{ level, code, by },
  }));
  return { successions, events };
}

/** Looked up by reading all: there are a few dozen, and a client names a handful of codes. */
function countingOf(
  all: readonly CodeSuccession[],
  level: CodeLevel,
  code: number,
  knownAt: Instant,
): CodeSuccession | undefined {
  let latest: CodeSuccession | undefined;
  for (const succession of all) {
    if (succession.code !== code || succession.level !== level || succession.recordedAt > knownAt) continue;
    if (!latest || isLater(succession, latest)) latest = succession;
  }
  return latest?.by === code ? undefined : latest;
}

function isLater(a: CodeSuccession, b: CodeSuccession): boolean {
  return a.recordedAt > b.recordedAt || (a.recordedAt === b.recordedAt && bySourceAndId(a, b) > 0);
}

/** The code under which the holder of a code goes on a day, through any number of mergers. */
export function codeOn(successions: readonly Succession[], level: CodeLevel, code: number, day: Day): number {
  if (successions.length === 0) return code; // most clients
  let current = code;
  let next = successorOf(successions, level, current);
  // As many steps as there are mergers at most, so that codes which succeed each other in a circle end too.
  for (let steps = 0; next && next.from <= day && steps < successions.length; steps++) {
    current = next.by;
    next = successorOf(successions, level, current);
  }
  return current;
}

/**
 * Whether an organisation may speak of what another code decided: on that day it goes under a code that the other is,
 * or comes to be by mergers. A successor speaks of its predecessors' decisions, also of days before it was one; two
 * that merge later are strangers until then.
 */
export function speaksFor(
  successions: readonly Succession[],
  level: CodeLevel,
  { code, day }: { code: number; day: Day },
  decidedBy: number,
): boolean {
  const speaker = codeOn(successions, level, code, day);
  let current = decidedBy;
  for (let steps = 0; current !== speaker && steps < successions.length; steps++) {
    current = successorOf(successions, level, current)?.by ?? current;
  }
  return current === speaker;
}

/** The first day after `day` on which the holder of this code goes under another; OPEN_END when none is known. */
export function nextSuccession(
  successions: readonly Succession[],
  level: CodeLevel,
  code: number,
  day: Day,
): Day {
  const next = successorOf(successions, level, codeOn(successions, level, code, day));
  return next && next.from > day ? next.from : OPEN_END;
}

/** The same facts, each cut where a merger gives its holder another code. */
export function followed(
  facts: readonly CodeFact[],
  successions: readonly Succession[],
  level: CodeLevel,
): CodeFact[] {
  return facts.flatMap((fact) => pieces(fact, successions, level));
}

function pieces(fact: CodeFact, successions: readonly Succession[], level: CodeLevel): CodeFact[] {
  const code = codeOn(successions, level, fact.code, fact.from);
  const next = successorOf(successions, level, code);
  if (!next || next.from <= fact.from || next.from >= fact.until) return [{ ...fact, code }];
  return [
    { ...fact, code, until: next.from, ended: next.opened },
    ...pieces({ ...fact, code: next.by, from: next.from, opened: next.opened }, successions, level),
  ];
}

function successorOf(
  successions: readonly Succession[],
  level: CodeLevel,
  code: number,
): Succession | undefined {
  return successions.find((succession) => succession.level === level && succession.code === code);
}
