import { stringify, type CastingContext } from 'csv-stringify/sync';
import type { ColumnType, ResultTable } from '../result-table.js';
import { columnName, dutchColumnName } from './column-names.js';
import { eurosOf } from './euros.js';
import type { RunHeader } from './run-header.js';

/** `plain` is RFC 4180 with `,` and `.`; `dutch` is what a Dutch spreadsheet opens: `;`, decimal comma, dd-mm-yyyy. */
export type CsvForm = 'plain' | 'dutch';

/** So many rows are turned into text at a time. */
const rowsAtOnce = 2_000;

/**
 * A table as CSV, in pieces to be written one after the other: `#` lines that say how it was made, the names of the
 * columns, the rows. The same table and header give the same text. Lines end in CRLF; what is not known or suppressed is
 * empty; amounts are in euros. The Dutch form begins with a byte order mark: without it Excel takes the text for Latin-1.
 *
 * Text that a spreadsheet would calculate (it begins with `=`, `+`, `-`, `@` or a tab) gets an apostrophe before it.
 */
export function* writeCsv(table: ResultTable, header: RunHeader, form: CsvForm): Generator<string> {
  const { columns, rows } = table;
  const nameOf = form === 'dutch' ? dutchColumnName : columnName;
  const write = writerOf(
    columns.map(({ type }) => type),
    form,
  );
  yield (form === 'dutch' ? '\uFEFF' : '') + commentsOf(header, form);
  yield stringify([columns.map(nameOf)], optionsOf(form));
  for (let at = 0; at < rows.length; at += rowsAtOnce) yield write(rows.slice(at, at + rowsAtOnce));
}

function writerOf(types: readonly ColumnType[], form: CsvForm): (rows: ResultTable['rows']) => string {
  const typeOf = ({ index }: CastingContext): ColumnType => types[index]!;
  const number = form === 'dutch' ? dutchNumber : plainNumber;
  const options = {
    ...optionsOf(form),
    cast: {
      number: (value: number, context: CastingContext) => number(value, typeOf(context)),
      string: (value: string, context: CastingContext) =>
        form === 'dutch' ? dutchDate(value, typeOf(context)) : value,
    },
  };
  return (rows) => stringify([...rows], options);
}

/** A text with `#` is quoted, so that a reader who skips comments does not skip it. */
function optionsOf(form: CsvForm) {
  return {
    delimiter: form === 'dutch' ? ';' : ',',
    record_delimiter: 'windows' as const,
    escape_formulas: true,
    quoted_match: '#',
  };
}

function plainNumber(value: number, type: ColumnType): string {
  return type === 'cents' ? eurosOf(value) : String(value);
}

function dutchNumber(value: number, type: ColumnType): string {
  return plainNumber(value, type).replace('.', ',');
}

/** `2024-03-04` as `04-03-2024` and `2024-03` as `03-2024`. */
function dutchDate(value: string, type: ColumnType): string {
  return type === 'day' || type === 'month' ? value.split('-').reverse().join('-') : value;
}

function commentsOf({ id, lines }: RunHeader, form: CsvForm): string {
  const run = form === 'dutch' ? 'doorrekening' : 'replay';
  const told = lines.map(({ name, nameNl, value }) => `${form === 'dutch' ? nameNl : name}: ${value}`);
  return [`${run}: ${id}`, ...told].map((line) => `# ${inOneCell(line)}\r\n`).join('');
}

/** A comment is not quoted, so a spreadsheet cuts it at each delimiter: no piece of it may become a formula. */
function inOneCell(line: string): string {
  return line.replace(/\p{Cc}+/gu, ' ').replace(/([,;]\s*"?)(?=[=+\-@＝＋－＠])/g, "$1'");
}
