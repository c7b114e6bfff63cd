import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const program = resolve('dist/apps/cli/src/main.js');

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Runs the built command as a person does, in a process of its own, and waits for its end. */
export function domeinbrug(args: string[], { input = '', env = {} }: RunOptions = {}): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env['PATH'], COLUMNS: '80', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  // A command that does not read its input may have closed it.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((ended) => child.once('close', (code) => ended({ code, out, err })));
}

interface RunOptions {
  input?: string;
  env?: Record<string, string>;
}

/** A folder for one test file, removed by `remove`. */
export function scratchFolder(): { path: (name: string) => string; write: typeof write; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'domeinbrug-cli-'));
  return {
    path: (name) => join(folder, name),
    write: (name, text) => write(join(folder, name), text),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function write(path: string, text: string): string {
  writeFileSync(path, text);
  return path;
}

/** A CloudEvent as a line of a file. */
export function eventLine(
  clientId: string,
  id: string,
  [type, data]: [string, Record<string, unknown>],
  more: Record<string, unknown> = {},
): string {
  return JSON.stringify({
    specversion: '1.0',
    id,
    source: 'urn:nld:agb:61610001:systeem:ecd',
    type: `nl.domeinbrug.${type}.v1`,
    time: '2024-03-05T08:12:00+01:00',
    datacontenttype: 'application/json',
    data: { clientId, ...data },
    ...more,
  });
}
