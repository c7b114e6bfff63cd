import { readReferenceEvent, readReferenceTable, type ReferenceLine } from './reference-file.js';
import { clientIdOf, Pseudonyms } from './pseudonym.js';

const key = Buffer.alloc(32, 7);
const pseudonyms = new Pseudonyms([key], () => Promise.resolve(false));
const read = (text: string): Promise<ReferenceLine[]> => readReferenceTable(text, pseudonyms);
const problemsOf = (line: ReferenceLine): string[] =>
  'problems' in line ? line.problems.map(({ pointer, code }) => `${line.line} ${pointer} ${code}`) : [];

describe('a table of mergers of codes', () => {
  it('gives an event a line, passing over remarks, whatever separates the columns', async () => {
    const comma = '# 2026\nlevel,code,by,firstDay\nmunicipality,0003,1979,2021-01-01\n';
    const semicolon = '\ufefflevel;code;by;firstDay\r\nmunicipality;0003;1979;2021-01-01\r\n';
    const data = { level: 'municipality', code: '0003', by: '1979', firstDay: '2021-01-01' };
    expect(await read(comma)).toMatchObject([{ line: 3, event: { type: 'code-succeeded', data } }]);
    const idOf = async (text: string): Promise<unknown> =>
      ((await read(text))[0] as { event: { id: string } }).event.id;
    expect(await idOf(semicolon)).toBe(await idOf(comma));
  });

  it('names everything that is wrong with a line', async () => {
    const text = 'level,code,by,firstDay\nregion,3,1979,2021-02-30\nmunicipality,0003,,2021-01-01\n';
    expect((await read(text)).flatMap(problemsOf)).toEqual([
      '2 /level field-value',
      '2 /code field-form',
      '2 /firstDay day-invalid',
      '3 /by required',
    ]);
  });

  it.each([
    ['an unknown column', 'level,code,by,day\n'],
    ['nothing', ''],
    ['an open quote', 'level,code,by,firstDay\n"x'],
  ])('refuses %s', async (_, text) =>
    expect((await read(text)).flatMap(problemsOf)).toEqual(['1  file-form']),
  );

  it('refuses a line that is longer than the header', async () => {
    expect((await read('from,into,day\nCLIENT01,CLIENT02,2026-01-01,x\n')).flatMap(problemsOf)).toEqual([
      '2  file-form',
    ]);
  });
});

describe('a table of clients that are one person', () => {
  const bsn = '999990019';

  it('keeps the client id of a BSN, and never the number', async () => {
    const [line] = await read(`from,into,day,change\n${bsn},CLIENT02,2026-01-01,unmerge\n`);
    const data = { from: clientIdOf(bsn, key), into: 'CLIENT02', day: '2026-01-01' };
    expect(line).toMatchObject({ event: { type: 'client-unmerged', data } });
    expect(JSON.stringify(line)).not.toContain(bsn);
  });

  it('takes nine digits for a BSN', async () => {
    expect((await read('from,into,day\n999990018,CLIENT02,2026-01-01\n')).flatMap(problemsOf)).toEqual([
      '2 /from bsn-invalid',
    ]);
  });
});

describe('a reference event', () => {
  const envelope = {
    specversion: '1.0',
    id: 'm-1',
    source: 'urn:nld:agb:65656055:systeem:ecd',
    type: 'nl.domeinbrug.client-merged.v1',
    time: '2026-01-01T00:00:00Z',
    data: { from: 'CLIENT01', into: 'CLIENT02', day: '2026-01-01' },
  };

  it('is read as it was sent', async () => {
    expect(await readReferenceEvent(envelope, 1, pseudonyms)).toEqual({
      line: 1,
      event: {
        source: envelope.source,
        id: 'm-1',
        type: 'client-merged',
        time: Date.UTC(2026, 0, 1),
        data: envelope.data,
      },
    });
  });

  it.each([
    ['another type', { type: 'nl.domeinbrug.client-died.v1' }, '1 /type type-unknown'],
    ['what the service writes', { type: 'nl.domeinbrug.rule-set-activated.v1' }, '1 /type type-unknown'],
    ['no source', { source: 'ecd' }, '1 /source source-invalid'],
    ['a time without offset', { time: '2026-01-01' }, '1 /time time-invalid'],
    ['an unknown field', { data: { ...envelope.data, why: 'x' } }, '1 /data/why unknown-field'],
  ])('is refused with %s', async (_, more, problem) => {
    expect(problemsOf(await readReferenceEvent({ ...envelope, ...more }, 1, pseudonyms))).toEqual([problem]);
  });
});
