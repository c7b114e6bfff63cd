import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const readme = readFileSync('README.md', 'utf8');
const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block!.trim());
const folder = mkdtempSync(join(tmpdir(), 'domeinbrug-readme-'));

/** The words of the README, on folders and a port of the test's own. */
async function bash(script: string, port: number): Promise<string> {
  const own = script.replaceAll('data/demo', join(folder, 'demo')).replaceAll(':3000', `:${port}`);
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', own], {
    env: { ...process.env, DOMEINBRUG_DATA_DIR: join(folder, port === 0 ? 'demo' : 'service') },
    maxBuffer: 10_000_000,
  });
  return stdout;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** `npm start` without the `npm ci` before it, until it says where it answers. */
async function start(port: number): Promise<ChildProcess> {
  const service = spawn('npm', ['start'], {
    env: { ...process.env, DOMEINBRUG_DATA_DIR: join(folder, 'service'), PORT: String(port) },
    detached: true, // so that npm and what it started can be ended together
  });
  await new Promise<void>((answers, fails) => {
    service.stdout.on('data', (text: Buffer) => {
      if (text.toString().includes(`http://127.0.0.1:${port}`)) answers();
    });
    service.once('exit', (code) => fails(new Error(`npm start ended with ${code}`)));
  });
  return service;
}

jest.setTimeout(120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the README', () => {
  it('has the two commands, the demo and the questions, and no other', () => {
    expect(blocks.map((block) => block.split('\n')[0])).toEqual([
      'npm ci && npm start',
      'npm ci && npm test',
      'npm run demo',
      expect.stringContaining('token --as provider'),
    ]);
  });

  it('shows the drawing that its own command makes', async () => {
    const commands = blocks[2]!.split('\n');
    const drawing = /```text\n([\s\S]*?)\n```/.exec(readme)![1]!;
    await bash(commands[0]!, 0);
    expect(await bash(commands[1]!, 0)).toContain(drawing);
    for (const command of commands.slice(2)) expect(await bash(command, 0)).not.toBe('');
  });

  it('sends its events and gets its answers', async () => {
    const port = await freePort();
    const service = await start(port);
    try {
      const answers = await bash(blocks[3]!, port);
      const [asked, described] = answers.split('{"openapi":"3.');
      expect(asked!.match(/"status":"recorded"/g)).toHaveLength(2);
      expect(asked).toContain('"service":"case-management"');
      expect(described).toContain('/funders/');
    } finally {
      process.kill(-service.pid!, 'SIGTERM');
      await new Promise((ended) => service.once('exit', ended));
    }
  });
});
