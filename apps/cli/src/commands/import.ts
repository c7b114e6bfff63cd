import type { EventLog } from '@domeinbrug/event-store';
import { readProductMapping, type ProductMapping, type Pseudonyms } from '@domeinbrug/intake';
import type { Config } from '@domeinbrug/settings';
import { keysPlaceOf, openKeyStore, openSealedLog, sealedPlaceOf } from '@domeinbrug/privacy';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { openPseudonyms } from '../../../api/src/stores/open-pseudonyms.js';
import { importIwmo } from '../import/import-iwmo.js';
import { eventsIn } from '../import/json-file.js';
import { importReference, isReferenceFile } from '../import/import-reference.js';
import { importNdjson } from '../import/import-ndjson.js';
import { importFile, type FileParts, type PartDone } from '../import/import-file.js';
import { ImportMarks } from '../import/import-mark.js';
import { describeImport, type FileImported } from '../import/outcome.js';
import { sendNdjson } from '../import/send-events.js';
import { exitCodes, ProblemFound, WrongUse, type ExitCode } from '../refusal.js';
import { serviceOf, type Service, type ServiceOptions } from '../running-service.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import type { Terminal } from '../terminal.js';

export interface ImportOptions extends FolderOptions, ServiceOptions {
  history?: boolean;
  mapping?: string[];
  fromStart?: boolean;
  progressFile?: string;
  json?: boolean;
}

/** Much of a file at once, so that reading it costs little. */
const bytesAtOnce = 262_144;

type PartsOf = (file: string) => FileParts | Promise<FileParts>;

/** Takes files in, one after the other. Exit code 1 when something was rejected. */
export async function importFiles(
  terminal: Terminal,
  options: ImportOptions,
  files: string[],
): Promise<ExitCode> {
  files.forEach((file) => checkFile(file, options));
  const imported = options.url
    ? await importEach(files, sendTo(receiverOf(options)), terminal, options)
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
  if (!isIwmo(file) && !isReferenceFile(file) && !/\.(ndjson|jsonl|json)$/i.test(file)) {
    throw new WrongUse(
      `${file}: what is in it? Name it .ndjson (one CloudEvent a line), .json (one, or a list), .xml (iWmo) or ` +
        '.csv (mergers of codes or clients).',
    );
  }
}

function isIwmo(file: string): boolean {
  return /\.xml$/i.test(file);
}

function isJson(file: string): boolean {
  return /\.json$/i.test(file);
}

function receiverOf({ history, ...options }: ImportOptions): Service {
  if (history) {
    throw new WrongUse(
      '--history: only into a data folder; what a service takes in is recorded then and there.',
    );
  }
  return serviceOf(options);
}

async function importIntoFolder(
  files: string[],
  terminal: Terminal,
  options: ImportOptions,
): Promise<FileImported[]> {
  const mapping = options.mapping?.flatMap(mappingIn);
  const config = settingsFor(options);
  const { dataDir } = config;
  const log = await openForWriting(config);
  const keys = openKeyStore(keysPlaceOf(config));
  try {
    const pseudonyms = await openPseudonyms(dataDir, log, keys);
    const history = options.history === true;
    const partsOf: PartsOf = (file) => {
      if (isReferenceFile(file)) return { parts: onePart(() => importReference(file, log, pseudonyms)) };
      if (isIwmo(file)) return { parts: onePart(() => importIwmo(file, log, { pseudonyms, mapping })) };
      if (isJson(file))
        return { parts: importNdjson(eventsIn(file), log, { pseudonyms, history, each: 'event' }) };
      return linesOf(file, { log, dataDir, pseudonyms }, options);
    };
    return await importEach(files, partsOf, terminal, options);
  } finally {
    await keys.close();
    await log.close();
  }
}

function sendTo(service: Service): PartsOf {
  return (file) => {
    const [lines, each] = isJson(file)
      ? ([eventsIn(file), 'event'] as const)
      : ([createReadStream(file), 'line'] as const);
    return { parts: sendNdjson(lines, service, each) };
  };
}

async function* onePart(take: () => Promise<PartDone>): AsyncGenerator<PartDone> {
  yield await take();
}

/** Lines into a data folder, from where an earlier import of the file was broken off. */
async function linesOf(
  file: string,
  { log, dataDir, pseudonyms }: { log: EventLog; dataDir: string; pseudonyms: Pseudonyms },
  { history = false, fromStart = false }: ImportOptions,
): Promise<FileParts> {
  const marks = new ImportMarks(dataDir, file, history ? 'history' : 'now', log);
  const mark = fromStart ? undefined : await marks.last();
  const after = mark?.place;
  const text = createReadStream(file, { start: after?.bytes ?? 0, highWaterMark: bytesAtOnce });
  return { parts: importNdjson(text, log, { pseudonyms, history, after }), marks, mark };
}

async function openForWriting(config: Config): Promise<EventLog> {
  try {
    return await openSealedLog(sealedPlaceOf(config));
  } catch (error) {
    if (!(error instanceof Error && error.name === 'DataFolderInUse')) throw error;
    throw new ProblemFound(
      `${error.message}\nTo import through the running service, give its address, and a token in ` +
        'DOMEINBRUG_TOKEN: import <file.ndjson> --url <address>. The service said its address when it started; ' +
        'domeinbrug token --as … prints a token.',
    );
  }
}

/** @param given `0363=codes.csv` for one municipality, or a file for all */
function mappingIn(given: string): ProductMapping[] {
  const municipality = /^([0-9]{4})=./.exec(given)?.[1];
  const file = municipality === undefined ? given : given.slice(municipality.length + 1);
  if (!existsSync(file)) throw new WrongUse(`--mapping: there is no file ${file}.`);
  const { mapping, problems } = readProductMapping(readFileSync(file, 'utf8'));
  if (problems.length === 0) return mapping.map((line) => ({ ...line, municipality }));
  throw new WrongUse(`--mapping: ${file} cannot be used:\n${problems.map((line) => `  ${line}`).join('\n')}`);
}

async function importEach(
  files: string[],
  partsOf: PartsOf,
  terminal: Terminal,
  { progressFile }: ImportOptions,
): Promise<FileImported[]> {
  const imported: FileImported[] = [];
  for (const file of files)
    imported.push(await importFile(terminal, file, await partsOf(file), progressFile));
  return imported;
}
