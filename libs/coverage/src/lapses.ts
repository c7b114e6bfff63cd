import { withOneMore, type Claim } from '@domeinbrug/journey';
import { columns, laws } from '@domeinbrug/terms';
import { cellOn } from './cell.js';
import { stretchOn, type Evaluation } from './evaluation.js';
import { mayChangeOn, newLook, nextDay } from './look.js';

const OUTSIDE = columns.indexOf('outside');

/**
 * A claim's basis lapses for good on the first of its days on which the regime takes the care over: the column
 * is not `outside`, and the cell names neither the claim's own law nor nobody. Suspended and pooled days count.
 */
export function setLapses(evaluation: Evaluation): void {
  for (const claim of evaluation.facts.claims) setLapse(evaluation, claim);
}

function setLapse(evaluation: Evaluation, claim: Claim): void {
  let day = claim.from;
  while (day < claim.until) {
    const stretch = stretchOn(evaluation, day);
    if (!stretch) return; // after death
    if (stretch.column === OUTSIDE) {
      day = stretch.until;
      continue;
    }
    const look = newLook();
    mayChangeOn(look, stretch.until);
    const { value } = cellOn(evaluation, claim.service, stretch, day, look);
    if (value !== laws[claim.law] && value !== 'none') {
      evaluation.lapses = withOneMore(evaluation.lapses, { claim, on: day });
      return;
    }
    day = nextDay(look, day);
  }
}
