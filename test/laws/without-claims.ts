import type { JourneyEvent } from '@domeinbrug/journey';
import type { Service } from '@domeinbrug/terms';

/** The history as if nobody had ever claimed one service; decisions on several services keep the others. */
export function withoutClaimsOf(service: Service, events: readonly JourneyEvent[]): JourneyEvent[] {
  return events.flatMap((event) => {
    if (event.type === 'case-management-started') return service === 'case-management' ? [] : [event];
    if (event.type === 'event-corrected') {
      const data = { ...event.data, data: withoutService(service, event.data.data) };
      return [{ ...event, data }];
    }
    if (event.type !== 'wmo-decision-issued' && event.type !== 'zvw-care-indicated') return [event];
    const data = withoutService(service, event.data);
    return data.services.length === 0 ? [] : [{ ...event, data } as JourneyEvent];
  });
}

function withoutService<T extends object>(service: Service, data: T): T {
  const { services } = data as { services?: unknown };
  return Array.isArray(services) ? { ...data, services: services.filter((each) => each !== service) } : data;
}
