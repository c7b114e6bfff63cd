import { formatDay, lastDayOf, OPEN_END, parseDay, type DayRange } from '@domeinbrug/calendar';
import {
  compileRuleSet,
  funderName,
  paidDaysOf,
  providerCode,
  settlementBetween,
  wholeCover,
  type PaidClient,
  type PaidRow,
  type SettlementRow,
} from '@domeinbrug/coverage';
import type { JourneyFacts } from '@domeinbrug/journey';
import { services } from '@domeinbrug/terms';
import type { ReplayQuestion } from '../run/replay-question.js';

/** A client for whom anything differs: both timelines, and the difference. */
export interface DifferingJourney {
  /** Of this run only: the same client has another in every other run. */
  pseudonym: string;
  /**
   * What day 0 is. `dates`: days are calendar days. `relative`: days count from the first day on which anything differs,
   * funders are kinds of organisation and providers are left out, so that a life's dates lead to nobody; a row that
   * touches an end of the period has no day there and no length, for those would tell the date of day 0.
   */
  days: 'dates' | 'relative';
  baseline: JourneyRow[];
  alternative: JourneyRow[];
  difference: JourneyDifference[];
}

export interface JourneyRow {
  service: string;
  /** Both inclusive; `YYYY-MM-DD`, or a number of days from the first that differs; `null` = not told, or open. */
  firstDay: string | number | null;
  lastDay: string | number | null;
  funder: string;
  /** Percent. */
  share: number;
  law: string | null;
  kind: string;
  rule: string;
  provider: string | null;
}

export interface JourneyDifference {
  service: string;
  firstDay: string | number | null;
  lastDay: string | number | null;
  /** Who paid, who pays instead; empty = nobody. */
  from: { funder: string; share: number }[];
  to: { funder: string; share: number }[];
  days: number | null;
}

/** @param facts as known at the question's moment */
export function journeyOf(
  pseudonym: string,
  facts: JourneyFacts,
  question: ReplayQuestion,
): DifferingJourney {
  const { period, privacy } = question;
  const scope = { ...period, services: wholeCover.services };
  const [baseline, alternative] = [question.baseline, question.alternative].map((ruleSet) =>
    rowsOf(paidDaysOf(facts, compileRuleSet(ruleSet), scope), facts),
  ) as [PaidRow[], PaidRow[]];
  const difference = settlementBetween({ cover: baseline }, { cover: alternative });
  const journey: DifferingJourney = { pseudonym, days: 'dates', baseline, alternative, difference };
  return privacy === 'none' ? journey : withoutDates(journey, difference, period);
}

function rowsOf({ paid }: PaidClient, { pools }: JourneyFacts): PaidRow[] {
  return paid
    .flatMap(({ service, from, until, payments }) =>
      payments.map(({ funderKind, code, share, law, kind, rule, provider }): PaidRow => ({
        service: services[service]!,
        firstDay: formatDay(from),
        lastDay: lastDayOf(until),
        funder: funderName(funderKind, code, pools),
        share,
        law,
        kind,
        rule,
        provider: providerCode(provider),
      })),
    )
    .sort(
      (a, b) => byText(a.service, b.service) || byText(a.firstDay, b.firstDay) || byText(a.funder, b.funder),
    );
}

/** Days from the first that differs; of funders the kind alone. */
function withoutDates(
  journey: DifferingJourney,
  difference: readonly SettlementRow[],
  period: DayRange,
): DifferingJourney {
  const zero = Math.min(OPEN_END, ...difference.map(({ firstDay }) => parseDay(firstDay)));
  const since = (day: string | number | null): number | null => {
    if (day === null) return null;
    const date = parseDay(String(day));
    return date === period.from || date === period.until - 1 ? null : date - zero;
  };
  const relative = <Row extends { firstDay: string | number | null; lastDay: string | number | null }>(
    row: Row,
  ): Row => ({
    ...row,
    firstDay: since(row.firstDay),
    lastDay: since(row.lastDay),
  });
  const row = (each: JourneyRow): JourneyRow => ({
    ...relative(each),
    funder: kindOf(each.funder),
    provider: null,
  });
  const kinds = (shares: JourneyDifference['from']): JourneyDifference['from'] =>
    shares.map(({ funder, share }) => ({ funder: kindOf(funder), share }));
  return {
    ...journey,
    days: 'relative',
    baseline: journey.baseline.map(row),
    alternative: journey.alternative.map(row),
    difference: difference.map((each) => ({
      ...relative(each),
      days: since(each.firstDay) === null || since(each.lastDay) === null ? null : each.days,
      from: kinds(each.from),
      to: kinds(each.to),
    })),
  };
}

function kindOf(funder: string): string {
  return funder.slice(0, funder.indexOf(':'));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
