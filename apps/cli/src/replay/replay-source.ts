import type { ArchiveShared } from '@domeinbrug/archive';
import { loadOrCreateKey } from '@domeinbrug/access';
import type { KnownAt } from '@domeinbrug/coverage';
import {
  DataFolderInUse,
  digestAt,
  lockDataFolder,
  type DataFolderLock,
  type EventLogReader,
} from '@domeinbrug/event-store';
import type { Config } from '@domeinbrug/settings';
import { archiveOfLog, keepArchive } from '@domeinbrug/projections';
import { openLogReaderAt, sealedPlaceOf } from '@domeinbrug/privacy';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { openRules } from '../../../api/src/stores/open-rules.js';
import type { Rules } from '../../../api/src/stores/rules.js';
import type { KnowledgeArgument } from '../arguments.js';
import { knowledgeOf } from '../knowledge.js';

/** What a replay is run over: rules, histories, and a place for its answer. Reads only, but for the answer. */
export interface ReplaySource {
  rules: Rules;
  /** @throws WrongUse */
  knownAt(asked: KnowledgeArgument | undefined): Promise<KnownAt>;
  /** Of all that was recorded up to a position; `undefined` when nothing has that position. */
  digest(position: string): Promise<string | undefined>;
  /** @param tell called with the share that is there, while it is being made */
  archive(position: string, tell: (share: number) => void): Promise<ArchiveShared>;
  /** Where answers are kept; `readsOnly` where this process must not write. */
  answers: { folder: string; readsOnly: boolean };
  pseudonymKey(): Promise<Buffer>;
  close(): Promise<void>;
}

/** The data folder; a service may run beside it. @throws LogNotFound, RulesRefused */
export async function folderSource(config: Config): Promise<ReplaySource> {
  const log = await openLogReaderAt(sealedPlaceOf(config));
  try {
    return {
      rules: await openRules(config, log),
      knownAt: (asked) => knowledgeOf(log, asked),
      digest: (position) => digestAt(log, position),
      archive: (position, tell) => archiveIn(config.dataDir, log, position, tell),
      answers: { folder: join(config.dataDir, 'replays'), readsOnly: !isWritable(config.dataDir) },
      pseudonymKey: () => loadOrCreateKey(config.dataDir, 'replay'),
      close: () => log.close(),
    };
  } catch (error) {
    await log.close();
    throw error;
  }
}

/** What had to be folded is kept for the next command, unless a service holds the folder: that keeps its own. */
async function archiveIn(
  dataDir: string,
  log: EventLogReader,
  position: string,
  tell: (share: number) => void,
): Promise<ArchiveShared> {
  const { archive, grew } = await archiveOfLog(dataDir, log, position, tell);
  const lock = grew && isWritable(dataDir) ? lockWhenFree(dataDir) : undefined;
  try {
    if (lock) await keepArchive(dataDir, archive);
  } finally {
    lock?.release();
  }
  return archive;
}

/** `undefined` while another process holds the folder. */
function lockWhenFree(dataDir: string): DataFolderLock | undefined {
  try {
    return lockDataFolder(dataDir);
  } catch (error) {
    if (error instanceof DataFolderInUse) return undefined;
    throw error;
  }
}

export function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
