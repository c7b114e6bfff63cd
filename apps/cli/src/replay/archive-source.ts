import { ArchiveReader, readArchive } from '@domeinbrug/archive';
import type { KnownAt } from '@domeinbrug/coverage';
import type { Config } from '@domeinbrug/settings';
import { foldVersion } from '@domeinbrug/projections';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { KnowledgeArgument } from '../arguments.js';
import { readGeneratedArchive } from '../generate/generated-archive.js';
import { WrongUse } from '../refusal.js';
import { rulesOf } from '../rules-folder.js';
import { isWritable, type ReplaySource } from './replay-source.js';

/** A folder that `generate --archive` wrote, which has no log. @throws WrongUse, RulesRefused */
export async function archiveSource(folder: string, config: Config): Promise<ReplaySource> {
  const generated = readGeneratedArchive(folder);
  const shared = generated && readArchive({ dataDir: folder, foldVersion });
  if (!generated || !shared)
    throw new WrongUse(
      `--archive: ${folder} holds no archive that this version can read; domeinbrug generate --archive makes one.`,
    );
  const reader = new ArchiveReader(shared);
  const digest = (position: string): string =>
    createHash('sha256').update(`${generated.digest} ${position}`).digest('hex');
  return {
    rules: await rulesOf(config),
    knownAt: (asked) => Promise.resolve(momentIn(reader, asked)),
    digest: (position) => Promise.resolve(digest(position)),
    archive: () => Promise.resolve(shared),
    answers: { folder: join(folder, 'replays'), readsOnly: !isWritable(folder) },
    // Nobody stands behind invented people, and the same people give the same answer, byte for byte.
    pseudonymKey: () => Promise.resolve(Buffer.from(generated.digest, 'hex')),
    close: () => Promise.resolve(),
  };
}

function momentIn(reader: ArchiveReader, asked: KnowledgeArgument | undefined): KnownAt {
  const { position, recordedAt } = reader.upTo;
  if (asked === undefined) return { instant: recordedAt, position };
  if ('position' in asked) {
    if (Number(asked.position) > Number(position))
      throw new WrongUse(`--known-at: No event has position ${asked.position}; the last one is ${position}.`);
    const event = reader.eventAt(asked.position);
    return { instant: event === 0 ? 0 : reader.momentOf(event).recordedAt, position: asked.position };
  }
  const event = lastEventAt(reader, asked.instant);
  return { instant: asked.instant, position: event === 0 ? '0' : reader.momentOf(event).position };
}

/** The last event recorded at or before a moment; 0 when there is none. */
function lastEventAt(reader: ArchiveReader, instant: number): number {
  let [known, beyond] = [0, reader.lastEvent + 1];
  while (beyond - known > 1) {
    const middle = Math.floor((known + beyond) / 2);
    if (reader.momentOf(middle).recordedAt <= instant) known = middle;
    else beyond = middle;
  }
  return known;
}
