import type { PublishedReplay } from '@domeinbrug/replay';
import { decimal, list, named, nullable, object, oneOf, text, yesNo } from '../description/shape.js';
import type { OnTheWire } from '../use-cases/replay-told.js';
import { any } from './replay-counts.js';

type Sweep = NonNullable<OnTheWire<PublishedReplay>['sweep']>;
type Point = NonNullable<Sweep['points'][number]['figures']>;

const money = {
  recorded: decimal('Cents, of what was recorded.', 126_000),
  agreed: decimal('Cents, of what was agreed and not recorded.', 0),
  assumedLow: decimal('Cents, of what is assumed: the lowest estimate.', 0),
  assumedMid: decimal('Cents, of what is assumed: the middle estimate.', 0),
  assumedHigh: decimal('Cents, of what is assumed: the highest estimate.', 0),
};

const point = named<Point>('ReplayPoint', 'What the alternative comes to at one value.', {
  value: decimal('The value.', 42),
  wmo: any('Days under the Wmo.', 9_000),
  zvw: any('Days under the Zvw.', 15_960),
  wlz: any('Days under the Wlz.', 30_000),
  joint: any('Days paid from a pool.', 0),
  days: any('Days of payers, under any law or none.', 54_960),
  gapDays: any('Needed days on which nobody pays.', 400),
  pricedDays: any('Days of which the rule set has a price.', 54_960),
  ...money,
  clients: any('For whom a day is paid otherwise than at the value before; rounded to tens under k10.', 40),
  marginal: nullable(
    object<NonNullable<Point['marginal']>>('What one more week or unit adds.', {
      days: decimal('Days of payers.', 2_660),
      gapDays: decimal('Needed days on which nobody pays.', 0),
      ...money,
    }),
    'What one more week or unit adds; null at the first value.',
  ),
});

/** What is told of a sweep. */
export const sweep = object<Sweep>('The alternative at several values of a parameter.', {
  parameter: text('The parameter.', 'handoverLength'),
  unit: text('Its unit.', 'days'),
  method: oneOf(
    ['histogram', 'footprint'],
    'histogram: all values out of one pass; footprint: each value by itself, for whom it matters.',
  ),
  per: oneOf(['week', 'unit'], 'What a marginal figure is per.'),
  points: list(
    object<Sweep['points'][number]>('One value, or several whose steps involve too few clients.', {
      values: list(decimal('A value, in the parameter’s unit.', 42), 'The values that it stands for.'),
      figures: nullable(point, 'At the last of its values; null where too few are involved.'),
    }),
    'By value.',
  ),
  flattensAt: nullable(
    decimal('From this value on hardly anything is added.', 91),
    'From this value on hardly anything is added; null: steep to the end, flat all along, or it cannot be told.',
  ),
  complete: yesNo('Whether each value has figures of its own; else a null flattensAt says nothing.', true),
});
