import { Metrics } from './metrics.js';

test('counts and durations are written in the text format, by route and status', async () => {
  const metrics = new Metrics();
  metrics.events.inc({ status: 'recorded' });
  metrics.events.inc({ status: 'recorded' }, 2);
  metrics.requestSeconds.observe({ route: '/a"b' }, 0.2);
  expect((await metrics.text()).split('\n')).toEqual(
    expect.arrayContaining([
      '# TYPE domeinbrug_events_total counter',
      'domeinbrug_events_total{status="recorded"} 3',
      'domeinbrug_http_request_seconds_bucket{le="0.1",route="/a\\"b"} 0',
      'domeinbrug_http_request_seconds_bucket{le="0.25",route="/a\\"b"} 1',
      'domeinbrug_http_request_seconds_count{route="/a\\"b"} 1',
    ]),
  );
});

test('two services in one process count apart', async () => {
  const [one, other] = [new Metrics(), new Metrics()];
  one.events.inc({ status: 'known' });
  expect(await other.text()).not.toContain('domeinbrug_events_total{');
});
