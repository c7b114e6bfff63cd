import type { Instant } from '@domeinbrug/calendar';
import { eventCatalogue, fieldsOf, isEventType, type EventType } from './event-catalogue.js';
import { eventTypeOf } from './event-schemas.js';
import { isFields, isSealedPart, joinPersonal, partition, type Fields } from './personal-fields.js';
import type { JourneyEvent } from './journey-event.js';

/**
 * How an event lies in the log: what may stay for ever in `content`, what tells something of a person apart in
 * `personal`, so that it can be encrypted per client and forgotten.
 */

/** One event as the log hands it back. `content` is the envelope with the data that is left of it. */
export interface StoredJourneyEvent {
  /** Without prefix and version, or as it was on the wire. */
  type: string;
  /** `{ source, id, time, data, … }`. */
  content: unknown;
  /** The personal fields of `data`; `null` when there are none, or when they were erased. */
  personal: unknown;
  recordedAt: Instant;
}

/** Splits an event's data by the catalogue's `personal` marks; `personal` is `null` when nothing is. */
export function splitPersonal(type: EventType, data: Fields): { data: Fields; personal: Fields | null } {
  const fields = fieldsOf(type);
  const split = partition(data, (name) => Object.hasOwn(fields, name) && fields[name]!.personal);
  const nested = data['data'];
  if (type === 'event-corrected' && isFields(nested)) {
    const inside = partition(nested, (name) => isPersonalInCorrection(name, nested));
    split.rest['data'] = inside.rest;
    if (Object.keys(inside.apart).length > 0) split.apart['data'] = inside.apart;
  }
  return { data: split.rest, personal: Object.keys(split.apart).length > 0 ? split.apart : null };
}

/**
 * The journey event that was stored: personal fields are back in its data, as far as they still exist.
 * Throws `RangeError` for a type that is no journey event (`client-erased` lies in a client's stream too), and where
 * personal fields are there that could not be opened.
 */
export function journeyEventOf(stored: StoredJourneyEvent): JourneyEvent {
  const type = isEventType(stored.type) ? stored.type : eventTypeOf(stored.type);
  if (!type) {
    throw new RangeError(`"${stored.type}" is no journey event; read only the types of the event catalogue.`);
  }
  if (isSealedPart(stored.personal)) {
    throw new RangeError(
      'The personal fields of the event cannot be opened: they were changed, moved from another event, or their key is missing.',
    );
  }
  const content = stored.content as { source: string; id: string; data: Fields };
  const data = joinPersonal(content.data, isFields(stored.personal) ? stored.personal : {});
  // The door checked the data against this type before it was stored.
  return {
    source: content.source,
    id: content.id,
    type,
    recordedAt: stored.recordedAt,
    data,
  } as JourneyEvent;
}

const marks = namesByMark();

/**
 * The corrected event may not have arrived, so its type is unknown and names decide: a field that is personal
 * somewhere and ordinary elsewhere (municipality, insurer) is the carer's when the data names a carer.
 */
function isPersonalInCorrection(name: string, nested: Fields): boolean {
  return marks.personal.has(name) && (!marks.ordinary.has(name) || nested['carerId'] !== undefined);
}

function namesByMark(): { personal: Set<string>; ordinary: Set<string> } {
  const personal = new Set<string>();
  const ordinary = new Set<string>();
  for (const type of Object.keys(eventCatalogue) as EventType[]) {
    for (const [name, field] of Object.entries(fieldsOf(type)))
      (field.personal ? personal : ordinary).add(name);
  }
  return { personal, ordinary };
}
