import { restoreBackup } from '../backup/restore-backup.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { counted } from '../text/columns.js';

/** Puts a backup into an empty data folder and verifies it. */
export async function restore(
  terminal: Terminal,
  options: FolderOptions & { json?: boolean },
  folder: string,
): Promise<void> {
  const { dataDir } = settingsFor(options);
  const { manifest, verified } = await restoreBackup(folder, dataDir);
  const { position, digest, madeAt } = manifest;
  if (options.json) {
    return terminal.out(
      JSON.stringify({ dataDir, position, digest, madeAt, events: verified.events }, null, 2),
    );
  }
  terminal.out(
    [
      `${dataDir} holds what was there at ${madeAt}: ${counted(verified.events, 'event')} up to position ${position}, ` +
        `verified (digest ${digest}).`,
      'What was sent after that is not in it: let the senders send it again, which doubles nothing.',
      'The read models are built when the service starts.',
    ].join('\n'),
  );
}
