import { ALWAYS, contains, OPEN_END, type Day, type DayRange } from '@domeinbrug/calendar';
import { columns, deliveryForms } from '@domeinbrug/terms';
import {
  latestBegun,
  NONE,
  type Bridging,
  type CodeFact,
  type Delivery,
  type Entitlement,
  type Fact,
  type Treatment,
} from './facts.js';

/** Days on which nothing changes in where the client lives, who insures, which care office, what the Wlz grants and delivers. */
export interface StateStretch extends DayRange {
  /** CBS code as a number, or NONE; likewise the insurer (UZOVI) and the care office. */
  municipality: number;
  insurer: number;
  careOffice: number;
  /** Care profile of the entitlement in force, or NONE: no entitlement. */
  profile: number;
  /** Form of the delivery in force, whether or not an entitlement holds, or NONE. */
  form: number;
  /** Of that delivery. */
  provider: number;
  /** The column of the cover table: the care regime, as a place in `columns`. */
  column: number;
  /** A delivery without an entitlement: the column is `outside`, and residence is unpaid. */
  awaitingIndication: boolean;
  /** `in-term`: bridging care gives the column. `expired`: its term has run out. */
  bridging: 'none' | 'in-term' | 'expired';
}

export interface StateFacts {
  homes: CodeFact[];
  insured: CodeFact[];
  careOffices: CodeFact[];
  entitlements: Entitlement[];
  deliveries: Delivery[];
  treatments: Treatment[];
  bridgings: Bridging[];
  death: Fact | null;
}

const OUTSIDE = columns.indexOf('outside');
const ENTITLED = columns.indexOf('entitled');
const WITH_TREATMENT = columns.indexOf('residence-with-treatment');
const MODULAR = deliveryForms.indexOf('modular');
const RESIDENCE = deliveryForms.indexOf('residence');
const columnOfForm = deliveryForms.map((form) => columns.indexOf(form));

/** One sequence of stretches from {@link ALWAYS} through the day of death (else open), without gaps. */
export function stateLine(facts: StateFacts): StateStretch[] {
  const lineUntil = facts.death ? facts.death.until : OPEN_END;
  const starts = boundaries(facts).filter((day) => day < lineUntil);
  return starts.map((from, at) => stretchFrom(facts, from, starts[at + 1] ?? lineUntil));
}

function boundaries(facts: StateFacts): Day[] {
  const lines: readonly Fact[][] = [
    facts.homes,
    facts.insured,
    facts.careOffices,
    facts.entitlements,
    facts.deliveries,
    facts.treatments,
    facts.bridgings,
  ];
  const days = new Set<Day>([ALWAYS]);
  for (const fact of lines.flat()) days.add(fact.from).add(fact.until);
  for (const bridging of facts.bridgings) days.add(bridging.termUntil);
  return [...days].sort((a, b) => a - b);
}

/** Fields are written out, here and below: this runs for every client of a portfolio, and spreading is slow. */
function stretchFrom(facts: StateFacts, from: Day, until: Day): StateStretch {
  const delivery = deliveryInForce(facts.deliveries, from);
  const entitlement = latestBegun(facts.entitlements, from);
  const { column, awaitingIndication, bridging } = regime(facts, from, delivery, entitlement);
  return {
    from,
    until,
    municipality: latestBegun(facts.homes, from)?.code ?? NONE,
    insurer: latestBegun(facts.insured, from)?.code ?? NONE,
    careOffice: latestBegun(facts.careOffices, from)?.code ?? NONE,
    profile: entitlement?.profile ?? NONE,
    form: delivery?.form ?? NONE,
    provider: delivery?.provider ?? NONE,
    column,
    awaitingIndication,
    bridging,
  };
}

/** With a modular package and a personal budget side by side it is the modular one. */
export function deliveryInForce(deliveries: readonly Delivery[], day: Day): Delivery | undefined {
  if (deliveries.length === 0) return undefined; // most clients
  const inForce = deliveries.filter((delivery) => contains(delivery, day));
  const modular = inForce.filter((delivery) => delivery.form === MODULAR);
  return latestBegun(modular.length > 0 ? modular : inForce, day);
}

type Regime = Pick<StateStretch, 'column' | 'awaitingIndication' | 'bridging'>;

const outsideRegime: Regime = { column: OUTSIDE, awaitingIndication: false, bridging: 'none' };
const awaitingRegime: Regime = { column: OUTSIDE, awaitingIndication: true, bridging: 'none' };
const entitledRegime: Regime = { column: ENTITLED, awaitingIndication: false, bridging: 'none' };
const expiredRegime: Regime = { column: ENTITLED, awaitingIndication: false, bridging: 'expired' };

/** The care regime of a living client on a day; the first of the page's list that matches. */
function regime(
  facts: StateFacts,
  day: Day,
  delivery: Delivery | undefined,
  entitlement: Entitlement | undefined,
): Regime {
  if (!entitlement) return delivery ? awaitingRegime : outsideRegime;
  if (delivery) {
    const column = columnOfDelivery(delivery, facts.treatments, day);
    return { column, awaitingIndication: false, bridging: 'none' };
  }
  const bridging = latestBegun(facts.bridgings, day);
  if (!bridging) return entitledRegime;
  if (day >= bridging.termUntil) return expiredRegime;
  return { column: columnOfForm[bridging.form]!, awaitingIndication: false, bridging: 'in-term' };
}

/** With treatment or not: the latest change since the delivery began, else what the delivery itself said. */
function columnOfDelivery(delivery: Delivery, treatments: readonly Treatment[], day: Day): number {
  if (delivery.form !== RESIDENCE) return columnOfForm[delivery.form]!;
  const since = treatments.filter((treatment) => treatment.from >= delivery.from);
  const withTreatment = latestBegun(since, day)?.withTreatment ?? delivery.withTreatment;
  return withTreatment ? WITH_TREATMENT : columnOfForm[RESIDENCE]!;
}

/** Where on the line a day lies; `undefined` after the day of death. */
export function stretchIndexOn(line: readonly StateStretch[], day: Day): number | undefined {
  let low = 0;
  let high = line.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const stretch = line[middle]!;
    if (day < stretch.from) high = middle - 1;
    else if (day >= stretch.until) low = middle + 1;
    else return middle;
  }
  return undefined;
}
