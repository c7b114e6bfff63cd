import { ALWAYS, contains, OPEN_END, type Day, type DayRange } from '@domeinbrug/calendar';
import { columns, deliveryForms } from '@domeinbrug/terms';
import {
  beganLater,
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
  const line: StateStretch[] = [];
  for (let from = ALWAYS; from < lineUntil;) {
    const until = Math.min(nextBoundary(facts, from), lineUntil);
    line.push(stretchFrom(facts, from, until));
    from = until;
  }
  return line;
}

/** The first later day on which any of the facts begins or ends, or the term of a bridging does. */
function nextBoundary(facts: StateFacts, day: Day): Day {
  let next = nextBound(facts.homes, day, OPEN_END);
  next = nextBound(facts.insured, day, next);
  next = nextBound(facts.careOffices, day, next);
  next = nextBound(facts.entitlements, day, next);
  next = nextBound(facts.deliveries, day, next);
  next = nextBound(facts.treatments, day, next);
  next = nextBound(facts.bridgings, day, next);
  for (const { termUntil } of facts.bridgings) if (termUntil > day && termUntil < next) next = termUntil;
  return next;
}

function nextBound(facts: readonly Fact[], day: Day, next: Day): Day {
  let earliest = next;
  for (let at = 0; at < facts.length; at++) {
    const { from, until } = facts[at]!;
    if (from > day && from < earliest) earliest = from;
    if (until > day && until < earliest) earliest = until;
  }
  return earliest;
}

/** Fields are written out, here and below: this runs for every client of a portfolio, and spreading is slow. */
function stretchFrom(facts: StateFacts, from: Day, until: Day): StateStretch {
  const delivery = deliveryInForce(facts.deliveries, from);
  const entitlement = latestBegun(facts.entitlements, from);
  const { column, awaitingIndication, bridging } = regime(facts, from, delivery, entitlement);
  return {
    from,
    until,
    municipality: codeInForce(facts.homes, from),
    insurer: codeInForce(facts.insured, from),
    careOffice: codeInForce(facts.careOffices, from),
    profile: entitlement?.profile ?? NONE,
    form: delivery?.form ?? NONE,
    provider: delivery?.provider ?? NONE,
    column,
    awaitingIndication,
    bridging,
  };
}

/** As {@link latestBegun}, which sees facts of all kinds: here all are of one shape, and looked up the faster. */
function codeInForce(facts: readonly CodeFact[], day: Day): number {
  let found: CodeFact | undefined;
  for (const fact of facts) {
    if (fact.from <= day && day < fact.until && (!found || beganLater(fact, found))) found = fact;
  }
  return found ? found.code : NONE;
}

/** With a modular package and a personal budget side by side it is the modular one. */
export function deliveryInForce(deliveries: readonly Delivery[], day: Day): Delivery | undefined {
  let found: Delivery | undefined;
  for (const delivery of deliveries) {
    if (contains(delivery, day) && (!found || goesBefore(delivery, found))) found = delivery;
  }
  return found;
}

function goesBefore(delivery: Delivery, other: Delivery): boolean {
  const isModular = delivery.form === MODULAR;
  return isModular === (other.form === MODULAR) ? beganLater(delivery, other) : isModular;
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
  const change = latestBegun(treatments, day);
  const { withTreatment } = change && change.from >= delivery.from ? change : delivery;
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
