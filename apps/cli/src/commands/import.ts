import { loadOrCreateKey } from '@domeinbrug/access';
import { openSqliteEventLog, type EventLog } from '@domeinbrug/event-store';
import { readProductMapping, rejectFile, type ProductMapping } from '@domeinbrug/intake';
import { appendFileSync, createReadStream, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { importIwmo } from '../import/import-iwmo.js';
import { importReference, isReferenceFile } from '../import/import-reference.js';
import { importNdjson } from '../import/import-ndjson.js';
import { addCounts, describeImport, nothingYet } from '../import/outcome.js';
import type { FileImported, PartImported } from '../import/outcome.js';
import { sendNdjson, type Service } from '../import/send-events.js';
import { exitCodes, ProblemFound, WrongUse, type ExitCode } from '../refusal.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import type { Terminal } from '../terminal.js';

export interface ImportOptions extends FolderOptions {
  history?: boolean;
  mapping?: string;
  progressFile?: string;
  url?: string;
  token?: string;
  json?: boolean;
}

/** How often a long import says how far it is, in lines. */
const linesATelling = 100_000;

/** More than this need not be read on a terminal; the reject file and `--json` have the rest of what was refused. */
const reportsShown = 20;

type PartsOf = (file: string) => AsyncGenerator<PartImported & { line?: number; position?: string }>;

/** Takes files in, one after the other. Exit code 1 when something was rejected. */
export async function importFiles(
  terminal: Terminal,
  options: ImportOptions,
  files: string[],
): Promise<ExitCode> {
  files.forEach((file) => checkFile(file, options));
  const imported = options.url
    ? await importEach(files, (file) => sendNdjson(file, serviceOf(options)), terminal, options)
    : await importIntoFolder(files, terminal, options);
  terminal.out(
    options.json ? JSON.stringify(imported, null, 2) : imported.flatMap(describeImport).join('\n'),
  );
  const rejected = imported.some(({ counts }) => counts.rejected > 0);
  return rejected ? exitCodes.problems : exitCodes.done;
}

function checkFile(file: string, { history, url }: ImportOptions): void {
  if (!existsSync(file)) throw new WrongUse(`There is no file ${file}.`);
  if (statSync(file).isDirectory())
    throw new WrongUse(`${file} is a folder; name the files in it, such as ${file}/*.xml.`);
  if (isIwmo(file) && history) {
    throw new WrongUse(`--history: ${file} is no NDJSON; messages are recorded when they come in.`);
  }
  if (isReferenceFile(file) && (history || url)) {
    throw new WrongUse(
      `${history ? '--history' : '--url'}: ${file} tells of codes or of who is who. ` +
        'Import it into the data folder itself, while no service runs; it is known from then on.',
    );
  }
  if (isIwmo(file) && url) {
    throw new WrongUse(
      `--url: ${file} is an iWmo message, which is weighed against all that is stored about its clients. ` +
        'Import it into the data folder itself, while no service runs.',
    );
  }
  if (!isIwmo(file) && !isReferenceFile(file) && !/\.(ndjson|jsonl)$/i.test(file)) {
    throw new WrongUse(
      `${file}: what is in it? Name it .ndjson (one CloudEvent a line), .xml (iWmo) or .csv (mergers of codes or clients).`,
    );
  }
}

function isIwmo(file: string): boolean {
  return /\.xml$/i.test(file);
}

function serviceOf({ url, token, history }: ImportOptions): Service {
  if (history) {
    throw new WrongUse(
      '--history: only into a data folder; what a service takes in is recorded then and there.',
    );
  }
  const known = token ?? process.env['DOMEINBRUG_TOKEN'];
  if (!known) throw new WrongUse('--url needs --token, or the token in DOMEINBRUG_TOKEN.');
  if (!URL.canParse(url!)) throw new WrongUse(`--url: "${url}" is no address; write http://127.0.0.1:3000.`);
  return { url: url!, token: known };
}

async function importIntoFolder(
  files: string[],
  terminal: Terminal,
  options: ImportOptions,
): Promise<FileImported[]> {
  const mapping = options.mapping === undefined ? undefined : mappingIn(options.mapping);
  const { dataDir } = settingsFor(options);
  const log = await openForWriting(dataDir);
  try {
    const key = await loadOrCreateKey(dataDir, 'pseudonym');
    const partsOf: PartsOf = (file) => {
      if (isReferenceFile(file)) return onePart(importReference(file, log, key));
      if (isIwmo(file)) return onePart(importIwmo(file, log, { key, mapping }));
      return importNdjson(createReadStream(file), log, { key, history: options.history === true });
    };
    const parts: PartsOf = async function* (file) {
      for await (const part of partsOf(file)) yield { ...part, position: (await log.head()).position };
    };
    return await importEach(files, parts, terminal, options);
  } finally {
    await log.close();
  }
}

async function* onePart(part: Promise<PartImported>): AsyncGenerator<PartImported> {
  yield await part;
}

async function openForWriting(dataDir: string): Promise<EventLog> {
  try {
    return await openSqliteEventLog({ dataDir });
  } catch (error) {
    if (!(error instanceof Error && error.name === 'DataFolderInUse')) throw error;
    throw new ProblemFound(
      `${error.message}\nTo import through the running service, give its address and a token: ` +
        'import <file.ndjson> --url <address> --token <token>. The service said its address when it started; ' +
        'domeinbrug token --as … prints a token.',
    );
  }
}

function mappingIn(file: string): ProductMapping[] {
  if (!existsSync(file)) throw new WrongUse(`--mapping: there is no file ${file}.`);
  const { mapping, problems } = readProductMapping(readFileSync(file, 'utf8'));
  if (problems.length === 0) return mapping;
  throw new WrongUse(`--mapping: ${file} cannot be used:\n${problems.map((line) => `  ${line}`).join('\n')}`);
}

async function importEach(
  files: string[],
  parts: PartsOf,
  terminal: Terminal,
  options: ImportOptions,
): Promise<FileImported[]> {
  const imported: FileImported[] = [];
  for (const file of files) imported.push(await importOne(file, parts(file), terminal, options));
  return imported;
}

async function importOne(
  file: string,
  parts: ReturnType<PartsOf>,
  terminal: Terminal,
  { progressFile }: ImportOptions,
): Promise<FileImported> {
  const path = `${file}.reject.ndjson`;
  const rejects = rejectFile(path);
  const counts = nothingYet();
  const reports: FileImported['reports'] = [];
  try {
    for await (const part of parts) {
      addCounts(counts, part.counts);
      reports.push(...part.reports.slice(0, reportsShown - reports.length));
      await rejects.write(part.rejects);
      const { line, position } = part;
      if (line !== undefined && line % linesATelling === 0) terminal.err(`${file}: line ${line} is stored.`);
      if (progressFile)
        appendFileSync(progressFile, `${JSON.stringify({ file, line, position, ...counts })}\n`);
    }
  } finally {
    // An earlier import's rejects are not those of this one.
    if ((await rejects.close()) === 0) rmSync(path, { force: true });
  }
  return { file, counts, reports, rejectFile: counts.rejected > 0 ? path : null };
}
