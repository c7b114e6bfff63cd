import { civilDate, parseDay } from '@domeinbrug/calendar';
import {
  funderKindWords,
  serviceWords,
  type Funder,
  type FunderKind,
  type Service,
  type Wording,
  type WordingLanguage,
} from '@domeinbrug/terms';
import { coverKindWords, dutchFindings, gapReasonWords, isFindingCode } from './coverage-words.js';
import type { CoverRow, Finding, GapRow, MinutesRow } from './coverage-timeline.js';
import type { CoverageChanges, RowChange } from './row-changes.js';

/**
 * What changed in a client's coverage, a sentence for each row and finding; minutes by service, because one event
 * may touch those of hundreds of days. No sentences when nothing changed.
 */
export function changesInWords(changes: CoverageChanges<unknown>, language: WordingLanguage): string[] {
  return [
    ...changes.cover.map((change) => coverSentence(change, language)),
    ...changes.gaps.map((change) => gapSentence(change, language)),
    ...minutesSentences(changes.minutes, language),
    ...changes.findings.opened.map((finding) => findingSentence(finding, opened, language)),
    ...changes.findings.closed.map((finding) => findingSentence(finding, closed, language)),
  ];
}

const opened: Wording = { en: 'New finding', nl: 'Nieuw signaal' };
const closed: Wording = { en: 'No longer found', nl: 'Niet langer een signaal' };

type Cover = Omit<CoverRow, 'because'>;

function coverSentence({ before, after }: RowChange<Cover>, language: WordingLanguage): string {
  const row = after ?? before;
  const [payer, what] = [capitalised(funderInWords(row.funder, language)), paidPart(row, language)];
  const when = `${daysInWords(row, language)}${kindInWords(row, language)}`;
  if (!before) return `${payer} ${{ en: 'pays', nl: 'betaalt' }[language]} ${what} ${when}.`;
  if (!after)
    return {
      en: `${payer} no longer pays ${what} ${when}.`,
      nl: `${payer} betaalt ${what} ${when} niet langer.`,
    }[language];
  const { now, then } = differences(before, after, language);
  return {
    en: `${payer} now pays ${what} ${[when, ...now].join(', ')}; before: ${then.join(', ')}.`,
    nl: `${payer} betaalt ${what} nu ${[when, ...now].join(', ')}; eerst: ${then.join(', ')}.`,
  }[language];
}

/** What of a changed row was otherwise, and what of it is now and does not stand in every sentence. */
function differences(
  before: Cover,
  after: Cover,
  language: WordingLanguage,
): { now: string[]; then: string[] } {
  const now: string[] = [];
  const then: string[] = [];
  if (before.lastDay !== after.lastDay) then.push(daysInWords(before, language));
  if (before.share !== after.share) then.push(percent(before.share, language));
  if (before.provider !== after.provider) {
    now.push(providerInWords(after.provider, language));
    then.push(providerInWords(before.provider, language));
  }
  if (before.law !== after.law) {
    now.push(lawInWords(after.law, language));
    then.push(lawInWords(before.law, language));
  }
  return { now, then };
}

function gapSentence(
  { before, after }: RowChange<Omit<GapRow, 'because'>>,
  language: WordingLanguage,
): string {
  const row = after ?? before;
  const [what, when] = [serviceWords[row.service][language], daysInWords(row, language)];
  const reason = gapReasonWords[row.reason][language];
  if (!after)
    return {
      en: `There is no longer a gap in ${what} ${when} (it was: ${reason}).`,
      nl: `Er is geen gat meer in ${what} ${when} (het was: ${reason}).`,
    }[language];
  const nobody = {
    en: `Nobody pays ${what} ${when}: ${reason}`,
    nl: `Niemand betaalt ${what} ${when}: ${reason}`,
  };
  const then = before && { en: '; before: ', nl: '; eerst: ' }[language] + daysInWords(before, language);
  return `${nobody[language]}${then ?? ''}.`;
}

const sortsOfMinutes = [
  ['funded', { en: 'paid', nl: 'betaald' }],
  ['overCap', { en: 'over the cap', nl: 'boven het maximum' }],
  ['outside', { en: 'unpaid', nl: 'onbetaald' }],
] as const satisfies [keyof MinutesRow, Wording][];

