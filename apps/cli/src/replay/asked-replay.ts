import { isTooLong, longestPeriodYears, parseDay, type DayRange } from '@domeinbrug/calendar';
import {
  defaultDimensions,
  dimensions,
  privacyProfiles,
  readVary,
  type Dimension,
  type Population,
  type PrivacyProfile,
  type Vary,
} from '@domeinbrug/replay';
import type { RuleSet } from '@domeinbrug/rules';
import { nameOf, type Rules } from '../../../api/src/stores/rules.js';
import { dayArgument } from '../arguments.js';
import { WrongUse } from '../refusal.js';
import { ruleSetNamed } from '../rules-folder.js';
import type { WrongUses } from '../wrong-uses.js';

/** What is asked on the command line, as it was written. */
export interface ReplayArguments {
  firstDay?: string;
  lastDay?: string;
  municipality?: string;
  careOffice?: string;
  insurer?: string;
  profile?: string;
  bornFrom?: string;
  bornUntil?: string;
  vary?: string;
  privacy?: string;
}

/** The same, read: all of a question but the moment and the log that it is about. */
export interface AskedReplay {
  baseline: RuleSet;
  alternative: RuleSet;
  period: DayRange;
  population: Population;
  vary: Vary | null;
  privacy: PrivacyProfile;
}

const mostThreads = 64;
const birthYears = { least: 1890, most: 2100 };

/** What was asked; `undefined` when anything of it was wrong, all of which `wrong` then knows. */
export function askedReplay(
  rules: Rules,
  [first, second]: readonly [string | undefined, string | undefined],
  given: ReplayArguments,
  wrong: WrongUses,
): AskedReplay | undefined {
  const named = (name: string | undefined, which: string): RuleSet | undefined =>
    wrong.read(() => {
      if (name !== undefined) return ruleSetNamed(rules, name, `replay, ${which}`);
      const known = rules.all.map(nameOf).join(', ');
      throw new WrongUse(
        `Name the ${which}, by id or id@version: replay <baseline> <alternative>; there are ${known}.`,
      );
    });
  const [baseline, alternative] = [named(first, 'baseline'), named(second, 'alternative')];
  const period = wrong.read(() => periodOf(given, wrong));
  const vary = wrong.read(() => varyOf(given.vary, alternative));
  const population = populationOf(given, wrong);
  const privacy = wrong.read(() => oneOf('--privacy', given.privacy ?? 'k10', privacyProfiles));
  if (!baseline || !alternative || !period || !privacy || vary === undefined) return undefined;
  return { baseline, alternative, period, population, vary, privacy };
}

/** @throws WrongUse */
export function threadsArgument(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const threads = Number(text);
  if (Number.isInteger(threads) && threads >= 1 && threads <= mostThreads) return threads;
  throw new WrongUse(`--threads: "${text}" is no number of threads; write 1 to ${mostThreads}.`);
}

function periodOf({ firstDay, lastDay }: ReplayArguments, wrong: WrongUses): DayRange | undefined {
  const [first, last] = (
    [
      ['--first-day', firstDay],
      ['--last-day', lastDay],
    ] as const
  ).map(([option, text]) =>
    wrong.read(() => {
      if (text === undefined) throw new WrongUse(`${option} is missing; write ${option} YYYY-MM-DD.`);
      return parseDay(dayArgument(option, text)!);
    }),
  );
  if (first === undefined || last === undefined) return undefined;
  if (last < first)
    throw new WrongUse(`--last-day ${lastDay} comes before --first-day ${firstDay}; turn them round.`);
  if (isTooLong(first, last))
    throw new WrongUse(
      `--last-day ${lastDay}: that is a long time; write a period of at most ${longestPeriodYears} years.`,
    );
  return { from: first, until: last + 1 };
}

/** `handoverLength=0..182 step 7` */
function varyOf(text: string | undefined, alternative: RuleSet | undefined): Vary | null {
  if (text === undefined) return null;
  const [, parameter, written] = /^\s*([^=\s]+)\s*=(.*)$/s.exec(text) ?? [];
  if (parameter === undefined || written === undefined)
    throw new WrongUse(
      `--vary: "${text}" names no parameter with its values; write --vary "handoverLength=0..182 step 7".`,
    );
  if (!alternative) return null; // that there is none is told already
  const read = readVary(parameter, written, alternative);
  if (read.ok) return read.value;
  throw new WrongUse(`--vary: ${read.problem.message}`);
}

function populationOf(given: ReplayArguments, wrong: WrongUses): Population {
  const code = (option: string, text: string | undefined, digits: number, such: string): string | undefined =>
    wrong.read(() => {
      if (text === undefined || new RegExp(`^\\d{${digits}}$`).test(text)) return text;
      throw new WrongUse(`${option}: "${text}" is none; write ${such}.`);
    });
  const named = {
    municipality: code('--municipality', given.municipality, 4, 'a CBS code of four digits, such as 0363'),
    careOffice: code('--care-office', given.careOffice, 4, 'the code of a care office, such as 5515'),
    insurer: code('--insurer', given.insurer, 4, 'a UZOVI code of four digits, such as 3311'),
    profile: code('--profile', given.profile, 3, 'a care profile (COD163), such as 754'),
    birthYear: wrong.read(() => birthYearOf(given, wrong)),
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
}

function birthYearOf({ bornFrom, bornUntil }: ReplayArguments, wrong: WrongUses): Population['birthYear'] {
  const year = (option: string, text: string | undefined): number | undefined =>
    wrong.read(() => {
      if (text === undefined) return undefined;
      const { least, most } = birthYears;
      if (/^\d{4}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
      throw new WrongUse(`${option}: "${text}" is no year of birth; write one from ${least} to ${most}.`);
    });
  const [min, max] = [year('--born-from', bornFrom), year('--born-until', bornUntil)];
  if (min !== undefined && max !== undefined && min > max)
    throw new WrongUse(`Nobody is born from ${min} through ${max}: turn --born-from and --born-until round.`);
  if (min === undefined && max === undefined) return undefined;
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}

/** In the order of all dimensions, so that the same table is asked only one way. @throws WrongUse */
export function dimensionsArgument(text: string | undefined): readonly Dimension[] {
  if (text === undefined) return defaultDimensions;
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !(dimensions as readonly string[]).includes(name));
  if (unknown.length === 0) return dimensions.filter((dimension) => names.includes(dimension));
  throw new WrongUse(`--by: there is no ${unknown.join(', ')}; there are ${dimensions.join(', ')}.`);
}

function oneOf<Word extends string>(option: string, text: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === text);
  if (found) return found;
  throw new WrongUse(`${option}: there is no "${text}"; there are ${words.join(' and ')}.`);
}
