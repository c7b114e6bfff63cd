import { OPEN_END, type Day, type DayRange } from '@domeinbrug/calendar';
import { deliveryForms } from '@domeinbrug/terms';
import { NONE, withOneMore, type Bridging, type Fact, type Succession } from './facts.js';
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

/** Most clients have no trigger of a kind: they share this. */
const none: Day[] = [];

const RESIDENCE = deliveryForms.indexOf('residence');

/** Read off the state line, whether or not an entitlement holds. */
export function triggersOf(
  line: readonly StateStretch[],
  bridgings: readonly Bridging[],
  death: Fact | null,
  successions: readonly Succession[],
): Triggers {
  const triggers: Triggers = {
    admission: none,
    discharge: none,
    'delivery-start': none,
    'entitlement-start': none,
    'bridging-start': bridgings.length === 0 ? none : startsOf(bridgings),
    move: none,
    death: death ? [death.from] : none,
  };
  for (let at = 1; at < line.length; at++) addChanges(triggers, line[at - 1]!, line[at]!, successions);
  for (const run of residenceRuns(line)) {
    triggers.admission = withOneMore(triggers.admission, run.from);
    // Ended by death is no discharge.
    if (run.until < OPEN_END && run.until !== death?.until)
      triggers.discharge = withOneMore(triggers.discharge, run.until - 1);
  }
  return triggers;
}

function startsOf(bridgings: readonly Bridging[]): Day[] {
  return bridgings.map((bridging) => bridging.from).sort((a, b) => a - b);
}

function addChanges(
  triggers: Triggers,
  before: StateStretch,
  now: StateStretch,
  successions: readonly Succession[],
): void {
  if (now.form !== NONE && now.form !== before.form)
    triggers['delivery-start'] = withOneMore(triggers['delivery-start'], now.from);
  if (now.profile !== NONE && before.profile === NONE)
    triggers['entitlement-start'] = withOneMore(triggers['entitlement-start'], now.from);
  const known = now.municipality !== NONE && before.municipality !== NONE;
  // Nobody moves because a municipality goes on under another code.
  const moved =
    known && now.municipality !== codeOn(successions, 'municipality', before.municipality, now.from);
  if (moved) triggers.move = withOneMore(triggers.move, now.from);
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
