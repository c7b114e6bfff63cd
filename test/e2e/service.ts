import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { issueDevelopmentToken } from '@domeinbrug/access';
import { idsAsKept } from './ids-as-kept.js';
import { Description, type OpenApi } from './description.js';

const program = resolve('dist/apps/api/src/main.js');

const running = new Set<ChildProcess>();

/** Ends what a failed test left running. */
export function endAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** The built service as its own process, as a user runs it, on a free port of this machine. */
export class Service {
  /** Of the process that runs now, or ran last; unset before the first start. */
  address = '';
  process!: ChildProcess;
  private ended!: Promise<number | null>;
  private written = '';
  private announcements = '';

  constructor(
    readonly dataDir = mkdtempSync(join(tmpdir(), 'domeinbrug-e2e-')),
    private readonly settings: Record<string, string> = {},
  ) {}

  /** Starts it and waits until it answers. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [program], {
      env: {
        PATH: process.env['PATH'],
        PORT: '0',
        DOMEINBRUG_DATA_DIR: this.dataDir,
        DOMEINBRUG_RULE_SET: 'six-weeks',
        ...this.settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process = child;
    this.written = '';
    this.announcements = '';
    child.stderr.on('data', (chunk: Buffer) => (this.written += chunk.toString()));
    running.add(child);
    this.ended = new Promise<number | null>((done) =>
      child.once('exit', (code) => {
        running.delete(child);
        done(code);
      }),
    );
    this.address = await this.announced(child);
  }

  /** Everything that the process wrote to its log so far. */
  log(): string {
    return this.written;
  }

  /** Everything that it wrote so far, to its log and for people. */
  output(): string {
    return this.announcements + this.written;
  }

  /** Ends it by a signal and waits until it has ended; gives its exit code. */
  end(signal: NodeJS.Signals): Promise<number | null> {
    this.process.kill(signal);
    return this.ended;
  }

  /** Ends it and starts it again on the same folder. */
  async restart(signal: NodeJS.Signals): Promise<void> {
    await this.end(signal);
    await this.start();
  }

  private announced(child: ChildProcess): Promise<string> {
    return new Promise((started, failed) => {
      let out = '';
      child.stdout!.on('data', (chunk: Buffer) => {
        out += chunk.toString();
        this.announcements += chunk.toString();
        const found = /answers at (\S+)/.exec(out);
        if (found) started(found[1]!);
      });
      void this.ended.then((code) => failed(new Error(`The service ended with ${code}: ${this.log()}`)));
    });
  }
}

export async function startService(dataDir?: string, settings?: Record<string, string>): Promise<Service> {
  const service = new Service(dataDir, settings);
  await service.start();
  return service;
}

/** For all tests of a file: started before the first of them, ended and its folder removed after the last. */
export function serviceOfThisFile(settings?: Record<string, string>): { service: Service; client: Client } {
  const service = new Service(undefined, settings);
  beforeAll(() => service.start(), 30_000);
  afterAll(async () => {
    await service.end('SIGTERM');
    endAll();
    rmSync(service.dataDir, { recursive: true });
  });
  return { service, client: new Client(service) };
}

export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed when it is JSON; what of it is there is for the test to say. */
  body: AnswerBody;
}

export interface AnswerBody {
  code: string;
  detail: string;
  errors: { pointer: string; code: string }[];
  clientId: string;
  knownAt: string;
  position: string;
  results: AnsweredResult[];
  events: { source: string; id: string }[];
  ruleSet: { id: string };
  ruleSets: { id: string; active: boolean }[];
  cover: AnsweredRow[];
  findings: { code: string }[];
  gaps: AnsweredRow[];
  timelines: AnswerBody[];
  rows: { service: string; days: number }[];
  clients: AnswerBody[];
  totals: { clients: number } | undefined;
  openapi: string;
  paths: Record<string, { get: { parameters: { name: string }[] } }>;
  parameters: Record<string, { national: Record<string, unknown> }>;
}

export interface AnsweredResult {
  clientId: string;
  id: string;
  status: string;
  code?: string;
  errors?: { pointer: string; code: string }[];
}

export interface AnsweredRow {
  service: string;
  firstDay: string;
  lastDay: string | null;
  funder?: string | null;
  reason?: string;
  rule?: string | null;
  because: { opened: unknown[] };
}

/**
 * Asks a service as somebody (`insurer:3311`, `auditor`), or without a token, and fails when an answer is not as the
 * service's own description says: every end-to-end test is one of the description too.
 *
 * Each organisation has ids of its own for clients. So that a test can speak of one client to several, answers are read
 * with the ids under which clients are kept; `as told` leaves them.
 */
export class Client {
  private readonly tokens = new Map<string, Promise<string>>();
  private described: Promise<Description> | undefined;
  /** What was reached, as `get /clients/{clientId}/coverage 200`. */
  readonly reached = new Set<string>();

  constructor(
    private readonly service: Service,
    private readonly ids: 'as kept' | 'as told' = 'as kept',
  ) {}

