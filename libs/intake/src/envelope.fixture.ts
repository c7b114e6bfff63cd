/** A good event for tests, about an invented client. */
export const goodEvent = {
  specversion: '1.0',
  id: 'a-1',
  source: 'urn:nld:agb:65656055:systeem:ecd',
  type: 'nl.domeinbrug.client-admitted.v1',
  time: '2024-03-05T08:12:00+01:00',
  data: { clientId: 'CLIENT0001', firstDay: '2024-03-04', provider: '65656055' },
};

/** An invented BSN that passes the eleven-test. */
export const testBsn = '999990019';

/** A good event with some attributes changed; `undefined` takes one away. */
export function eventWith(changed: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify({ ...goodEvent, ...changed })) as Record<string, unknown>;
}

/** A good event with some fields of its data changed. */
export function eventWithData(changed: Record<string, unknown>): Record<string, unknown> {
  return eventWith({ data: { ...goodEvent.data, ...changed } });
}

export function eventOf(type: string, data: Record<string, unknown>): Record<string, unknown> {
  return eventWith({ type: `nl.domeinbrug.${type}.v1`, data: { clientId: 'CLIENT0001', ...data } });
}
