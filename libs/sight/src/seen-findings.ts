import type { Finding } from '@domeinbrug/coverage';

/**
 * Whether a finding stands or not by what others told of the client's stays and absences: an end of a stay that nobody told
 * the beginning of is found, one that somebody else told of is not. Shown to who sent the end, it would tell for any person
 * whether there was such a stay, and when.
 */
export function tellsOfOthersStays({ code, events }: Pick<Finding, 'code' | 'events'>): boolean {
  return (
    code === 'end-without-start' &&
    events.some(({ type }) => type === 'stay-ended' || type === 'absence-ended')
  );
}
