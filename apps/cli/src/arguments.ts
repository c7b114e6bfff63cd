import { amsterdamInstant, tryParseDay, tryParseInstant } from '@domeinbrug/calendar';
import { clientIdPattern } from '@domeinbrug/journey';
import { funderKinds, services, type Funder, type Service } from '@domeinbrug/terms';
import { WrongUse } from './refusal.js';

/** Reads what stands on the command line. Each gives the value, or a sentence on what to write instead. */

/** @throws WrongUse */
export function dayArgument(option: string, text: string | undefined): string | undefined {
  if (text === undefined || tryParseDay(text) !== undefined) return text;
  throw new WrongUse(`${option}: "${text}" is no day; write YYYY-MM-DD, such as 2024-03-04.`);
}

/**
 * A client id. Nine digits may be a citizen service number, and a command line is kept and shown to others.
 * @throws WrongUse
 */
export function clientArgument(text: string): string {
  if (/^\d{9}$/.test(text)) {
    throw new WrongUse(
      'Nine digits look like a citizen service number (BSN). Never write one on a command line: it stays in the ' +
        'history of the shell and other users of the machine can see it. Use --bsn-stdin and give it on standard ' +
        'input, or name the client id.',
    );
  }
  if (new RegExp(clientIdPattern).test(text)) return text;
  throw new WrongUse(
    `"${text.slice(0, 80)}" is no client id; those are 8 to 64 letters and digits. Who is meant by a longer one, which an organisation was given, is told by domeinbrug client.`,
  );
}

/** @throws WrongUse naming every service that does not exist */
export function servicesArgument(text: string | undefined): Service[] | undefined {
  if (text === undefined) return undefined;
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !isService(name));
  if (unknown.length === 0) return names.filter(isService);
  throw new WrongUse(`--services: there is no ${unknown.join(', ')}; there are ${services.join(', ')}.`);
}

function isService(name: string): name is Service {
  return (services as readonly string[]).includes(name);
}

/** What stands behind the colon: a code of four digits, or the name of a joint budget. */
const codeForms: Record<(typeof funderKinds)[number], RegExp> = {
  municipality: /^\d{4}$/,
  insurer: /^\d{4}$/,
  'care-office': /^\d{4}$/,
  pool: /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
};

/** @throws WrongUse */
export function funderArgument(text: string): Funder {
  const kind = funderKinds.find((each) => text.startsWith(`${each}:`));
  if (kind && codeForms[kind].test(text.slice(kind.length + 1))) return text as Funder;
  throw new WrongUse(
    `"${text}" is no funder; write municipality:0363, insurer:3311, care-office:5515 or pool:<name>.`,
  );
}

/** A moment of knowledge: an instant (ms since 1970) or a position in the log. */
export type KnowledgeArgument = { instant: number } | { position: string };

/**
 * An instant with offset; a day, which stands for its last millisecond in the Netherlands; or a log position.
 * @throws WrongUse
 */
export function knownAtArgument(text: string | undefined): KnowledgeArgument | undefined {
  if (text === undefined) return undefined;
  if (/^(0|[1-9]\d{0,15})$/.test(text)) return { position: text };
  const day = tryParseDay(text);
  const instant = day === undefined ? tryParseInstant(text) : amsterdamInstant(day + 1, 0) - 1;
  if (instant !== undefined) return { instant };
  throw new WrongUse(
    `--known-at: "${text}" is no moment; write an instant with offset such as 2024-03-10T12:00:00+01:00, ` +
      'a day (which means its end), or a log position.',
  );
}
