import { Metrics } from './metrics.js';

test('counts, gauges and durations are written in the text format', () => {
  const metrics = new Metrics();
  metrics.count('events_total', 'Events.', { status: 'recorded' });
  metrics.count('events_total', 'Events.', { status: 'recorded' }, 2);
  metrics.gauge('lag', 'Lag.', 4);
  metrics.gauge('lag', 'Lag.', 3);
  metrics.duration('seconds', 'Time.', 0.2, { route: '/a"b' });
  const lines = metrics.text().split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      '# TYPE events_total counter',
      'events_total{status="recorded"} 3',
      'lag 3',
      'seconds_bucket{route="/a\\"b",le="0.1"} 0',
      'seconds_bucket{route="/a\\"b",le="0.25"} 1',
      'seconds_bucket{route="/a\\"b",le="+Inf"} 1',
      'seconds_count{route="/a\\"b"} 1',
    ]),
  );
});
