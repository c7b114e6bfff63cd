import type { Instant } from '@domeinbrug/calendar';
import { isOfErasedCarer } from './carer-fields.js';
import type { EventKey } from './event-catalogue.js';
import { fitsType } from './event-schemas.js';
import type { EventReference, FindingCode, FoldFinding } from './facts.js';
import type { JourneyEvent, JourneyEventOf } from './journey-event.js';

export interface EffectiveEvents {
  /** Each once, corrections applied, retracted ones gone; in (source, id) order. */
  events: JourneyEvent[];
  findings: FoldFinding[];
}

type Correction = JourneyEventOf<'event-corrected'>;
type Retraction = JourneyEventOf<'event-retracted'>;

/**
 * The events that count at a moment of knowledge. A retraction removes an event as if never sent; a correction
 * replaces its data and leaves its own moment of recording. Depends on the set of events, never on their order.
 */
export function effectiveEvents(all: readonly JourneyEvent[], knownAt: Instant): EffectiveEvents {
  const known = knownEvents(all, knownAt);
  if (!known.some((event) => isCorrection(event) || isRetraction(event)))
    return { events: known, findings: [] };
  const byKey = new Map(known.map((event) => [keyOf(event), event]));
  const findings: FoldFinding[] = [];
  const retracted = retractedKeys(known, byKey, findings);
  const corrections = winningCorrections(known, byKey, retracted, findings);
  const events = known
    .filter((event) => !isCorrection(event) && !isRetraction(event) && !retracted.has(keyOf(event)))
    .map((event) => corrected(event, corrections.get(keyOf(event))));
  return { events, findings };
}

/** Recorded at or before the moment, each (source, id) once as it was recorded first, in (source, id) order. */
function knownEvents(all: readonly JourneyEvent[], knownAt: Instant): JourneyEvent[] {
  return all
    .filter((event) => event.recordedAt <= knownAt)
    .sort((a, b) => bySourceAndId(a, b) || a.recordedAt - b.recordedAt)
    .filter((event, at, sorted) => at === 0 || bySourceAndId(sorted[at - 1]!, event) !== 0);
}

function retractedKeys(
  known: readonly JourneyEvent[],
  byKey: ReadonlyMap<string, JourneyEvent>,
  findings: FoldFinding[],
): Set<string> {
  const keys = new Set<string>();
  for (const retraction of known.filter(isRetraction)) {
    const target = byKey.get(keyOf(retraction.data.retracts));
    if (!target) {
      findings.push(
        finding('unknown-target', 'A retraction names an event that is not known yet.', [retraction]),
      );
    } else if (isRetraction(target)) {
      findings.push(
        finding('wrong-target', 'A retraction cannot be retracted; send the event anew.', [
          retraction,
          target,
        ]),
      );
    } else if (!sameOrganisation(retraction, target)) {
      findings.push(
        finding('wrong-target', 'Only the organisation that sent an event may retract it.', [
          retraction,
          target,
        ]),
      );
    } else {
      keys.add(keyOf(target));
    }
  }
  return keys;
}

/** Per corrected event the correction recorded last; of two recorded at one moment the greater (source, id). */
function winningCorrections(
  known: readonly JourneyEvent[],
  byKey: ReadonlyMap<string, JourneyEvent>,
  retracted: ReadonlySet<string>,
  findings: FoldFinding[],
): Map<string, Correction> {
  const winners = new Map<string, Correction>();
  for (const correction of known.filter(isCorrection)) {
    if (retracted.has(keyOf(correction))) continue;
    const key = keyOf(correction.data.corrects);
    const target = byKey.get(key);
    const objection = objectionTo(correction, target, retracted.has(key));
    if (objection) {
      findings.push(finding(objection.code, objection.text, target ? [correction, target] : [correction]));
      continue;
    }
    const rival = winners.get(key);
    if (!rival || correction.recordedAt >= rival.recordedAt) winners.set(key, correction);
  }
  return winners;
}

function objectionTo(
  correction: Correction,
  target: JourneyEvent | undefined,
  targetRetracted: boolean,
): { code: FindingCode; text: string } | undefined {
  if (!target) return { code: 'unknown-target', text: 'A correction names an event that is not known yet.' };
  if (isCorrection(target) || isRetraction(target)) {
    return {
      code: 'wrong-target',
      text: 'A correction must name the original event, not a correction or retraction.',
    };
  }
  if (!sameOrganisation(correction, target)) {
    return { code: 'wrong-target', text: 'Only the organisation that sent an event may correct it.' };
  }
  if (targetRetracted) {
    return { code: 'correction-of-retracted', text: 'The event that is corrected here has been retracted.' };
  }
  if (!fitsType(target.type, correction.data.data) && !isOfErasedCarer(correction.data.data)) {
    return { code: 'wrong-target', text: `The corrected data is no complete ${target.type}.` };
  }
  return undefined;
}

function corrected(event: JourneyEvent, correction: Correction | undefined): JourneyEvent {
  return correction ? ({ ...event, data: correction.data.data } as unknown as JourneyEvent) : event;
}

export function finding(code: FindingCode, text: string, events: readonly EventReference[]): FoldFinding {
  return { code, text, events: events.map(({ source, id, type }) => ({ source, id, type })) };
}

/** Order of text is that of UTF-16 code units, the same on every machine. */
export function bySourceAndId(a: EventKey, b: EventKey): number {
  if (a.source !== b.source) return a.source < b.source ? -1 : 1;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}

function keyOf(key: EventKey): string {
  return `${key.source}\n${key.id}`;
}

/** `urn:nld:agb:65656055:systeem:ecd` and `…:systeem:planning` are one organisation. */
function sameOrganisation(a: EventKey, b: EventKey): boolean {
  return a.source.split(':systeem:')[0] === b.source.split(':systeem:')[0];
}

function isCorrection(event: JourneyEvent): event is Correction {
  return event.type === 'event-corrected';
}

function isRetraction(event: JourneyEvent): event is Retraction {
  return event.type === 'event-retracted';
}
