import { addMonths, type Day } from '@domeinbrug/calendar';
import { termOn, type RetentionRole, type RetentionTerm } from './retention-terms.js';

/** What counts of an event for how long it is kept. */
export interface KeptEvent {
  role: RetentionRole;
  type: string;
  /** The day of its recording, in the Netherlands. */
  recordedOn: Day;
}

/** Events of one client, sender and type that are past their term. */
export interface PastTerm {
  role: RetentionRole;
  type: string;
  events: number;
  /** The first day on which one of them need no longer be kept. */
  since: Day;
  term: RetentionTerm;
}

export interface ClientRetention {
  past: PastTerm[];
  /** Until which day the last of the others must be kept, that day included; `null` when nothing must be kept any more. */
  keptThrough: Day | null;
  /** Events that no term says anything of: they are never past one. */
  withoutTerm: number;
}

/** Which of a client's events are past their term on a day. A term of so many years ends before the same day so many years on. */
export function retentionOf(
  events: readonly KeptEvent[],
  terms: readonly RetentionTerm[],
  on: Day,
): ClientRetention {
  const lastChange = new Map<RetentionRole, Day>();
  for (const { role, recordedOn } of events)
    lastChange.set(role, Math.max(recordedOn, lastChange.get(role) ?? recordedOn));
  const past = new Map<string, PastTerm>();
  const result: ClientRetention = { past: [], keptThrough: null, withoutTerm: 0 };
  for (const { role, type, recordedOn } of events) {
    const term = termOn(terms, role, type, on);
    if (!term) {
      result.withoutTerm += 1;
      continue;
    }
    const from = term.counted === 'recorded' ? recordedOn : lastChange.get(role)!;
    const since = addMonths(from, term.years * 12);
    if (since > on) {
      result.keptThrough = Math.max(since - 1, result.keptThrough ?? since - 1);
      continue;
    }
    const key = `${role} ${type}`;
    const before = past.get(key) ?? { role, type, events: 0, since, term };
    past.set(key, { ...before, events: before.events + 1, since: Math.min(since, before.since) });
  }
  result.past = [...past.values()].sort((a, b) => a.since - b.since || (a.type < b.type ? -1 : 1));
  return result;
}
