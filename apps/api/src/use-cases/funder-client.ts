import { formatDay } from '@domeinbrug/calendar';
import {
  clipRows,
  determineCoverage,
  gapsByFunder,
  payerLines,
  type Clip,
  type CoverageTimeline,
  type PayerLine,
} from '@domeinbrug/coverage';
import type { FunderDaysAsked, Viewpoint } from '@domeinbrug/portfolio';
import { readPerson, type FunderClient } from '@domeinbrug/projections';
import { services } from '@domeinbrug/terms';
import type { Stores } from '../stores/stores.js';

/** A client's timeline from the log, seen from a viewpoint, with its payers. */
export async function timelineAt(
  { log, references, rules }: Stores,
  clientId: string,
  { at, ruleSet }: Viewpoint,
): Promise<{ timeline: CoverageTimeline; lines: PayerLine[] }> {
  const journey = (await readPerson(log, references, clientId, at.position)).journeyAt(at.position);
  const timeline = determineCoverage(journey, rules.compiledOf(ruleSet), at);
  return { timeline, lines: payerLines(journey, at) };
}

/** What a funder pays, and leaves unpaid, of a client on the days asked; rows are whole, not cut to those days. */
export async function funderClientAt(
  stores: Stores,
  clientId: string,
  view: Viewpoint,
  asked: FunderDaysAsked,
): Promise<FunderClient> {
  const { funder, kinds } = asked;
  const clip = clipOf(asked);
  const { timeline, lines } = await timelineAt(stores, clientId, view);
  const cover = timeline.cover.filter(
    (row) =>
      row.funder === funder && (!kinds || kinds.includes(row.kind)) && clipRows([row], clip).length > 0,
  );
  const gaps = kinds
    ? []
    : gapsByFunder(timeline.gaps, stores.rules.compiledOf(view.ruleSet), lines)
        .filter((each) => each.funder === funder)
        .map(({ gap, law, firstDay, lastDay }) => ({ ...gap, law, firstDay, lastDay }))
        .filter((row) => clipRows([row], clip).length > 0);
  return { clientId, cover, gaps };
}

/** The same rows and gaps, cut to the days asked. */
export function cutToDays({ clientId, cover, gaps }: FunderClient, asked: FunderDaysAsked): FunderClient {
  const clip = clipOf(asked);
  return { clientId, cover: clipRows(cover, clip), gaps: clipRows(gaps, clip) };
}

function clipOf({ scope }: FunderDaysAsked): Clip {
  return {
    firstDay: formatDay(scope.from),
    lastDay: formatDay(scope.until - 1),
    services: scope.services.map((service) => services[service]!),
  };
}
