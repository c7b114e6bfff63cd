import { ALWAYS, formatDay, lastDayOf, parseDay, untilOf } from '@domeinbrug/calendar';
import { services, type Funder, type Law } from '@domeinbrug/terms';
import { funderName, organisationNumber } from './codes.js';
import type { CompiledRuleSet } from './compile.js';
import type { GapRow } from './coverage-timeline.js';
import { gapPayers, type PayerStretch } from './gap-payers.js';
import type { PayerLine } from './payer-lines.js';

/** Days of a gap that one organisation must know of: it would pay if the client had no Wlz. */
export interface FunderGap {
  gap: GapRow;
  funder: Funder;
  law: Law;
  firstDay: string;
  lastDay: string | null;
}

/** The gap days that are an organisation's to know of, by {@link gapPayers}. */
export function gapsByFunder(
  gaps: readonly GapRow[],
  rules: Pick<CompiledRuleSet, 'cover'>,
  lines: readonly PayerLine[],
): FunderGap[] {
  const line = lines.map(stretchOf);
  return gaps.flatMap((gap) => {
    const days = { from: parseDay(gap.firstDay), until: untilOf(gap.lastDay) };
    return gapPayers(rules, line, services.indexOf(gap.service), days).map(
      ({ funderKind, code, law, from, until }) => ({
        gap,
        funder: funderName(funderKind, code, []),
        law,
        firstDay: formatDay(from),
        lastDay: lastDayOf(until),
      }),
    );
  });
}

function stretchOf({ firstDay, lastDay, municipality, insurer, careOffice }: PayerLine): PayerStretch {
  return {
    from: firstDay === null ? ALWAYS : parseDay(firstDay),
    until: untilOf(lastDay),
    municipality: organisationNumber(municipality),
    insurer: organisationNumber(insurer),
    careOffice: organisationNumber(careOffice),
  };
}
