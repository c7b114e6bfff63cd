import { comparePositions, type Position } from '@domeinbrug/event-store';
import type { Value } from './client-rows.js';
import type { ClientChanges } from './fold-client.js';
import { positionKey } from './tables.js';

/** The columns of `changes`, in order. */
export const changeColumns = [
  'position',
  'client',
  'ordinal',
  'funder',
  'provider',
  'former_provider',
  'recorded_at',
  'caused_by_json',
  'change',
  'before_json',
  'after_json',
] as const;

/** The feed's rows of what one event changed for one client. */
export function changeRows(entry: ClientChanges): Value[][] {
  const causedBy = JSON.stringify([entry.causedBy]);
  return entry.changes.map(({ change, before, after }, index) => {
    const { funder, provider } = after ?? before;
    const formerProvider = before?.provider ?? null;
    return [
      positionKey(entry.position),
      entry.client,
      index + 1,
      funder,
      provider,
      formerProvider === provider ? null : formerProvider,
      entry.recordedAt,
      causedBy,
      change,
      before && JSON.stringify(before),
      after && JSON.stringify(after),
    ];
  });
}

/** Whether an entry is of this feed: none is after another has taken over. */
export function isOfFeed({ position }: ClientChanges, until: Position | null): boolean {
  return until === null || comparePositions(position, until) <= 0;
}

/** Rows that are not of these clients. */
export function ofOthers(rows: readonly Value[][], clients: ReadonlySet<string>): readonly Value[][] {
  return clients.size === 0 ? rows : rows.filter((row) => !clients.has(row[clientColumn] as string));
}

const clientColumn = changeColumns.indexOf('client');
