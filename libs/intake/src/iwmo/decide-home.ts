import type { JourneyEvent, JourneyEventOf } from '@domeinbrug/journey';
import type { IdentifiedEvent } from '../accepted-event.js';
import { idOf, isOfKey, type ExistingEvent } from './word.js';

type Decision = JourneyEventOf<'wmo-decision-issued'>;
type Move = JourneyEventOf<'client-moved'>;

/**
 * A municipality decides for its residents, so a decision on a day for which no home is known says where the
 * client lived: one `client-moved` to its municipality on its first day. A home lasts until the next one, so only
 * the earliest decision can need it. That is a function of all that is known, not of what came first: a move that
 * an earlier import made and that is no longer right is retracted by the municipality's own system.
 */
export function decideHome(
  effective: readonly JourneyEvent[],
  stream: readonly ExistingEvent[],
  time: string,
  clientId: string,
): IdentifiedEvent[] {
  const earliest = effective.filter(isImportedDecision).sort(byFirstDay)[0];
  const needed =
    earliest && !effective.some((event) => isKnownHome(event, earliest.data.firstDay)) ? earliest : undefined;
  const made = effective.filter(isImportedMove);
  const right = needed && made.find((move) => states(move, needed));
  const retractions = made
    .filter((move) => move !== right)
    .map((move) => ({
      id: idOf(move.source, move.id, 'event-retracted'),
      source: move.source,
      type: 'event-retracted' as const,
      data: { retracts: { source: move.source, id: move.id }, reason: 'earlier-home-known' },
    }));
  const moves = needed && !right ? [moveOf(needed, stream)] : [];
  return [...retractions, ...moves].map((event) => ({ ...event, time, clientId, extensions: {} }));
}

function moveOf(
  { source, data: { municipality, firstDay } }: Decision,
  stream: readonly ExistingEvent[],
): Pick<IdentifiedEvent, 'id' | 'source' | 'type' | 'data'> {
  const keyId = idOf(source, municipality, firstDay, 'client-moved');
  // The same move may have been made and retracted before; a retracted id stays retracted.
  const before = stream.filter(({ event }) => event.source === source && isOfKey(event.id, keyId)).length;
  const id = before === 0 ? keyId : `${keyId}/${before}`;
  return { id, source, type: 'client-moved', data: { municipality, firstDay } };
}

function isKnownHome(event: JourneyEvent, firstDay: string): boolean {
  const isHome = event.type === 'client-registered' || event.type === 'client-moved';
  return isHome && !isImportedMove(event) && event.data.firstDay <= firstDay;
}

function isImported({ source }: JourneyEvent): boolean {
  return source.endsWith(':systeem:iwmo');
}

function isImportedMove(event: JourneyEvent): event is Move {
  return event.type === 'client-moved' && isImported(event);
}

/** A decision that ends before it begins was never granted. */
function isImportedDecision(event: JourneyEvent): event is Decision {
  if (event.type !== 'wmo-decision-issued' || !isImported(event)) return false;
  return event.data.lastDay === undefined || event.data.lastDay >= event.data.firstDay;
}

function states(move: Move, { source, data }: Decision): boolean {
  const { municipality, firstDay } = move.data;
  return move.source === source && municipality === data.municipality && firstDay === data.firstDay;
}

function byFirstDay(a: Decision, b: Decision): number {
  const [left, right] = [a, b].map(({ source, data }) => `${data.firstDay} ${data.municipality} ${source}`);
  return left! < right! ? -1 : left! > right! ? 1 : 0;
}
