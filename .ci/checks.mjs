// Runs every check, goes on after a failure, and closes with one line: N passed, N failed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const totals = { passed: 0, failed: 0 };

function run(name, command, args) {
  console.log(`\n--- ${name}`);
  const began = performance.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  console.log(`--- ${name} took ${Math.round((performance.now() - began) / 1_000)} s`);
  return status === 0;
}

function check(name, command, args) {
  totals[run(name, command, args) ? 'passed' : 'failed'] += 1;
}

function tests() {
  const report = join(mkdtempSync(join(tmpdir(), 'domeinbrug-ci-')), 'tests.json');
  const passed = run('tests', 'npm', ['test', '--', '--json', `--outputFile=${report}`]);
  if (!existsSync(report)) {
    totals.failed += 1;
    return;
  }
  const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
  totals.passed += numPassedTests;
  totals.failed += numFailedTests;
  if (!passed && numFailedTests === 0) totals.failed += Math.max(1, numFailedTestSuites);
}

/** The acceptance cases are not part of the repository; they are run where they are. */
function acceptance() {
  const folder = join('..', 'shared', 'cases');
  if (!existsSync(folder)) {
    console.log(`\n--- acceptance cases: there is no ${folder}, so they were not run`);
    return;
  }
  const report = join(mkdtempSync(join(tmpdir(), 'domeinbrug-ci-')), 'cases.json');
  const command = `npm run --silent domeinbrug -- cases '${folder}' --json > '${report}'`;
  const passed = run('acceptance cases', 'sh', ['-c', command]);
  const { held, results } = readReport(report);
  const others = results.filter(({ holds }) => !holds);
  for (const other of others) console.log(JSON.stringify(other, null, 2));
  console.log(`${held} cases hold, ${others.length} do not`);
  totals.passed += held;
  totals.failed += passed ? 0 : Math.max(1, others.length);
}

/** Of a run that was broken off there may be none, or half of one. */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    console.log(`The cases have no report that can be read: ${error.message}`);
    return { held: 0, results: [] };
  }
}

/** Known weaknesses, where the registry in use tells them; where it does not, that is neither passed nor failed. */
function dependencies() {
  console.log('\n--- dependencies with known weaknesses');
  const { status } = spawnSync('npm', ['run', '--silent', 'audit:dependencies'], { stdio: 'inherit' });
  if (status !== 3) totals[status === 0 ? 'passed' : 'failed'] += 1;
}

const ruleSets = readdirSync('rules').map((name) => join('rules', name));

check('format', 'npm', ['run', '--silent', 'format:check']);
check('lint', 'npm', ['run', '--silent', 'lint']);
check('types', 'npm', ['run', '--silent', 'typecheck']);
check('architecture', 'npm', ['run', '--silent', 'architecture']);
tests();
check('kills', 'node', ['test/prove/kills.mjs', '--kills', '6', '--events', '6000']);
check('fuzz', 'node', ['test/prove/fuzz.mjs', '--requests', '5000']);
check('interface', 'npm', ['run', '--silent', 'lint:api']);
check('second opinion', 'npm', ['run', '--silent', 'check:second-opinion', '--', '5000', '1500']);
check('rule sets', 'npm', ['run', '--silent', 'domeinbrug', '--', 'rules', 'check', ...ruleSets]);
check('packages', 'npm', ['run', '--silent', 'sbom']);
dependencies();
acceptance();

console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 ? 0 : 1;
