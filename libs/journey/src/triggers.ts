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
  const residences = residenceRuns(line);
  return {
    admission: residences.map((run) => run.from),
    discharge: residences
      .filter((run) => run.until < OPEN_END && run.until !== death?.until) // ended by death is no discharge
      .map((run) => run.until - 1),
    'delivery-start': changes(line, (before, now) => now.form !== NONE && now.form !== before.form),
    'entitlement-start': changes(line, (before, now) => now.profile !== NONE && before.profile === NONE),
    'bridging-start': bridgings.map((bridging) => bridging.from).sort((a, b) => a - b),
    move: changes(
      line,
      (before, now) =>
        before.municipality !== NONE &&
        now.municipality !== NONE &&
        // Nobody moves because a municipality goes on under another code.
        now.municipality !== codeOn(successions, 'municipality', before.municipality, now.from),
    ),
    death: death ? [death.from] : [],
  };
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

function changes(
  line: readonly StateStretch[],
  happened: (before: StateStretch, now: StateStretch) => boolean,
): Day[] {
  return line.filter((now, at) => at > 0 && happened(line[at - 1]!, now)).map((stretch) => stretch.from);
}
