import { ProblemFound, WrongUse } from './refusal.js';
import { harmless } from './text/harmless.js';

/** Options of commands that can also ask a running service. */
export interface ServiceOptions {
  url?: string;
}

/** Who asks, and which service. */
export interface Service {
  url: string;
  token: string;
}

/**
 * The token comes by the environment: whoever looks at the processes of a machine can read what stands on a command line.
 *
 * @throws WrongUse
 */
export function serviceOf({ url }: ServiceOptions): Service {
  const token = process.env['DOMEINBRUG_TOKEN']?.trim();
  if (!token) throw new WrongUse('--url needs a token; put it in DOMEINBRUG_TOKEN.');
  if (!url || !URL.canParse(url))
    throw new WrongUse(`--url: "${url}" is no address; write http://127.0.0.1:3000.`);
  return { url, token };
}

interface Asked {
  method?: 'GET' | 'POST';
  /** A text and what kind it is. */
  content?: { type: string; text: string };
}

/**
 * The body of a service's answer.
 * @throws ProblemFound when nobody answers, or with all that the service says when it refuses
 */
export async function askService<T>(
  { url, token }: Service,
  path: string,
  { method = 'GET', content }: Asked = {},
): Promise<T> {
  const answer = await fetch(new URL(path, url), {
    method,
    headers: { authorization: `Bearer ${token}`, ...(content && { 'content-type': content.type }) },
    ...(content && { body: content.text }),
  }).catch(() => undefined);
  if (!answer) throw new ProblemFound(`No service answers at ${url}. Check the address.`);
  const body = (await answer.json().catch(() => ({}))) as Partial<Refusal>;
  if (answer.ok) return body as T;
  throw new ProblemFound(`The service refused with ${answer.status}: ${refusalLines(body).join('\n')}`);
}

/** What is wrong, of a service's refusal or of what would be one. */
export interface Refusal {
  title?: string;
  detail: string;
  errors?: readonly { pointer: string; detail: string; line?: number }[];
}

/** A refusal for a reader: what it is about, and a line for each error where there is more than one. */
export function refusalLines({ title, detail, errors = [] }: Partial<Refusal>): string[] {
  const said = [title, detail].filter((part) => part !== undefined).join(': ');
  const each = errors.map((error) => {
    const line = error.line === undefined ? '' : `line ${error.line}, `;
    return `  ${line}${error.pointer}: ${error.detail}`;
  });
  return [said || 'no reason given.', ...each].map(harmless);
}
