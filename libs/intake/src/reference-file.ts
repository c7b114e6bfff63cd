import { tryParseInstant } from '@domeinbrug/calendar';
import { loadedTypes, referenceTypeOf, type LoadedType } from '@domeinbrug/journey';
import canonicalize from 'canonicalize';
import { parse } from 'csv-parse/sync';
import { v5 as uuidv5 } from 'uuid';
import { isBsn } from './bsn.js';
import { checkReferenceFields } from './check-reference.js';
import { isObject, withoutNulls, type JsonObject } from './json-values.js';
import { organisationOf } from './organisations.js';
import { pointerTo, problem, type Problem } from './problem.js';
import type { Pseudonyms } from './pseudonym.js';
import { serviceSource } from './service-event.js';

/** One event about codes or about who is who, read from a file. */
export interface LoadedEvent {
  source: string;
  id: string;
  type: LoadedType;
  /** When the source registered it; a table does not say. ms since 1970. */
  time?: number;
  /** Every field of the type, checked; clients by their id. */
  data: Record<string, string>;
}

export type ReferenceLine = { line: number; event: LoadedEvent } | { line: number; problems: Problem[] };

const referenceNamespace = '0e0f6d52-3a41-5d0c-9c5e-55ac1f1c7a10';

const headers = {
  codes: ['level', 'code', 'by', 'firstDay'],
  clients: ['from', 'into', 'day'],
} as const;

/**
 * Reads a table of mergers: `level,code,by,firstDay` for codes, `from,into,day` and maybe `change` (`merge` or
 * `unmerge`) for clients, who are named by id or BSN. Commas or semicolons; lines that begin with `#` are remarks.
 * The same line always gives the same event id, so a table may be loaded again.
 *
 * @param pseudonyms by which a BSN is replaced by the client's id
 */
