import { amsterdamDay, amsterdamInstant, tryParseDay } from '@domeinbrug/calendar';
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { organisationClaims, urnOf, type Asker } from './asker.js';

/** That a supplier may act for an organisation, from a day on and up to another. */
export interface Mandate {
  /** `act.sub` in the tokens with which the supplier comes. */
  supplier: string;
  /** `urn:nld:agb:65656055`. */
  organisation: string;
  /** `YYYY-MM-DD`. */
  firstDay: string;
  /** Inclusive; `null` = until further notice. */
  lastDay: string | null;
}

/** The mandates cannot be used; names every problem. */
export class MandatesRefused extends Error {
  override readonly name = 'MandatesRefused';
}

/**
 * Until when what was let in may go on, in milliseconds since 1970: a mandate is looked at day by day, so that for a supplier
 * it is the end of the day in Europe/Amsterdam. `null` for an organisation itself.
 */
export function mandatedUntil({ actedBy }: Asker, now: number): number | null {
  return actedBy === undefined ? null : amsterdamInstant(amsterdamDay(now) + 1, 0);
}

/** Whether nobody acts for the asker, or a supplier that it has mandated. @param day of today, `YYYY-MM-DD` */
export function isMandated(asker: Asker, mandates: readonly Mandate[], day: string): boolean {
  const organisation = urnOf(asker);
  return (
    asker.actedBy === undefined ||
    mandates.some(
      (each) =>
        each.supplier === asker.actedBy &&
        each.organisation === organisation &&
        each.firstDay <= day &&
        (each.lastDay === null || day <= each.lastDay),
    )
  );
}

/**
 * The mandates that a file tells, in YAML or JSON: `mandates`, a list of `supplier`, `organisation`, `firstDay` and, if it
 * is known, `lastDay`.
 *
 * @throws MandatesRefused
 */
export async function readMandates(path: string): Promise<Mandate[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new MandatesRefused(`The mandates in ${path} cannot be read (${error.code}).`);
  });
  const problems: string[] = [];
  const mandates = listIn(text, problems).map((each, index) =>
    mandateIn(each, (sentence) => problems.push(`mandate ${index + 1}: ${sentence}`)),
  );
  if (problems.length > 0) {
    throw new MandatesRefused(`The mandates in ${path} cannot be used:\n  ${problems.join('\n  ')}`);
  }
  return mandates;
}

function listIn(text: string, problems: string[]): unknown[] {
  try {
    const { mandates } = (parse(text) ?? {}) as { mandates?: unknown };
    if (Array.isArray(mandates)) return mandates;
    problems.push('The file has no list with the name mandates.');
  } catch (error) {
    problems.push(`The file is no well-formed YAML: ${(error as Error).message}`);
  }
  return [];
}

const keys = ['supplier', 'organisation', 'firstDay', 'lastDay'];
const organisationForm = new RegExp(
  `^urn:nld:(${organisationClaims.map(({ urn, digits }) => `${urn}:[0-9]{${digits}}`).join('|')})$`,
);

function mandateIn(given: unknown, problem: (sentence: string) => void): Mandate {
  const { supplier, organisation, firstDay, lastDay, ...others } = (given ?? {}) as Record<string, unknown>;
  const unknownKeys = Object.keys(others);
  if (unknownKeys.length > 0) problem(`"${unknownKeys.join(', ')}" is not read; write ${keys.join(', ')}.`);
  if (!isText(supplier)) problem('supplier has to be the act.sub of its tokens.');
  if (!isText(organisation) || !organisationForm.test(organisation)) {
    problem(
      'organisation has to be written as urn:nld:agb:<8 digits>, urn:nld:uzovi:<4 digits> and the like.',
    );
  }
  if (!isDay(firstDay)) problem('firstDay has to be a day, YYYY-MM-DD.');
  if (lastDay !== undefined && lastDay !== null && !isDay(lastDay)) {
    problem('lastDay has to be a day, YYYY-MM-DD, or be left out.');
  }
  return {
    supplier: String(supplier),
    organisation: String(organisation),
    firstDay: String(firstDay),
    lastDay: isText(lastDay) ? lastDay : null,
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isDay(value: unknown): value is string {
  return typeof value === 'string' && tryParseDay(value) !== undefined;
}
