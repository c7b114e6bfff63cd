import { formatDay, lastDayOf, type Day } from '@domeinbrug/calendar';
import { services, type Service } from '@domeinbrug/terms';
import { becauseOf, type RowPiece } from './because.js';
import { funderName, providerCode } from './codes.js';
import type { CoverageFinding, CoverageSink } from './cover-facts.js';
import type { CoverRow, GapReason, GapRow, MinutesRow } from './coverage-timeline.js';
import type { Evaluation } from './evaluation.js';
import type { SplitMinutes } from './minutes.js';
import type { Outcome, Payment } from './outcome.js';

/** Keeps rows with reasons: what a live answer shows. */
export interface CollectingSink extends CoverageSink {
  cover: CoverRow[];
  gaps: GapRow[];
  minutesRows: MinutesRow[];
  findings: { code: CoverageFinding; opened: number }[];
  /** Completes the rows; to be called once, after the last piece. */
  finish(evaluation: Evaluation): void;
}

interface OpenRow {
  service: number;
  until: Day;
  pieces: RowPiece[];
  payment: Payment | null;
  reason: GapReason | null;
}

export function collectingSink(): CollectingSink {
  const rows: OpenRow[] = [];
  const latest = new Map<string, OpenRow>();

  const extend = (
    key: string,
    service: number,
    piece: RowPiece,
    payment: Payment | null,
    reason: GapReason | null,
  ): void => {
    const open = latest.get(key);
    if (open?.until === piece.from) {
      open.until = piece.until;
      open.pieces.push(piece);
      return;
    }
    const row = { service, until: piece.until, pieces: [piece], payment, reason };
    latest.set(key, row);
    rows.push(row);
  };

  const sink: CollectingSink = {
    cover: [],
    gaps: [],
    minutesRows: [],
    findings: [],
    piece(_evaluation: Evaluation, service: number, from: Day, until: Day, outcome: Outcome): void {
      for (const payment of outcome.payments) {
        const { run, parameters, topics } = payment;
        extend(rowKey(service, payment), service, { from, until, run, parameters, topics }, payment, null);
      }
      if (outcome.gap) {
        const { parameters, topics } = outcome;
        extend(
          `${service} ${outcome.gap}`,
          service,
          { from, until, run: null, parameters, topics },
          null,
          outcome.gap,
        );
      }
    },
    minutes(split: SplitMinutes): void {
      sink.minutesRows.push(minutesRow(split));
    },
    finding(code: CoverageFinding, claim: { opened: number }): void {
      const known = sink.findings.some((found) => found.code === code && found.opened === claim.opened);
      if (!known) sink.findings.push({ code, opened: claim.opened });
    },
    finish(evaluation: Evaluation): void {
      for (const row of rows) {
        if (row.payment) sink.cover.push(coverRow(evaluation, row, row.payment));
        else sink.gaps.push(gapRow(evaluation, row));
      }
      sink.cover.sort(byServiceDayAndFunder);
      sink.gaps.sort(byServiceDayAndFunder);
    },
  };
  return sink;
}

/** Rows merge when all of this is equal. */
function rowKey(service: number, { funderKind, code, share, law, kind, rule, provider }: Payment): string {
  return [service, funderKind, code, share, law, kind, rule, provider].join(' ');
}

function coverRow(evaluation: Evaluation, row: OpenRow, payment: Payment): CoverRow {
  return {
    service: services[row.service]!,
    firstDay: formatDay(row.pieces[0]!.from),
    lastDay: lastDayOf(row.until),
    funder: funderName(payment.funderKind, payment.code, evaluation.facts.pools),
    share: payment.share,
    law: payment.law,
    kind: payment.kind,
    provider: providerCode(payment.provider),
    rule: payment.rule,
    because: becauseOf(evaluation, row.service, row.pieces, payment),
  };
}

function gapRow(evaluation: Evaluation, row: OpenRow): GapRow {
  return {
    service: services[row.service]!,
    firstDay: formatDay(row.pieces[0]!.from),
    lastDay: lastDayOf(row.until),
    reason: row.reason!,
    because: becauseOf(evaluation, row.service, row.pieces, null),
  };
}

function minutesRow(split: SplitMinutes): MinutesRow {
  return {
    service: services[split.service]!,
    day: formatDay(split.day),
    provider: providerCode(split.provider)!,
    subject: split.subject,
    funded: split.funded,
    overCap: split.overCap,
    outside: split.outside,
    reason: split.reason,
  };
}

interface Sortable {
  service: Service;
  firstDay: string;
  funder?: string;
  rule?: string;
  reason?: string;
}

function byServiceDayAndFunder(a: Sortable, b: Sortable): number {
  return (
    byText(a.service, b.service) ||
    byText(a.firstDay, b.firstDay) ||
    byText(a.funder ?? '', b.funder ?? '') ||
    byText(a.rule ?? a.reason ?? '', b.rule ?? b.reason ?? '')
  );
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
