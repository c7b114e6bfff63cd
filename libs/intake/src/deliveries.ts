import { jsonBytes, type JsonObject } from './json-values.js';
import { pointerTo, problem, type Problem } from './problem.js';

/** The most bytes of a body with more than one event, and the most events in it. */
export const maxBatchBytes = 1_048_576;
export const maxBatchEvents = 1_000;

/** The media types that carry events; a body parser must read each as JSON. */
export const eventMediaTypes = [
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
  'application/json',
] as const;

/** Header names in lower case, as Node gives them. */
export type Headers = Record<string, string | string[] | undefined>;

/** What a body brings: envelopes to be read one by one. A batch is no transaction: each has a result of its own. */
export type Delivery = { mode: 'single' | 'batch'; envelopes: unknown[] };

/**
 * The envelopes in a request, in structured, batch or binary mode. `bytes` is the size of the body as sent;
 * without it the compact JSON is measured. A problem's code says whether it is a matter of media type
 * (`media-type-unsupported`), of size (`batch-too-large`, `batch-too-long`) or of form.
 */
export function readDelivery(headers: Headers, body: unknown, bytes?: number): Delivery | Problem[] {
  const mediaType = mediaTypeOf(headers);
  if (mediaType === 'application/cloudevents-batch+json') return readBatch(body, bytes);
  if (mediaType === 'application/cloudevents+json') return { mode: 'single', envelopes: [body] };
  if (mediaType !== 'application/json') {
    const advice = `Send events as one of: ${eventMediaTypes.join(', ')}.`;
    return [problem('', 'media-type-unsupported', advice)];
  }
  if (isBinary(headers)) return readBinary(headers, body);
  return Array.isArray(body) ? readBatch(body, bytes) : { mode: 'single', envelopes: [body] };
}

function readBatch(body: unknown, bytes?: number): Delivery | Problem[] {
  if (!Array.isArray(body))
    return [problem('', 'batch-invalid', 'Send a batch as one JSON array of events.')];
  if (body.length === 0) return [problem('', 'batch-empty', 'Send at least one event.')];
  if (body.length > maxBatchEvents) {
    return [problem('', 'batch-too-long', `Send at most ${maxBatchEvents} events at once; split the batch.`)];
  }
  if ((bytes ?? jsonBytes(body)) > maxBatchBytes) {
    return [problem('', 'batch-too-large', `Send at most ${maxBatchBytes} bytes at once; split the batch.`)];
  }
  return { mode: 'batch', envelopes: body };
}

function mediaTypeOf(headers: Headers): string {
  return first(headers['content-type']).split(';')[0]!.trim().toLowerCase();
}

function isBinary(headers: Headers): boolean {
  return Object.keys(headers).some((name) => name.startsWith('ce-'));
}

/** In binary mode the attributes are `ce-` headers, percent-encoded, and the body is `data`. */
function readBinary(headers: Headers, body: unknown): Delivery | Problem[] {
  const envelope: JsonObject = { datacontenttype: first(headers['content-type']) };
  const problems: Problem[] = [];
  for (const [header, value] of Object.entries(headers)) {
    if (!header.startsWith('ce-') || value === undefined) continue;
    const name = header.slice('ce-'.length);
    const text = percentDecoded(first(value));
    if (text === undefined || name === 'data') {
      problems.push(problem(pointerTo('', name), 'attribute-encoding-invalid', encodingAdvice(name)));
    } else {
      envelope[name] = text;
    }
  }
  if (problems.length > 0) return problems;
  return { mode: 'single', envelopes: [body === undefined ? envelope : { ...envelope, data: body }] };
}

function encodingAdvice(name: string): string {
  return name === 'data'
    ? 'In binary mode the body is data; leave the header ce-data out.'
    : `The header ce-${name} must be UTF-8 with each byte outside printable ASCII as %XX.`;
}

/** CloudEvents HTTP binding 3.1.3.2: quotes around the value are dropped, then %XX is UTF-8. */
function percentDecoded(value: string): string | undefined {
  const unquoted = /^".*"$/.test(value) ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;
  try {
    return decodeURIComponent(unquoted);
  } catch {
    return undefined;
  }
}

function first(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