  async ask(as: string | null, path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = new Headers(init.headers);
    if (as !== null) headers.set('authorization', `Bearer ${await this.token(as)}`);
    if (as === 'auditor' && !headers.has('audit-reason'))
      headers.set('audit-reason', 'a test of this service');
    const response = await fetch(this.service.address + path, { ...init, headers });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const body = (isJson && text !== '' ? JSON.parse(text) : text) as AnswerBody;
    const answer = { status: response.status, headers: response.headers, body };
    await this.holdToDescription(init.method ?? 'GET', path, answer);
    return isJson && as !== null ? { ...answer, body: await this.read(as, body) } : answer;
  }

  /** What somebody was told, with the ids that this client reads. */
  async read<T>(as: string, told: T): Promise<T> {
    return this.ids === 'as told' ? told : idsAsKept(this.service.dataDir, as, told);
  }

  /** The description that the service gives of itself. */
  description(): Promise<Description> {
    return (this.described ??= fetch(`${this.service.address}/v1/openapi.json`)
      .then((response) => response.json())
      .then((document) => new Description(document as OpenApi)));
  }

  private async holdToDescription(method: string, path: string, answer: Answer): Promise<void> {
    const description = await this.description();
    const differences = description.differences({ method, path, ...answer });
    if (differences.length > 0) {
      const said = [`${method} ${path} is not as described:`, ...differences, JSON.stringify(answer.body)];
      throw new Error(said.join('\n').slice(0, 4_000));
    }
    const found = description.operationAt(method, path);
    if (found) this.reached.add(`${found.name} ${answer.status}`);
  }

  post(
    as: string | null,
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    return this.ask(as, path, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  }

  /** A token as somebody, made once. */
  token(as: string): Promise<string> {
    let token = this.tokens.get(as);
    if (!token) this.tokens.set(as, (token = issueDevelopmentToken(this.service.dataDir, as)));
    return token;
  }
}

export const provider = 'provider:65656055';
export const municipality = 'municipality:0363';
export const insurer = 'insurer:3311';
export const careOffice = 'care-office:5515';
export const ciz = 'oin:00000001112223330000';

const urns: Record<string, string> = {
  provider: 'agb',
  municipality: 'gemeentecode',
  insurer: 'uzovi',
  'care-office': 'zorgkantoor',
  oin: 'oin',
};

export function sourceOf(as: string): string {
  const [kind, code] = as.split(':');
  return `urn:nld:${urns[kind!]}:${code}:systeem:test`;
}

/** The id of the client that an event was about. */
export function clientIdIn({ body }: Answer): string {
  return body.results[0]!.clientId;
}

/** A CloudEvent from somebody; the client's BSN is in `data`. */
export function event(as: string, type: string, id: string, data: object): Record<string, unknown> {
  return {
    specversion: '1.0',
    id,
    source: sourceOf(as),
    type: `nl.domeinbrug.${type}.v1`,
    time: '2024-03-05T08:12:00+01:00',
    data,
  };
}

/** Sends each event as the one it is from, in order; gives the last answer. */
export async function tell(
  client: Client,
  events: [as: string, event: Record<string, unknown>][],
): Promise<Answer> {
  let last: Answer | undefined;
  for (const [as, each] of events) {
    last = await client.post(as, '/v1/events', each);
    if (last.status !== 201) throw new Error(JSON.stringify(last.body));
  }
  return last!;
}

/** An admission after care at home: cover under each law, a gap before the admission, a handover after it. */
export function admissionHistory(bsn: string): [string, Record<string, unknown>][] {
  const about = (data: object): object => ({ bsn, ...data });
  const codes = { municipality: '0363', insurer: '3311', careOffice: '5515' };
  return [
    [
      provider,
      event(
        provider,
        'client-registered',
        'reg',
        about({ firstDay: '2023-01-01', ...codes, birthYear: 1941 }),
      ),
    ],
    [
      provider,
      event(
        provider,
        'case-management-started',
        'cm',
        about({ firstDay: '2023-06-01', provider: '65656055' }),
      ),
    ],
    [
      municipality,
      event(
        municipality,
        'wmo-decision-issued',
        'wmo',
        about({ decisionId: 'D1', municipality: '0363', services: ['guidance'], firstDay: '2023-05-01' }),
      ),
    ],
    [
      ciz,
      event(
        ciz,
        'wlz-indication-issued',
        'ciz',
        about({ decisionId: 'C1', decidedOn: '2024-01-10', firstDay: '2024-01-15', profile: '754' }),
      ),
    ],
    [
      provider,
      event(
        provider,
        'client-admitted',
        'adm',
        about({ firstDay: '2024-03-04', provider: '65656055', withTreatment: true }),
      ),
    ],
  ];
}

/** One of the numbers that are made up for tests: of 9999xxxxx, and passing the eleven-test. */
export function bsnNumber(seed: number): string {
  const passing = madeUpNumbers[seed];
  if (passing === undefined) throw new RangeError(`There are ${madeUpNumbers.length} numbers for tests.`);
  return passing;
}

const madeUpNumbers = Array.from({ length: 100_000 }, (_, index) => String(999_900_000 + index)).filter(
  (number) =>
    [...number].reduce((sum, digit, at) => sum + Number(digit) * (at === 8 ? -1 : 9 - at), 0) % 11 === 0,
);
