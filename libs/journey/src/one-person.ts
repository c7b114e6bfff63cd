import type { ClientMerged } from './reference-events.js';

/** Which client ids are one person. A person is read under one id: the one that nothing merged away. */
export interface OnePerson {
  /** The id itself and every id merged into it, directly or through others; the id first, the others in order. */
  membersOf(client: string): string[];
  /** The id under which this one is read now; `null` while it is read under itself. */
  mergedInto(client: string): string | null;
}

export interface Merge extends Pick<ClientMerged, 'into' | 'from'> {
  type: 'client-merged' | 'client-unmerged';
}

/** Why a merge, or the undoing of one, has no effect. */
export type MergeObjection = 'itself' | 'merged-already' | 'circle' | 'not-merged';

/** Who is whom, kept up merge by merge, in the order in which they were recorded. */
export interface PersonLedger {
  /** Takes a merge or its undoing in, or says why it has no effect. */
  apply(merge: Merge): MergeObjection | null;
  persons(): OnePerson;
}

export function personLedger(): PersonLedger {
  const into = new Map<string, string>();
  return {
    apply(merge) {
      const objection = objectionAgainst(into, merge);
      if (objection) return objection;
      if (merge.type === 'client-merged') into.set(merge.from, merge.into);
      else into.delete(merge.from);
      return null;
    },
    persons: () => personsOf(new Map(into)),
  };
}

/**
 * Which ids are one person after merges and unmerges in the order in which they were recorded. One that cannot be
 * (an id that is merged already, a circle, the undoing of what was not merged) has no effect.
 */
export function onePerson(merges: Iterable<Merge>): OnePerson {
  const ledger = personLedger();
  for (const merge of merges) ledger.apply(merge);
  return ledger.persons();
}

function personsOf(into: ReadonlyMap<string, string>): OnePerson {
  const members = new Map<string, string[]>();
  for (const from of [...into.keys()].sort()) {
    const root = rootOf(into, from);
    members.set(root, [...(members.get(root) ?? [root]), from]);
  }
  return {
    membersOf: (client) => members.get(client) ?? [client],
    mergedInto: (client) => (into.has(client) ? rootOf(into, client) : null),
  };
}

function objectionAgainst(into: ReadonlyMap<string, string>, merge: Merge): MergeObjection | null {
  if (merge.into === merge.from) return 'itself';
  if (merge.type === 'client-unmerged') return into.get(merge.from) === merge.into ? null : 'not-merged';
  if (into.has(merge.from)) return 'merged-already';
  return rootOf(into, merge.into) === merge.from ? 'circle' : null;
}

function rootOf(into: ReadonlyMap<string, string>, client: string): string {
  let root = client;
  for (let next = into.get(root); next !== undefined; next = into.get(root)) root = next;
  return root;
}
