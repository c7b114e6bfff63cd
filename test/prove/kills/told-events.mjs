/** Journeys of invented clients, step by step; each has a funder, a provider and something that changes who pays. */

export const provider = '61610001';
export const funder = 'insurer:3311';
export const source = `urn:nld:agb:${provider}:systeem:ecd`;

/** One event of a client; `step` counts the client's own. */
export function envelope(clientId, step) {
  const firstDay = `20${18 + (step % 7)}-0${1 + (step % 9)}-1${step % 10}`;
  const told = [
    ['client-registered', { firstDay, municipality: '0363', insurer: '3311', careOffice: '5515' }],
    ['case-management-started', { firstDay, provider }],
    ['client-admitted', { firstDay, provider, withTreatment: step % 2 === 0 }],
    ['client-discharged', { lastDay: firstDay, provider }],
  ];
  const [type, about] = told[step % told.length];
  return {
    specversion: '1.0',
    id: `${clientId}-${step}`,
    source,
    type: `nl.domeinbrug.${type}.v1`,
    time: `${firstDay}T12:00:00+01:00`,
    data: { clientId, ...about },
  };
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function numbersFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function expect(holds, otherwise) {
  if (!holds) throw new Error(otherwise);
}

export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
