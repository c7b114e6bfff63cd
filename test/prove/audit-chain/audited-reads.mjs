import { envelope, expect, provider } from '../kills/told-events.mjs';

/** How long a client's journey is at first, and how many clients one answer may name. */
const steps = 4;
const page = 20;

const rules = 'fromRuleSet=sharp-cut&toRuleSet=six-weeks&lastDay=2024-12-31';
const about = (id) => `/v1/clients/${id}`;
/** Who asks, how often of about a hundred times, and for what. */
const questions = [
  { share: 30, as: 'insurer:3311', path: (id) => `${about(id)}/coverage` },
  { share: 15, as: `provider:${provider}`, path: (id) => `${about(id)}/coverage?on=2019-06-01` },
  { share: 15, as: `provider:${provider}`, path: (id) => `${about(id)}/events` },
  { share: 2, as: 'care-office:5515', path: (id) => `${about(id)}/coverage` },
  { share: 2, as: 'municipality:0363', path: (id) => `${about(id)}/coverage` },
  { share: 5, as: 'auditor', path: (id) => `${about(id)}/coverage`, reason: 'complaint 2025-0113' },
  { share: 5, as: 'insurer:3311', path: (id) => `${about(id)}/settlement?${rules}` },
  {
    share: 4,
    as: 'insurer:3311',
    path: () => `/v1/funders/insurer:3311/coverage?on=2024-03-01&limit=${page}`,
  },
  { share: 4, as: 'insurer:9999', path: (id) => `${about(id)}/coverage` },
  { share: 3, as: 'policy', path: (id) => `${about(id)}/coverage` },
  { share: 3, as: 'insurer:3311', path: (id) => `${about(id)}/coverage?on=yesterday` },
  { share: 3, as: 'insurer:3311', path: (id) => `${about(`Nobody${id}`)}/coverage` },
  { share: 2, as: 'auditor', path: (id) => `${about(id)}/coverage` },
  { share: 2, as: 'municipality:0363', path: () => '/v1/funders/insurer:3311/coverage?on=2024-03-01' },
  { share: 2, as: 'nobody', path: (id) => `${about(id)}/coverage` },
];
/** Of a hundred requests so many tell of an event. */
const writes = 2;

/** Asks about invented clients, keeps what was answered, and compares a trail with that. */
export class AuditedReads {
  reads = 0;
  writes = 0;
  /** Of answers to somebody with a token, by the trace that the request had: what the trail has to say of them. */
  #answers = new Map();
  #statuses = new Map();
  #tokens = new Map([['nobody', 'eyJhbGciOiJub25lIn0.e30.']]);

  constructor(address, random, clients) {
    Object.assign(this, { address, random, clients });
  }

  get audited() {
    return this.#answers.size;
  }

  byStatus() {
    return [...this.#statuses]
      .sort()
      .map(([status, count]) => `${status}: ${count}`)
      .join(', ');
  }

  /** Tokens live for an hour; whoever asks for longer has to fetch others. */
  async fetchTokens(issue) {
    for (const { as } of questions) if (as !== 'nobody') this.#tokens.set(as, await issue(as));
  }

  async introduce() {
    for (let client = 0; client < this.clients; client++) {
      for (let step = 0; step < steps; step++) await this.#tell(client, step);
    }
  }

  /** Reads by so many at once, some of whom tell of an event now and then. */
  async ask(reads, atOnce) {
    let step = steps;
    const one = async () => {
      while (this.reads < reads) {
        if (this.random() * 100 < writes) await this.#tell(this.#someClient(), step++);
        else await this.#read();
      }
    };
    await Promise.all(Array.from({ length: atOnce }, one));
  }

  async #read() {
    this.reads++;
    const { as, path, reason } = this.#question();
    const client = idOf(this.#someClient());
    const headers = reason === undefined ? {} : { 'audit-reason': reason };
    const { status, body, trace } = await this.#send(as, path(client), { headers });
    expect(
      status < 500 && status !== 429,
      `${path(client)} was answered with ${status}: ${JSON.stringify(body)}`,
    );
    if (status === 401) return;
    const asked = /^\/v1\/clients\/([^/]+)/.exec(path(client))?.[1];
    const listed = (body.clients ?? []).map((each) => each.clientId);
    this.#answers.set(trace, { status, action: 'read', as, clients: asked ? [asked] : listed.length });
  }

  async #tell(client, step) {
    this.writes++;
    const as = `provider:${provider}`;
    const init = { method: 'POST', body: JSON.stringify(envelope(idOf(client), step)) };
    const { status, body, trace } = await this.#send(as, '/v1/events', init);
    expect(status === 201, `an event was answered with ${status}: ${JSON.stringify(body)}`);
    this.#answers.set(trace, { status, action: 'create', as, clients: [idOf(client)] });
  }

  async #send(as, path, { headers, ...init }) {
    const trace = String(this.reads + this.writes).padStart(32, '0');
    const answer = await fetch(this.address + path, {
      ...init,
      headers: {
        authorization: `Bearer ${this.#tokens.get(as)}`,
        'content-type': 'application/json',
        traceparent: `00-${trace}-00f067aa0ba902b7-01`,
        ...headers,
      },
    });
    this.#statuses.set(answer.status, (this.#statuses.get(answer.status) ?? 0) + 1);
    return { status: answer.status, body: await answer.json(), trace };
  }

  /** @returns where the trail says something else than what was answered, or nothing, or too much */
  faultsIn(lines) {
    const byTrace = groupedByTrace(lines);
    const faults = [];
    for (const [trace, answer] of this.#answers) {
      const told = byTrace.get(trace) ?? [];
      byTrace.delete(trace);
      const fault = faultOf(answer, told);
      if (fault) faults.push(`answer ${trace} (${JSON.stringify(answer)}): ${fault}`);
    }
    for (const [trace, told] of byTrace)
      faults.push(`${told.length} lines of ${trace}, which was not answered`);
    return faults;
  }

  #someClient() {
    return Math.floor(this.random() * this.clients);
  }

  #question() {
    let at = this.random() * questions.reduce((sum, { share }) => sum + share, 0);
    return questions.find(({ share }) => (at -= share) < 0);
  }
}

function faultOf({ status, action, as, clients }, told) {
  const wanted = Array.isArray(clients) ? clients.length : Math.max(1, clients);
  if (told.length !== wanted) return `${told.length} lines, not ${wanted}`;
  const named = told.map(({ object }) => object.client);
  if (Array.isArray(clients) && named.join() !== clients.join()) return `it is about ${named.join()}`;
  if (new Set(named).size !== named.length) return 'a client is named twice';
  const [role, code = ''] = as.split(':');
  const isSo = ({ event, user }) =>
    event.status === status &&
    event.action === action &&
    event.outcome === outcomeOf(status) &&
    user.role === role &&
    user.organisation.endsWith(code);
  return told.every(isSo) ? undefined : `it says ${JSON.stringify(told[0])}`;
}

function outcomeOf(status) {
  if (status < 400) return 'allowed';
  return status === 400 ? 'failed' : 'refused';
}

function groupedByTrace(lines) {
  const grouped = new Map();
  for (const line of lines) {
    const of = grouped.get(line.log.traceId);
    if (of) of.push(line);
    else grouped.set(line.log.traceId, [line]);
  }
  return grouped;
}

/** Of the sender's own choice, so that all know the client by the same name. */
function idOf(client) {
  return `AuditedClient${String(client).padStart(6, '0')}`;
}
