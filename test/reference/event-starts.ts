import { OPEN_END, parseDay } from '@domeinbrug/calendar';
import type { EventType, JourneyEvent, JourneyEventOf } from '@domeinbrug/journey';
import type { Fact } from './fact-types.js';
import type { End } from './lines.js';

export function ofType<T extends EventType>(
  events: readonly JourneyEvent[],
  ...types: T[]
): JourneyEventOf<T>[] {
  return events.filter((event) =>
    (types as EventType[]).includes(event.type),
  ) as unknown as JourneyEventOf<T>[];
}

/** The bare fact that an event begins. */
export function starting(event: JourneyEventOf<EventType>, firstDay: string, lastDay?: string | null): Fact {
  return {
    first: parseDay(firstDay),
    last: lastDay ? parseDay(lastDay) : OPEN_END,
    source: event.source,
    id: event.id,
    recordedAt: event.recordedAt,
  };
}

/** The end that an event makes, of any start that fits. */
export function endOn<F extends Fact>(lastDay: string, fits: (start: F) => boolean = () => true): End<F> {
  return { last: parseDay(lastDay), fits };
}
