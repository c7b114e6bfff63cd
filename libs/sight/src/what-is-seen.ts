import type { EventType, ReferenceEventType } from '@domeinbrug/journey';

/**
 * Who sees what: of the events behind an answer, and of its rows. Everything that leaves the service about a client
 * is cut by these two tables, and the page on access prints them. What an organisation sent itself it sees whole; so
 * does an auditor see everything.
 */

/** Those who see a part. Policy staff and senders without care or cover of their own see nothing of a client. */
export const onlookers = ['provider', 'municipality', 'insurer', 'care-office'] as const;
export type Onlooker = (typeof onlookers)[number];

export const levels = ['all', 'law and days', 'nothing'] as const;
export type Level = (typeof levels)[number];

/** What of an event in a reason each level shows; the days are those of the row. `sender` is its source and id. */
export const eventFieldsSeen = {
  all: ['sender', 'type', 'law'],
  'law and days': ['law'],
  nothing: [],
} as const satisfies Record<Level, readonly EventField[]>;
export type EventField = 'sender' | 'type' | 'law';

/**
 * By type, of events that others sent. Even under `all` the sender shows only where it is the row's own provider, CIZ
 * or this service: that a psychiatric clinic told of a move says more than the move.
 */
export const eventsSeen: Record<EventType | ReferenceEventType, Record<Onlooker, Level>> = {
  'client-registered': row('all', 'all', 'all', 'all'),
  'client-moved': row('all', 'all', 'all', 'all'),
  'insurance-changed': row('law and days', 'law and days', 'all', 'law and days'),
  'insurance-ended': row('law and days', 'law and days', 'all', 'law and days'),
  'care-office-assigned': row('law and days', 'law and days', 'law and days', 'all'),
  'carer-registered': row('nothing', 'nothing', 'all', 'nothing'),
  'carer-ended': row('nothing', 'nothing', 'all', 'nothing'),
  'wmo-support-reported': row('law and days', 'all', 'law and days', 'law and days'),
  'wmo-plan-drafted': row('law and days', 'all', 'law and days', 'law and days'),
  'wmo-support-requested': row('law and days', 'all', 'law and days', 'law and days'),
  'wmo-decision-issued': row('law and days', 'all', 'law and days', 'law and days'),
  'wmo-decision-ended': row('law and days', 'all', 'law and days', 'law and days'),
  'wmo-support-started': row('law and days', 'all', 'law and days', 'law and days'),
  'wmo-support-ended': row('law and days', 'all', 'law and days', 'law and days'),
  'zvw-care-indicated': row('law and days', 'law and days', 'all', 'law and days'),
  'zvw-care-ended': row('law and days', 'law and days', 'all', 'law and days'),
  'case-management-referred': row('law and days', 'law and days', 'all', 'law and days'),
  'case-management-started': row('law and days', 'law and days', 'all', 'law and days'),
  'case-management-ended': row('law and days', 'law and days', 'all', 'law and days'),
  'handover-completed': row('law and days', 'law and days', 'all', 'all'),
  'wlz-requested': row('law and days', 'law and days', 'law and days', 'all'),
  'wlz-indication-issued': row('law and days', 'law and days', 'law and days', 'all'),
  'wlz-indication-withdrawn': row('law and days', 'law and days', 'law and days', 'all'),
  'wlz-delivery-started': row('law and days', 'law and days', 'law and days', 'all'),
  'wlz-delivery-ended': row('law and days', 'law and days', 'law and days', 'all'),
  'wlz-waiting-status': row('nothing', 'nothing', 'nothing', 'all'),
  'treatment-changed': row('law and days', 'law and days', 'law and days', 'all'),
  'client-admitted': row('law and days', 'law and days', 'law and days', 'all'),
  'client-discharged': row('law and days', 'law and days', 'law and days', 'all'),
  'bridging-started': row('law and days', 'law and days', 'law and days', 'all'),
  'bridging-extended': row('law and days', 'law and days', 'law and days', 'all'),
  'bridging-ended': row('law and days', 'law and days', 'law and days', 'all'),
  'stay-started': row('nothing', 'nothing', 'nothing', 'nothing'),
  'stay-ended': row('nothing', 'nothing', 'nothing', 'nothing'),
  'absence-started': row('nothing', 'nothing', 'nothing', 'all'),
  'absence-ended': row('nothing', 'nothing', 'nothing', 'all'),
  'absence-consent-given': row('nothing', 'nothing', 'nothing', 'all'),
  'joint-funding-started': row('law and days', 'all', 'all', 'all'),
  'joint-funding-settled': row('law and days', 'all', 'all', 'all'),
  'activity-recorded': row('nothing', 'all', 'all', 'all'),
  'group-assigned': row('nothing', 'nothing', 'nothing', 'nothing'),
  'group-ended': row('nothing', 'nothing', 'nothing', 'nothing'),
  'client-died': row('all', 'all', 'all', 'all'),
  'event-corrected': row('law and days', 'law and days', 'law and days', 'law and days'),
  'event-retracted': row('law and days', 'law and days', 'law and days', 'law and days'),
  'code-succeeded': row('all', 'all', 'all', 'all'),
  'client-merged': row('law and days', 'law and days', 'law and days', 'law and days'),
  'client-unmerged': row('law and days', 'law and days', 'law and days', 'law and days'),
  'rule-set-activated': row('all', 'all', 'all', 'all'),
};

/** In the order of {@link onlookers}. */
function row(
  provider: Level,
  municipality: Level,
  insurer: Level,
  careOffice: Level,
): Record<Onlooker, Level> {
  return { provider, municipality, insurer, 'care-office': careOffice };
}

export type RowField =
  'service' | 'days' | 'law' | 'kind' | 'share' | 'funder' | 'rule' | 'provider' | 'because';

/** Whose a row is to who looks. */
export type RowStanding = keyof typeof rowFieldsSeen;

/** What of a row shows; what is not named is `null` or empty. */
export const rowFieldsSeen = {
  /** The asker pays it, or gives the care. */
  own: ['service', 'days', 'law', 'kind', 'share', 'funder', 'rule', 'provider', 'because'],
  /** Another's, on days that the asker pays for or would have to. */
  'beside a funder’s own': ['service', 'days', 'law', 'kind', 'share'],
  /** Another's, on days on which the asker has the client in care. */
  'beside a provider’s own': ['service', 'days', 'law', 'kind', 'share', 'funder', 'rule'],
  /** The other side of a handover, on all its days: who hands over and who takes over find each other. */
  'the other side of a handover': ['service', 'days', 'law', 'kind', 'share', 'funder', 'rule', 'provider'],
} as const satisfies Record<string, readonly RowField[]>;
