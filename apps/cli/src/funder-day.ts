import {
  clipTimeline,
  determineCoverage,
  gapsByFunder,
  payerLines,
  type CompiledRuleSet,
  type CoverRow,
  type FunderGap,
  type KnownAt,
} from '@domeinbrug/coverage';
import type { EventLogReader } from '@domeinbrug/event-store';
import type { Journey } from '@domeinbrug/journey';
import { readPerson, ReferenceBook } from '@domeinbrug/projections';
import type { Funder, Service } from '@domeinbrug/terms';
import { clientsUpTo } from './every-client.js';

/** What is asked: one funder on one day. */
export interface FunderDayQuestion {
  funder: Funder;
  /** `YYYY-MM-DD`. */
  on: string;
  services?: readonly Service[];
  knownAt: KnownAt;
}

/** What one funder pays on the day for one client, and what would have been its own to pay. Rows are whole. */
export interface FunderDayClient {
  clientId: string;
  cover: CoverRow[];
  gaps: (Pick<FunderGap, 'firstDay' | 'lastDay' | 'law'> & Pick<FunderGap['gap'], 'service' | 'reason'>)[];
}

/**
 * A funder's clients on one day, by client id, computed from each client's events: under any rule set and as known
 * at any moment, also where no read model is kept.
 */
export async function* funderDay(
  log: EventLogReader,
  compiled: CompiledRuleSet,
  question: FunderDayQuestion,
): AsyncGenerator<FunderDayClient> {
  const { position } = question.knownAt;
  const book = new ReferenceBook(log);
  const mergers = await book.readUpTo(position);
  const clients = new Set([...(await clientsUpTo(log, position)), ...mergers.clients()]);
  for (const clientId of [...clients].sort()) {
    const journey = (await readPerson(log, book, clientId, position)).journeyAt(position);
    const client = clientDay(journey, compiled, question);
    if (client.cover.length + client.gaps.length > 0) yield client;
  }
}

function clientDay(
  journey: Journey,
  compiled: CompiledRuleSet,
  { funder, on, services, knownAt }: FunderDayQuestion,
): FunderDayClient {
  const isAsked = (row: { firstDay: string; lastDay: string | null }): boolean =>
    row.firstDay <= on && (row.lastDay === null || on <= row.lastDay);
  const { cover, gaps } = clipTimeline(determineCoverage(journey, compiled, knownAt), { services });
  return {
    clientId: journey.clientId,
    cover: cover.filter((row) => row.funder === funder && isAsked(row)),
    gaps: gapsByFunder(gaps, compiled, payerLines(journey, knownAt))
      .filter((each) => each.funder === funder && isAsked(each))
      .map(({ gap, firstDay, lastDay, law }) => ({
        service: gap.service,
        firstDay,
        lastDay,
        reason: gap.reason,
        law,
      })),
  };
}
