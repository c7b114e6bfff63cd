import type { EventLog } from '../event-log.js';

/** `clock` gives ms since 1970; without one the store keeps the real time. */
export type OpenLog = (clock?: () => number) => Promise<EventLog>;

/** What the parts of the contract open their logs with. */
export interface LogSource {
  open: OpenLog;
  reopen: () => Promise<EventLog>;
  /** The store itself is part of this process, so that events stay in its memory. */
  holdsEvents: boolean;
}
