import type { Instant } from '@domeinbrug/calendar';
import { finding } from './effective-events.js';
import type { EventKey } from './event-catalogue.js';
import type { FoldFinding } from './facts.js';
import type { JourneyEvent } from './journey-event.js';
import type { CodeLevel, Reference } from './reference.js';
import type { NamedCode } from './successions.js';

const nounOf: Record<CodeLevel, string> = {
  municipality: 'Municipality',
  insurer: 'Health insurer',
  'care-office': 'Care office',
};

/**
 * What contradicts what is known beside the client's own events; nothing where nothing is known.
 *
 * @param named the codes that the events name
 */
export function referenceFindings(
  events: readonly JourneyEvent[],
  named: readonly NamedCode[],
  reference: Reference,
  knownAt: Instant,
): FoldFinding[] {
  return [...unknownCodes(named, reference, knownAt), ...duplicateKeys(events, reference, knownAt)];
}

/** One per event and level, so that each sender finds its own. A code that a merger names is known. */
function unknownCodes(
  named: readonly NamedCode[],
  { codes, successions }: Reference,
  knownAt: Instant,
): FoldFinding[] {
  if (!codes) return [];
  const isMerged = (level: CodeLevel, code: number): boolean =>
    successions.some(
      (succession) =>
        succession.level === level &&
        (succession.code === code || succession.by === code) &&
        succession.recordedAt <= knownAt,
    );
  const isKnown = (level: CodeLevel, code: number): boolean =>
    codes[level] === null || codes[level].has(code) || isMerged(level, code);
  return named
    .filter(({ level, code }) => !isKnown(level, code))
    .map(({ level, code, event }) =>
      finding(
        'unknown-code',
        `${nounOf[level]} ${String(code).padStart(4, '0')} stands in no list of codes and in no merger that is known here.`,
        [event],
      ),
    );
}

function duplicateKeys(
  events: readonly JourneyEvent[],
  { sharedKeys = [] }: Reference,
  knownAt: Instant,
): FoldFinding[] {
  const shared = new Set(sharedKeys.filter((key) => key.recordedAt <= knownAt).map(textOf));
  if (shared.size === 0) return [];
  return events
    .filter((event) => shared.has(textOf(event)))
    .map((event) =>
      finding('duplicate-key', 'An event of another client has the same source and id.', [event]),
    );
}

function textOf({ source, id }: EventKey): string {
  return `${source}\n${id}`;
}