function minutesSentences(changes: readonly RowChange<MinutesRow>[], language: WordingLanguage): string[] {
  const byService = new Map<Service, RowChange<MinutesRow>[]>();
  for (const change of changes) {
    const { service } = change.after ?? change.before;
    byService.set(service, [...(byService.get(service) ?? []), change]);
  }
  return [...byService].map(([service, ofService]) => {
    const heading = { en: 'Minutes of', nl: 'Minuten' }[language];
    const sums = sortsOfMinutes.flatMap(([sort, words]) => {
      const more = ofService.reduce(
        (sum, { before, after }) => sum + (after?.[sort] ?? 0) - (before?.[sort] ?? 0),
        0,
      );
      return more === 0 ? [] : `${moreOrLess(more, language)} ${words[language]}`;
    });
    const same = {
      en: 'the same sums, on other days or for other reasons',
      nl: 'dezelfde sommen, op andere dagen of om andere redenen',
    };
    return `${heading} ${serviceWords[service][language]}: ${sums.join(', ') || same[language]}.`;
  });
}

function moreOrLess(minutes: number, language: WordingLanguage): string {
  const words = minutes > 0 ? { en: 'more', nl: 'meer' } : { en: 'fewer', nl: 'minder' };
  return `${Math.abs(minutes)} ${words[language]}`;
}

function findingSentence({ code, text }: Finding, heading: Wording, language: WordingLanguage): string {
  const sentence = language === 'nl' && isFindingCode(code) ? dutchFindings[code] : text;
  return `${heading[language]} (${code}): ${sentence}`;
}

function funderInWords(funder: Funder, language: WordingLanguage): string {
  const at = funder.indexOf(':');
  return `${funderKindWords[funder.slice(0, at) as FunderKind][language]} ${funder.slice(at + 1)}`;
}

function paidPart({ service, share }: Cover, language: WordingLanguage): string {
  const what = serviceWords[service][language];
  return share === 100 ? what : `${percent(share, language)} ${{ en: 'of', nl: 'van' }[language]} ${what}`;
}

function percent(share: number, language: WordingLanguage): string {
  const number = String(share).replace('.', { en: '.', nl: ',' }[language]);
  return `${number} ${{ en: 'percent', nl: 'procent' }[language]}`;
}

function kindInWords({ kind }: Cover, language: WordingLanguage): string {
  return kind === 'regular' ? '' : ` (${coverKindWords[kind][language]})`;
}

function providerInWords(provider: string | null, language: WordingLanguage): string {
  if (provider === null) return { en: 'provider unknown', nl: 'zorgaanbieder onbekend' }[language];
  return `${{ en: 'provider', nl: 'zorgaanbieder' }[language]} ${provider}`;
}

function lawInWords(law: CoverRow['law'], language: WordingLanguage): string {
  if (law === null) return { en: 'law undecided', nl: 'wet nog onbeslist' }[language];
  return `${law.charAt(0).toUpperCase()}${law.slice(1)}`;
}

/** Both days inclusive, as people say them. */
function daysInWords(
  { firstDay, lastDay }: { firstDay: string; lastDay: string | null },
  language: WordingLanguage,
): string {
  const first = dayInWords(firstDay, language);
  if (lastDay === null) return { en: `from ${first} on`, nl: `vanaf ${first}` }[language];
  if (lastDay === firstDay) return { en: `on ${first}`, nl: `op ${first}` }[language];
  const last = dayInWords(lastDay, language);
  return { en: `from ${first} through ${last}`, nl: `van ${first} tot en met ${last}` }[language];
}

const months: Readonly<Record<WordingLanguage, readonly string[]>> = {
  en: 'January February March April May June July August September October November December'.split(' '),
  nl: 'januari februari maart april mei juni juli augustus september oktober november december'.split(' '),
};

function dayInWords(text: string, language: WordingLanguage): string {
  const { year, month, dayOfMonth } = civilDate(parseDay(text));
  return `${dayOfMonth} ${months[language][month - 1]} ${year}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
