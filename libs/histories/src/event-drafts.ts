import { formatDay } from '@domeinbrug/calendar';
import fc from 'fast-check';
import {
  aroundDrafts,
  claimDrafts,
  claimEndDrafts,
  endDrafts,
  milestones,
  wlzDrafts,
} from './care-drafts.js';
import { vocabularyOf, type Vocabulary, type World } from './world.js';
import { draft, mostOf, optional, weighted, type Draft } from './drafting.js';

export interface Drafts {
  claims: ReturnType<typeof claimDrafts>;
  wlz: ReturnType<typeof wlzDrafts>;
  around: ReturnType<typeof aroundDrafts>;
  move: fc.Arbitrary<Draft>;
  discharge: fc.Arbitrary<Draft>;
  /** Ends of care that the old payers pay. */
  claimEnds: ReturnType<typeof claimEndDrafts>;
  /** Any event about a client but a correction, a retraction or a death. */
  any: fc.Arbitrary<Draft>;
  /** What most journeys have: a registration, care of the old payers, an indication and a delivery. */
  ordinary: fc.Arbitrary<Draft[]>;
  death: fc.Arbitrary<Draft>;
}

/** Events over a world, some usual, some that fit nothing. */
export function draftsOver(world: World): Drafts {
  const of = vocabularyOf(world);
  const claims = claimDrafts(world, of);
  const wlz = wlzDrafts(world, of);
  const around = aroundDrafts(world, of);
  return {
    ...{ claims, wlz, around },
    move: draft('client-moved', fc.record({ municipality: of.municipality, firstDay: of.day })),
    claimEnds: claimEndDrafts(of),
    discharge: draft('client-discharged', fc.record({ lastDay: of.day, provider: of.provider })),
    any: fc.oneof(
      weighted(8, claims.caseManagement, claims.wmoDecision, claims.zvwCare),
      weighted(5, wlz.indication),
      weighted(7, wlz.admission, wlz.delivery),
      weighted(8, ...endDrafts(world, of)),
      weighted(3, wlz.bridging, wlz.extension),
      weighted(3, around.stay),
      weighted(3, around.absence, around.consent),
      weighted(2, around.jointFunding),
      weighted(4, around.activity),
      weighted(1, registration(of)),
      weighted(3, ...payerChanges(of)),
      weighted(2, wlz.treatment),
      weighted(2, around.carer, around.completion),
      weighted(1, ...milestones(of)),
    ),
    ordinary: mostOf(
      firstRegistration(world, of),
      claims.caseManagement,
      claims.wmoDecision,
      claims.zvwCare,
      wlz.indication,
      fc.oneof(wlz.admission, wlz.delivery, wlz.bridging),
      around.carer,
    ),
    death: draft('client-died', fc.record({ day: of.day })),
  };
}

/** The registration that everything else comes after. */
function firstRegistration(
  { firstDay }: World,
  { municipality, insurer, careOffice }: Vocabulary,
): fc.Arbitrary<Draft> {
  const day = fc.constant(formatDay(firstDay));
  return draft('client-registered', fc.record({ firstDay: day, municipality, insurer, careOffice }));
}

function registration({ day, municipality, insurer, careOffice }: Vocabulary): fc.Arbitrary<Draft> {
  return draft(
    'client-registered',
    fc.record({ firstDay: day, municipality, insurer: optional(insurer), careOffice: optional(careOffice) }),
  );
}

function payerChanges({ day, municipality, insurer, careOffice }: Vocabulary): fc.Arbitrary<Draft>[] {
  return [
    draft('client-moved', fc.record({ municipality, firstDay: day })),
    draft('insurance-changed', fc.record({ insurer, firstDay: day })),
    draft('care-office-assigned', fc.record({ careOffice, firstDay: day })),
  ];
}
