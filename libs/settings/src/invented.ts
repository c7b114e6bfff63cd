import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const markFile = 'INVENTED';

/** What stands wherever somebody could take invented people for real ones. */
export const inventedBanner = {
  en: 'Everybody in here is invented. Send nothing about real people to it.',
  nl: 'Iedereen hierin is verzonnen. Stuur er niets over echte mensen naartoe.',
};

/** Marks a data folder as one of invented people, for good. */
export function markAsInvented(dataDir: string): void {
  writeFileSync(join(dataDir, markFile), `${inventedBanner.nl}\n${inventedBanner.en}\n`);
}

export function isInvented(dataDir: string): boolean {
  return existsSync(join(dataDir, markFile));
}
