// Asks the package registry for known weaknesses in the packages that run with the product.
//   npm run audit:dependencies
// Exit codes: 0 none that are high or critical, 1 there are, 3 the registry could not be asked, which says nothing.
import { spawnSync } from 'node:child_process';

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8' });
const report = reportIn(stdout);
if (report === undefined) {
  console.log('NOT ASKED: the package registry in use gives no advisories. Nothing is known of weaknesses.');
  process.exitCode = 3;
} else {
  const { info, low, moderate, high, critical } = report.metadata.vulnerabilities;
  for (const { name, severity, range } of Object.values(report.vulnerabilities)) {
    console.log(`${severity}: ${name} ${range}`);
  }
  console.log(`${critical} critical, ${high} high, ${moderate} moderate, ${low + info} lower`);
  process.exitCode = critical + high > 0 ? 1 : 0;
}

/** An audit that failed answers with JSON too, which counts nothing. */
function reportIn(text) {
  try {
    const answer = JSON.parse(text);
    return answer.metadata?.vulnerabilities === undefined ? undefined : answer;
  } catch {
    return undefined;
  }
}
