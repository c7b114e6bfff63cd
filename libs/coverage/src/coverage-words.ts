import type { FindingCode } from '@domeinbrug/journey';
import type { Wording } from '@domeinbrug/terms';
import type { CoverageFinding } from './cover-facts.js';
import type { CoverKind, GapReason } from './coverage-timeline.js';

/** Words of `docs/glossary.md` for the kinds of cover that people are told of; regular cover goes without saying. */
export const coverKindWords: Readonly<Record<Exclude<CoverKind, 'regular'>, Wording>> = {
  retained: { en: 'bed kept during absence', nl: 'bed aangehouden' },
  joint: { en: 'joint funding', nl: 'gezamenlijk budget' },
  handover: { en: 'warm handover', nl: 'warme overdracht' },
  aftercare: { en: 'aftercare', nl: 'nazorg mantelzorger' },
  'run-out': { en: 'run-out', nl: 'uitloop Wmo' },
  vacancy: { en: 'vacancy', nl: 'mutatiedagen' },
  'lead-in': { en: 'lead-in', nl: 'aanloop' },
  continuity: { en: 'continuity', nl: 'overbrugging tussen zorgperioden' },
};

export const gapReasonWords: Readonly<Record<GapReason, Wording>> = {
  'excluded-by-wlz': {
    en: 'the Wlz goes first and its delivery has not begun',
    nl: 'de Wlz gaat voor, levering nog niet gestart',
  },
  'bridging-expired': { en: 'the term of bridging care has run out', nl: 'overbruggingszorg verlopen' },
  'not-covered': { en: 'not covered', nl: 'niet bekostigd' },
  refused: { en: 'refused', nl: 'geweigerd' },
  'awaiting-indication': { en: 'awaiting an indication', nl: 'wacht op indicatie' },
  'no-decision': { en: 'no decision or entitlement', nl: 'geen besluit of aanspraak' },
  'no-municipality': { en: 'municipality unknown', nl: 'gemeente onbekend' },
  'no-policy': { en: 'not insured', nl: 'niet verzekerd' },
  'no-care-office': { en: 'care office unknown', nl: 'zorgkantoor onbekend' },
  'absence-cap': { en: 'the days of absence are used up', nl: 'afwezigheidsdagen op' },
};

/** Whether a finding's code is one of those that people are told of in Dutch too. */
export function isFindingCode(code: string): code is keyof typeof dutchFindings {
  return code in dutchFindings;
}

/** The Dutch sentence of each kind of finding; the English one comes with the finding, which may add a detail. */
export const dutchFindings: Readonly<Record<FindingCode | CoverageFinding, string>> = {
  'after-death': 'Het begint na de dag van overlijden; het blijft bewaard en er wordt niets voor betaald.',
  'delivery-without-indication': 'Er wordt Wlz-zorg geleverd op dagen zonder Wlz-indicatie.',
  'end-without-start': 'Er is een einde gemeld van iets waarvan geen begin bekend is.',
  'overlapping-deliveries': 'Een levering is langer vastgelegd dan tot het begin van de volgende.',
  'retroactive-decision': 'Het besluit viel meer dan 14 dagen na de dag waarop het ingaat.',
  'delivery-unknown':
    'Er is een Wlz-indicatie, en over levering of overbruggingszorg is nooit iets ontvangen.',
  'contradicting-deaths': 'Er zijn verschillende dagen van overlijden gemeld; de vroegste telt.',
  'correction-of-retracted': 'De gebeurtenis die hier gecorrigeerd wordt, is ingetrokken.',
  'wrong-target': 'Deze correctie of intrekking kan niet over de genoemde gebeurtenis gaan.',
  'unknown-target': 'Deze correctie of intrekking noemt een gebeurtenis die nog niet bekend is.',
  'unknown-code': 'Een code staat in geen codelijst en in geen herindeling of fusie die hier bekend is.',
  'duplicate-key': 'Een gebeurtenis van een andere cliënt heeft dezelfde source en id.',
  'decided-elsewhere': 'De woongemeente betaalt een beschikking die een andere gemeente heeft afgegeven.',
  'lapsed-on-first-day': 'Het besluit heeft geen gevolg: op de eerste dag had de Wlz de zorg al overgenomen.',
};

/** Every code that a finding may have. */
export const findingCodes = Object.keys(dutchFindings) as readonly (FindingCode | CoverageFinding)[];
