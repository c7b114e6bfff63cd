import { parseDay, type Instant } from '@domeinbrug/calendar';
import type { EventKey, FieldSchema } from './event-catalogue.js';
import { clientIdPattern, eventTypePrefix, eventTypeSuffix } from './event-schemas.js';
import { codeLevels, type CodeLevel, type CodeSuccession } from './reference.js';

/** Events that are about no single client: they lie in streams of their own and never come in with clients' events. */
export const referenceEventTypes = [
  'code-succeeded',
  'client-merged',
  'client-unmerged',
  'rule-set-activated',
] as const;
export type ReferenceEventType = (typeof referenceEventTypes)[number];

/** Those that come in by a file; the service writes the others itself. */
export const loadedTypes = ['code-succeeded', 'client-merged', 'client-unmerged'] as const;
export type LoadedType = (typeof loadedTypes)[number];

/** `nl.domeinbrug.code-succeeded.v1` -> `code-succeeded`; `undefined` for a type that is none of these. */
export function referenceTypeOf(wireType: string): ReferenceEventType | undefined {
  return referenceEventTypes.find((type) => wireType === `${eventTypePrefix}${type}${eventTypeSuffix}`);
}

const code = (description: string): FieldSchema => ({ type: 'string', pattern: '^[0-9]{4}$', description });
const client = (description: string): FieldSchema => ({
  type: 'string',
  pattern: clientIdPattern,
  description,
});
const day = (description: string): FieldSchema => ({ type: 'string', format: 'date', description });

const mergeFields = {
  into: client('The client under whose id the person is read from then on.'),
  from: client('The client that turned out to be the same person.'),
  day: day('The day on which that was established.'),
};

/** The fields of what a file may bring; all are required. */
export const referenceFields: Record<LoadedType, Record<string, FieldSchema>> = {
  'code-succeeded': {
    level: { type: 'string', enum: codeLevels, description: 'Whose code it is.' },
    code: code('The code that is succeeded, 4 digits.'),
    by: code('The code that succeeds it, 4 digits; the code itself to take a succession back.'),
    firstDay: day('The first day on which it is succeeded.'),
  },
  'client-merged': mergeFields,
  'client-unmerged': mergeFields,
};

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
