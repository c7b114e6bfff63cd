import type { ReplayFigures } from '../results/figures-of.js';
import {
  perAdmission,
  spreadOf,
  type HandoverByRegion,
  type HandoverDays,
} from '../results/handover-by-region.js';
import { roundClients, tooFew, type PrivacyRule } from './privacy-rule.js';
import { publishCells } from './publish-cells.js';
import { rowsToHide } from './suppress.js';

/**
 * Regions with few admissions are left out, and those that the table of kinds hides or that would lay others bare: both
 * are about the same days. What is told per admission is made of the rounded figures, from which the exact ones cannot
 * be found.
 */
export function guardHandover({ handover, kinds }: ReplayFigures, privacy: PrivacyRule): HandoverByRegion {
  const { k } = privacy;
  const hiddenKinds = publishCells(kinds, privacy).rows.filter(({ suppressed }) => suppressed);
  const isHidden = (region: string | null): boolean =>
    hiddenKinds.some(({ labels }) => labels[0] === 'handover' && labels[1] === region);
  const rows = handover.cells.rows;
  const begun = rows.flatMap(({ labels: [region] }, at) => {
    const few = handover.regions.some((each) => each.region === region && tooFew(each.admissions, k));
    return k > 0 && (few || isHidden(region!)) ? [at] : [];
  });
  const hidden = [...rowsToHide(rows, k, new Set(begun))].map((at) => rows[at]!.labels[0]);
  const shown = handover.regions
    .filter(({ region, admissions }) => !tooFew(admissions, k) && !hidden.includes(region))
    .map(({ region, ...figures }) => {
      const admissions = roundClients(figures.admissions, privacy);
      const told = ({ days, clients }: HandoverDays): HandoverDays => ({
        days,
        clients: roundClients(clients, privacy),
        perAdmission: perAdmission(days, admissions),
      });
      return { region, admissions, baseline: told(figures.baseline), alternative: told(figures.alternative) };
    });
  return { regions: shown, spread: spreadOf(shown) };
}
