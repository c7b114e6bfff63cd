import { OPEN_END, type Day, type DayRange } from '@domeinbrug/calendar';
import { deliveryForms } from '@domeinbrug/terms';
import { NONE, type Bridging, type Fact, type Succession } from './facts.js';
import type { StateStretch } from './state-line.js';
import { codeOn } from './successions.js';

/** The days on which something happens that a rule may open a window on; ascending. */
export interface Triggers {
  admission: Day[];
  discharge: Day[];
  'delivery-start': Day[];
  'entitlement-start': Day[];
  'bridging-start': Day[];
  move: Day[];
  death: Day[];
}

const RESIDENCE = deliveryForms.indexOf('residence');

/** Read off the state line, whether or not an entitlement holds. */
export function triggersOf(
  line: readonly StateStretch[],
  bridgings: readonly Bridging[],
  death: Fact | null,
  successions: readonly Succession[],
): Triggers {
  const triggers: Triggers = {
    admission: [],
    discharge: [],
    'delivery-start': [],
    'entitlement-start': [],
    'bridging-start': bridgings.map((bridging) => bridging.from).sort((a, b) => a - b),
    move: [],
    death: death ? [death.from] : [],
  };
  for (let at = 1; at < line.length; at++) addChanges(triggers, line[at - 1]!, line[at]!, successions);
  for (const run of residenceRuns(line)) {
    triggers.admission.push(run.from);
    // Ended by death is no discharge.
    if (run.until < OPEN_END && run.until !== death?.until) triggers.discharge.push(run.until - 1);
  }
  return triggers;
}

function addChanges(
  triggers: Triggers,
  before: StateStretch,
  now: StateStretch,
  successions: readonly Succession[],
): void {
  if (now.form !== NONE && now.form !== before.form) triggers['delivery-start'].push(now.from);
  if (now.profile !== NONE && before.profile === NONE) triggers['entitlement-start'].push(now.from);
  const known = now.municipality !== NONE && before.municipality !== NONE;
  // Nobody moves because a municipality goes on under another code.
  const moved =
    known && now.municipality !== codeOn(successions, 'municipality', before.municipality, now.from);
  if (moved) triggers.move.push(now.from);
}

/** Unbroken runs of days in a residence form, with or without treatment, with or without entitlement. */
export function residenceRuns(line: readonly StateStretch[]): DayRange[] {
  const runs: DayRange[] = [];
  for (const stretch of line) {
    if (stretch.form !== RESIDENCE) continue;
    const last = runs.at(-1);
    if (last?.until === stretch.from) last.until = stretch.until;
    else runs.push({ from: stretch.from, until: stretch.until });
  }
  return runs;
}
