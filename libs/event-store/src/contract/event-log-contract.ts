import { afterEach, describe } from '@jest/globals';
import type { EventLog } from '../event-log.js';
import { describeAppending } from './appending.js';
import { describeClosing } from './closing.js';
import { describeFollowing } from './following.js';
import { describeMoments } from './moments.js';
import { describeReading } from './reading.js';
import type { LogSource } from './log-source.js';
import { describeRetrying } from './retrying.js';

/** A store of its own for one test. */
export interface LogUnderTest {
  log: EventLog;
  /** Opens the same store again, with the same clock, after `log` was closed. */
  reopen(): Promise<EventLog>;
  /** Closes what is still open and throws the store away. */
  discard(): Promise<void>;
}

/** Opens an empty store. `clock` gives ms since 1970; without one the store keeps the real time. */
export type OpenFresh = (clock?: () => number) => Promise<LogUnderTest>;

/**
 * Registers, as Jest tests, everything that the port promises. Every store behind the port runs the same suite; it
 * knows nothing of how one works.
 *
 * @param holdsEvents the store is part of this process: what it keeps is no fault of the log
 */
export function describeEventLog(
  name: string,
  openFresh: OpenFresh,
  { holdsEvents = false }: { holdsEvents?: boolean } = {},
): void {
  describe(`the event log in ${name}`, () => {
    let opened: LogUnderTest[] = [];
    const source: LogSource = {
      async open(clock) {
        const underTest = await openFresh(clock);
        opened.push(underTest);
        return underTest.log;
      },
      reopen: () => opened.at(-1)!.reopen(),
      holdsEvents,
    };
    afterEach(async () => {
      await Promise.all(opened.map((underTest) => underTest.discard()));
      opened = [];
    });
    describeAppending(source);
    describeRetrying(source);
    describeMoments(source);
    describeReading(source);
    describeFollowing(source);
    describeClosing(source);
  });
}
