import { setImmediate as nextTurn } from 'node:timers/promises';
import { ArchiveReader } from '@domeinbrug/archive';
import { privacyRule } from '../privacy/privacy-rule.js';
import type { ArchiveAt } from './archive-at.js';
import { takesPartIn } from './population.js';
import type { ReplayQuestion } from './replay-question.js';

/** Clients looked at before other work gets a turn. */
const slice = 2_000;

/**
 * Whether a replay would have as many people in it as its privacy asks, at least one; ends as soon as there are. What it
 * tells about fewer would be about them alone, and so would be that there are any.
 */
export async function enoughTakePart(
  { shared, event }: ArchiveAt,
  { population, period, privacy }: Pick<ReplayQuestion, 'population' | 'period' | 'privacy'>,
): Promise<boolean> {
  const reader = new ArchiveReader(shared);
  const takesPart = takesPartIn(population, period);
  let wanted = Math.max(1, privacyRule(privacy)!.k);
  for (let client = 0; client < reader.clients; client++) {
    if (takesPart(reader.factsAt(client, event)) && --wanted === 0) return true;
    if (client % slice === slice - 1) await nextTurn();
  }
  return false;
}
