import { ALWAYS, formatDay, lastDayOf, OPEN_END, parseDay, untilOf, type Day } from '@domeinbrug/calendar';
import type { GapRow, PayerLine } from '@domeinbrug/coverage';
import type { DatedValue, Parameter, RuleSet } from '@domeinbrug/rules';
import { columns, type Funder, type Law, type Service } from '@domeinbrug/terms';

/** Days of a gap that one organisation must know of: it would pay if the client had no Wlz. */
export interface FunderGap {
  gap: GapRow;
  funder: Funder;
  law: Law;
  firstDay: string;
  lastDay: string | null;
}

interface Stretch {
  from: Day;
  until: Day;
  funder: Funder;
  law: Law;
}

/**
 * The gap days on which an organisation is the client's municipality, insurer or care office of the law that
 * the service's `outside` cell names. A service that no law pays outside the Wlz, such as residence, has none.
 */
export function gapsByFunder(
  gaps: readonly GapRow[],
  ruleSet: RuleSet,
  lines: readonly PayerLine[],
): FunderGap[] {
  return gaps.flatMap((gap) =>
    merged(lines.flatMap((line) => stretchesOf(gap, line, ruleSet))).map(({ from, until, funder, law }) => ({
      gap,
      funder,
      law,
      firstDay: formatDay(from),
      lastDay: lastDayOf(until),
    })),
  );
}

function stretchesOf(gap: GapRow, line: PayerLine, ruleSet: RuleSet): Stretch[] {
  const from = Math.max(parseDay(gap.firstDay), line.firstDay === null ? ALWAYS : parseDay(line.firstDay));
  const until = Math.min(untilOf(gap.lastDay), untilOf(line.lastDay));
  if (from >= until) return [];
  const cuts = [
    from,
    ...datesOfOutsideCell(ruleSet, gap.service, line).filter((day) => from < day && day < until),
  ];
  return cuts.flatMap((start, index): Stretch[] => {
    const law = outsideLaw(ruleSet, gap.service, line, start);
    const funder = law && funderOf(law, line);
    return law && funder ? [{ from: start, until: cuts[index + 1] ?? until, funder, law }] : [];
  });
}

function merged(stretches: Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const stretch of stretches) {
    const last = result.at(-1);
    if (last && last.until === stretch.from && last.funder === stretch.funder && last.law === stretch.law) {
      last.until = stretch.until;
    } else result.push({ ...stretch });
  }
  return result;
}

function funderOf(law: Law, line: PayerLine): Funder | null {
  if (law === 'wmo') return line.municipality === null ? null : `municipality:${line.municipality}`;
  if (law === 'zvw') return line.insurer === null ? null : `insurer:${line.insurer}`;
  return line.careOffice === null ? null : `care-office:${line.careOffice}`;
}

/** The law that pays the service outside the Wlz on a day, or `null`. */
function outsideLaw(ruleSet: RuleSet, service: Service, line: PayerLine, day: Day): Law | null {
  const cell = ruleSet.cover[service]?.[columns.indexOf('outside')];
  if (cell === undefined) return null;
  if (!cell.startsWith('$')) return asLaw(cell);
  for (const values of valuesByLevel(ruleSet.parameters[cell.slice(1)], line)) {
    const value = values.findLast((dated) => dated.since <= day)?.value ?? null;
    if (value !== null) return asLaw(value);
  }
  // Before its first date the first national value holds.
  return asLaw(ruleSet.parameters[cell.slice(1)]?.national[0]?.value ?? null);
}

/** The days on which the `outside` cell may name another law. */
function datesOfOutsideCell(ruleSet: RuleSet, service: Service, line: PayerLine): Day[] {
  const cell = ruleSet.cover[service]?.[columns.indexOf('outside')];
  if (!cell?.startsWith('$')) return [];
  const dates = valuesByLevel(ruleSet.parameters[cell.slice(1)], line)
    .flat()
    .map((dated) => dated.since);
  return [...new Set(dates)].filter((day) => day < OPEN_END).sort((a, b) => a - b);
}

/** The parameter's values for the client, the most specific level first; a gap has no provider to read one for. */
function valuesByLevel(parameter: Parameter | undefined, line: PayerLine): DatedValue[][] {
  if (!parameter) return [];
  return [
    parameter.local.insurer[line.insurer ?? ''] ?? [],
    parameter.local.municipality[line.municipality ?? ''] ?? [],
    parameter.local['care-office'][line.careOffice ?? ''] ?? [],
    parameter.national,
  ];
}

function asLaw(value: unknown): Law | null {
  return value === 'wmo' || value === 'zvw' || value === 'wlz' ? value : null;
}
