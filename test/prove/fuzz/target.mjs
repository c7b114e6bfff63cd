import { spawn } from 'node:child_process';
import { askers, introductions } from './people.mjs';

/** The service as its own process, with nothing in the way of a great many requests, and people to ask about. */
export class Target {
  static async start({ program, dataDir, issueToken }) {
    const child = spawn(process.execPath, [program], {
      env: {
        PATH: process.env.PATH,
        PORT: '0',
        DOMEINBRUG_DATA_DIR: dataDir,
        LOG_LEVEL: 'error',
        DOMEINBRUG_REQUESTS_PER_MINUTE: '10000000',
        DOMEINBRUG_REQUESTS_AT_ONCE: '10000',
        DOMEINBRUG_STREAMS_AT_ONCE: '10000',
        DOMEINBRUG_REQUEST_SECONDS: '10',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const target = new Target();
    target.child = child;
    target.log = '';
    child.stderr.on('data', (chunk) => (target.log = (target.log + chunk).slice(-20_000)));
    child.once('exit', (code, signal) => (target.ended = code ?? signal));
    target.address = await new Promise((resolve, reject) => {
      child.stdout.on('data', (chunk) => {
        const found = /answers at (\S+)/.exec(String(chunk));
        if (found) resolve(found[1]);
      });
      child.once('exit', (code) => reject(new Error(`the service ended with ${code}: ${target.log}`)));
    });
    target.issueToken = (as) => issueToken(dataDir, as);
    await target.renewTokens();
    await target.introduce();
    return target;
  }

  /** Tokens live for an hour, a run longer. */
  async renewTokens() {
    const named = askers.filter(({ as }) => as !== null);
    const tokens = await Promise.all(named.map(async ({ as }) => [as, await this.issueToken(as)]));
    this.tokens = new Map(tokens);
    this.renewAt = Date.now() + 30 * 60_000;
  }

  async introduce() {
    for (const [as, event] of introductions()) {
      const { status } = await fetch(`${this.address}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.tokens.get(as)}`, 'content-type': 'application/json' },
        body: JSON.stringify(event),
      });
      if (status !== 201) throw new Error(`an introduction was answered by ${status}`);
    }
  }

  async description() {
    const document = await (await fetch(`${this.address}/v1/openapi.json`)).json();
    const types = document.paths['/schemas/{schema}'] ?? document.paths['/schemas/{type}.v1.json'];
    return { document, types };
  }

  async residentMegabytes() {
    const figures = await (await fetch(`${this.address}/metrics`)).text();
    return Number(/^process_resident_memory_bytes (\d+)/m.exec(figures)[1]) / 1_048_576;
  }

  async stop() {
    if (this.ended !== undefined) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
  }
}
