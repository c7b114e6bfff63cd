import { clientTables, timelineRows, type ClientRows, type ClientTable, type Value } from './client-rows.js';
import type { FindingCounts } from './status.js';
import type { ClientUpdate } from './views-writer.js';

/** What has to be written so that the tables hold a client's rows: first the cuts, then what is put. */
export interface Replacement {
  /** Rows from this ordinal on have to go. */
  cut: [table: RowTable, from: number][];
  /** Rows that are new or differ. */
  put: ClientRows;
  /** The findings that were there and those that are. */
  findings: { before: readonly Value[][]; after: readonly Value[][] };
}

/** The tables with several rows of a client, numbered. */
export type RowTable = Exclude<ClientTable, 'timelines'>;

/** The rows that differ from those there are; most events leave most rows as they were. */
export function replacementOf({ client, rows, before }: ClientUpdate & { rows: ClientRows }): Replacement {
  if (before === null) return { cut: [], put: rows, findings: { before: [], after: rows.findings } };
  const stored = timelineRows(client, before);
  const put = { ...rows };
  const cut: Replacement['cut'] = [];
  for (const table of ['portfolio', 'minutes', 'findings'] as const) {
    put[table] = rows[table].filter((row, place) => !isSame(row, stored[table][place]));
    if (stored[table].length > rows[table].length) cut.push([table, rows[table].length]);
  }
  // Whose gaps they were is not in the timeline.
  if (before.gaps.length > 0) cut.push(['portfolio_gaps', 0]);
  return { cut, put, findings: { before: stored.findings, after: rows.findings } };
}

function isSame(row: readonly Value[], other: readonly Value[] | undefined): boolean {
  return other !== undefined && row.every((value, column) => value === other[column]);
}

/** Findings by code, one for each organisation that it concerns: counting them when somebody asks takes too long. */
export class FindingTally {
  private readonly counts: Map<string, number>;

  constructor(counted: FindingCounts) {
    this.counts = new Map(Object.entries(counted));
  }

  get counted(): FindingCounts {
    return Object.fromEntries(this.counts);
  }

  replace({ before, after }: Replacement['findings']): void {
    this.add(before, -1);
    this.add(after, 1);
  }

  private add(findings: readonly Value[][], times: 1 | -1): void {
    for (const row of findings) {
      const code = row[codeOfFinding] as string;
      const left = (this.counts.get(code) ?? 0) + times;
      if (left > 0) this.counts.set(code, left);
      else this.counts.delete(code);
    }
  }
}

/** Rows begin with the client. */
const codeOfFinding = 1 + clientTables.findings.indexOf('code');
