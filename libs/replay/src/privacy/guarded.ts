import { roundClients, tooFew, type PrivacyRule } from './privacy-rule.js';

/** Counts of people or runs; `null` where they are too few. */
export type Guarded<T> = { [Key in keyof T]: number | null };

export function guarded(count: number, privacy: PrivacyRule): number | null {
  return tooFew(Math.abs(count), privacy.k) ? null : roundClients(count, privacy);
}
