import type { Answer } from '../e2e/service.js';
import { askerOf, type Asked } from './asked-through-http.js';

/** Lists of organisations: their pages, and who may ask for them. */

export type Page = Record<string, unknown> & { totals?: Record<string, unknown> };

/** All pages of a list, by the addresses that each gives of the next. */
export async function pages(asked: Asked, as: string, path: string): Promise<Page[]> {
  const found: Page[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const answer: Answer = await asked.ask(as, next);
    expect([answer.status, next]).toEqual([200, next]);
    found.push(answer.body as unknown as Page);
    next = /^<([^>]+)>/.exec(answer.headers.get('link') ?? '')?.[1];
  }
  return found;
}

export const listed = <T>(found: readonly Page[], name: string): T[] =>
  found.flatMap((page) => page[name] as T[]);

/** Whose list is asked for: one's own, of an auditor anybody's; others are refused. */
export async function mayList(asked: Asked, as: string, of: string, path: string): Promise<boolean> {
  const { kind } = askerOf(as);
  if (as === of || kind === 'auditor') return true;
  const { status, body } = await asked.ask(as, path);
  expect([status, body.code]).toEqual([
    403,
    expect.stringMatching(/scope-missing|not-your-(funder|provider)/),
  ]);
  return false;
}
