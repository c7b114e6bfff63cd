import { restoreBackup } from '../backup/restore-backup.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import { WrongUse } from '../refusal.js';
import type { Terminal } from '../terminal.js';
import { counted } from '../text/columns.js';

/** Puts a backup into an empty data folder and verifies it. */
export async function restore(
  terminal: Terminal,
  options: FolderOptions & { erasures?: string | boolean; json?: boolean },
  folder: string,
): Promise<void> {
  const { dataDir } = settingsFor(options);
  const { manifest, verified, erasures } = await restoreBackup(folder, dataDir, listOf(options.erasures));
  const { position, digest, madeAt } = manifest;
  if (options.json) {
    return terminal.out(
      JSON.stringify({ dataDir, position, digest, madeAt, events: verified.events, erasures }, null, 2),
    );
  }
  terminal.out(
    [
      `${dataDir} holds what was there at ${madeAt}: ${counted(verified.events, 'event')} up to position ${position}, ` +
        `verified (digest ${digest}).`,
      `${counted(erasures, 'erasure')} of the list applied: nothing is left of those people.`,
      'What was sent after that is not in it: let the senders send it again, which doubles nothing.',
      'The read models are built when the service starts.',
    ].join('\n'),
  );
}

/** Whoever forgets the list would bring people back, so it is asked for. @throws WrongUse */
function listOf(erasures: string | boolean | undefined): string | null {
  if (erasures === false) return null;
  if (typeof erasures === 'string') return erasures;
  throw new WrongUse(
    'A backup brings back whoever was erased after it was made. Give the list of erasures: --erasures <file>, which is ' +
      'keys/erasures.ndjson of the data folder as it was kept apart from backups; or --no-erasures where nobody was erased.',
  );
}
