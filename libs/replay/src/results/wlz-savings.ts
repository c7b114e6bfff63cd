import type { Cells } from '../cells.js';
import type { PrivacyRule } from '../privacy/privacy-rule.js';
import { publishTotals } from '../privacy/publish-cells.js';
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
  return [...totals].flatMap(([name, { change }]) => {
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

/** Never `-0`. */
function less(change: number): number {
  return change === 0 ? 0 : -change;
}
