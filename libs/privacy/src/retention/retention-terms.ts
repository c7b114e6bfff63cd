import { tryParseDay, type Day } from '@domeinbrug/calendar';
import { eventCatalogue } from '@domeinbrug/journey';
import { parse } from 'yaml';

/** Whose copy an event is: who sent it. */
export const retentionRoles = ['provider', 'municipality', 'insurer', 'care-office', 'oin'] as const;
export type RetentionRole = (typeof retentionRoles)[number];

/** How long events of one sender may be kept. */
export interface RetentionTerm {
  role: RetentionRole;
  /** Names of event types; `*` stands for any letters. */
  types: readonly string[];
  years: number;
  /** From when: the day of the event's own recording, or the last on which this kind of sender told anything of the client. */
  counted: 'recorded' | 'last-change';
  /** The first day on which the term holds. */
  validFrom: Day;
  article: string;
  /** `certain` when somebody who answers for it has checked the text. */
  certainty: 'certain' | 'to-be-checked' | 'assumed';
}

/** The settings cannot be used; says all that is wrong. */
export class RetentionRefused extends Error {
  override readonly name = 'RetentionRefused';

  constructor(file: string, problems: readonly string[]) {
    super(`The terms in ${file} cannot be used:\n${problems.map((line) => `  ${line}`).join('\n')}`);
  }
}

const schema = 'domeinbrug/retention/1';
const counts = ['recorded', 'last-change'];
const certainties = ['certain', 'to-be-checked', 'assumed'];

/** @param file its name, for a refusal. @throws RetentionRefused */
export function readRetentionTerms(text: string, file: string): RetentionTerm[] {
  const given = read(text, file) as { schema?: unknown; terms?: unknown } | null;
  if (given?.schema !== schema) throw new RetentionRefused(file, [`schema: write ${schema}.`]);
  if (!Array.isArray(given.terms) || given.terms.length === 0)
    throw new RetentionRefused(file, ['terms: give at least one.']);
  const problems: string[] = [];
  const terms = given.terms.map((term, at) =>
    termIn((term ?? {}) as Record<string, unknown>, (field, sentence) =>
      problems.push(`terms[${at}].${field}: ${sentence}`),
    ),
  );
  if (problems.length > 0) throw new RetentionRefused(file, problems);
  return terms;
}

function read(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new RetentionRefused(file, [(error as Error).message]);
  }
}

type Note = (field: string, sentence: string) => void;

function termIn(given: Record<string, unknown>, note: Note): RetentionTerm {
  const known = ['role', 'types', 'years', 'counted', 'validFrom', 'article', 'certainty'];
  for (const name of Object.keys(given)) if (!known.includes(name)) note(name, 'there is no such field.');
  const oneOf = (field: string, values: readonly string[]): void => {
    if (!values.includes(String(given[field]))) note(field, `write one of ${values.join(', ')}.`);
  };
  oneOf('role', retentionRoles);
  oneOf('counted', counts);
  oneOf('certainty', certainties);
  const { types, years, article } = given;
  if (!Array.isArray(types) || types.length === 0) note('types', 'give a list of event types, or of *.');
  else for (const type of types) if (!namesSomething(type)) note('types', `"${String(type)}" is none.`);
  if (!Number.isInteger(years) || Number(years) < 1 || Number(years) > 150)
    note('years', 'write a whole number from 1 to 150.');
  const validFrom = tryParseDay(String(given['validFrom']));
  if (validFrom === undefined) note('validFrom', 'write a day, as YYYY-MM-DD.');
  if (typeof article !== 'string' || article.trim() === '') note('article', 'say where the term stands.');
  return { ...given, validFrom } as RetentionTerm;
}

function namesSomething(pattern: unknown): boolean {
  return typeof pattern === 'string' && Object.keys(eventCatalogue).some((type) => isNamedBy(type, pattern));
}

/** Whether a pattern names an event type. */
export function isNamedBy(type: string, pattern: string): boolean {
  const letters = pattern.split('*').map((part) => part.replaceAll(/[^a-z-]/g, '\\$&'));
  return new RegExp(`^${letters.join('[a-z-]*')}$`).test(type);
}

/** The term of an event on a day: of those that name its type most closely the one in force. `undefined` where there is none. */
export function termOn(
  terms: readonly RetentionTerm[],
  role: RetentionRole,
  type: string,
  on: Day,
): RetentionTerm | undefined {
  const closeness = (term: RetentionTerm): number =>
    Math.max(...term.types.filter((each) => isNamedBy(type, each)).map((each) => each.length));
  return terms
    .filter((term) => term.role === role && term.validFrom <= on)
    .filter((term) => term.types.some((each) => isNamedBy(type, each)))
    .sort((a, b) => closeness(b) - closeness(a) || b.validFrom - a.validFrom)[0];
}
