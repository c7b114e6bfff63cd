import { OPEN_END, parseDay, type Day } from '@domeinbrug/calendar';
import { deliveryForms } from '@domeinbrug/terms';
import { endLatest, endOn, succeedOneAnother, type End } from './ends.js';
import type { Bridging, Delivery } from './facts.js';
import { endOf, opening, type EventsByType } from './openings.js';

/** Thirteen weeks: law, not a parameter (Wlz 3.3.6). */
const termDays = 91;

/** An extension counts when it was decided within the term that it extends. */
interface Extension {
  decidedOn: Day;
  until: Day;
  event: number;
}

type Term = Pick<Bridging, 'termUntil' | 'termSetBy'>;

/** Care while a place is awaited: until it ends, or the day before the next delivery or bridging begins. */
export function bridgings(
  events: EventsByType,
  deliveries: readonly Delivery[],
  unmatched: End[],
): Bridging[] {
  const started = events('bridging-started').map((event) => ({
    ...opening(event, event.data.firstDay),
    form: deliveryForms.indexOf(event.data.deliveryForm),
    termUntil: OPEN_END,
    termSetBy: event.at,
  }));
  const ends = events('bridging-ended').map((event) => endOf(event, event.data.lastDay));
  unmatched.push(...endLatest(started, ends));
  const kept = succeedOneAnother(started);
  for (const bridging of kept) endBeforeNext(bridging, deliveries);
  setTerms(kept, extensions(events));
  return kept;
}

function endBeforeNext(bridging: Bridging, deliveries: readonly Delivery[]): void {
  for (const delivery of deliveries) {
    if (delivery.from > bridging.from) endOn(bridging, delivery.from, delivery.opened);
  }
}

function extensions(events: EventsByType): Extension[] {
  return events('bridging-extended').map((event) => ({
    decidedOn: parseDay(event.data.decidedOn),
    until: parseDay(event.data.lastDay) + 1,
    event: event.at,
  }));
}

/** A bridging that follows directly on another continues that one's term. */
function setTerms(inOrder: readonly Bridging[], extended: readonly Extension[]): void {
  inOrder.forEach((bridging, at) => {
    const before = inOrder[at - 1];
    const { termUntil, termSetBy } = before?.until === bridging.from ? before : termFrom(bridging, extended);
    Object.assign(bridging, { termUntil, termSetBy });
  });
}

/** An extension decided within an extension of the term counts too. */
function termFrom({ from, opened }: Bridging, extended: readonly Extension[]): Term {
  let term: Term = { termUntil: from + termDays, termSetBy: opened };
  for (const { decidedOn, until, event } of [...extended].sort((a, b) => a.decidedOn - b.decidedOn)) {
    const inTerm = decidedOn >= from && decidedOn < term.termUntil;
    if (inTerm && until > term.termUntil) term = { termUntil: until, termSetBy: event };
  }
  return term;
}
