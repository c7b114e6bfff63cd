// Runs every benchmark one after the other on this machine, so that figures that are compared come from one run:
//   npm run bench [-- service portfolio]     only these
// Nothing fails on a figure; each is printed beside what it is compared with or aims at.
import { spawnSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

const benchmarks = [
  'stores',
  'intake',
  'engine',
  'archive',
  'read-and-cover',
  'projections',
  'service',
  'access',
  'portfolio',
];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !benchmarks.includes(name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}; there are ${benchmarks.join(', ')}.`);
  process.exit(2);
}

const [processor] = cpus();
const memory = Math.round(totalmem() / 2 ** 30);
console.log(
  `${cpus().length} × ${processor.model}, ${memory} GiB, Node ${process.versions.node}, ${new Date().toISOString()}`,
);
for (const name of asked.length > 0 ? asked : benchmarks) {
  console.log(`\n--- ${name}`);
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL(`${name}.mjs`, import.meta.url))], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
