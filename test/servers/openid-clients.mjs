/** Whom the tokens are for. */
export const audience = 'https://domeinbrug.example/api';

const insurer = { uzovi: '3311', purpose: 'funding' };

/** What the provider says of each client, how long its tokens live and how they are signed. */
export const clients = {
  insurer: { claims: insurer },
  'insurer-by-rsa': { claims: insurer, algorithm: 'RS256' },
  'another-insurer': { claims: { ...insurer, uzovi: '0101' } },
  provider: { claims: { agb: '65656055', purpose: 'care-delivery' } },
  'soon-expired': { claims: insurer, seconds: 1 },
  'two-hours': { claims: insurer, seconds: 7_200 },
  'by-pss': { claims: insurer, algorithm: 'PS256' },
  'no-organisation': { claims: { purpose: 'funding' } },
  'two-organisations': { claims: { ...insurer, agb: '65656055' } },
  'no-purpose': { claims: { uzovi: '3311' } },
  'supplier-mandated': { claims: { ...insurer, act: { sub: 'mandated.example' } } },
  'supplier-no-longer': { claims: { ...insurer, act: { sub: 'no-longer.example' } } },
  'supplier-of-another': { claims: { ...insurer, uzovi: '0101', act: { sub: 'mandated.example' } } },
  'supplier-unnamed': { claims: { ...insurer, act: {} } },
};
