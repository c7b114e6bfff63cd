import { contains, type Day, type DayRange } from '@domeinbrug/calendar';
import type { Evaluation, Outcome } from '@domeinbrug/coverage';
import { stretchIndexOn, type JourneyFacts } from '@domeinbrug/journey';
import { laws, services } from '@domeinbrug/terms';

const CASE_MANAGEMENT = services.indexOf('case-management');

/** Days before and after the admission that are told. */
export const alignedDays = { before: 90, after: 90 } as const;
const width = alignedDays.before + alignedDays.after + 1;

/** Who pays case management on a day: a law, a pool, nobody although it is needed; the rest needs none. */
export const alignedLanes = [...laws, 'joint', 'nobody'] as const;

/** All clients laid over each other on the day of their first admission of the period; counts by day from -90 to 90. */
export interface AlignedState {
  /** Clients whose day of that place lies in the period, and not after their death. */
  clients: Float64Array;
  /** By lane: clients of whom that lane pays case management that day; a shared day counts in each of its lanes. */
  lanes: Float64Array[];
}

/** The first admission of the period; `undefined` when there is none. */
export function firstAdmission({ triggers }: JourneyFacts, period: DayRange): Day | undefined {
  return triggers.admission.find((day) => contains(period, day));
}

/** Adds up who pays case management around an admission. */
export class AlignedFigures {
  private readonly clients = new Steps();
  private readonly lanes = alignedLanes.map(() => new Steps());

  constructor(private readonly period: DayRange) {}

  /** A client who was admitted. */
  addClient({ death }: JourneyFacts, admission: Day): void {
    const until = Math.min(this.period.until, death?.until ?? this.period.until);
    this.clients.add(this.period.from - admission, until - admission);
  }

  /** A piece of any service of such a client. */
  piece(admission: Day, service: number, from: Day, until: Day, { payments, gap }: Outcome): void {
    if (service !== CASE_MANAGEMENT) return;
    const [start, end] = [from - admission, until - admission];
    if (gap !== null) this.lanes[alignedLanes.indexOf('nobody')]!.add(start, end);
    const seen = new Set<number>();
    for (const { law } of payments) {
      const lane = law === null ? laws.length : laws.indexOf(law);
      if (!seen.has(lane)) this.lanes[lane]!.add(start, end);
      seen.add(lane);
    }
  }

  state(): AlignedState {
    return { clients: this.clients.counts(), lanes: this.lanes.map((lane) => lane.counts()) };
  }
}

/** Ranges of days around an admission, added in constant time. */
class Steps {
  private readonly steps = new Float64Array(width + 1);

  /** @param from days after the admission, negative before it; `until` is exclusive */
  add(from: number, until: number): void {
    const start = Math.max(0, from + alignedDays.before);
    const end = Math.min(width, until + alignedDays.before);
    if (start >= end) return;
    this.steps[start]! += 1;
    this.steps[end]! -= 1;
  }

  counts(): Float64Array {
    let running = 0;
    return this.steps.map((step) => (running += step)).subarray(0, width);
  }
}

/** Admissions in the period by region: the care office of the day of admission. */
export function admissionsByRegion(
  evaluation: Evaluation,
  period: DayRange,
  counts: Map<number, number>,
): void {
  const { state, triggers } = evaluation.facts;
  for (const day of triggers.admission) {
    if (!contains(period, day)) continue;
    const region = state[stretchIndexOn(state, day)!]!.careOffice;
    counts.set(region, (counts.get(region) ?? 0) + 1);
  }
}
