import { dimensions } from '../cube/dimensions.js';
import { additiveFigures } from '../privacy/publish-cells.js';
import { marginalFigures } from '../sweep/sweep-result.js';
import { sweepSums } from '../sweep/sweep-sums.js';
import { sealedFormat } from './sealed-replay.js';

type Schema = Readonly<Record<string, unknown>>;

/** An object with exactly these members. */
function closed(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

const text = { type: 'string', minLength: 1, maxLength: 200 };
const hash = { type: 'string', pattern: '^[0-9a-f]{64}$' };
const day = { type: 'string', format: 'date' };
const whole = { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };
const count = { ...whole, minimum: 0 };
const nothing = { type: 'null' };

/** Of one side no figure is below nothing; a change may be. */
const sumsOf = (figure: Schema, more: Schema = {}): Schema =>
  closed({
    ...Object.fromEntries(additiveFigures.map((name) => [name, figure])),
    ...(more as Record<string, Schema>),
  });
const sums = sumsOf(count, { clients: { ...count, multipleOf: 10 } });
const changes = sumsOf(whole, { clients: { ...whole, multipleOf: 10 } });
const labels = { type: 'array', items: { type: ['string', 'null'] } };

const row = {
  type: 'object',
  required: ['suppressed'],
  properties: { suppressed: { type: 'boolean' } },
  if: { properties: { suppressed: { const: true } } },
  then: closed({
    labels,
    suppressed: { const: true },
    baseline: nothing,
    alternative: nothing,
    change: nothing,
    changedClients: nothing,
  }),
  else: closed({
    labels,
    suppressed: { const: false },
    baseline: sums,
    alternative: sums,
    change: changes,
    changedClients: { ...count, multipleOf: 10 },
  }),
};

const ruleSet = closed({ id: text, hash });

const number = { type: 'number' };
const numbers = { type: 'array', items: number, minItems: 1 };
const orNothing = (schema: Schema): Schema => ({ if: nothing, then: true, else: schema });

const sweep = closed({
  parameter: text,
  unit: text,
  method: { enum: ['histogram', 'footprint'] },
  per: { enum: ['week', 'unit'] },
  points: {
    type: 'array',
    items: closed({
      values: numbers,
      figures: orNothing(
        closed({
          value: number,
          days: count,
          ...Object.fromEntries(sweepSums.map((name) => [name, count])),
          clients: { ...count, multipleOf: 10 },
          marginal: orNothing(closed(Object.fromEntries(marginalFigures.map((name) => [name, number])))),
        }),
      ),
    }),
  },
  flattensAt: orNothing(number),
  complete: { type: 'boolean' },
});

/** The form of a sealed replay, JSON Schema 2020-12. */
export const sealedSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'A replay of one place, sealed',
  ...closed({
    format: { const: sealedFormat },
    place: text,
    run: hash,
    log: closed({ position: text, digest: hash }),
    question: closed({
      engine: text,
      baseline: ruleSet,
      alternative: ruleSet,
      period: closed({ firstDay: day, lastDay: day }),
      population: { type: 'object' },
      vary: orNothing(closed({ parameter: text, values: numbers })),
      privacy: { type: 'string', pattern: '^k[1-9][0-9]{0,3}$' },
      dimensions: { type: 'array', items: { enum: dimensions }, uniqueItems: true },
    }),
    rows: { type: 'array', items: row },
    totals: closed({
      rows: count,
      suppressedRows: count,
      baseline: orNothing(sumsOf(count)),
      alternative: orNothing(sumsOf(count)),
      change: orNothing(sumsOf(whole)),
    }),
    sweep: orNothing(sweep),
  }),
};
