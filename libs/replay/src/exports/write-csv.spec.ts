import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { eurosOf } from './euros.js';
import { header, table } from './table.fixture.js';
import { writeCsv, type CsvForm } from './write-csv.js';

const csv = (form: CsvForm, rows = table.rows): string =>
  [...writeCsv({ ...table, rows }, header, form)].join('');
const texts = (...cells: string[]): string[][] => {
  const columns = [{ name: 'funder', type: 'text' } as const];
  const text = [...writeCsv({ columns, rows: cells.map((cell) => [cell]) }, header, 'plain')].join('');
  return parse(text, { comment: '#', from: 2 });
};

describe('a table as CSV', () => {
  it('follows RFC 4180, under lines that say how it was made', () => {
    expect(csv('plain').split('\r\n')).toEqual([
      '# replay: 5f1c9a',
      '# engine: replay 1',
      '# baseline: sharp-cut (ab12)',
      '# population: municipality 0518; all ages',
      'funder,month,firstDay,baselineDays,changeRecordedEuros,share',
      'municipality:0518,2024-03,2024-03-04,31,1234.56,0.5',
      '"pool:""Haaglanden""; samen",2024-12,2024-12-31,14000000000,-0.05,-1.25',
      ',,,,,',
      '',
    ]);
  });

  it('has a Dutch form that a Dutch spreadsheet opens', () => {
    expect(csv('dutch').split('\r\n')).toEqual([
      '\uFEFF# doorrekening: 5f1c9a',
      '# rekenkern: replay 1',
      '# uitgangspunt: sharp-cut (ab12)',
      '# populatie: municipality 0518; all ages',
      'financier;maand;eerste dag;dagen uitgangspunt;vastgelegd verschil (euro);share',
      'municipality:0518;03-2024;04-03-2024;31;1234,56;0,5',
      '"pool:""Haaglanden""; samen";12-2024;31-12-2024;14000000000;-0,05;-1,25',
      ';;;;;',
      '',
    ]);
  });

  it('has its header and the names of its columns without rows', () => {
    expect(csv('plain', []).split('\r\n').slice(-2)).toEqual([
      'funder,month,firstDay,baselineDays,changeRecordedEuros,share',
      '',
    ]);
  });

  it.each(['=1+1', '+31', '-1', '@SUM(A1)', '\t=1', '=HYPERLINK("http://x";"y")'])('disarms %j', (cell) => {
    expect(texts(cell)).toEqual([[`'${cell}`]]);
  });

  it('leaves negative figures to be figures', () => {
    expect(csv('dutch')).toContain(';-0,05;-1,25');
  });

  it('lets no reader take a text for a comment', () => {
    expect(texts('#5', 'unit #5')).toEqual([['#5'], ['unit #5']]);
  });

  it('keeps a comment in one line, and no piece of it a formula', () => {
    const lines = [{ name: 'population', nameNl: 'populatie', value: 'a;=1+1\r\nb, "@x;\t-2' }];
    const [text] = writeCsv(table, { id: '1', lines }, 'dutch');
    expect(text).toBe("\uFEFF# doorrekening: 1\r\n# populatie: a;'=1+1 b, \"'@x; '-2\r\n");
  });

  it('reads back as what was written, whatever the texts', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', minLength: 1 }), { maxLength: 20 }), (cells) => {
        const wanted = cells.map((cell) => [/^[=+\-@\t\r＝＋－＠]/.test(cell) ? `'${cell}` : cell]);
        expect(texts(...cells)).toEqual(wanted);
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('comes in pieces of bounded size that do not depend on how many rows there are', () => {
    const rows = Array.from({ length: 5_000 }, (_, at) => [
      `insurer:${at}`,
      '2024-01',
      '2024-01-01',
      at,
      at,
      at,
    ]);
    const pieces = [...writeCsv({ ...table, rows }, header, 'plain')];
    expect(pieces.map((piece) => piece.split('\r\n').length - 1)).toEqual([4, 1, 2000, 2000, 1000]);
  });
});

describe('cents as euros', () => {
  it('are exact on both sides of nothing', () => {
    expect([0, 5, -5, 100, -12_345, 900_719_925_474_099].map(eurosOf)).toEqual([
      '0.00',
      '0.05',
      '-0.05',
      '1.00',
      '-123.45',
      '9007199254740.99',
    ]);
  });
});
