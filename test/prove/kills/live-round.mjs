import { spawn } from 'node:child_process';
import { envelope, expect, funder, pause, provider, source } from './told-events.mjs';

const senders = 16;

/** A running service as its own process, asked over HTTP. */
class Service {
  gone = false;

  constructor(child, address, tokens) {
    Object.assign(this, { child, address, tokens });
    this.ended = new Promise((resolve) => child.once('exit', resolve));
    void this.ended.then(() => (this.gone = true));
  }

  /** @returns null when nobody answers */
  ask(path) {
    return this.#fetch(path, { headers: { authorization: `Bearer ${this.tokens.funder}` } });
  }

  post(events) {
    return this.#fetch('/v1/events', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.tokens.provider}`,
        'content-type': 'application/cloudevents-batch+json',
      },
      body: JSON.stringify(events),
    });
  }

  async #fetch(path, init) {
    try {
      const answer = await fetch(this.address + path, init);
      return { status: answer.status, body: await answer.json() };
    } catch {
      return null;
    }
  }
}

/** Starts the product as a process of its own and waits until it answers. */
export async function startService({ program, dataDir, settings, issueToken }) {
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      DOMEINBRUG_DATA_DIR: dataDir,
      LOG_LEVEL: 'silent',
      // One organisation sends for all here.
      DOMEINBRUG_REQUESTS_PER_MINUTE: '10000000',
      DOMEINBRUG_REQUESTS_AT_ONCE: '10000',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await new Promise((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
      const found = /answers at (\S+)/.exec(out);
      if (found) resolve(found[1]);
    });
    child.once('exit', (code) => reject(new Error(`the service ended with ${code} before it answered`)));
  });
  const tokens = {
    provider: await issueToken(dataDir, `provider:${provider}`),
    funder: await issueToken(dataDir, funder),
  };
  return new Service(child, address, tokens);
}

/** Posts events through HTTP from several senders at once, follows a feed meanwhile, and kills the service. */
export class LiveRounds {
  #clients = 0;
  /** Sent, and not known to be stored: sent again in the next round, as a sender does. */
  #unanswered = [];

  constructor({ program, dataDir, settings, issueToken, random }) {
    Object.assign(this, { program, dataDir, settings, issueToken, random });
  }

  start() {
    return startService(this);
  }

  async run(watch, feed) {
    const service = await this.start();
    const following = this.#followWhile(service, feed);
    const sending = Array.from({ length: senders }, () => this.#send(service, watch));
    await pause(20 + this.random() * 600);
    service.child.kill('SIGKILL');
    await Promise.all([...sending, following, service.ended]);
    return true;
  }

  /** Asks for what is new until the service is gone, so that a kill also comes in the middle of a page. */
  async #followWhile(service, feed) {
    while (!service.gone) {
      await feed.follow(service);
      await pause(this.random() * 40);
    }
  }

  /** One sender: a journey at a time, in batches of a few, until nobody answers. */
  async #send(service, watch) {
    while (!service.gone) {
      const events = this.#unanswered.pop() ?? this.#newJourney();
      const answer = await service.post(events);
      if (answer === null) {
        this.#unanswered.push(events);
        return;
      }
      const { status, body } = answer;
      if (status === 503) this.#unanswered.push(events);
      else expect(status === 200, `a batch was answered with ${status}: ${JSON.stringify(body)}`);
      for (const result of body.results ?? []) {
        expect(['recorded', 'known'].includes(result.status), `an event became ${JSON.stringify(result)}`);
        watch.acknowledge([`${source} ${result.id}`]);
      }
    }
  }

  #newJourney() {
    const client = `LiveClient${String(++this.#clients).padStart(7, '0')}`;
    const steps = 1 + Math.floor(this.random() * 6);
    return Array.from({ length: steps }, (_, step) => envelope(client, step));
  }
}
