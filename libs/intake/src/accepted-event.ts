import type { EventType } from '@domeinbrug/journey';
import type { JsonObject } from './json-values.js';

/** The attributes of CloudEvents 1.0 that have a place of their own here; all others are extensions. */
export const coreAttributes = [
  'specversion',
  'id',
  'source',
  'type',
  'time',
  'datacontenttype',
  'dataschema',
  'data',
] as const;

export type ExtensionValue = string | number | boolean;

/** An event whose form was checked. */
interface CheckedEvent {
  /** Unique per source. */
  id: string;
  source: string;
  /** Without prefix and version. */
  type: EventType;
  /** When the source registered it, as sent: RFC 3339 with offset. */
  time: string;
  dataschema?: string;
  /** `subject` and every extension attribute; kept, never used. */
  extensions: Record<string, ExtensionValue>;
  /** Without nulls and without who the client is. */
  data: JsonObject;
}

/** As it comes in: the client is named by its BSN or by its pseudonym. */
export type AcceptedEvent = CheckedEvent & ({ bsn: string } | { clientId: string });

/** As it goes on: the BSN is gone. */
export interface IdentifiedEvent extends CheckedEvent {
  clientId: string;
}
