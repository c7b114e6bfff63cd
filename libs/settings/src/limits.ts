/** How much one organisation may ask of a service, and how slowly. */
export interface Limits {
  requestsPerMinute: number;
  /** Requests of one organisation that are under way at a time; live streams are counted apart. */
  requestsAtOnce: number;
  /** Live streams (server-sent events) of one organisation at a time. */
  streamsAtOnce: number;
  /** How long a request may take to come in whole, in seconds. */
  requestSeconds: number;
  /** How long a connection may lie still in the middle of an answer, in seconds. */
  idleSeconds: number;
}

/** The setting of each limit, with what holds where it is left out. */
export const limitSettings: Record<keyof Limits, { variable: string; otherwise: number; most: number }> = {
  requestsPerMinute: { variable: 'DOMEINBRUG_REQUESTS_PER_MINUTE', otherwise: 6_000, most: 10_000_000 },
  requestsAtOnce: { variable: 'DOMEINBRUG_REQUESTS_AT_ONCE', otherwise: 64, most: 10_000 },
  streamsAtOnce: { variable: 'DOMEINBRUG_STREAMS_AT_ONCE', otherwise: 20, most: 10_000 },
  requestSeconds: { variable: 'DOMEINBRUG_REQUEST_SECONDS', otherwise: 30, most: 3_600 },
  idleSeconds: { variable: 'DOMEINBRUG_IDLE_SECONDS', otherwise: 120, most: 3_600 },
};

/** What the usual settings allow. */
export const usualLimits = readLimits(
  (_variable, otherwise) => otherwise,
  () => undefined,
);

export function readLimits(
  setting: (variable: string, otherwise: string) => string,
  note: (variable: string, detail: string) => void,
): Limits {
  const read = Object.entries(limitSettings).map(([name, { variable, otherwise, most }]) => {
    const text = setting(variable, String(otherwise));
    const isLimit = /^[1-9]\d{0,7}$/.test(text) && Number(text) <= most;
    if (!isLimit) note(variable, `"${text}" is no limit; write a whole number from 1 to ${most}.`);
    return [name, Number(text)] as const;
  });
  return Object.fromEntries(read) as unknown as Limits;
}
