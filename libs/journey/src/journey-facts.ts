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
  EventReference,
  Fact,
  FoldFinding,
  JointFunding,
  Milestone,
  Stay,
  Succession,
  Treatment,
} from './facts.js';
import type { StateStretch } from './state-line.js';
import type { Triggers } from './triggers.js';

/** All that is known of one client at a moment, rule-free: what every rule set is applied to. */
export interface JourneyFacts {
  /**
   * What `opened` and `ended` point into: the events that count, corrections applied, by (source, id), and after
   * them the mergers that touch the client's codes.
   */
  events: readonly EventReference[];
  /** Of the codes that the client's events name; `homes`, `insured` and `careOffices` follow them already. */
  successions: Succession[];
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
  /** For figures only: no rule reads them. */
  milestones: Milestone[];
  /** For figures only; `NONE` when nobody told it, or when it was erased. */
  birthYear: number;
  /** The day of death and its event; `null` while none is known. */
  death: Fact | null;
  state: StateStretch[];
  triggers: Triggers;
  findings: FoldFinding[];
}
