import { ProblemFound, WrongUse } from './refusal.js';

/** Options of commands that can also ask a running service. */
export interface ServiceOptions {
  url?: string;
  token?: string;
}

/** Who asks, and which service. */
export interface Service {
  url: string;
  token: string;
}

/** @throws WrongUse */
export function serviceOf({ url, token }: ServiceOptions): Service {
  const known = token ?? process.env['DOMEINBRUG_TOKEN'];
  if (!known) throw new WrongUse('--url needs --token, or the token in DOMEINBRUG_TOKEN.');
  if (!url || !URL.canParse(url))
    throw new WrongUse(`--url: "${url}" is no address; write http://127.0.0.1:3000.`);
  return { url, token: known };
}

/**
 * The body of a service's answer.
 * @throws ProblemFound when nobody answers, or with what the service says when it refuses
 */
export async function askService<T>(
  { url, token }: Service,
  path: string,
  method: 'GET' | 'POST' = 'GET',
): Promise<T> {
  const answer = await fetch(new URL(path, url), {
    method,
    headers: { authorization: `Bearer ${token}` },
  }).catch(() => undefined);
  if (!answer) throw new ProblemFound(`No service answers at ${url}. Check the address.`);
  const body = (await answer.json().catch(() => ({}))) as { title?: string; detail?: string };
  if (answer.ok) return body as T;
  const said = [body.title, body.detail].filter((part) => part !== undefined).join(': ');
  throw new ProblemFound(`The service refused with ${answer.status}: ${said || 'no reason given.'}`);
}
