import { funderKinds, type FunderKind } from '@domeinbrug/terms';
import { isForgotten } from './client-table.js';
import type { Generation } from './generation.js';
import { kindOf } from './kinds.js';
import { lastAtMost } from './numbers.js';
import type { FactRow } from './rows.js';

/** An organisation that can pay; of a pool the code is its place among the archive's pools. */
export interface FunderCode {
  level: FunderKind;
  code: number;
}

const CODE_BITS = 28;

/** The facts that name a funder: what a client's payer on a day is read from. */
const levelOfKind = new Map<number, FunderKind>([
  [kindOf.home, 'municipality'],
  [kindOf.insured, 'insurer'],
  [kindOf['care-office'], 'care-office'],
  [kindOf['joint-funding'], 'pool'],
]);

/** One number for a funder; `undefined` for a fact that names none. */
export function funderOf({ kind, code }: FactRow): number | undefined {
  const level = levelOfKind.get(kind);
  return level && funderNumber({ level, code });
}

export function funderNumber({ level, code }: FunderCode): number {
  return funderKinds.indexOf(level) * 2 ** CODE_BITS + code;
}

/** Every client of whom a version of the facts, of whatever moment, names the funder; each once. */
export function* clientsOfFunder(generation: Generation, funder: number): Generator<number> {
  const { funders, fundersClients, newFundersClients } = generation.tables;
  const known = generation.used('funders');
  const at = lastAtMost(known, (place) => funders.funder[place]!, funder);
  if (at >= 0 && funders.funder[at] === funder) {
    const end = at + 1 < known ? funders.first[at + 1]! : generation.used('fundersClients');
    for (let place = funders.first[at]!; place < end; place++) yield fundersClients.client[place]!;
  }
  const added = generation.used('newFundersClients');
  for (let place = 0; place < added; place++) {
    if (newFundersClients.funder[place] === funder) yield newFundersClients.client[place]!;
  }
}

/** Notes that a client has a funder; the caller sees to it that it had not. */
export function noteFunder(generation: Generation, funder: number, client: number): void {
  const place = generation.used('newFundersClients');
  generation.tables.newFundersClients.funder[place] = funder;
  generation.tables.newFundersClients.client[place] = client;
  generation.setUsed('newFundersClients', place + 1);
}

/** Puts the clients of a base and those that came after it in order, as the base of another generation. */
export function mergeFunders(from: Generation, to: Generation): void {
  const sizes = new Map<number, number>();
  forEachPair(from, (funder) => sizes.set(funder, (sizes.get(funder) ?? 0) + 1));
  const { funders, fundersClients } = to.tables;
  const next = new Map<number, number>();
  let first = 0;
  [...sizes.keys()]
    .sort((a, b) => a - b)
    .forEach((funder, place) => {
      funders.funder[place] = funder;
      funders.first[place] = first;
      next.set(funder, first);
      first += sizes.get(funder)!;
    });
  forEachPair(from, (funder, client) => {
    const place = next.get(funder)!;
    fundersClients.client[place] = client;
    next.set(funder, place + 1);
  });
  to.setUsed('funders', sizes.size);
  to.setUsed('fundersClients', first);
}

function forEachPair(generation: Generation, see: (funder: number, client: number) => void): void {
  const visit = (funder: number, client: number): void => {
    if (!isForgotten(generation, client)) see(funder, client);
  };
  const { funders, fundersClients, newFundersClients } = generation.tables;
  const known = generation.used('funders');
  for (let at = 0; at < known; at++) {
    const end = at + 1 < known ? funders.first[at + 1]! : generation.used('fundersClients');
    for (let place = funders.first[at]!; place < end; place++)
      visit(funders.funder[at]!, fundersClients.client[place]!);
  }
  const added = generation.used('newFundersClients');
  for (let place = 0; place < added; place++) {
    visit(newFundersClients.funder[place]!, newFundersClients.client[place]!);
  }
}
