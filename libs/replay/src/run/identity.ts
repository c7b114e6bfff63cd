import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { replayVersion, type ReplayQuestion } from './replay-question.js';

/**
 * The id of a replay: SHA-256 (hex) over all that its answer depends on. Who asks the same again gets the same id,
 * wherever and whenever; titles and versions of rule sets do not count, what they mean does.
 */
export function identityOf(question: ReplayQuestion): string {
  const { baseline, alternative, period, knownAt, digest, population, vary, privacy } = question;
  const said = {
    engine: replayVersion,
    baseline: baseline.hash,
    alternative: alternative.hash,
    period: [period.from, period.until],
    position: knownAt.position,
    digest,
    population,
    vary,
    privacy,
  };
  return createHash('sha256').update(canonicalize(said)!).digest('hex');
}
