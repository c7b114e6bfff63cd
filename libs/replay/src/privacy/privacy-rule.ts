/** What a privacy profile hides in what leaves. */
export interface PrivacyRule {
  name: string;
  /** Fewer clients than this, and more than none, are too few to be told about. 0: nothing is hidden. */
  k: number;
  /** Published counts of clients are rounded to this; 1: not rounded. */
  roundsClientsTo: number;
  /**
   * Days of figures that tell of the same days as others do, otherwise grouped, are rounded to this: ten people in a
   * window of seven weeks, so that what one figure has more than another tells of no few. 1: not rounded.
   */
  roundsDaysTo: number;
}

/** The profile `none` hides nothing and is for auditors only. */
export const withoutPrivacy: PrivacyRule = { name: 'none', k: 0, roundsClientsTo: 1, roundsDaysTo: 1 };

/** Below this a count that may be published could be rounded to none. */
const smallestK = 5;

/**
 * What the profile of that name hides: `none`, or `k` and a number from 5, such as `k10`, under which counts of clients are
 * rounded to tens. `undefined` when there is no such privacy.
 */
export function privacyRule(name: string): PrivacyRule | undefined {
  if (name === withoutPrivacy.name) return withoutPrivacy;
  const k = Number(/^k([1-9]\d{0,3})$/.exec(name)?.[1] ?? 0);
  return k >= smallestK ? { name, k, roundsClientsTo: 10, roundsDaysTo: 500 } : undefined;
}

/** Whether so few clients stand behind a figure that it would tell something of them: 1 to k-1. */
export function tooFew(clients: number, k: number): boolean {
  return clients > 0 && clients < k;
}

/** A count of clients as it is published; halves go up. */
export function roundClients(clients: number, privacy: PrivacyRule): number {
  return Math.round(clients / privacy.roundsClientsTo) * privacy.roundsClientsTo;
}

/** Days as they are published beside other figures of the same days; halves go up. */
export function roundDays(days: number, privacy: PrivacyRule): number {
  return Math.round(days / privacy.roundsDaysTo) * privacy.roundsDaysTo;
}

/**
 * A figure that stands by itself, as it may be published: with its clients rounded, or `null` when they are too few.
 * `clients` must be all whom the figure is about, each once.
 */
export function publishFigure<Figure extends { clients: number }>(
  figure: Figure,
  privacy: PrivacyRule,
): Figure | null {
  if (tooFew(figure.clients, privacy.k)) return null;
  return { ...figure, clients: roundClients(figure.clients, privacy) };
}
