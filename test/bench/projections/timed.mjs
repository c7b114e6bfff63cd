import { performance } from 'node:perf_hooks';

/** @param aim what the figure is printed beside; '' when there is none */
export async function timed(what, count, aim, work) {
  const started = performance.now();
  const before = process.cpuUsage();
  await work();
  const seconds = (performance.now() - started) / 1_000;
  const { user, system } = process.cpuUsage(before);
  const cpu = ((user + system) / 1e6).toFixed(1);
  const rate = Math.round(count / seconds).toLocaleString('en');
  console.log(
    `${what.padEnd(28)} ${rate.padStart(9)} events/s  ${aim} (${seconds.toFixed(1)} s, ${cpu} s of processors)`,
  );
}
