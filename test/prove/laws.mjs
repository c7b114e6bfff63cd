// Tries each law of coverage on a great many random histories and rule sets, in parts with a seed each.
//   npm run prove:laws -- [histories per law, default 100000] [part of a law's name]
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

const [histories = '100000', named = ''] = process.argv.slice(2);
const perPart = 10_000;
const parts = Math.ceil(Number(histories) / perPart);
const laws = [...readFileSync('test/laws/laws.spec.ts', 'utf8').matchAll(/^ {2}it\('(\d+\. [^']+)'/gm)]
  .map(([, name]) => name)
  .filter((name) => name.includes(named));

const waiting = laws.flatMap((law) => Array.from({ length: parts }, (_, part) => ({ law, part })));
const tried = new Map(laws.map((law) => [law, { histories: 0, failed: 0, seconds: 0 }]));

async function tryParts() {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { law, part } = next;
    const runs = Math.min(perPart, Number(histories) - part * perPart);
    const started = Date.now();
    const { code, output } = await jest(law, runs, 20240304 + part);
    const sum = tried.get(law);
    sum.histories += runs;
    sum.seconds += (Date.now() - started) / 1000;
    if (code !== 0) {
      sum.failed += 1;
      console.log(output);
    }
    if (sum.histories >= Number(histories)) report(law, sum);
  }
}

function jest(law, runs, seed) {
  const pattern = `${law.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`;
  const args = ['jest', '--selectProjects', 'unit', '--testPathPatterns', 'test/laws/laws', '-t', pattern];
  const env = { ...process.env, LAWS_RUNS: String(runs), LAWS_SEED: String(seed) };
  const child = spawn('npx', args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = [];
  child.stdout.on('data', (text) => output.push(text));
  child.stderr.on('data', (text) => output.push(text));
  return new Promise((done) => {
    child.on('close', (code) => done({ code: ran(output) ? code : 1, output: output.join('') }));
  });
}

/** A pattern that matches no test would pass in silence. */
function ran(output) {
  return /Tests:.* 1 (passed|failed)/.test(output.join('')) || /1 failed/.test(output.join(''));
}

function report(law, { histories: count, failed, seconds }) {
  const outcome = failed === 0 ? 'holds' : `FAILED in ${failed} of ${parts} parts`;
  console.log(`${outcome} on ${count} histories, ${seconds.toFixed(0)} s: ${law}`);
}

await Promise.all(Array.from({ length: availableParallelism() }, tryParts));
const failed = [...tried.values()].filter((law) => law.failed > 0).length;
console.log(`${laws.length - failed} laws hold, ${failed} failed`);
process.exitCode = failed === 0 && laws.length > 0 ? 0 : 1;
