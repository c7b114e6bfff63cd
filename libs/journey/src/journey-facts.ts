import type {
  Absence,
  Activity,
  Bridging,
  Carer,
  Claim,
  CodeFact,
  Completion,
  Delivery,
  Entitlement,
  Fact,
  FoldFinding,
  JointFunding,
  Stay,
  Treatment,
} from './facts.js';
import type { JourneyEvent } from './journey-event.js';
import type { StateStretch } from './state-line.js';
import type { Triggers } from './triggers.js';

/** All that is known of one client at a moment, rule-free: what every rule set is applied to. */
export interface JourneyFacts {
  /** The events that count, corrections applied, by (source, id): what `opened` and `ended` point into. */
  events: readonly JourneyEvent[];
  homes: CodeFact[];
  insured: CodeFact[];
  careOffices: CodeFact[];
  claims: Claim[];
  entitlements: Entitlement[];
  deliveries: Delivery[];
  treatments: Treatment[];
  bridgings: Bridging[];
  stays: Stay[];
  absences: Absence[];
  /** Consents to keep a bed longer; one day each. */
  consents: Fact[];
  carers: Carer[];
  joint: JointFunding[];
  pools: string[];
  completions: Completion[];
  activities: Activity[];
  /** The day of death and its event; `null` while none is known. */
  death: Fact | null;
  state: StateStretch[];
  triggers: Triggers;
  findings: FoldFinding[];
}
