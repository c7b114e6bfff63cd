import type { Day } from '@domeinbrug/calendar';
import type { StateStretch } from '@domeinbrug/journey';
import type { CellValue } from '@domeinbrug/rules';
import { columns, type Law } from '@domeinbrug/terms';
import type { CompiledCell } from './compile.js';
import { read, type Evaluation } from './evaluation.js';
import type { Look } from './look.js';

/** What a cell of the table comes down to on a day. `excluded`: undelivered, read strictly. */
export interface ResolvedCell {
  value: Law | 'none' | 'absorbed' | 'ended' | 'excluded';
  /** A `none` that somebody below the national level decided. */
  refused: boolean;
  /** The cell said `undelivered`. */
  undelivered: boolean;
}

const OUTSIDE = columns.indexOf('outside');

/** The cell of a service in the regime of the stretch, its parameters read on the day. */
export function cellOn(
  evaluation: Evaluation,
  service: number,
  stretch: StateStretch,
  day: Day,
  look: Look,
): ResolvedCell {
  const row = evaluation.rules.cover[service]!;
  const { value, refused } = valueOf(evaluation, row[stretch.column]!, service, day, look);
  if (value !== 'undelivered') return { value, refused, undelivered: false };
  return { ...undelivered(evaluation, row[OUTSIDE]!, service, day, look), undelivered: true };
}

interface CellReading {
  value: CellValue;
  refused: boolean;
}

function valueOf(
  evaluation: Evaluation,
  cell: CompiledCell,
  service: number,
  day: Day,
  look: Look,
): CellReading {
  if (cell.parameter === null) return { value: cell.value, refused: false };
  const reading = read(evaluation, cell.parameter, service, day, look);
  const value = reading.value as CellValue;
  return { value, refused: value === 'none' && reading.level !== 'national' };
}

/**
 * Entitled, and nothing delivered: `strict` pays nobody, `until-delivery` is as in `outside`, `wlz-pays` the Wlz.
 * `wmoStops: at-delivery` makes it `until-delivery` for rows that the municipality pays outside the Wlz.
 */
function undelivered(
  evaluation: Evaluation,
  outsideCell: CompiledCell,
  service: number,
  day: Day,
  look: Look,
): Omit<ResolvedCell, 'undelivered'> {
  const outside = valueOf(evaluation, outsideCell, service, day, look);
  const { rules } = evaluation;
  const untilDelivery =
    outside.value === 'wmo' && read(evaluation, rules.wmoStops, service, day, look).value === 'at-delivery';
  const choice = untilDelivery
    ? 'until-delivery'
    : read(evaluation, rules.undelivered, service, day, look).value;
  if (choice === 'wlz-pays') return { value: 'wlz', refused: false };
  if (choice === 'strict' || outside.value === 'undelivered') return { value: 'excluded', refused: false };
  return { value: outside.value, refused: outside.refused };
}
