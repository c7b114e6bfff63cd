import { ALWAYS, formatDay, lastDayOf } from '@domeinbrug/calendar';
import { foldJourney, type Journey, type JourneyFacts } from '@domeinbrug/journey';
import { organisationCode } from './codes.js';
import type { KnownAt } from './determine-coverage.js';

/** Who would pay under each law on these days; inclusive days, `null` = open or unknown. */
export interface PayerLine {
  /** `null`: since always. */
  firstDay: string | null;
  lastDay: string | null;
  municipality: string | null;
  insurer: string | null;
  careOffice: string | null;
}

/** The municipality, insurer and care office of a client on each day through the day of death, without gaps. */
export function payerLines(journey: Journey, knownAt: KnownAt): PayerLine[] {
  return payerLinesOf(foldJourney(journey.events, knownAt.instant, journey.reference));
}

/** The same from facts that were folded before. */
export function payerLinesOf(facts: Pick<JourneyFacts, 'state'>): PayerLine[] {
  const lines: PayerLine[] = [];
  for (const stretch of facts.state) {
    const payers = {
      municipality: organisationCode(stretch.municipality),
      insurer: organisationCode(stretch.insurer),
      careOffice: organisationCode(stretch.careOffice),
    };
    const last = lines.at(-1);
    if (
      last &&
      last.municipality === payers.municipality &&
      last.insurer === payers.insurer &&
      last.careOffice === payers.careOffice
    ) {
      last.lastDay = lastDayOf(stretch.until);
    } else {
      const firstDay = stretch.from === ALWAYS ? null : formatDay(stretch.from);
      lines.push({ firstDay, lastDay: lastDayOf(stretch.until), ...payers });
    }
  }
  return lines;
}
