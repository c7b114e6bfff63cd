import type { Day, Instant } from '@domeinbrug/calendar';
import type { CodeSuccession, JourneyEventOf } from '@domeinbrug/journey';
import type { BridgingForm, DeliveryForm, Law, Service, StayKind } from '@domeinbrug/terms';

/** Something that holds from its first through its last day; `OPEN_END` as last day = no end known. */
export interface Fact {
  first: Day;
  last: Day;
  source: string;
  id: string;
  recordedAt: Instant;
}

export interface Coded extends Fact {
  code: string;
}
export interface Claim extends Fact {
  service: Service;
  law: Law;
  municipality: string | null;
  provider: string | null;
}
export interface Entitlement extends Fact {
  profile: string;
}
export interface Delivery extends Fact {
  form: DeliveryForm;
  withTreatment: boolean;
  provider: string;
}
export interface TreatmentChange extends Fact {
  withTreatment: boolean;
}
export interface Bridging extends Fact {
  form: BridgingForm;
}
export interface Extension {
  decidedOn: Day;
  last: Day;
}
export interface Stay extends Fact {
  provider: string;
  kind: StayKind;
  service: Service;
}
/** `first` and `last` are the first and last absent day: after departure, before return. */
export interface Absence extends Fact {
  reason: 'hospital' | 'leave';
  departure: Day;
}
export interface JointFunding extends Fact {
  pool: string;
  services: Service[];
  settled: boolean;
}
export interface Completion {
  service: Service;
  day: Day;
}
export type Activity = JourneyEventOf<'activity-recorded'>;

/** All dated facts of one client, ended with the day of death. */
export interface Facts {
  homes: Coded[];
  policies: Coded[];
  careOffices: Coded[];
  claims: Claim[];
  entitlements: Entitlement[];
  deliveries: Delivery[];
  treatmentChanges: TreatmentChange[];
  bridgings: Bridging[];
  extensions: Extension[];
  stays: Stay[];
  absences: Absence[];
  consents: Day[];
  carers: Fact[];
  jointFunding: JointFunding[];
  completions: Completion[];
  activities: Activity[];
  /** The last word on each code. */
  mergers: readonly CodeSuccession[];
  death: Day | null;
}
