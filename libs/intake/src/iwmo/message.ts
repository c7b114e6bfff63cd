import { amsterdamInstant, formatInstant, parseDay } from '@domeinbrug/calendar';
import type { ProductMapping } from './products.js';

/** One message of a file, as its header names it. */
export interface IwmoMessage {
  /** `WMO301`. */
  kind: string;
  identification: string;
  /** Dagtekening, `YYYY-MM-DD`. */
  writtenOn: string;
  /** CBS code of a municipality or AGB code of a provider. */
  sender: string;
  receiver: string;
  /** Requests, answers and invoices tell nothing of a journey: they are counted and nothing else. */
  outcome: 'read' | 'no-journey-event';
}

/** What every product of one client in one message shares. */
export interface ClientContext {
  message: IwmoMessage;
  bsn: string;
  /** StatusAanlevering of the client, for products that have none of their own. */
  status?: string;
  mapping: readonly ProductMapping[];
}

/** The instant of a clock time (`hh:mm:ss`) on a day in the Netherlands, as RFC 3339. */
export function instantText(day: string, clock = '00:00:00'): string {
  const [hours, minutes, seconds] = clock.split(':').map(Number) as [number, number, number];
  return formatInstant(amsterdamInstant(parseDay(day), hours) + (minutes * 60 + seconds) * 1000);
}
