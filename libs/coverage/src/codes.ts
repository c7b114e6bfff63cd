import { NONE } from '@domeinbrug/journey';
import type { Funder, FunderKind, Level } from '@domeinbrug/terms';

/** `insurer:3311`; a pool by its name. */
export function funderName(kind: FunderKind, code: number, pools: readonly string[]): Funder {
  return kind === 'pool' ? `pool:${pools[code]!}` : `${kind}:${fourDigits(code)}`;
}

/** AGB code of 8 digits; `null` when nobody is known. */
export function providerCode(provider: number): string | null {
  return provider === NONE ? null : String(provider).padStart(8, '0');
}

/** The code of a level as rule sets write it; `null` for national. */
export function levelCode(level: Level, code: number): string | null {
  if (level === 'national') return null;
  return level === 'provider' ? providerCode(code) : fourDigits(code);
}

/** CBS, UZOVI and care-office codes; `null` when unknown. */
export function organisationCode(code: number): string | null {
  return code === NONE ? null : fourDigits(code);
}

/** The number of a code that {@link organisationCode} wrote. */
export function organisationNumber(code: string | null): number {
  return code === null ? NONE : Number(code);
}

function fourDigits(code: number): string {
  return String(code).padStart(4, '0');
}
