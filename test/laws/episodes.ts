import { formatDay } from '@domeinbrug/calendar';
import type { Draft } from '@domeinbrug/histories';
import type { EventType } from '@domeinbrug/journey';
import { bridgingForms, stayKinds } from '@domeinbrug/terms';
import fc from 'fast-check';
import { codes, day, firstPossibleDay } from './event-drafts.js';

/** Days one after another: the first anywhere or early, each next one some days later. */
function following(...gaps: [min: number, max: number][]): fc.Arbitrary<string[]> {
  const early = fc.integer({ min: firstPossibleDay, max: firstPossibleDay + 30 });
  const steps = gaps.map(([min, max]) => fc.integer({ min, max }));
  return fc.tuple(fc.oneof(day, early), ...steps).map(([first, ...each]) => {
    let current = first;
    return [first, ...each.map((step) => (current += step))].map(formatDay);
  });
}

const draftOf = (type: EventType, data: Record<string, unknown>): Draft => ({ type, data });
const firstProvider = codes.providers[0];

/** An entitlement and a residence with absences in it, some longer than the bed is kept. */
const residenceWithAbsences: fc.Arbitrary<Draft[]> = fc
  .tuple(
    fc.oneof(
      following([0, 2], [0, 25], [0, 40], [0, 25], [1, 40]),
      following([0, 2], [0, 10], [8, 25], [0, 10], [10, 40]),
    ),
    fc.constantFrom('hospital', 'leave', 'leave'),
    fc.constantFrom('hospital', 'leave', 'leave'),
    fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 4 }),
  )
  .map(([[granted, admitted, away, back, awayAgain, backAgain], one, other, kept]) => {
    const drafts = [
      draftOf('wlz-indication-issued', {
        decisionId: 'd1',
        decidedOn: granted,
        firstDay: granted,
        profile: '754',
      }),
      draftOf('client-admitted', { provider: firstProvider, firstDay: admitted }),
      draftOf('absence-started', { reason: one, departureDay: away }),
      draftOf('absence-ended', { returnDay: back }),
      draftOf('absence-started', { reason: other, departureDay: awayAgain }),
      draftOf('absence-ended', { returnDay: backAgain }),
      draftOf('absence-consent-given', { day: awayAgain }),
    ];
    return kept.map((index) => drafts[index]!);
  });

/** A wait with bridging care, extended or not, in time or not. */
const waitWithBridging: fc.Arbitrary<Draft[]> = fc
  .tuple(
    fc.oneof(following([0, 3], [20, 95], [0, 60]), following([0, 3], [90, 91], [0, 60])),
    fc.constantFrom(...bridgingForms),
    fc.subarray([0, 1, 2, 3], { minLength: 2 }),
  )
  .map(([[granted, bridged, decidedOn, lastDay], deliveryForm, kept]) => {
    const drafts = [
      draftOf('wlz-indication-issued', {
        decisionId: 'd2',
        decidedOn: granted,
        firstDay: granted,
        profile: '755',
      }),
      draftOf('bridging-started', { deliveryForm, firstDay: bridged }),
      draftOf('bridging-extended', { decidedOn, lastDay }),
      draftOf('bridging-started', { deliveryForm: 'modular', firstDay: decidedOn }),
    ];
    return kept.map((index) => drafts[index]!);
  });

/** Case management up to an entitlement and an admission, and time recorded after it. */
const handoverWithActivities: fc.Arbitrary<Draft[]> = fc
  .tuple(
    following([2, 30], [1, 9], [0, 10], [0, 10], [0, 10], [0, 20]),
    fc.array(fc.tuple(fc.integer({ min: 1, max: 200 }), fc.constantFrom('client', 'client', 'carer')), {
      minLength: 4,
      maxLength: 4,
    }),
  )
  .map(([[first, last, admitted, ...days], time]) => [
    draftOf('case-management-started', { firstDay: first, provider: firstProvider }),
    draftOf('case-management-ended', { lastDay: last }),
    draftOf('wlz-indication-issued', {
      decisionId: 'd1',
      decidedOn: admitted,
      firstDay: admitted,
      profile: '754',
    }),
    draftOf('client-admitted', { provider: codes.providers[2], firstDay: admitted, withTreatment: true }),
    ...days.map((each, index) =>
      draftOf('activity-recorded', {
        service: 'case-management',
        day: each,
        minutes: time[index]![0],
        provider: firstProvider,
        subject: time[index]![1],
      }),
    ),
  ]);

/** A stay elsewhere that ends. */
const stayElsewhere: fc.Arbitrary<Draft[]> = fc
  .tuple(following([0, 40]), fc.constantFrom(...stayKinds))
  .map(([[firstDay, lastDay], kind]) => [
    draftOf('stay-started', { kind, provider: firstProvider, firstDay }),
    draftOf('stay-ended', { kind, lastDay }),
  ]);

/** A move there and back again, with insurance and care office following in their own time. */
const changesOfPayer: fc.Arbitrary<Draft[]> = fc
  .tuple(following([0, 40], [0, 60], [0, 30]), fc.subarray([0, 1, 2, 3], { minLength: 1 }))
  .map(([[moved, insured, movedBack, assigned], kept]) => {
    const drafts = [
      draftOf('client-moved', { municipality: codes.municipalities[1], firstDay: moved }),
      draftOf('insurance-changed', { insurer: codes.insurers[1], firstDay: insured }),
      draftOf('client-moved', { municipality: codes.municipalities[0], firstDay: movedBack }),
      draftOf('care-office-assigned', { careOffice: codes.careOffices[1], firstDay: assigned }),
    ];
    return kept.map((index) => drafts[index]!);
  });

/** Admitted to two homes on one day, or insured twice; one of them, or both, end again. */
const twiceOnOneDay: fc.Arbitrary<Draft[]> = fc
  .tuple(following([0, 20], [0, 20]), fc.subarray([0, 1, 2, 3, 4, 5], { minLength: 3 }))
  .map(([[first, oneEnd, otherEnd], kept]) => {
    const [one, other] = codes.providers;
    const drafts = [
      draftOf('client-admitted', { provider: one, firstDay: first }),
      draftOf('client-admitted', { provider: other, firstDay: first, withTreatment: true }),
      draftOf('client-discharged', { provider: one, lastDay: oneEnd }),
      draftOf('wlz-delivery-ended', { provider: other, lastDay: otherEnd }),
      draftOf('insurance-changed', { insurer: codes.insurers[0], firstDay: first }),
      draftOf('insurance-changed', { insurer: codes.insurers[1], firstDay: first }),
    ];
    return kept.map((index) => drafts[index]!);
  });

/** A carer who is registered shortly before, on or after the day of death. */
const deathWithCarer: fc.Arbitrary<Draft[]> = following([0, 2]).map(([registered, died]) => [
  draftOf('carer-registered', { carerId: 'm2', relationship: '12', firstDay: registered }),
  draftOf('client-died', { day: died }),
]);

/** Events that only have an effect together. */
export const episodes: fc.Arbitrary<Draft[]> = fc.oneof(
  { weight: 1, arbitrary: deathWithCarer },
  { weight: 3, arbitrary: residenceWithAbsences },
  { weight: 3, arbitrary: waitWithBridging },
  { weight: 3, arbitrary: handoverWithActivities },
  { weight: 3, arbitrary: stayElsewhere },
  { weight: 3, arbitrary: changesOfPayer },
  { weight: 3, arbitrary: twiceOnOneDay },
);
