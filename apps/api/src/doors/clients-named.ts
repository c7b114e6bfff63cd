import type { Asker } from '@domeinbrug/access';
import type { ClientAliases } from '@domeinbrug/privacy';
import type { FastifyRequest } from 'fastify';

/** What the one who asks calls a client that is kept under an id. */
export type NameOf = (clientId: string) => string;

/**
 * Puts the ids of clients in the place of the asker's own aliases for them, in the address and in events of the body. A
 * text that is no alias of the asker's stays: one that is short enough is an id of its own choice, another's alias is not.
 *
 * @returns what the asker calls clients in turn: as it has named them here, or else by its alias
 */
export function readClientsNamed(
  request: Pick<FastifyRequest, 'params' | 'body'>,
  asker: Asker,
  aliases: ClientAliases,
): NameOf {
  const namedByTheirIds = new Set<unknown>();
  for (const place of placesIn(request)) {
    const client = typeof place.clientId === 'string' ? aliases.clientOf(place.clientId, asker) : undefined;
    if (client === undefined) namedByTheirIds.add(place.clientId);
    else place.clientId = client;
  }
  return (id) => (namedByTheirIds.has(id) ? id : aliases.aliasOf(id, asker));
}

/** The answer as its reader is given it: a copy in which clients have the names that the reader knows them by. */
export function withClientsNamed<T>(answer: T, nameOf: NameOf): T {
  if (!isRecord(answer)) return answer;
  const named = Object.entries(nameIn(answer, nameOf)).map(([field, value]) => [
    field,
    Array.isArray(value)
      ? value.map((item: unknown) => (isRecord(item) ? nameIn(item, nameOf) : item))
      : value,
  ]);
  return Object.fromEntries(named) as T;
}

interface Place extends Record<string, unknown> {
  clientId?: unknown;
}

function nameIn(place: Place, nameOf: NameOf): Place {
  return typeof place.clientId === 'string' ? { ...place, clientId: nameOf(place.clientId) } : place;
}

/**
 * The address; the data of an event, of each of a batch and of each that is supposed; and what a correction puts in the
 * place of such data. In binary mode the body itself is the data.
 */
function placesIn({ params, body }: Pick<FastifyRequest, 'params' | 'body'>): Place[] {
  const supposed = isRecord(body) && Array.isArray(body['events']) ? (body['events'] as unknown[]) : [];
  const events = [body, ...(Array.isArray(body) ? (body as unknown[]) : []), ...supposed].filter(isRecord);
  const data = events.flatMap((event) => (isRecord(event['data']) ? [event['data']] : []));
  const corrected = data.flatMap((each) => (isRecord(each['data']) ? [each['data']] : []));
  return [params, ...events, ...data, ...corrected].filter(isRecord);
}

function isRecord(value: unknown): value is Place {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
