import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { envelope, expect, pause, source } from './told-events.mjs';

/** Imports files of events one after the other, and is killed while it does. */
export class ImportRounds {
  #files = [];
  #ids = [];

  constructor({ command, folder, dataDir, settings, events, random }) {
    Object.assign(this, { command, folder, dataDir, settings, events, random });
    this.progressFile = join(folder, 'progress.ndjson');
  }

  get files() {
    return this.#files;
  }

  /**
   * Starts the import of the file in hand and kills it some while after it stored something.
   * @returns whether it was killed; a file that was done before is followed by another
   */
  async run(watch) {
    if (this.#files.length === 0) this.#writeFile();
    rmSync(this.progressFile, { force: true });
    const parts = Math.floor(this.random() * 2);
    const child = this.#start();
    const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
    let done = false;
    void ended.then(() => (done = true));
    while (!done && this.#progress().length <= parts) await pause(2);
    await pause(this.random() * 80);
    child.kill('SIGKILL');
    const { code, signal } = await ended;
    const lines = this.#progress().at(-1)?.line ?? 0;
    watch.acknowledge(this.#ids.slice(0, lines).map((id) => `${source} ${id}`));
    if (signal === 'SIGKILL') return true;
    expect(code === 0, `the import ended by itself with ${code}`);
    this.#writeFile();
    return false;
  }

  #start() {
    const args = ['import', this.#files.at(-1), '--progress-file', this.progressFile];
    return spawn(process.execPath, [this.command, ...args, '--data-dir', this.dataDir], {
      env: { ...process.env, ...this.settings },
      stdio: 'ignore',
    });
  }

  /** What the import said it has stored for good, as far as its last whole line. */
  #progress() {
    if (!existsSync(this.progressFile)) return [];
    return readFileSync(this.progressFile, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  }

  /** Clients of a file through one another, six events or so of each. */
  #writeFile() {
    const number = this.#files.length + 1;
    const file = join(this.folder, `events-${number}.ndjson`);
    const clients = Math.max(1, Math.round(this.events / 6));
    this.#ids = [];
    const out = openSync(file, 'w');
    for (let line = 0; line < this.events; line++) {
      const client = `File${number}Client${String(line % clients).padStart(6, '0')}`;
      const event = envelope(client, Math.floor(line / clients));
      this.#ids.push(event.id);
      writeSync(out, `${JSON.stringify(event)}\n`);
    }
    closeSync(out);
    this.#files.push(file);
  }
}
