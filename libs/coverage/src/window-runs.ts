import { formatDay, lastDayOf } from '@domeinbrug/calendar';
import { foldJourney, type Journey } from '@domeinbrug/journey';
import { services, type Service } from '@domeinbrug/terms';
import type { CompiledRuleSet } from './compile.js';
import { coverFacts, type CoverageSink } from './cover-facts.js';
import type { KnownAt } from './determine-coverage.js';
import { splitMinutes } from './minutes.js';

/** One opening of a window for one service, and what it has left. */
export interface WindowRun {
  service: Service;
  /** The window's id, the `rule` of its rows. */
  rule: string;
  /** The days on which it may pay, after cuts and death; a clash or suspension may leave some of them unpaid. */
  firstDay: string;
  lastDay: string | null;
  /** Minutes that it pays at most; `null` = without a cap. */
  cap: number | null;
  /** Minutes taken so far. */
  minutesUsed: number;
}

const nothing: CoverageSink = { piece: () => undefined, minutes: () => undefined, finding: () => undefined };

/** Every window that opened for a client, in rule-set order, then by service and trigger day. */
export function windowRuns(journey: Journey, rules: CompiledRuleSet, knownAt: KnownAt): WindowRun[] {
  const evaluation = coverFacts(
    foldJourney(journey.events, knownAt.instant, journey.reference),
    rules,
    nothing,
  );
  const { used } = splitMinutes(evaluation);
  return evaluation.runs
    .flatMap((runs) => runs ?? [])
    .map((run) => ({
      service: services[run.service]!,
      rule: run.window.id,
      firstDay: formatDay(run.from),
      lastDay: lastDayOf(run.until),
      cap: run.window.cap?.minutes ?? null,
      minutesUsed: used.get(run) ?? 0,
    }));
}
