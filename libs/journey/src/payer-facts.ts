import { endLatest, succeedOneAnother, type End } from './ends.js';
import type { CodeFact } from './facts.js';
import { codeOf, endOf, inEventOrder, opening, type EventsByType } from './openings.js';

/** Where the client lives: each home ends the day before the next. */
export function homes(events: EventsByType): CodeFact[] {
  return succeedOneAnother(
    inEventOrder(
      [...events('client-registered'), ...events('client-moved')].map((event) => ({
        ...opening(event, event.data.firstDay),
        code: codeOf(event.data.municipality),
      })),
    ),
  );
}

/** Who insures the client: until the next policy, or until the insurance ends. */
export function insured(events: EventsByType, unmatched: End[]): CodeFact[] {
  const starts = inEventOrder(
    [...events('client-registered'), ...events('insurance-changed')].flatMap((event) =>
      event.data.insurer === undefined
        ? []
        : [{ ...opening(event, event.data.firstDay), code: codeOf(event.data.insurer) }],
    ),
  );
  const ends = events('insurance-ended').map((event) => endOf(event, event.data.lastDay));
  unmatched.push(...endLatest(starts, ends));
  return succeedOneAnother(starts);
}

/** Which care office holds the file: it changes on the transfer date of the file, not on the moving date. */
export function careOffices(events: EventsByType): CodeFact[] {
  return succeedOneAnother(
    inEventOrder(
      [...events('client-registered'), ...events('care-office-assigned')].flatMap((event) =>
        event.data.careOffice === undefined
          ? []
          : [{ ...opening(event, event.data.firstDay), code: codeOf(event.data.careOffice) }],
      ),
    ),
  );
}
