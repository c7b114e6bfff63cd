import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Upper ends of the classes of time in seconds: an answer takes about a millisecond, an export some seconds. */
const durationClasses = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Figures for operators, in the text format that Prometheus reads. A route is its pattern, never an address: no
 * label names a client. Each service has a registry of its own, so that two may run in one process.
 */
export class Metrics {
  private readonly registry = new Registry();

  readonly requests = this.counter('domeinbrug_http_requests_total', 'Requests answered.', [
    'method',
    'route',
    'status',
  ]);
  readonly requestSeconds = this.histogram(
    'domeinbrug_http_request_seconds',
    'Time to answer.',
    durationClasses,
    ['route'],
  );
  readonly events = this.counter('domeinbrug_events_total', 'Events sent, by what became of them.', [
    'status',
  ]);
  readonly deliverySize = this.histogram(
    'domeinbrug_delivery_events',
    'Events in one request that sent some.',
    [1, 10, 100, 1_000],
  );
  private readonly appendSeconds = this.histogram(
    'domeinbrug_log_append_seconds',
    'Time until an append was durable, waiting included.',
    durationClasses,
  );
  private readonly appendsWaiting = this.gauge('domeinbrug_log_appends_waiting', 'Appends not yet durable.');
  readonly feedReaders = this.gauge('domeinbrug_feed_readers', 'Readers that follow a feed of changes live.');

  private readonly replaysRunning = this.gauge(
    'domeinbrug_replays_running',
    'Replays under way or waiting for others.',
  );
  private readonly replays = this.counter('domeinbrug_replays_total', 'Replays, by how they ended.', [
    'outcome',
  ]);
  private readonly replaySeconds = this.histogram(
    'domeinbrug_replay_seconds',
    'Time from the question to the end of a replay, waiting for others included.',
    [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
  );

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** An append begins; call what this gives when its outcome is known. */
  appending(): () => void {
    this.appendsWaiting.inc();
    const ended = this.appendSeconds.startTimer();
    return () => {
      this.appendsWaiting.dec();
      ended();
    };
  }

  /** A replay begins; call what this gives when it has ended. */
  replaying(): (outcome: 'done' | 'failed' | 'cancelled') => void {
    this.replaysRunning.inc();
    const ended = this.replaySeconds.startTimer();
    return (outcome) => {
      this.replaysRunning.dec();
      this.replays.inc({ outcome });
      ended();
    };
  }

  /** A figure that only grows. */
  counter<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  /** A figure that goes up and down. */
  gauge<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }

  histogram<L extends string>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: readonly L[] = [],
  ): Histogram<L> {
    return new Histogram({ name, help, buckets, labelNames, registers: [this.registry] });
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }

  /** The names of all figures, for those who draw them. */
  names(): string[] {
    return this.registry.getMetricsAsArray().map(({ name }) => name);
  }
}

export const metricsMediaType = Registry.PROMETHEUS_CONTENT_TYPE;
