import { amsterdamDay, formatDay, parseDay, type Day } from '@domeinbrug/calendar';
import type { RecordedEvent } from '@domeinbrug/event-store';
import { organisationOf } from '@domeinbrug/intake';
import { clientOfStream, isEventType, journeyCategory } from '@domeinbrug/journey';
import { shippedRetentionTerms, type Config } from '@domeinbrug/settings';
import {
  keysPlaceOf,
  openKeyStore,
  openLogReaderAt,
  readRetentionTerms,
  retentionOf,
  sealedPlaceOf,
  type ClientRetention,
  type Hold,
  type KeptEvent,
  type RetentionTerm,
} from '@domeinbrug/privacy';
import { existsSync, readFileSync } from 'node:fs';
import { dayArgument } from '../arguments.js';
import { exitCodes, WrongUse, type ExitCode } from '../refusal.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { alignColumns, counted } from '../text/columns.js';

interface Options extends FolderOptions {
  due?: boolean;
  on?: string;
  terms?: string;
  json?: boolean;
}

interface DueClient extends ClientRetention {
  clientId: string;
  held: Hold | null;
}

const clientsAPage = 200;

/** The terms that hold on a day; with `--due` whose events are past theirs. Reads only. Exit code 1 when there are any. */
export async function retention(terminal: Terminal, options: Options): Promise<ExitCode> {
  const day = dayArgument('--on', options.on);
  const on = day === undefined ? amsterdamDay(Date.now()) : parseDay(day);
  const terms = termsIn(options.terms ?? shippedRetentionTerms());
  if (!options.due) {
    terminal.out(options.json ? JSON.stringify(terms.map(told), null, 2) : termLines(terms).join('\n'));
    return exitCodes.done;
  }
  const due = await dueClients(settingsFor(options), terms, on);
  const free = due.filter(({ held }) => held === null);
  terminal.out(
    options.json
      ? JSON.stringify({ on: formatDay(on), clients: due.map(toldClient) }, null, 2)
      : dueLines(due, on).join('\n'),
  );
  return free.length > 0 ? exitCodes.problems : exitCodes.done;
}

function termsIn(file: string): RetentionTerm[] {
  if (!existsSync(file)) throw new WrongUse(`--terms: there is no file ${file}.`);
  return readRetentionTerms(readFileSync(file, 'utf8'), file);
}

async function dueClients(config: Config, terms: readonly RetentionTerm[], on: Day): Promise<DueClient[]> {
  const log = await openLogReaderAt(sealedPlaceOf(config));
  const keys = openKeyStore(keysPlaceOf(config));
  try {
    const holds = new Map((await keys.holds()).map((hold) => [hold.client, hold]));
    const due: DueClient[] = [];
    for (let after: string | null = null; ;) {
      const page = await log.readStreams(journeyCategory, after, clientsAPage);
      for (const { stream, events } of page) {
        const clientId = clientOfStream(stream);
        if (clientId === null) continue;
        const found = retentionOf(events.flatMap(keptEvent), terms, on);
        if (found.past.length > 0) due.push({ clientId, ...found, held: holds.get(clientId) ?? null });
      }
      if (page.length < clientsAPage) return due;
      after = page.at(-1)!.stream;
    }
  } finally {
    await log.close();
    await keys.close();
  }
}

/** None for what no organisation sent. */
function keptEvent({ type, content, recordedAt }: RecordedEvent): KeptEvent[] {
  const sender = organisationOf(String((content as { source?: unknown }).source));
  if (!sender || !isEventType(type)) return [];
  return [{ role: sender.kind, type, recordedOn: amsterdamDay(recordedAt) }];
}

function dueLines(due: readonly DueClient[], on: Day): string[] {
  if (due.length === 0) return [`On ${formatDay(on)} no event is past its term.`];
  return [
    ...due.flatMap(({ clientId, past, keptThrough, withoutTerm, held }) => [
      `${clientId}  ${actionOf(clientId, { keptThrough, withoutTerm, held })}`,
      ...past.map(
        ({ role, type, events, since, term }) =>
          `  ${counted(events, 'event')} ${type} of a ${role}: past since ${formatDay(since)} ` +
          `(${term.years} years, ${term.article}, ${term.certainty})`,
      ),
    ]),
    `${counted(due.length, 'client')} with events past their term on ${formatDay(on)}.`,
  ];
}

/** What an operator can do: a client is erased whole, so the longest term decides. */
function actionOf(
  clientId: string,
  { keptThrough, withoutTerm, held }: Pick<DueClient, 'keptThrough' | 'withoutTerm' | 'held'>,
): string {
  if (held) return `held by ${held.by}: ${held.reason}`;
  if (keptThrough !== null) return `other events must be kept through ${formatDay(keptThrough)}; erase then`;
  if (withoutTerm > 0) return `${counted(withoutTerm, 'event')} without a term: give one in --terms <file>`;
  return `nothing must be kept: domeinbrug erase ${clientId} --reason "past its term"`;
}

function toldClient({ clientId, past, keptThrough, withoutTerm, held }: DueClient): object {
  return {
    clientId,
    held,
    keptThrough: keptThrough === null ? null : formatDay(keptThrough),
    withoutTerm,
    past: past.map((each) => ({ ...each, since: formatDay(each.since), term: told(each.term) })),
  };
}

function told({ validFrom, ...term }: RetentionTerm): object {
  return { ...term, validFrom: formatDay(validFrom) };
}

function termLines(terms: readonly RetentionTerm[]): string[] {
  return alignColumns(
    terms.map(({ role, types, years, counted: from, validFrom, article, certainty }) => [
      role,
      types.join(', '),
      `${years} years`,
      `from ${from}`,
      `since ${formatDay(validFrom)}`,
      article,
      certainty,
    ]),
  );
}
