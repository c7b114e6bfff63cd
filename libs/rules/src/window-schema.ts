import { columns, laws, services } from '@domeinbrug/terms';
import { triggers, windowKinds } from './rule-set.js';
import {
  kebabPattern,
  list,
  map,
  oneOf,
  parameterReference,
  provenance,
  text,
  wholeNumber,
  type Schema,
} from './schema-parts.js';

const service = oneOf(services, 'service', 'unknown-service');
const pays = list(
  'a list of {law, share}',
  map(
    '{law, share}',
    {
      law: oneOf(laws, 'law'),
      share: {
        type: 'number',
        exclusiveMinimum: 0,
        maximum: 100,
        description: 'a percentage above 0, at most 100',
      },
    },
    { required: ['law', 'share'] },
  ),
);
const days = wholeNumber(1, 'a whole number of days, 1 or more');
const daysOrParameter: Schema = { if: { type: 'string' }, then: parameterReference, else: days };
const lengthNumber = wholeNumber(0, 'a whole number, 0 or more');
const length: Schema = {
  if: { type: 'string' },
  then: parameterReference,
  else: map(
    'a length: $parameter, {days: 42}, {weeks: 6} or {months: 1}',
    { days: lengthNumber, weeks: lengthNumber, months: lengthNumber },
    { minProperties: 1, maxProperties: 1 },
  ),
};

const requires = map('what must hold on the trigger day', {
  claimWithin: map('{days, service}', { days: daysOrParameter, service }, { required: ['days'] }),
  carer: oneOf(['at-death', 'recorded-before-death'], 'carer condition'),
  sameProvider: { type: 'boolean', description: 'true or false' },
  minDaysInService: wholeNumber(0, 'a whole number of days'),
  profile: list('a list of profile codes', {
    type: ['string', 'integer'],
    description: 'a profile code (COD163), such as "754"',
  }),
  deliveryForm: list('a list of columns', oneOf(columns, 'column')),
});

export const windowForm = map(
  'a window',
  {
    id: {
      type: 'string',
      pattern: `^${kebabPattern}$`,
      description: 'lower-case words joined by -, such as run-out',
    },
    remove: { const: true, description: 'true, or leave remove out' },
    kind: oneOf(windowKinds, 'kind of window'),
    source: text('the document it comes from'),
    provenance,
    trigger: oneOf(triggers, 'trigger', 'unknown-trigger'),
    side: oneOf(['after', 'before'], 'side'),
    starts: oneOf(['trigger-day', 'day-after'], 'start'),
    length,
    services: list('a list of services', service),
    requires,
    pays,
    phases: list(
      'a list of {days, pays}; the last one runs on',
      map('{days, pays}', { days, pays }, { required: ['pays'] }),
    ),
    payer: oneOf(['per-day', 'at-trigger'], 'payer'),
    parametersAs: oneOf(['at-trigger', 'per-day'], 'reading of parameters'),
    cutBy: list('a list of discharge, move, completed', oneOf(['discharge', 'move', 'completed'], 'cut'), {
      minItems: 0,
    }),
    repeat: oneOf(['once', 'restart', 'continue'], 'repeat'),
    cap: {
      if: { type: 'null' },
      else: map(
        '{minutes: 360}, or null for no cap',
        { minutes: wholeNumber(0, 'whole minutes') },
        { required: ['minutes'] },
      ),
    },
  },
  { required: ['id'] },
);

const use = (description: string): Schema => ({ type: 'number', minimum: 0, description });
/** What a window is taken to cost where no minutes were recorded, by window. */
export const assumedUseForm: Schema = {
  type: 'object',
  description: 'assumed minutes, by the id of the window',
  additionalProperties: map('{minutes, per, source}', {
    minutes: map(
      '{low, mid, high}',
      { low: use('minutes'), mid: use('minutes'), high: use('minutes') },
      { required: ['low', 'mid', 'high'] },
    ),
    per: oneOf(['window', 'day', 'week', 'month'], 'period'),
    source: text('where the estimate comes from'),
  }),
};
