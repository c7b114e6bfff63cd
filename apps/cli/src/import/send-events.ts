import { maxBatchBytes, maxBatchEvents, type Reject } from '@domeinbrug/intake';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { ProblemFound } from '../refusal.js';
import type { Service } from '../running-service.js';
import type { LineName } from './import-ndjson.js';
import { nothingYet, type PartImported } from './outcome.js';

interface Line {
  number: number;
  text: string;
}

/** Brackets and commas of a batch, with room to spare. */
const roomForBrackets = 4_096;
const attempts = 6;
const longestWaitMs = 30_000;

/**
 * Sends lines with one CloudEvent each to a running service, in batches; tells of each batch once it was answered.
 * @param each what a line is to whoever wrote the file
 */
export async function* sendNdjson(
  lines: Readable,
  service: Service,
  each: LineName = 'line',
): AsyncGenerator<PartImported & { line: number }> {
  let batch: Line[] = [];
  let bytes = 0;
  let number = 0;
  for await (const text of createInterface({ input: lines, crlfDelay: Infinity })) {
    number += 1;
    if (text.trim() === '') continue;
    const size = Buffer.byteLength(text) + 1;
    if (batch.length === maxBatchEvents || bytes + size > maxBatchBytes - roomForBrackets) {
      yield await sendPart(batch, service, each);
      [batch, bytes] = [[], 0];
    }
    batch.push({ number, text });
    bytes += size;
  }
  if (batch.length > 0) yield await sendPart(batch, service, each);
}

async function sendPart(
  batch: readonly Line[],
  service: Service,
  each: LineName,
): Promise<PartImported & { line: number }> {
  const readable = batch.filter(({ text }) => isJsonObject(text));
  const unreadable = batch.filter((line) => !readable.includes(line)).map((line) => notJson(line, each));
  const results = readable.length === 0 ? [] : await post(readable, service);
  const rejects = results.flatMap((result, index) =>
    result.status === 'rejected' ? rejectsOf(result, readable[index]!, each) : [],
  );
  const having = (status: string): number => results.filter((result) => result.status === status).length;
  return {
    line: batch.at(-1)!.number,
    counts: {
      ...nothingYet(),
      recorded: having('recorded'),
      known: having('known'),
      rejected: having('rejected') + unreadable.length,
    },
    rejects: [...unreadable, ...rejects],
    reports: [],
  };
}

function isJsonObject(text: string): boolean {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null && !Array.isArray(read);
  } catch {
    return false;
  }
}

function notJson({ number }: Line, each: LineName): Reject {
  return {
    where: `${each} ${number}`,
    code: 'json-invalid',
    detail: 'Write one whole JSON object per line.',
  };
}

interface EventAnswer {
  status: string;
  code?: string;
  errors?: { pointer?: string; code: string; detail: string }[];
}

function rejectsOf({ code, errors }: EventAnswer, { number }: Line, each: LineName): Reject[] {
  const where = `${each} ${number}`;
  if (!errors || errors.length === 0) {
    return [{ where, code: code ?? 'rejected', detail: 'The service gave no reason.' }];
  }
  return errors.map((error) => ({ where, ...error }));
}

/** Sends a batch, again when the service asks for it: what it has stored already is known the second time. */
async function post(batch: readonly Line[], service: Service): Promise<EventAnswer[]> {
  const body = `[${batch.map(({ text }) => text).join(',')}]`;
  for (let attempt = 1; ; attempt++) {
    const answer = await ask(body, service);
    if (answer.ok) return ((await answer.json()) as { results: EventAnswer[] }).results;
    const again = answer.status === 429 || answer.status === 503;
    if (!again || attempt === attempts) throw await refusal(answer, batch);
    await waitFor(answer);
  }
}

async function ask(body: string, { url, token }: Service): Promise<Response> {
  try {
    return await fetch(new URL('/v1/events', url), {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents-batch+json', authorization: `Bearer ${token}` },
      body,
    });
  } catch {
    throw new ProblemFound(
      `No service answers at ${url}. Check the address; sending the file again doubles nothing.`,
    );
  }
}

function waitFor(answer: Response): Promise<void> {
  const seconds = Number(answer.headers.get('retry-after')) || 1;
  return new Promise((resolve) => setTimeout(resolve, Math.min(seconds * 1_000, longestWaitMs)));
}

async function refusal(answer: Response, batch: readonly Line[]): Promise<ProblemFound> {
  const text = await answer.text();
  const { title, detail } = problemIn(text);
  const said = [title, detail].filter((part) => part !== undefined).join(': ');
  return new ProblemFound(
    `The service refused lines ${batch[0]!.number} to ${batch.at(-1)!.number} with ${answer.status}: ` +
      `${said || 'no reason given.'} What came before is stored; sending the file again doubles nothing.`,
  );
}

function problemIn(text: string): { title?: string; detail?: string } {
  try {
    return (JSON.parse(text) as { title?: string; detail?: string } | null) ?? {};
  } catch {
    return {};
  }
}
