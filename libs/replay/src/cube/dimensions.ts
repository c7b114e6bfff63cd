import type { Day } from '@domeinbrug/calendar';
import {
  coverKinds,
  organisationCode,
  providerCode,
  type Evaluation,
  type Payment,
} from '@domeinbrug/coverage';
import { stretchIndexOn } from '@domeinbrug/journey';
import { funderKinds, services } from '@domeinbrug/terms';
import type { CellKey } from './cell-table.js';

/** What a result may be told by. A region is the care office of the day. */
export const dimensions = ['funder', 'service', 'kind', 'month', 'region', 'provider'] as const;
export type Dimension = (typeof dimensions)[number];

export const defaultDimensions: readonly Dimension[] = ['funder', 'service', 'kind', 'month'];

/** Bits that the parts of a cell's first number take; the funder's code takes what is left. */
const KIND_BITS = 4;
const SERVICE_BITS = 5;
const FUNDER_KIND_BITS = 2;
const KIND_AND_SERVICE = KIND_BITS + SERVICE_BITS;

/** Packs and names cells by the dimensions that are asked for. */
export interface CellNames {
  /** The three numbers of the cell that a payment belongs to. */
  first(service: number, payment: Payment): number;
  region(evaluation: Evaluation, day: Day): number;
  provider(payment: Payment): number;
  /** Labels in the order of the dimensions asked for; `month` is left to the caller. */
  labelsOf(key: CellKey, month: string, pools: readonly string[]): (string | null)[];
}

export function cellNames(by: readonly Dimension[]): CellNames {
  const has = (dimension: Dimension): boolean => by.includes(dimension);
  const [byFunder, byService, byKind, byRegion, byProvider] = [
    has('funder'),
    has('service'),
    has('kind'),
    has('region'),
    has('provider'),
  ];
  return {
    first(service, { funderKind, code, kind }) {
      const funder = byFunder ? (code << FUNDER_KIND_BITS) | funderKinds.indexOf(funderKind) : 0;
      const inService = (funder << SERVICE_BITS) | (byService ? service : 0);
      return (inService << KIND_BITS) | (byKind ? coverKinds.indexOf(kind) : 0);
    },
    region: byRegion ? regionOn : () => 0,
    provider: byProvider ? ({ provider }) => provider : () => 0,
    labelsOf([first, region, provider], month, pools) {
      const labels: Record<Dimension, string | null> = {
        funder: funderOf(first >>> KIND_AND_SERVICE, pools),
        service: services[(first >>> KIND_BITS) & ((1 << SERVICE_BITS) - 1)]!,
        kind: coverKinds[first & ((1 << KIND_BITS) - 1)]!,
        month,
        region: organisationCode(region),
        provider: providerCode(provider),
      };
      return by.map((dimension) => labels[dimension]);
    },
  };
}

/** The care office of the day, after death that of the day of death. */
export function regionOn({ facts: { state } }: Evaluation, day: Day): number {
  const at = stretchIndexOn(state, day) ?? state.length - 1;
  return state[at]!.careOffice;
}

function funderOf(number: number, pools: readonly string[]): string {
  const kind = funderKinds[number & ((1 << FUNDER_KIND_BITS) - 1)]!;
  const code = number >>> FUNDER_KIND_BITS;
  return kind === 'pool' ? `pool:${pools[code]!}` : `${kind}:${organisationCode(code)}`;
}
