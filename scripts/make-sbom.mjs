// Writes what the product is made of (CycloneDX) to dist/sbom.cdx.json: every package that runs with it, with its
// version, licence and digest. Fails when one of the lock file is not in it, or has no licence.
//   npm run sbom
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const { name } = JSON.parse(readFileSync('package.json', 'utf8'));
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const running = new Map(
  Object.entries(lock.packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
    .map(([path, { version, optional }]) => [`${nameAt(path)}@${version}`, { optional }]),
);
// With --omit dev npm also leaves out what both the product and its tools need, jose and rxjs among them.
const all = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], {
  encoding: 'utf8',
  maxBuffer: 1 << 26,
});
const bom = JSON.parse(all);
const root = bom.metadata.component['bom-ref'];
const isMade = (reference) => reference === root || running.has(reference);
bom.metadata.component.name = name; // npm takes that of the folder
bom.components = bom.components.filter((each) => isMade(each['bom-ref']));
bom.dependencies = bom.dependencies
  .filter(({ ref }) => isMade(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(isMade) }));

const listed = new Set(bom.components.map((each) => each['bom-ref']));
const problems = [
  // One that is optional is there on another platform only.
  ...[...running]
    .filter(([each, { optional }]) => !optional && !listed.has(each))
    .map(([each]) => `${each} is not listed`),
  ...bom.components
    .filter(({ licenses = [] }) => licenses.length === 0)
    .map((each) => `${each['bom-ref']} has no licence`),
];
for (const problem of problems) console.error(problem);
mkdirSync('dist', { recursive: true });
writeFileSync('dist/sbom.cdx.json', `${JSON.stringify(bom, null, 2)}\n`);
console.log(`${bom.components.length} packages in dist/sbom.cdx.json, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;

function nameAt(path) {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
