import { formatDay } from '@domeinbrug/calendar';
import { bridgingForms, deliveryForms } from '@domeinbrug/terms';
import fc from 'fast-check';
import { decided, draft, optional, sometimesEnding, type Draft } from './drafting.js';
import type { Vocabulary, World } from './world.js';

export function claimDrafts(
  { length, wmoServices, zvwServices }: World,
  { day, decisionId, indicationId, municipality, provider }: Vocabulary,
): Record<'wmoDecision' | 'zvwCare' | 'caseManagement', fc.Arbitrary<Draft>> {
  const decision = { decisionId, municipality, services: wmoServices, firstDay: day };
  const zvwCare = fc.record({ indicationId, services: zvwServices, firstDay: day, provider });
  return {
    wmoDecision: draft(
      'wmo-decision-issued',
      fc.oneof(
        sometimesEnding(fc.record({ ...decision, provider: optional(provider) }), length),
        decided(fc.record({ ...decision, provider })),
      ),
    ),
    zvwCare: draft('zvw-care-indicated', sometimesEnding(zvwCare, length)),
    caseManagement: draft('case-management-started', fc.record({ firstDay: day, provider })),
  };
}

export function wlzDrafts(
  world: World,
  { day, decisionId, profile, provider }: Vocabulary,
): Record<
  'indication' | 'admission' | 'delivery' | 'treatment' | 'bridging' | 'extension',
  fc.Arbitrary<Draft>
> {
  const withTreatment = optional(fc.boolean());
  const extension = fc
    .tuple(world.day, fc.integer({ min: 0, max: 150 }))
    .map(([decidedOn, days]) => ({ decidedOn: formatDay(decidedOn), lastDay: formatDay(decidedOn + days) }));
  return {
    indication: draft(
      'wlz-indication-issued',
      decided(sometimesEnding(fc.record({ decisionId, firstDay: day, profile }), world.length)),
    ),
    admission: draft('client-admitted', fc.record({ provider, firstDay: day, withTreatment })),
    delivery: draft(
      'wlz-delivery-started',
      fc.record({ deliveryForm: fc.constantFrom(...deliveryForms), firstDay: day, provider, withTreatment }),
    ),
    treatment: draft('treatment-changed', fc.record({ withTreatment: fc.boolean(), firstDay: day })),
    bridging: draft(
      'bridging-started',
      fc.record({ deliveryForm: fc.constantFrom(...bridgingForms), firstDay: day }),
    ),
    extension: draft('bridging-extended', extension),
  };
}

/** What happens beside claims and the Wlz: stays elsewhere, absences, joint budgets, carers and recorded time. */
export function aroundDrafts(
  { wmoServices, activityServices, minutes, handedOver, stayKinds }: World,
  { day, provider, pool }: Vocabulary,
): Record<
  'stay' | 'absence' | 'consent' | 'jointFunding' | 'activity' | 'carer' | 'completion',
  fc.Arbitrary<Draft>
> {
  const reason = fc.constantFrom('hospital', 'leave', 'leave');
  return {
    stay: draft('stay-started', fc.record({ kind: stayKinds, provider, firstDay: day })),
    absence: draft('absence-started', fc.record({ reason, departureDay: day })),
    consent: draft('absence-consent-given', fc.record({ day })),
    jointFunding: draft('joint-funding-started', fc.record({ pool, services: wmoServices, firstDay: day })),
    activity: draft(
      'activity-recorded',
      fc.record({
        service: activityServices,
        day,
        minutes,
        provider,
        subject: optional(fc.constantFrom('client', 'carer')),
        attributable: fc.constantFrom(undefined, undefined, true, false),
      }),
    ),
    carer: draft(
      'carer-registered',
      fc.record({ carerId: fc.constant('m1'), relationship: fc.constant('10'), firstDay: day }),
    ),
    completion: draft('handover-completed', fc.record({ service: handedOver, day })),
  };
}

/** Ends of care that the old payers pay. */
export function claimEndDrafts(
  of: Vocabulary,
): Record<'wmoDecision' | 'zvwCare' | 'caseManagement' | 'wmoSupport', fc.Arbitrary<Draft>> {
  const { day: lastDay, decisionId, indicationId, municipality, provider } = of;
  const temporary = optional(fc.boolean());
  const support = { decisionId, municipality, provider, lastDay, temporary };
  return {
    wmoDecision: draft('wmo-decision-ended', fc.record({ decisionId, municipality, lastDay })),
    wmoSupport: draft('wmo-support-ended', fc.record(support)),
    zvwCare: draft('zvw-care-ended', fc.record({ indicationId, lastDay })),
    caseManagement: draft('case-management-ended', fc.record({ lastDay, provider: optional(provider) })),
  };
}

/** Ends of whatever is there, or of nothing at all. */
export function endDrafts({ stayKinds }: World, of: Vocabulary): fc.Arbitrary<Draft>[] {
  const { day: lastDay, decisionId, provider, pool } = of;
  return [
    draft('insurance-ended', fc.record({ lastDay })),
    ...Object.values(claimEndDrafts(of)),
    draft('wlz-indication-withdrawn', fc.record({ decisionId, lastDay })),
    draft('wlz-delivery-ended', fc.record({ lastDay, provider })),
    draft('client-discharged', fc.record({ lastDay, provider })),
    draft('bridging-ended', fc.record({ lastDay })),
    draft('stay-ended', fc.record({ kind: stayKinds, lastDay })),
    draft('absence-ended', fc.record({ returnDay: lastDay })),
    draft('joint-funding-settled', fc.record({ pool, lastDay })),
    draft('carer-ended', fc.record({ carerId: fc.constant('m1'), lastDay })),
  ];
}

/** Steps that only count in figures. */
export function milestones({ day, decisionId, municipality, provider }: Vocabulary): fc.Arbitrary<Draft>[] {
  return [
    draft('wmo-support-reported', fc.record({ day, municipality })),
    draft('wmo-support-started', fc.record({ decisionId, municipality, provider, firstDay: day })),
    draft('case-management-referred', fc.record({ day })),
    draft('wlz-requested', fc.record({ day })),
    draft('group-assigned', fc.record({ group: fc.constant('g1'), firstDay: day })),
  ];
}
