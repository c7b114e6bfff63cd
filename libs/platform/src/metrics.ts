/** Figures for operators in the text format that Prometheus reads. */

type Labels = Record<string, string>;

interface Series {
  help: string;
  type: 'counter' | 'gauge' | 'histogram';
  values: Map<string, number>;
}

/** Upper ends of the duration classes in seconds. */
const durationClasses = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export class Metrics {
  private readonly series = new Map<string, Series>();

  /** Adds to a figure that only grows. */
  count(name: string, help: string, labels: Labels = {}, by = 1): void {
    const { values } = this.named(name, help, 'counter');
    add(values, name, labels, by);
  }

  /** States a figure that goes up and down. */
  gauge(name: string, help: string, value: number, labels: Labels = {}): void {
    this.named(name, help, 'gauge').values.set(key(name, labels), value);
  }

  /** Adds a duration in seconds to its classes. */
  duration(name: string, help: string, seconds: number, labels: Labels = {}): void {
    const { values } = this.named(name, help, 'histogram');
    for (const end of durationClasses) {
      add(values, `${name}_bucket`, { ...labels, le: String(end) }, seconds <= end ? 1 : 0);
    }
    add(values, `${name}_bucket`, { ...labels, le: '+Inf' }, 1);
    add(values, `${name}_sum`, labels, seconds);
    add(values, `${name}_count`, labels, 1);
  }

  text(): string {
    return [...this.series]
      .map(([name, { help, type, values }]) =>
        [
          `# HELP ${name} ${help}`,
          `# TYPE ${name} ${type}`,
          ...[...values].map(([at, value]) => `${at} ${value}`),
        ].join('\n'),
      )
      .concat('')
      .join('\n');
  }

  private named(name: string, help: string, type: Series['type']): Series {
    let series = this.series.get(name);
    if (!series) this.series.set(name, (series = { help, type, values: new Map() }));
    return series;
  }
}

export const metricsMediaType = 'text/plain; version=0.0.4; charset=utf-8';

function add(values: Map<string, number>, name: string, labels: Labels, by: number): void {
  const at = key(name, labels);
  values.set(at, (values.get(at) ?? 0) + by);
}

function key(name: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escape(value)}"`);
  return pairs.length > 0 ? `${name}{${pairs.join(',')}}` : name;
}

function escape(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
