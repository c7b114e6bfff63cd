// Runs every check, goes on after a failure, and closes with one line: N passed, N failed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const totals = { passed: 0, failed: 0 };

function run(name, command, args) {
  console.log(`\n--- ${name}`);
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
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
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    check(`case ${file}`, 'npm', ['run', '--silent', 'domeinbrug', '--', 'cases', join(folder, file)]);
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
