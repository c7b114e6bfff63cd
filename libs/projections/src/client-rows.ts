import type { CoverageTimeline } from '@domeinbrug/coverage';
import type { FoldedClient } from './fold-client.js';
import { positionKey } from './tables.js';

export type Value = string | number | null;

/** The tables that hold what is current of a client, with their columns after `client`, in order. */
export const clientTables = {
  timelines: ['position', 'recorded_at', 'timeline_json'],
  portfolio: [
    'ordinal',
    'funder',
    'service',
    'kind',
    'rule',
    'first_day',
    'last_day',
    'share',
    'law',
    'provider',
    'because_json',
  ],
  portfolio_gaps: ['ordinal', 'funder', 'law', 'service', 'first_day', 'last_day', 'reason', 'because_json'],
  minutes: ['ordinal', 'provider', 'service', 'day', 'subject', 'funded', 'over_cap', 'outside', 'reason'],
  findings: ['ordinal', 'code', 'text', 'organisation', 'events_json'],
} as const;

export type ClientTable = keyof typeof clientTables;

/** A client's rows by table; each row begins with the client. */
export type ClientRows = Record<ClientTable, Value[][]>;

/** What follows from the timeline alone, so that it can be told again from a stored one. */
export type TimelineRows = Pick<ClientRows, 'portfolio' | 'minutes' | 'findings'>;

/** What the tables hold of a client after its last fold. */
export function clientRows(
  client: string,
  { timeline, gaps, last }: Omit<NonNullable<FoldedClient['current']>, 'facts'>,
): ClientRows {
  return {
    ...timelineRows(client, timeline),
    timelines: [[client, positionKey(last.position), last.recordedAt, JSON.stringify(timeline)]],
    portfolio_gaps: gaps.map(({ gap, funder, law, firstDay, lastDay }, ordinal) => [
      client,
      ordinal,
      funder,
      law,
      gap.service,
      firstDay,
      lastDay,
      gap.reason,
      JSON.stringify(gap.because),
    ]),
  };
}

export function timelineRows(client: string, { cover, minutes, findings }: CoverageTimeline): TimelineRows {
  return {
    portfolio: cover.map((row, ordinal) => [
      client,
      ordinal,
      row.funder,
      row.service,
      row.kind,
      row.rule,
      row.firstDay,
      row.lastDay,
      row.share,
      row.law,
      row.provider,
      JSON.stringify(row.because),
    ]),
    minutes: minutes.map((row, ordinal) => [
      client,
      ordinal,
      row.provider,
      row.service,
      row.day,
      row.subject,
      row.funded,
      row.overCap,
      row.outside,
      row.reason,
    ]),
    findings: findings
      .flatMap(({ code, text, events }) =>
        sendersOf(events).map((organisation) => [code, text, organisation, JSON.stringify(events)]),
      )
      .map((row, ordinal) => [client, ordinal, ...row]),
  };
}

/** `urn:nld:agb:65656055` of `urn:nld:agb:65656055:systeem:ecd`, each once, in order. */
function sendersOf(events: readonly { source: string }[]): string[] {
  const senders = events.map(({ source }) => source.replace(/:systeem:.*$/, ''));
  return [...new Set(senders)].sort();
}
