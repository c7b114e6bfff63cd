import type { Day } from '@domeinbrug/calendar';
import type { CodeLevel } from '@domeinbrug/journey';
import type { Column, DeliveryForm } from '@domeinbrug/terms';
import { isResidenceForm } from './deliveries.js';
import type { Bridging, Coded, Delivery, Entitlement, Facts } from './fact-types.js';
import { latestBegun } from './lines.js';
import { holderOn } from './mergers.js';

export type Regime =
  'deceased' | 'delivered' | 'awaiting-indication' | 'bridged' | 'bridging-expired' | 'entitled' | 'outside';

/** What holds for the client on one day, apart from what the client needs. */
export interface DayState {
  regime: Regime;
  column: Column;
  municipality: string | null;
  insurer: string | null;
  careOffice: string | null;
  entitlement: Entitlement | null;
  /** The delivery in force, with or without an entitlement. */
  delivery: Delivery | null;
}

/** `stateOn(day)` for any day, each worked out once. */
export function dayStates(facts: Facts): (day: Day) => DayState {
  const known = new Map<Day, DayState>();
  return (day) => {
    const state = known.get(day) ?? stateOf(facts, day);
    known.set(day, state);
    return state;
  };
}

function stateOf(facts: Facts, day: Day): DayState {
  const entitlement = latestBegun(facts.entitlements, day);
  const delivery = deliveryOn(facts, day);
  const holder = (level: CodeLevel, told: readonly Coded[]): string | null => {
    const found = latestBegun(told, day);
    return found && holderOn(facts.mergers, level, found.code, day);
  };
  return {
    ...regimeOf(facts, day, entitlement, delivery),
    municipality: holder('municipality', facts.homes),
    insurer: holder('insurer', facts.policies),
    careOffice: holder('care-office', facts.careOffices),
    entitlement,
    delivery,
  };
}

/** Exactly one regime a day: the first that fits. */
function regimeOf(
  facts: Facts,
  day: Day,
  entitlement: Entitlement | null,
  delivery: Delivery | null,
): Pick<DayState, 'regime' | 'column'> {
  if (facts.death !== null && day > facts.death) return { regime: 'deceased', column: 'outside' };
  if (delivery && !entitlement) return { regime: 'awaiting-indication', column: 'outside' };
  if (delivery) return { regime: 'delivered', column: columnOf(facts, day, delivery) };
  if (!entitlement) return { regime: 'outside', column: 'outside' };
  const bridging = latestBegun(facts.bridgings, day);
  if (!bridging) return { regime: 'entitled', column: 'entitled' };
  if (day <= lastDayOfTerm(facts, bridging)) return { regime: 'bridged', column: bridging.form };
  return { regime: 'bridging-expired', column: 'entitled' };
}

/** With modular care and a personal budget both in force, it is the modular care that counts. */
function deliveryOn(facts: Facts, day: Day): Delivery | null {
  const modular = facts.deliveries.filter(({ form }) => form === 'modular');
  return latestBegun(modular, day) ?? latestBegun(facts.deliveries, day);
}

function columnOf(facts: Facts, day: Day, delivery: Delivery): Column {
  if (!isResidenceForm(delivery.form)) return delivery.form;
  return withTreatmentOn(facts, day, delivery) ? 'residence-with-treatment' : 'residence';
}

/** The latest change of treatment since the delivery began, else what the delivery itself says. */
function withTreatmentOn(facts: Facts, day: Day, delivery: Delivery): boolean {
  const since = facts.treatmentChanges.filter(({ first }) => first >= delivery.first);
  return latestBegun(since, day)?.withTreatment ?? delivery.withTreatment;
}

/** 91 days from the first day of this bridging or of the one it directly continues, or longer by extensions decided in time. */
function lastDayOfTerm(facts: Facts, bridging: Bridging): Day {
  const firstDay = firstDayOfTerm(facts, bridging);
  let last = firstDay + 90;
  for (;;) {
    const inTime = facts.extensions.filter(({ decidedOn }) => decidedOn >= firstDay && decidedOn <= last);
    const longest = Math.max(last, ...inTime.map((extension) => extension.last));
    if (longest === last) return last;
    last = longest;
  }
}

function firstDayOfTerm(facts: Facts, bridging: Bridging): Day {
  const previous = facts.bridgings.find(({ last }) => last === bridging.first - 1);
  return previous ? firstDayOfTerm(facts, previous) : bridging.first;
}

/** Whether the client is in a residence form on a day, entitled or not. */
export function inResidence(state: DayState): boolean {
  return state.delivery !== null && isResidenceForm(state.delivery.form);
}

/** The form delivered on a day; treatment makes no difference. */
export function formOf(state: DayState): DeliveryForm | null {
  return state.delivery?.form ?? null;
}
