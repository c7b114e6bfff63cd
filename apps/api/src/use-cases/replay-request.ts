import {
  AskedDay,
  AskedMoment,
  AskedPosition,
  AskedText,
  AskedWord,
  GivenNumber,
  GivenObject,
  type ChecksWhatIsKnown,
} from '@domeinbrug/platform';
import type { ProblemError } from '@domeinbrug/problems';
import { privacyProfiles, readVary, type PrivacyProfile, type Vary } from '@domeinbrug/replay';
import { IsOptional, ValidateBy } from 'class-validator';
import type { Rules } from '../stores/rules.js';
import { knowledgeErrors } from './knowledge.js';
import { countedPeriodErrors, periodErrors } from './period.js';
import { AskedRuleSet, unknownRuleSets } from './rule-set-named.js';

const fourDigits = /^\d{4}$/;

/** Born in these years, both included. */
class BirthYears {
  @GivenNumber(1890, 2100, 'Not before this year.')
  min?: number;

  @GivenNumber(1890, 2100, 'Not after this year.')
  max?: number;
}

/** Whose histories are replayed: clients who meet all of it on one day of the period. */
class PopulationRequest {
  @AskedText(fourDigits, 'Write a CBS code of four digits, such as 0363.', 'Who live here.', '0363')
  municipality?: string;

  @AskedText(fourDigits, 'Write the code of a care office, such as 5515.', 'Of this region.', '5515')
  careOffice?: string;

  @AskedText(fourDigits, 'Write a UZOVI code of four digits, such as 3311.', 'Insured here.', '3311')
  insurer?: string;

  @AskedText(/^\d{3}$/, 'Write a care profile (COD163), such as 754.', 'With this profile.', '754')
  profile?: string;

  @GivenObject(() => BirthYears, 'Give birthYear as an object with min, max or both.')
  birthYear?: BirthYears;
}

const howToVary =
  'Name one parameter of the alternative with the values it is to take: { "handoverLength": "0..182 step 7" }.';

/** What is to be replayed. */
export class ReplayRequest {
  @AskedRuleSet('The rules to compare with.')
  baseline?: string;

  @AskedRuleSet('The rules that are compared.')
  alternative?: string;

  @AskedDay('The first day.')
  firstDay?: string;

  @AskedDay('The last day.')
  lastDay?: string;

  @AskedMoment('As known at this moment; left out: as known now.')
  knownAt?: string;

  @AskedPosition('As known at this position of the log, instead of a moment.')
  knownAtPosition?: string;

  @GivenObject(() => PopulationRequest, 'Give the population as an object, or leave it out for everybody.')
  population?: PopulationRequest;

  @IsOptional()
  @ValidateBy({
    name: 'invalid-form',
    validator: { validate: (value) => varyOf(value) !== undefined, defaultMessage: () => howToVary },
  })
  vary?: Record<string, string>;

  @AskedWord(privacyProfiles, 'What is hidden; k10 when left out.')
  privacy?: PrivacyProfile;

  static problemsOf(asked: ReplayRequest): ProblemError[] {
    const missing = (['baseline', 'alternative'] as const)
      .filter((name) => asked[name] === undefined)
      .map((name) => ({
        pointer: `/${name}`,
        code: 'required',
        detail: 'Name a rule set, by id or id@version.',
      }));
    return [
      ...missing,
      ...countedPeriodErrors(asked),
      ...periodErrors(asked),
      ...knowledgeErrors(asked),
      ...birthYearErrors(asked.population?.birthYear),
    ];
  }
}

/** What a request names that is not there: a rule set, a parameter of it, a value that the parameter allows. */
export function unknownToReplays(rules: Rules): ChecksWhatIsKnown {
  const ofRuleSets = unknownRuleSets(rules);
  return (question, asked) => [
    ...ofRuleSets(question, asked),
    ...(question === ReplayRequest ? varyErrors(rules, asked) : []),
  ];
}

/** What a request of good form is to vary; `null` for nothing. */
export function varyAsked(rules: Rules, { vary, alternative }: ReplayRequest): Vary | null {
  const asked = varyOf(vary);
  if (!asked) return null;
  const read = readVary(...asked, rules.find(alternative!)!);
  return read.ok ? read.value : null;
}

function varyErrors(rules: Rules, { vary, alternative }: Record<string, unknown>): ProblemError[] {
  const asked = varyOf(vary);
  const ruleSet = typeof alternative === 'string' ? rules.find(alternative) : undefined;
  if (!asked || !ruleSet) return [];
  const read = readVary(...asked, ruleSet);
  if (read.ok) return [];
  const { code, message } = read.problem;
  return [
    { pointer: `/vary/${asked[0].replaceAll('~', '~0').replaceAll('/', '~1')}`, code, detail: message },
  ];
}

/** A parameter and how its values are written; `undefined` unless it is one of each. */
function varyOf(value: unknown): [parameter: string, written: string] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const [first, ...others] = Object.entries(value as Record<string, unknown>);
  return first && others.length === 0 && typeof first[1] === 'string' ? [first[0], first[1]] : undefined;
}

function birthYearErrors(years: BirthYears | undefined): ProblemError[] {
  if (typeof years !== 'object' || years === null) return [];
  const { min, max } = years;
  const pointer = '/population/birthYear';
  if ((min ?? max ?? null) === null)
    return [{ pointer, code: 'required', detail: 'Give min, max or both, or leave birthYear out.' }];
  if (typeof min !== 'number' || typeof max !== 'number' || min <= max) return [];
  return [
    { pointer, code: 'range-empty', detail: `Nobody is born from ${min} through ${max}: turn them round.` },
  ];
}
