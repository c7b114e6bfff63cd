import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { serviceOfThisFile } from './service.js';

const page = readFileSync('docs/connect.md', 'utf8');

/** Commands, each with the answer that the page shows below it, if it shows one. */
const steps = [...page.matchAll(/```sh\n([\s\S]*?)```(?:\s*```json\n([\s\S]*?)```)?/g)].map(
  ([, commands, shown]) => ({
    commands: commands!,
    shown: shown === undefined ? undefined : (JSON.parse(shown) as unknown),
  }),
);

const between = '---- next step ----';

const { service } = serviceOfThisFile();
let folder: string;
let outputs: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'domeinbrug-connect-'));
  const script = steps.map(({ commands }) => commands).join(`\necho; echo '${between}'\n`);
  outputs = (await inOrder(script)).split(between).map((output) => output.trim());
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

/** The words of the page, to a service of the test's own; files go into a folder of their own. */
async function inOrder(script: string): Promise<string> {
  const own = script
    .replaceAll('http://127.0.0.1:3000', service.address)
    .replaceAll('npm run --silent domeinbrug --', `node ${resolve('dist/apps/cli/src/main.js')}`);
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', own], {
    cwd: folder,
    env: { ...process.env, DOMEINBRUG_DATA_DIR: service.dataDir },
    maxBuffer: 10_000_000,
  });
  return stdout;
}

/** What the page shows, `…` for any text. */
function asShown(value: unknown): unknown {
  if (value === '…') return expect.stringMatching(/./);
  if (Array.isArray(value)) return value.map(asShown);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asShown(inner)]));
}

test('every command of the page is run', () => {
  expect(outputs).toHaveLength(steps.length);
  expect(steps.length).toBeGreaterThan(10);
});

test.each(steps.map((step, at) => [at + 1, step] as const))(
  'step %d answers',
  (number, { commands, shown }) => {
    const output = outputs[number - 1]!;
    const expectsProblem = JSON.stringify(shown ?? {}).includes('"errors"');
    if (commands.includes('curl')) expect(output).not.toBe('');
    if (!expectsProblem) expect(output).not.toContain('domeinbrug.example/problems/');
    if (shown !== undefined) expect(JSON.parse(output)).toMatchObject(asShown(shown) as object);
  },
);
