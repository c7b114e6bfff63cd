import type { Cells } from '../cells.js';
import type { PrivacyRule } from '../privacy/privacy-rule.js';
import { publishTotals, type PublishedTotals } from '../privacy/publish-cells.js';
import { refills } from './break-even.js';

/** What the care offices pay less of one service, and what is left of it as freed places are taken again. */
export interface WlzSaving {
  service: string;
  /** Fewer under the alternative. */
  days: number;
  /** Cents less, by basis; never added to each other. */
  recorded: number;
  agreed: number;
  assumedMid: number;
  /** By the share of what is freed that the next on the list takes (percent): whole cents still saved, by basis. */
  refill: { percent: number; recorded: number; agreed: number; assumedMid: number }[];
}

/** Services on which care offices pay fewer days, where it may be told. @param cells by funder, service, kind and month */
export function wlzSavingsOf(cells: Cells, privacy: PrivacyRule): WlzSaving[] {
  const [funder, service] = [cells.dimensions.indexOf('funder'), cells.dimensions.indexOf('service')];
  const ofWlz = cells.rows.filter(({ labels }) => labels[funder]?.startsWith('care-office:'));
  const totals = publishTotals({ ...cells, rows: ofWlz }, privacy, (labels) => labels[service]!);
  return tellable([...totals]).flatMap(([name, { change }]) => {
    if (!change || change.days >= 0) return [];
    const saved = {
      recorded: less(change.recorded),
      agreed: less(change.agreed),
      assumedMid: less(change.assumedMid),
    };
    const left = (cents: number, percent: number): number => Math.round((cents * (100 - percent)) / 100);
    const refill = refills.map((percent) => ({
      percent,
      recorded: left(saved.recorded, percent),
      agreed: left(saved.agreed, percent),
      assumedMid: left(saved.assumedMid, percent),
    }));
    return [{ service: name, days: -change.days, ...saved, refill }];
  });
}

/** What care offices pay less in all is known: where one service is hidden, the one with the fewest days hides it. */
function tellable(totals: readonly [string, PublishedTotals][]): readonly [string, PublishedTotals][] {
  if (totals.every(([, { change }]) => change !== null)) return totals;
  const told = totals.filter(([, { change }]) => change !== null && change.days !== 0);
  const days = ([, { change }]: [string, PublishedTotals]): number => Math.abs(change!.days);
  const fewest = Math.min(...told.map(days));
  return told.filter((each) => days(each) > fewest);
}

/** Never `-0`. */
function less(change: number): number {
  return change === 0 ? 0 : -change;
}
