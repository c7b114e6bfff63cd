import { makeBackup } from '../backup/make-backup.js';
import { progressOf } from '../progress.js';
import { WrongUse } from '../refusal.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { counted } from '../text/columns.js';

/** Copies log and keys into a new folder. Reads only; a service may go on beside it. */
export async function backup(
  terminal: Terminal,
  options: FolderOptions & { json?: boolean },
  folder: string,
): Promise<void> {
  const { dataDir, databaseUrl, kurrentdbUrl } = settingsFor(options);
  if (databaseUrl !== null || kurrentdbUrl !== null)
    throw new WrongUse(
      'DATABASE_URL or KURRENTDB_URL: the log is in a database, whose own tools back it up. Copy the keys folder beside it, or ' +
        'domeinbrug copy the log into a data folder.',
    );
  const progress = progressOf(terminal, 'Copying the log');
  const manifest = await makeBackup(dataDir, folder, (share) => progress.at(share)).finally(() =>
    progress.end(),
  );
  if (options.json) return terminal.out(JSON.stringify({ folder, ...manifest }, null, 2));
  const megabytes = Math.ceil(manifest.files.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000_000);
  terminal.out(
    [
      `${folder} holds the log up to position ${manifest.position} and ${counted(manifest.files.length - 1, 'key')} ` +
        `(${counted(megabytes, 'MB', 'MB')}, digest ${manifest.digest}).`,
      'Keep it as safe as the data folder itself: with its keys one can find a client by citizen service number.',
      'To use it: domeinbrug restore <folder> --data-dir <an empty folder>. Try that now and then.',
    ].join('\n'),
  );
}
