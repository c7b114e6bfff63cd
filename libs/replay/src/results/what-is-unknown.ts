import type { RuleSet } from '@domeinbrug/rules';
import { privacyRule, roundClients, tooFew } from '../privacy/privacy-rule.js';
import type { AnsweredReplay } from '../run/replay-store.js';
import type { ReplayFigures } from './figures-of.js';

/** What an answer does not know, in sentences. */
export function whatIsUnknown(
  { counts }: ReplayFigures,
  { baseline, alternative, period, knownAt, privacy }: AnsweredReplay['question'],
): string[] {
  const lastKnown = Math.floor(knownAt.instant / 86_400_000);
  const months = Math.max(0, Math.ceil((period.until - Math.max(period.from, lastKnown - 365)) / 30));
  const hasPrices = (ruleSet: RuleSet): boolean => Object.keys(ruleSet.prices).length > 0;
  const open = tooFew(counts.open, privacyRule(privacy)!.k)
    ? 'Some'
    : String(roundClients(counts.open, privacyRule(privacy)!));
  return [
    `${open} clients need care without a known end: what is taken to go on may have stopped.`,
    ...(months > 0 ? [stillComingIn(months)] : []),
    ...(hasPrices(baseline) && hasPrices(alternative)
      ? []
      : ['A rule set without prices gives days and no amounts.']),
    ...(Object.keys(alternative.assumedUse).length > 0
      ? [
          'Amounts on the basis assumed rest on what the rule set takes a window to use, not on recorded minutes.',
        ]
      : []),
    'Nobody is taken to act otherwise because the rules are others: no more or fewer admissions, requests or hours.',
    'A place in a nursing home that comes free is taken by the next on the list: see the refill share beside each saving of the Wlz.',
  ];
}

function stillComingIn(months: number): string {
  const lies = months === 1 ? 'last month of the period lies' : `last ${months} months of the period lie`;
  return `The ${lies} within a year of what was known: events about ${months === 1 ? 'it' : 'them'} are still coming in.`;
}
