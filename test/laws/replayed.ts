import { ArchiveReader, ArchiveWriter } from '@domeinbrug/archive';
import { foldJourney } from '@domeinbrug/journey';
import fc from 'fast-check';
import { firstPossibleDay, lastPossibleDay } from './event-drafts.js';
import type { History } from './histories.js';

/** What replays are made over. */

const day = fc.integer({ min: firstPossibleDay, max: lastPossibleDay });
export const periods = fc
  .tuple(day, day)
  .map(([a, b]) => ({ from: Math.min(a, b), until: Math.max(a, b) + 1 }));

/** Each history is of a client of its own, by its place, and known after one event. */
export function archiveOf(all: readonly History[]): ArchiveReader {
  const writer = ArchiveWriter.empty();
  all.forEach(({ events, knownAt }, number) => {
    const at = { position: String(number + 1), recordedAt: 1 };
    writer.apply(at, `client${number}`, foldJourney(events, knownAt));
    writer.commit(at);
  });
  return new ArchiveReader(writer.shared());
}
