import { parseDay, type Instant } from '@domeinbrug/calendar';
import type { EventKey } from './event-catalogue.js';
import type { CodeLevel, CodeSuccession } from './reference.js';

/** Events that are about no single client: they lie in streams of their own and never come in with clients' events. */
export const referenceEventTypes = [
  'code-succeeded',
  'client-merged',
  'client-unmerged',
  'rule-set-activated',
] as const;
export type ReferenceEventType = (typeof referenceEventTypes)[number];

/** The streams in which mergers of codes and of clients lie. */
export const codesStream = 'reference-codes';
export const clientsStream = 'reference-clients';

/** Organisations merge: from `firstDay` on who held `code` holds `by`. Codes are four digits. */
export interface CodeSucceeded {
  level: CodeLevel;
  code: string;
  by: string;
  firstDay: string;
}

/** Two pseudonyms are one person: `from` is read with `into`. `day`: when that was established. */
export interface ClientMerged {
  into: string;
  from: string;
  day: string;
}

interface ReferenceEventOf<T extends ReferenceEventType, D> extends EventKey {
  type: T;
  recordedAt: Instant;
  data: D;
}

/** A reference event as it lies in the log. */
export type ReferenceEvent =
  | ReferenceEventOf<'code-succeeded', CodeSucceeded>
  | ReferenceEventOf<'client-merged' | 'client-unmerged', ClientMerged>;

export function codeSuccessionOf({
  source,
  id,
  recordedAt,
  data: { level, code, by, firstDay },
}: ReferenceEventOf<'code-succeeded', CodeSucceeded>): CodeSuccession {
  return {
    source,
    id,
    recordedAt,
    level,
    code: Number(code),
    by: Number(by),
    firstDay: parseDay(firstDay),
  };
}
