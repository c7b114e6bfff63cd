import { cellsTable, writeCsv, writeParquet, type PublishedCells, type RunHeader } from '@domeinbrug/replay';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { WrongUse } from '../refusal.js';

/** What a file is written as, by the end of its name; the longest end that fits counts. */
const forms: readonly [
  end: string,
  write: (published: PublishedCells, header: RunHeader) => string | Uint8Array,
][] = [
  ['.nl.csv', (published, header) => [...writeCsv(cellsTable(published), header, 'dutch')].join('')],
  ['.csv', (published, header) => [...writeCsv(cellsTable(published), header, 'plain')].join('')],
  ['.parquet', (published, header) => writeParquet(cellsTable(published), header)],
  ['.json', (published, header) => `${JSON.stringify(resultsAsJson(published, header), null, 2)}\n`],
];

export interface ResultsFile {
  path: string;
  write(published: PublishedCells, header: RunHeader): string | Uint8Array;
}

/** @throws WrongUse when the name does not say what the file is to be */
export function resultsFile(path: string | undefined): ResultsFile | undefined {
  if (path === undefined) return undefined;
  const form = forms.find(([end]) => path.toLowerCase().endsWith(end));
  if (form) return { path, write: form[1] };
  throw new WrongUse(
    `--out: what is ${path} to be? Name it .csv, .nl.csv (Dutch: semicolons, decimal commas), .parquet or .json.`,
  );
}

/** Writes beside and puts in place, so that no half file is ever there. @throws WrongUse when it cannot be written */
export function putInPlace(path: string, content: string | Uint8Array): void {
  const building = `${path}.building`;
  try {
    writeFileSync(building, content);
    renameSync(building, path);
  } catch (error) {
    rmSync(building, { force: true });
    throw new WrongUse(`--out: ${path} cannot be written: ${(error as Error).message}.`);
  }
}

function resultsAsJson(published: PublishedCells, { id, lines }: RunHeader): object {
  return {
    replay: id,
    made: Object.fromEntries(lines.map(({ name, value }) => [name, value])),
    ...published,
  };
}