export async function readReferenceTable(text: string, pseudonyms: Pseudonyms): Promise<ReferenceLine[]> {
  let rows: { record: string[]; info: { lines: number } }[];
  try {
    rows = parse(text, {
      bom: true,
      comment: '#',
      comment_no_infix: true,
      delimiter: [',', ';'],
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as typeof rows;
  } catch {
    return [
      { line: 1, problems: [problem('', 'file-form', 'The table cannot be read: a quote is not closed.')] },
    ];
  }
  const [header, ...lines] = rows;
  const names = header?.record ?? [];
  const kind = kindOf(names);
  if (!kind) return [{ line: header?.info.lines ?? 1, problems: [unknownHeader] }];
  const read = lines.map(({ record, info }) => {
    const row = Object.fromEntries<string>(
      names.flatMap((name, at): [string, string][] => (record[at] ? [[name, record[at]]] : [])),
    );
    return readRow(kind, row, record.length > names.length, info.lines, pseudonyms);
  });
  return Promise.all(read);
}

const unknownHeader = problem(
  '',
  'file-form',
  'The first line must name the columns: level,code,by,firstDay for codes that merge, or from,into,day (and maybe change) for clients.',
);

function kindOf(names: readonly string[]): keyof typeof headers | undefined {
  const known = (kind: keyof typeof headers): boolean =>
    headers[kind].every((name) => names.includes(name)) &&
    names.every(
      (name) =>
        (headers[kind] as readonly string[]).includes(name) || (kind === 'clients' && name === 'change'),
    );
  return (['codes', 'clients'] as const).find(known);
}

async function readRow(
  kind: keyof typeof headers,
  { change, ...fields }: Record<string, string>,
  tooLong: boolean,
  line: number,
  pseudonyms: Pseudonyms,
): Promise<ReferenceLine> {
  if (tooLong)
    return { line, problems: [problem('', 'file-form', 'The line has more values than there are columns.')] };
  if (change !== undefined && change !== 'merge' && change !== 'unmerge')
    return {
      line,
      problems: [problem('/change', 'field-value', 'Write merge or unmerge, or leave it out.')],
    };
  const merging = change === 'unmerge' ? 'client-unmerged' : 'client-merged';
  const type = kind === 'codes' ? 'code-succeeded' : merging;
  return loaded(line, type, fields, '', pseudonyms, (data) => ({
    source: serviceSource,
    id: uuidv5(canonicalize([type, data])!, referenceNamespace),
  }));
}

/** Reads one CloudEvent of these types, structured and already parsed. */
export async function readReferenceEvent(
  json: unknown,
  line: number,
  pseudonyms: Pseudonyms,
): Promise<ReferenceLine> {
  if (!isObject(json))
    return {
      line,
      problems: [problem('', 'envelope-invalid', 'Each line must be one CloudEvent, a JSON object.')],
    };
  const envelope = withoutNulls(json);
  const { source, id, time, data } = envelope;
  const type = typeof envelope['type'] === 'string' ? referenceTypeOf(envelope['type']) : undefined;
  const problems = [
    ...(envelope['specversion'] === '1.0'
      ? []
      : [problem('/specversion', 'specversion-unsupported', 'Write "1.0".')]),
    ...(isSource(source) ? [] : [problem('/source', 'source-invalid', 'Give the URN of who says so.')]),
    ...(isId(id) ? [] : [problem('/id', 'id-invalid', 'Must be a text of 1 to 256 characters.')]),
    ...(time === undefined || isInstant(time)
      ? []
      : [problem('/time', 'time-invalid', 'Must be an RFC 3339 instant with offset, or be left out.')]),
    ...(isLoaded(type)
      ? []
      : [problem('/type', 'type-unknown', `Among these lines only ${loadedTypes.join(', ')}.`)]),
    ...(isObject(data)
      ? []
      : [problem('/data', 'data-invalid', 'Must be a JSON object with the fields of the type.')]),
  ];
  if (problems.length > 0) return { line, problems };
  const moment = typeof time === 'string' ? tryParseInstant(time) : undefined;
  return loaded(line, type as LoadedType, data as JsonObject, '/data', pseudonyms, () => ({
    source: source as string,
    id: id as string,
    ...(moment === undefined ? {} : { time: moment }),
  }));
}

function isSource(value: unknown): boolean {
  return typeof value === 'string' && (value === serviceSource || organisationOf(value) !== undefined);
}

function isInstant(value: unknown): boolean {
  return typeof value === 'string' && tryParseInstant(value) !== undefined;
}

function isId(value: unknown): boolean {
  return typeof value === 'string' && /^[^\p{Cc}]{1,256}$/u.test(value);
}

function isLoaded(type: string | undefined): type is LoadedType {
  return (loadedTypes as readonly (string | undefined)[]).includes(type);
}

async function loaded(
  line: number,
  type: LoadedType,
  fields: JsonObject,
  pointer: string,
  pseudonyms: Pseudonyms,
  named: (data: Record<string, string>) => Pick<LoadedEvent, 'source' | 'id' | 'time'>,
): Promise<ReferenceLine> {
  const problems = [...checkReferenceFields(type, fields, pointer), ...checkBsns(type, fields, pointer)];
  if (problems.length > 0) return { line, problems };
  const data = await withClientIds(type, fields as Record<string, string>, pseudonyms);
  return { line, event: { ...named(data), type, data } };
}

const ninedigits = /^[0-9]{9}$/;

/** Nine digits are a BSN, also where a client id could be written so. */
function checkBsns(type: LoadedType, fields: JsonObject, pointer: string): Problem[] {
  if (type === 'code-succeeded') return [];
  return ['from', 'into']
    .filter((name) => ninedigits.test(String(fields[name])) && !isBsn(String(fields[name])))
    .map((name) =>
      problem(
        pointerTo(pointer, name),
        'bsn-invalid',
        'Nine digits are a BSN, and this one fails the eleven-test.',
      ),
    );
}

async function withClientIds(
  type: LoadedType,
  fields: Record<string, string>,
  pseudonyms: Pseudonyms,
): Promise<Record<string, string>> {
  if (type === 'code-succeeded') return fields;
  const idOf = async (client: string): Promise<string> =>
    isBsn(client) ? pseudonyms.clientIdOf(client) : client;
  return { ...fields, from: await idOf(fields['from']!), into: await idOf(fields['into']!) };
}
