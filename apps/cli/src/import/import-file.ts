import type { Position } from '@domeinbrug/event-store';
import { rejectFile, type NdjsonPlace } from '@domeinbrug/intake';
import { appendFileSync, rmSync, statSync } from 'node:fs';
import { progressOf } from '../progress.js';
import type { Terminal } from '../terminal.js';
import type { ImportMark, ImportMarks } from './import-mark.js';
import { addCounts, nothingYet, type FileImported, type PartImported } from './outcome.js';

/** A part of a file that is stored for good. */
export interface PartDone extends PartImported {
  /** Everything up to and including this line was dealt with. */
  line?: number;
  /** Everything of it lies in the log up to here. */
  position?: Position;
  place?: NdjsonPlace;
}

/** What comes of a file, part by part. */
export interface FileParts {
  parts: AsyncIterable<PartDone>;
  /** Where to keep how far it is, when it can go on from there. */
  marks?: ImportMarks;
  /** Where an earlier import was broken off. */
  mark?: ImportMark;
}

/** How often a long import says how far it is, in lines. */
const linesATelling = 100_000;

/** More than this need not be read on a terminal; the reject file and `--json` have the rest of what was refused. */
const reportsShown = 20;

/** Takes a file in to its end: counts, keeps the rejects beside the file, and says how far it is. */
export async function importFile(
  terminal: Terminal,
  file: string,
  { parts, marks, mark }: FileParts,
  progressFile?: string,
): Promise<FileImported> {
  const path = `${file}.reject.ndjson`;
  const rejects = rejectFile(path, mark?.rejectBytes);
  const progress = progressOf(terminal, file);
  const counts = { ...nothingYet(), ...mark?.counts };
  const reports: FileImported['reports'] = [];
  const size = statSync(file).size;
  if (mark) terminal.err(goesOn(file, mark));
  try {
    let told = mark?.place.lines ?? 0;
    for await (const part of parts) {
      const { line = 0, position, place } = part;
      addCounts(counts, part.counts);
      reports.push(...part.reports.slice(0, reportsShown - reports.length));
      await rejects.write(part.rejects);
      if (place && position) await marks?.set({ place, position, counts, rejectBytes: rejects.bytes() });
      if (progressFile)
        appendFileSync(progressFile, `${JSON.stringify({ file, line, position, ...counts })}\n`);
      const passed = Math.floor(line / linesATelling) > Math.floor(told / linesATelling);
      progress.at((place?.bytes ?? 0) / size, passed ? `${file}: line ${line} is stored.` : undefined);
      told = line;
    }
    marks?.remove();
  } finally {
    progress.end();
    // An earlier import's rejects are not those of this one.
    if ((await rejects.close()) === 0 && !mark?.rejectBytes) rmSync(path, { force: true });
  }
  return { file, counts, reports, rejectFile: counts.rejected > 0 ? path : null };
}

function goesOn(file: string, { place }: ImportMark): string {
  return (
    `${file}: an import was broken off after line ${place.lines.toLocaleString('en-GB')} and goes on from there; ` +
    '--from-start reads the file whole.'
  );
}
