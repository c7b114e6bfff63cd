import type { DayRange } from '@domeinbrug/calendar';
import { NONE, type StateStretch } from '@domeinbrug/journey';
import { columns, laws, type FunderKind, type Law } from '@domeinbrug/terms';
import type { CompiledRuleSet } from './compile.js';
import { readParameter } from './parameter.js';
import { payerOn } from './table.js';

const OUTSIDE = columns.indexOf('outside');

/** Gap days of one organisation: it would pay if the client had no Wlz. */
export interface GapPayer extends DayRange {
  funderKind: FunderKind;
  code: number;
  law: Law;
}

/** Days on which a client's organisations stay the same; codes as numbers, NONE where unknown. */
export type PayerStretch = Pick<StateStretch, 'from' | 'until' | 'municipality' | 'insurer' | 'careOffice'>;

/**
 * Whose a service's gap days are to know of: the client's municipality, insurer or care office of the law that the
 * service's `outside` cell names. Days of a service that no law pays outside the Wlz, such as residence, are nobody's;
 * likewise days on which that organisation is unknown.
 */
export function gapPayers(
  rules: Pick<CompiledRuleSet, 'cover'>,
  line: readonly PayerStretch[],
  service: number,
  days: DayRange,
): GapPayer[] {
  const cell = rules.cover[service]![OUTSIDE]!;
  const found: GapPayer[] = [];
  for (const stretch of line) {
    const until = Math.min(days.until, stretch.until);
    let day = Math.max(days.from, stretch.from);
    while (day < until) {
      // A gap has no provider to read a value for.
      const codes = { ...stretch, provider: NONE, 'care-office': stretch.careOffice };
      const reading = cell.parameter && readParameter(cell.parameter, codes, day);
      const end = Math.min(until, reading?.until ?? until);
      const law = laws.find((name) => name === (reading?.value ?? cell.value));
      const payer = law && payerOn(law, stretch);
      if (payer && payer.code !== NONE)
        join(found, { from: day, until: end, funderKind: payer.kind, code: payer.code, law: law });
      day = end;
    }
  }
  return found;
}

function join(found: GapPayer[], next: GapPayer): void {
  const last = found.at(-1);
  const goesOn =
    last?.until === next.from &&
    last.funderKind === next.funderKind &&
    last.code === next.code &&
    last.law === next.law;
  if (goesOn) last.until = next.until;
  else found.push(next);
}
