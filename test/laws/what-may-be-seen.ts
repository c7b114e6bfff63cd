import type { Asker } from '@domeinbrug/access';
import { formatDay, parseDay, untilOf, type Day } from '@domeinbrug/calendar';
import type { CoverageTimeline, CoverRow } from '@domeinbrug/coverage';
import type { Journey, JourneyFacts } from '@domeinbrug/journey';
import type { ParameterValue, RuleSet } from '@domeinbrug/rules';
import { isFunder, type SeenEvent, type SeenTimeline } from '@domeinbrug/sight';
import { isOn } from './asking.js';

/**
 * What an asker may see of a client, worked out a second time: day by day from the whole timeline and the facts, without
 * the tables that the product cuts by.
 */

export const clinics = ['hospital-care', 'mental-health-care', 'geriatric-rehabilitation', 'short-stay'];

const urns = {
  municipality: 'gemeentecode',
  insurer: 'uzovi',
  'care-office': 'zorgkantoor',
  provider: 'agb',
  oin: 'oin',
};
export const sourceOf = ({ kind, code }: Asker): string =>
  `urn:nld:${urns[kind as keyof typeof urns]}:${code}:systeem:a`;

/** What somebody saw of a client, with all that there was to see. */
export interface Read {
  asker: Asker;
  ruleSet: RuleSet;
  journey: Journey;
  facts: JourneyFacts;
  whole: CoverageTimeline;
  seen: SeenTimeline;
}

export const isOwn = ({ asker }: Read, row: Pick<CoverRow, 'funder' | 'provider'>): boolean =>
  isFunder(asker) ? row.funder === `${asker.kind}:${asker.code}` : row.provider === asker.code;

/** Whose a gap day is: who would pay if the client had no Wlz. */
export function isOwnGapDay({ asker, ruleSet, facts }: Read, service: string, day: Day): boolean {
  const law = lawOutside(ruleSet, facts, service, day);
  const place = {
    wmo: ['municipality', facts.homes],
    zvw: ['insurer', facts.insured],
    wlz: ['care-office', facts.careOffices],
  } as const;
  if (!(law in place)) return false;
  const [kind, held] = place[law as keyof typeof place];
  return asker.kind === kind && codeOn(held, day) === Number(asker.code);
}

function codeOn(held: JourneyFacts['homes'], day: Day): number {
  const inForce = held.filter(({ from, until }) => from <= day && day < until);
  return inForce.sort((a, b) => b.from - a.from || a.opened - b.opened)[0]?.code ?? -1;
}

function lawOutside({ cover, parameters }: RuleSet, facts: JourneyFacts, service: string, day: Day): string {
  const cell = cover[service as keyof typeof cover]?.[0] ?? 'none';
  if (!cell.startsWith('$')) return cell;
  const { national, local } = parameters[cell.slice(1)]!;
  const latest = (values: readonly { since: Day; value: ParameterValue | null }[] = []) =>
    values.filter(({ since }) => since <= day).at(-1)?.value;
  const four = (code: number): string => String(code).padStart(4, '0');
  const law =
    latest(local.insurer[four(codeOn(facts.insured, day))]) ??
    latest(local.municipality[four(codeOn(facts.homes, day))]) ??
    latest(local['care-office'][four(codeOn(facts.careOffices, day))]) ??
    latest(national) ??
    national[0]!.value;
  return String(law);
}

function hasInCareOn({ asker, facts }: Read, day: Day): boolean {
  const agb = Number(asker.code);
  const lasting = [...facts.claims, ...facts.deliveries, ...facts.stays];
  return (
    lasting.some(({ provider, from, until }) => provider === agb && from <= day && day < until) ||
    facts.activities.some((each) => each.provider === agb && each.day === day)
  );
}

/** Whether the asker may look beside its own rows on a day. */
export function isOwnDay(read: Read, text: string): boolean {
  const { whole, asker } = read;
  if (whole.cover.some((row) => isOwn(read, row) && isOn(row, text))) return true;
  const day = parseDay(text);
  if (!isFunder(asker)) return hasInCareOn(read, day);
  return whole.gaps.some((gap) => isOn(gap, text) && isOwnGapDay(read, gap.service, day));
}

/** The days on which anything begins or ends, and those beside them: between them nothing differs. */
export function turns({ whole, facts }: Read): string[] {
  const rows = [...whole.cover, ...whole.gaps];
  const ofRows = rows.flatMap(({ firstDay, lastDay }) => [parseDay(firstDay), untilOf(lastDay)]);
  const ofFacts = [...facts.claims, ...facts.deliveries, ...facts.stays].flatMap(({ from, until }) => [
    from,
    until,
  ]);
  const ofActivities = facts.activities.flatMap(({ day }) => [day, day + 1]);
  const days = [...ofRows, ...ofFacts, ...ofActivities].flatMap((day) => [day - 1, day, day + 1]);
  return [...new Set(days)].filter((day) => day > 0 && day < parseDay('2100-01-01')).map(formatDay);
}

export const essence = ({ because: _, ...rest }: CoverRow): string => JSON.stringify(rest);
export const isWhole = (row: SeenTimeline['cover'][number], read: Read): row is CoverRow =>
  row.funder !== null && isOwn(read, row as CoverRow);

/** Of a journey that nobody else has told of, a provider sees all. */
export function isAllOwn({ asker, journey }: Read): boolean {
  return asker.kind === 'provider' && journey.events.every(({ source }) => source === sourceOf(asker));
}

/** Providers on the other side of a handover of the asker’s. */
export function handovers(read: Read): (string | null)[] {
  if (isFunder(read.asker)) return [];
  const { cover } = read.whole;
  const mine = cover.filter((row) => isOwn(read, row));
  return cover
    .filter((row) =>
      mine.some((own) => (own.kind === 'handover') !== (row.kind === 'handover') && meets(own, row)),
    )
    .map(({ provider }) => provider);
}

function meets(a: CoverRow, b: CoverRow): boolean {
  const [from, until] = [a, b].map(
    ({ firstDay, lastDay }) => [parseDay(firstDay), untilOf(lastDay)] as const,
  );
  return Math.max(from![0], until![0]) < Math.min(from![1], until![1]);
}

/** Gaps show to whom they are owed, or on days in care. */
export function isOwnRow(read: Read, row: object): boolean {
  return !('provider' in row) || isOwn(read, row as CoverRow);
}

export function reasonsIn({
  seen,
}: Read): { row: SeenTimeline['cover'][number] | SeenTimeline['gaps'][number]; event: SeenEvent }[] {
  return [...seen.cover, ...seen.gaps].flatMap((row) =>
    [...row.because.opened, ...row.because.closed].map((event) => ({ row, event })),
  );
}

export function isGiven(read: Read, service: string, day: string): boolean {
  return read.whole.cover.some((row) => isOwn(read, row) && row.service === service && isOn(row, day));
}
