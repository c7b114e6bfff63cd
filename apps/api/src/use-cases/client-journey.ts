import type { Position } from '@domeinbrug/event-store';
import { Problem } from '@domeinbrug/problems';
import { holdersBesideIn, readPerson, type Person } from '@domeinbrug/projections';
import type { Stores } from '../stores/stores.js';

/**
 * All that is known now of a client, whatever moment is asked about; nothing of one that nobody ever told of. Who else
 * has its keys is known as far as the read models are, and not while they are being built.
 */
export async function knownClient(
  { log, references, projections }: Stores,
  clientId: string,
): Promise<KnownClient> {
  const { position } = await log.head();
  const beside = holdersBesideIn(projections);
  return { person: await readPerson(log, references, clientId, position, beside), now: position };
}

export interface KnownClient {
  person: Person;
  /** Up to where the log was read. */
  now: Position;
}

/** The same answer for a client that is not there and one that is not the asker's: existence is sensitive. */
export function unknownClient(): Problem {
  return new Problem('client-unknown', 'Nothing that you may see is known of this client.');
}

/** For those who may see the person: under which id it is read. */
export function mergedClient(into: string): Problem {
  return new Problem(
    'client-unknown',
    'This client turned out to be the same person as another; ask under the id in mergedInto.',
    { members: { mergedInto: into } },
  );
}
