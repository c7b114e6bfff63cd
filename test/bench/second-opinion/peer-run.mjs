// The peer that the engine is timed against: the same facts, the same answer, another machine to give it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ArchiveReader } from '../../../dist/libs/archive/src/index.js';
import { installDrivers } from './drivers.mjs';
import { openDuckDb } from './duckdb.mjs';
import { cellKey } from './engine-answer.mjs';
import { exportFacts } from './export-facts.mjs';
import { openPostgres } from './postgres.mjs';

const open = { duckdb: openDuckDb, postgres: openPostgres };

/**
 * Times a database on the cube of funder, service, kind and month, with days and distinct clients.
 *
 * @param archive an `ArchiveShared`
 * @param clients how many of it, from the first; all by default
 * @param period half-open, in epoch days
 * @param ruleSet one of `sharp-cut`, `six-weeks`, `six-weeks-with-aftercare`, `municipal-run-out`, `until-delivery`
 * @param engine `duckdb` or `postgres`
 * @param repeats how often it is asked; before the first it has been asked once, untimed, unless `warm` is false
 * @param mostSeconds no further question is put when those before took as long together
 * @returns seconds of exporting, of loading (with indexes and statistics) and of each question, rows by table, and the
 *   cube: by `cellKey` days and clients
 */
export async function peerRun({
  archive,
  clients,
  period,
  ruleSet,
  engine,
  repeats = 5,
  warm = true,
  mostSeconds = 600,
}) {
  installDrivers();
  const folder = mkdtempSync(join(tmpdir(), 'second-opinion-'));
  try {
    const exported = await timed(() => exportFacts(new ArchiveReader(archive), folder, { clients }));
    const loaded = await timed(() => open[engine](folder));
    try {
      const asked = await timed(() => loaded.found.ask(ruleSet, period));
      const questions = await askAgain(loaded.found, { repeats, warm, mostSeconds });
      return {
        rows: exported.found,
        exportSeconds: exported.seconds,
        loadSeconds: loaded.seconds + asked.seconds,
        ...questions,
      };
    } finally {
      await loaded.found.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function askAgain(database, { repeats, warm, mostSeconds }) {
  const querySeconds = [];
  let rows = [];
  const ask = async () => {
    await database.pay();
    rows = await database.cube();
  };
  let spent = warm ? (await timed(ask)).seconds : 0;
  while (querySeconds.length < repeats && (querySeconds.length === 0 || spent < mostSeconds)) {
    const { seconds } = await timed(ask);
    querySeconds.push(seconds);
    spent += seconds;
  }
  const cube = new Map(rows.map((row) => [cellKey(row), { days: row.days, clients: row.clients }]));
  return { querySeconds, cube };
}

async function timed(work) {
  const started = performance.now();
  const found = await work();
  return { found, seconds: (performance.now() - started) / 1_000 };
}
