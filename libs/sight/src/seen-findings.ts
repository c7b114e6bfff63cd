import type { Finding } from '@domeinbrug/coverage';

/**
 * Findings that show to an auditor alone. An end falls on a beginning whoever told of that one: that it has none would tell
 * its sender, for any person, that nobody told of such a stay, of such care at home or of such a place in a nursing home;
 * and its absence, that somebody did.
 */
export const findingsForAuditors: readonly Finding['code'][] = ['end-without-start'];

/** Those of a timeline that may show to anybody else. */
export function findingsForOthers<F extends Pick<Finding, 'code'>>(findings: readonly F[]): F[] {
  return findings.filter(({ code }) => !findingsForAuditors.includes(code));
}
