import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { AnsweredReplay } from './replay-store.js';

/** SHA-256 (hex) over all that a replay answered: the same question over the same facts must give the same. */
export function answerDigest({ figures, sweep, cells, differing }: AnsweredReplay): string {
  return createHash('sha256').update(canonicalize({ figures, sweep, cells, differing })!).digest('hex');
}
