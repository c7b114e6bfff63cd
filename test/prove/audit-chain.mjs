// Has clients looked at a great many times through HTTP, by all kinds of organisations, several at once and while events
// are told, and then holds the audit trail to its page (docs/audit.md): a line for each client of each answer, one for an
// answer that names none, refusals too, nothing for who has no valid token; each with the asker, status and trace of that
// answer. `domeinbrug audit verify` has to find the chain whole, and in copies what was altered or taken from between.
//
//   npm run prove:audit-chain -- [--reads 100000] [--clients 500] [--at-once 32] [--seed 1]
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import Database from 'better-sqlite3';
import { AuditedReads } from './audit-chain/audited-reads.mjs';
import { startService } from './kills/live-round.mjs';
import { expect, numbersFrom } from './kills/told-events.mjs';

const product = fileURLToPath(new URL('../../dist/', import.meta.url));
const lib = (name) => import(pathToFileURL(join(product, `libs/${name}/src/index.js`)).href);
const { issueDevelopmentToken } = await lib('access');
const { openEventLogReader, START } = await lib('event-store');

const { values } = parseArgs({
  options: {
    reads: { type: 'string', default: '100000' },
    clients: { type: 'string', default: '500' },
    'at-once': { type: 'string', default: '32' },
    seed: { type: 'string', default: '1' },
  },
});
const [reads, clients, atOnce] = [values.reads, values.clients, values['at-once']].map(Number);
expect(
  reads >= 100 && clients >= 10 && atOnce >= 1,
  '--reads, --clients, --at-once: at least 100, 10 and 1.',
);

const folder = mkdtempSync(join(tmpdir(), 'domeinbrug-audit-chain-'));
const dataDir = join(folder, 'data');
try {
  await prove();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function prove() {
  const asked = await askAll();
  const lines = await linesOf(dataDir);
  const faults = asked.faultsIn(lines);
  for (const fault of faults.slice(0, 20)) console.log(`FAULT ${fault}`);
  expect(faults.length === 0, `${faults.length} answers and lines do not fit one another`);
  const size = statSync(join(dataDir, 'audit', 'log.db')).size;
  const { code, out, seconds } = await verify(dataDir);
  expect(code === 0 && out.includes('is whole'), `audit verify ended with ${code}: ${out}`);
  console.log(
    `the trail has ${whole(lines.length)} lines for ${whole(asked.audited)} answers, as its page says, in ` +
      `${(size / 2 ** 20).toFixed(1)} MiB (${Math.round(size / lines.length)} bytes a line); ` +
      `verified in ${seconds.toFixed(1)} s: ${out.trim()}`,
  );
  const middle = Math.floor(lines.length / 2);
  await holdsAgainst('altered', middle, "UPDATE events SET content = replace(content, 'read', 'edit')");
  await holdsAgainst('taken from between', middle, 'DELETE FROM events');
}

async function askAll() {
  const service = await startService({
    program: join(product, 'apps/api/src/main.js'),
    dataDir,
    settings: {},
    issueToken: issueDevelopmentToken,
  });
  const asked = new AuditedReads(service.address, numbersFrom(Number(values.seed)), clients);
  try {
    await asked.fetchTokens((as) => issueDevelopmentToken(dataDir, as));
    await asked.introduce();
    const began = performance.now();
    await asked.ask(reads, atOnce);
    const seconds = (performance.now() - began) / 1_000;
    console.log(
      `${whole(asked.reads)} reads and ${whole(asked.writes)} writes about ${clients} clients, ${atOnce} at once, in ` +
        `${seconds.toFixed(0)} s (${whole((asked.reads + asked.writes) / seconds)}/s); ${asked.byStatus()}`,
    );
  } finally {
    service.child.kill('SIGTERM');
    await service.ended;
  }
  return asked;
}

async function linesOf(of) {
  const trail = await openEventLogReader({ kind: 'folder', dataDir: join(of, 'audit') });
  const lines = [];
  try {
    for (let after = START; ; after = lines.at(-1).position) {
      const some = await trail.readAll(after, 5_000);
      lines.push(...some.map(({ position, content }) => ({ position, ...content })));
      if (some.length === 0) return lines;
    }
  } finally {
    await trail.close();
  }
}

/** What the command of the product says, in a process of its own as an operator runs it. */
async function verify(of) {
  const began = performance.now();
  const program = join(product, 'apps/cli/src/main.js');
  const { code, out } = await promisify(execFile)(process.execPath, [
    program,
    'audit',
    'verify',
    '--data-dir',
    of,
  ]).then(
    ({ stdout }) => ({ code: 0, out: stdout }),
    ({ code, stdout, stderr }) => ({ code, out: stdout + stderr }),
  );
  return { code, out, seconds: (performance.now() - began) / 1_000 };
}

/** Does something to one line of a copy, which verify has to find and to name. */
async function holdsAgainst(what, position, statement) {
  const copy = join(folder, 'copy');
  cpSync(join(dataDir, 'audit'), join(copy, 'audit'), { recursive: true });
  const trail = new Database(join(copy, 'audit', 'log.db'));
  const { changes } = trail.prepare(`${statement} WHERE position = ?`).run(position);
  trail.close();
  expect(changes === 1, `${changes} lines were ${what}`);
  const { code, out } = await verify(copy);
  const named = what === 'altered' ? position : position + 1;
  expect(
    code === 1 && out.includes(`at positions ${named} `),
    `a line that was ${what} was not found: ${out}`,
  );
  console.log(`line ${position} ${what} in a copy: found (${out.split('\n')[0]})`);
  rmSync(copy, { recursive: true });
}

function whole(number) {
  return Math.round(number).toLocaleString('en');
}
