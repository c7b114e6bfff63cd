import type { Reject } from '@domeinbrug/intake';
import { counted } from '../text/columns.js';

/** What became of what a file holds. */
export interface ImportCounts {
  /** Events stored by this import. */
  recorded: number;
  /** What was stored before, with the same content. */
  known: number;
  /** What was not taken in; each stands in the reject file with its reason. */
  rejected: number;
  /** Products of which a later word was imported before. */
  superseded: number;
  /** Stored, and without effect until the decision they belong to arrives. */
  waiting: number;
  /** Messages that tell nothing of a journey: requests, answers, invoices. */
  noJourneyEvent: number;
}

/** Something a person should know though nothing was refused. */
export interface ImportReport {
  code: string;
  where: string;
  detail: string;
}

export interface FileImported {
  file: string;
  counts: ImportCounts;
  /** The first of them; `counts` says how many there are. */
  reports: ImportReport[];
  /** Where the rejects and their reasons stand; `null` when there are none. */
  rejectFile: string | null;
}

/** What reading and storing a part of a file gave. */
export interface PartImported {
  counts: ImportCounts;
  rejects: Reject[];
  reports: ImportReport[];
}

export function nothingYet(): ImportCounts {
  return { recorded: 0, known: 0, rejected: 0, superseded: 0, waiting: 0, noJourneyEvent: 0 };
}

export function addCounts(to: ImportCounts, from: ImportCounts): void {
  for (const name of Object.keys(to) as (keyof ImportCounts)[]) to[name] += from[name];
}

/** A file's outcome for a reader. */
export function describeImport({ file, counts, reports, rejectFile }: FileImported): string[] {
  const { recorded, known, rejected, superseded, waiting, noJourneyEvent } = counts;
  const parts = [
    `${recorded.toLocaleString('en-GB')} recorded`,
    `${known.toLocaleString('en-GB')} known already`,
    `${rejected.toLocaleString('en-GB')} rejected`,
    ...(superseded > 0 ? [`${superseded} superseded`] : []),
    ...(waiting > 0 ? [`${waiting} waiting for a WMO301`] : []),
    ...(noJourneyEvent > 0 ? [`${counted(noJourneyEvent, 'message')} without journey event`] : []),
  ];
  return [
    `${file}: ${parts.join(', ')}`,
    ...(rejectFile === null ? [] : [`  what was rejected and why: ${rejectFile}`]),
    ...reports.map(({ code, where, detail }) => `  ${code}: ${where}: ${detail}`),
  ];
}
