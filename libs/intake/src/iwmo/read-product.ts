import { tryParseDay } from '@domeinbrug/calendar';
import type { EventType } from '@domeinbrug/journey';
import { checkData } from '../check-data.js';
import type { JsonObject } from '../json-values.js';
import type { Reject } from '../reject-file.js';
import type { ClientContext } from './message.js';
import { textAt, type Element } from './xml.js';

/** What allocations and deliveries have in common: their number, their status and the check of what was read. */

/** The decision's number: ToewijzingNummer, or in 2.0 Beschikkingnummer + `/` + product code. */
export function decisionIdOf(product: Element, decisionNumber: string | undefined): string | undefined {
  const allocation = textAt(product, 'ToewijzingNummer');
  if (allocation !== undefined) return allocation;
  const code = textAt(product, 'Product', 'Code') ?? textAt(product, 'Product', 'Categorie');
  return decisionNumber === undefined || code === undefined ? undefined : `${decisionNumber}/${code}`;
}

/** COD467: 1 first, 3 remove, 9 unchanged. 2 (changed) does not say what it changes. */
export function statusOf(
  product: Element,
  context: ClientContext,
): { removed: boolean } | 'status-not-allowed' {
  const status = textAt(product, 'StatusAanlevering') ?? context.status ?? '1';
  if (!['1', '3', '9'].includes(status)) return 'status-not-allowed';
  return { removed: status === '3' };
}

export function statusReject(where: string): Reject {
  const detail =
    'StatusAanlevering must be 1, 3 or 9; send a change as a removal (3) and a new delivery (1), OP033.';
  return { where, code: 'status-not-allowed', detail };
}

/** The data without members that were not in the message, as an event of its type would need it. */
export function given(data: Record<string, unknown>): JsonObject {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}

/** Everything that keeps what was read from being an event of its type. */
export function rejectsOf(
  type: EventType,
  data: JsonObject,
  context: ClientContext,
  where: string,
): Reject[] {
  const rejects: Reject[] = checkData(type, data, '').map((problem) => ({ where, ...problem }));
  if (String(data['decisionId']).includes(context.bsn)) {
    const detail =
      'The number of the decision holds the client’s BSN, and it would be kept; use another number.';
    rejects.push({ where, code: 'bsn-misplaced', detail });
  }
  return rejects;
}

export function isDay(text: string | undefined): text is string {
  return text !== undefined && tryParseDay(text) !== undefined;
}
