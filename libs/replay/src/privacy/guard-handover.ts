import type { ReplayFigures } from '../results/figures-of.js';
import { spreadOf, type HandoverByRegion, type HandoverDays } from '../results/handover-by-region.js';
import { roundClients, roundDays, tooFew, type PrivacyRule } from './privacy-rule.js';
import { publishCells } from './publish-cells.js';
import { rowsToHide } from './suppress.js';

/**
 * Regions with few admissions are left out, and those that the table of kinds hides or that would lay others bare: both
 * are about the same days. What is told per admission is exact and then rounded to whole days, from which neither days
 * nor admissions can be found.
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
      const told = ({ days, clients, perAdmission }: HandoverDays): HandoverDays => ({
        days: roundDays(days, privacy),
        clients: roundClients(clients, privacy),
        perAdmission: k === 0 ? perAdmission : Math.round(perAdmission),
      });
      const admissions = roundClients(figures.admissions, privacy);
      return { region, admissions, baseline: told(figures.baseline), alternative: told(figures.alternative) };
    });
  return { regions: shown, spread: spreadOf(shown) };
}
