import type { WaitingTimesSummary } from '../waiting-times/summary.js';
import { publishFigure, roundClients, tooFew, type PrivacyRule } from './privacy-rule.js';

/** Rows of few people are left out; what is counted within a row is rounded, and a share that tells of few is not told. */
export function guardWaitingTimes(
  { waits, ages, shares }: WaitingTimesSummary,
  privacy: PrivacyRule,
): WaitingTimesSummary {
  const shown = <Row extends { clients: number }>(rows: readonly Row[]): Row[] =>
    rows.flatMap((row) => publishFigure(row, privacy) ?? []);
  const count = (each: number): number => roundClients(each, privacy);
  const tellsOfFew = (part: number, of: number): boolean =>
    tooFew(Math.round(part), privacy.k) || tooFew(Math.round(of - part), privacy.k);
  const coarse = (share: number): number => (privacy.k === 0 ? share : Math.round(share * 100) / 100);
  return {
    waits: shown(
      waits.map((row) => {
        const { events, stillWaiting, endedOtherwise, shareOverNorm: over, clients } = row;
        const hidden = over === null || tooFew(events, privacy.k) || tellsOfFew(over * clients, clients);
        return {
          ...row,
          ...(tooFew(events, privacy.k) && { medianDays: null, p90Days: null }),
          events: count(events),
          stillWaiting: count(stillWaiting),
          endedOtherwise: count(endedOtherwise),
          shareOverNorm: hidden ? null : coarse(over),
        };
      }),
    ),
    ages: shown(
      ages.map((row) => ({
        ...row,
        unknown: count(row.unknown),
        known: count(row.known),
        ...(tooFew(row.known, privacy.k) && { medianYears: null, p90Years: null }),
      })),
    ),
    shares: shown(
      shares
        .filter(({ counted, of }) => !tellsOfFew(counted, of))
        .map((row) => ({ ...row, counted: count(row.counted), of: count(row.of), share: coarse(row.share) })),
    ),
  };
}
