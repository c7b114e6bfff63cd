import { tokenRefusals } from '@domeinbrug/access';
import { problemCodes as eventCodes } from '@domeinbrug/intake';
import type { RuleSetProblemCode } from '@domeinbrug/rules';

/** What can be wrong with a question or with a body that is no event. */
const questionCodes = {
  'already-recorded': 'A supposed event has the source and id of one that is recorded.',
  'body-not-object': 'The body is not a JSON object.',
  'client-erased': 'The event tells of somebody who was erased.',
  'closing-unknown': 'The funder has no such closing.',
  'comparison-half': 'Of two things to compare only one is given.',
  'comparison-missing': 'Nothing is given to compare.',
  'comparison-mixed': 'Moments of knowledge and rule sets are given at once.',
  'content-differs': 'The event is known with other content.',
  'cursor-unknown': 'No feed of this log has given such a cursor.',
  'example-fails': 'An example of the rule set has another answer than it says.',
  'given-twice': 'Two events of one preview have the same source and id.',
  'holds-bsn': 'A text holds what may be a BSN.',
  'invalid-day': 'A day does not exist or is not written as YYYY-MM-DD.',
  'invalid-form': 'A text does not have the form it must have.',
  'invalid-instant': 'A moment is not RFC 3339 with offset.',
  'invalid-list': 'A list is too long, too short, or no list of what it must hold.',
  'invalid-number': 'A number is not whole, too small or too large.',
  'invalid-position': 'A position is not a whole number as an answer gave it.',
  'knowledge-twice': 'A moment and a position are given at once.',
  'moment-to-come': 'A moment has not passed yet.',
  'period-reversed': 'The last day lies before the first.',
  'period-too-long': 'A period is longer than 40 years.',
  'period-twice': 'One day and a period are given at once.',
  'periods-differ': 'Two closings are of different periods, and none is asked for.',
  'population-empty': 'The population has nobody, or too few people, in the period.',
  'position-unknown': 'The log has no such position.',
  'range-empty': 'A range ends before it begins.',
  'replays-differ': 'Two replays are not of the same days and people.',
  'rule-set-unknown': 'There is no such rule set.',
  'stay-not-supposed': 'A preview supposes something of a stay of a client of whom others have told too.',
  'too-many-effects': 'The effect of more than 100 events at once is asked for.',
  'unknown-value': 'A word is none of those that are known here.',
} as const;

/** What a rule set can be refused for. */
const ruleSetCodes: Record<RuleSetProblemCode, string> = {
  'yaml-syntax': 'The text is not well-formed YAML.',
  'duplicate-key': 'A key stands twice in one place.',
  'two-values-on-one-day': 'A parameter has two values from one day on.',
  'unknown-key': 'There is no such key here.',
  'unknown-service': 'There is no such service.',
  'unknown-trigger': 'There is no such trigger.',
  'unknown-parameter': 'A parameter is named that does not exist.',
  'unknown-window': 'A window is named that does not exist.',
  'missing-key': 'A key that must be there is missing.',
  'wrong-value': 'A value has the wrong type or form.',
  'reserved-id': 'The id is kept for other use.',
  'national-null': 'A national value is null.',
  'national-missing': 'A parameter has no national value.',
  'value-not-allowed': 'A value is none of those that its parameter allows.',
  'not-a-cell-value': 'A cell of the cover table holds something else than a payer or a parameter.',
  'wlz-outside': 'The Wlz pays in the column without entitlement.',
  'undelivered-outside': 'The column without entitlement holds undelivered.',
  'unit-not-a-length': 'A length is taken from a parameter that is no length.',
  'shares-not-100': 'The shares of a day do not add up to 100.',
  'phase-without-days': 'A phase before the last has no number of days.',
  'pays-and-phases': 'A window has both pays and phases.',
  'duplicate-window': 'Two windows have the same id.',
  'after-death-service': 'A service that exists only after a death is used before it.',
  'before-needs-at-trigger': 'A window before its trigger takes its payer from the trigger day.',
  'continue-refused': 'This window cannot continue one before it.',
  'unknown-base': 'The rule set that this one is laid over does not exist.',
  'base-refused': 'The rule set that this one is laid over is refused itself.',
  'base-cycle': 'Rule sets are laid over one another in a circle.',
  'version-exists': 'This version is there already, with other content.',
};

/**
 * Every `code` that stands inside an error: of a field, an event, a token, a rule set. The sentence is general; the
 * error's own detail says what was found and what to write instead.
 */
export const errorCodes: Record<string, string> = {
  ...ruleSetCodes,
  ...questionCodes,
  ...eventCodes,
  ...tokenRefusals,
};
