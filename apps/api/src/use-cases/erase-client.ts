import type { Asker } from '@domeinbrug/access';
import { amsterdamDay, formatDay } from '@domeinbrug/calendar';
import { mayHoldBsn } from '@domeinbrug/intake';
import { streamOfClient } from '@domeinbrug/journey';
import { AskedText } from '@domeinbrug/platform';
import { invalidRequest, Problem, type ProblemError } from '@domeinbrug/problems';
import {
  ClientHeld,
  erase,
  openKeyRing,
  keysPlaceOf,
  ownerName,
  type Erasure,
  type KeyOwner,
  type OpenedEvent,
} from '@domeinbrug/privacy';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { knownClient, mergedClient, unknownClient } from './client-journey.js';

/** Why somebody is erased, and who, where it is not the client. */
export class ErasureRequest {
  @AskedText(
    /^\P{Cc}{10,200}$/u,
    'Say in 10 to 200 characters why; it is kept, so name nobody.',
    'Why. It is kept with the erasure, so it names nobody.',
    'asked by the client, letter 2025-0113',
  )
  reason?: string;

  @AskedText(
    /^\P{Cc}{1,64}$/u,
    'Give the pseudonym under which the carer was sent.',
    'Only this carer of the client, by the pseudonym that was sent; left out: the client.',
    'carer-1',
  )
  carerId?: string;

  static problemsOf({ reason }: ErasureRequest): ProblemError[] {
    if (reason === undefined)
      return [{ pointer: '/reason', code: 'required', detail: 'Say why, in reason.' }];
    if (typeof reason !== 'string' || !mayHoldBsn(reason)) return [];
    return [{ pointer: '/reason', code: 'holds-bsn', detail: 'A reason that is kept holds no BSN.' }];
  }
}

export interface ErasureAnswer {
  clientId: string;
  /** `known`: it was so already, and only what was left undone has been done. */
  status: 'erased' | 'known';
  /** The day on which it was done, in the Netherlands. */
  day: string;
  /** Where the log is: a read with `atLeast` this sees nothing any more. */
  position: string;
  /** Events from before there were keys: their personal fields still stand in the log, and no answer tells of them. */
  plainEvents: number;
}

/** Forgets a client for good, or a carer of one. Asked again it changes nothing. */
export class EraseClient extends Command<ErasureAnswer> {
  constructor(
    readonly clientId: string,
    readonly request: ErasureRequest,
    readonly asker: Asker,
  ) {
    super();
  }
}

@CommandHandler(EraseClient)
export class EraseClientHandler implements ICommandHandler<EraseClient> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem 400; 404 for a client, or a carer, of whom nothing is known; 409 while something holds the client */
  async execute({ clientId, request, asker }: EraseClient): Promise<ErasureAnswer> {
    const problems = ErasureRequest.problemsOf(request);
    if (problems.length > 0) throw invalidRequest(problems);
    return eraseClient(this.stores, clientId, request, `${asker.kind}:${asker.code}`);
  }
}

/** @param by who does it, as it is kept: an organisation or a function */
export async function eraseClient(
  stores: Stores,
  clientId: string,
  { reason, carerId }: ErasureRequest,
  by: string,
): Promise<ErasureAnswer> {
  const { keys, config, log, replays } = stores;
  const owners = await ownersOf(stores, clientId, carerId);
  await refuseHeld(stores, owners);
  const plainEvents = await countPlain(stores, owners);
  const at = Date.now();
  const done: Erasure[] = [];
  for (const owner of owners) {
    const erasure = { ...owner, at, by, reason: reason! };
    done.push(await erase({ store: keys, log, dataDir: config.dataDir }, erasure).catch(refusal));
    if (owner.person === '') replays.forgetClients([owner.client]);
  }
  const { at: erasedAt } = done.at(-1)!;
  return {
    clientId,
    status: erasedAt === at ? 'erased' : 'known',
    day: formatDay(amsterdamDay(erasedAt)),
    position: (await log.head()).position,
    plainEvents,
  };
}

/** A hold on one of the ids of a person is one on all: nothing is erased then. */
async function refuseHeld({ keys }: Stores, owners: readonly KeyOwner[]): Promise<void> {
  const hold = (await keys.holds()).find(({ client }) => owners.some((owner) => owner.client === client));
  if (hold) refusal(new ClientHeld(hold));
}

async function countPlain({ log }: Stores, owners: readonly KeyOwner[]): Promise<number> {
  const streams = await Promise.all(owners.map(({ client }) => log.readStream(streamOfClient(client))));
  const isPlain = (event: OpenedEvent): boolean => event.personal !== null && event.toldHash === undefined;
  return streams.flat().filter(isPlain).length;
}

/** Whose keys go, under every id that the client has now: its own, or those of one carer. */
async function ownersOf(stores: Stores, clientId: string, carerId?: string): Promise<KeyOwner[]> {
  const { person, now } = await knownClient(stores, clientId);
  const into = person.mergedIntoAt(now);
  if (into !== null) throw mergedClient(into);
  // Its own id last: broken off before, the others are still found by it.
  const others = person.membersAt(now).filter((member) => member !== clientId);
  const members = [...others, clientId];
  const { keys: found, erasures } = await stores.keys.find(members);
  const known = new Set([...found, ...erasures].map(ownerName));
  if (carerId !== undefined) return carersOf(stores, members, carerId, known);
  const own = members.map((client) => ({ client, person: '' }));
  if (person.eventsAt(now).length === 0 && !known.has(ownerName(own.at(-1)!))) throw unknownClient();
  return own;
}

/** Keys lie under the id that the carer was sent for. */
async function carersOf(
  { keys, config }: Stores,
  members: readonly string[],
  carerId: string,
  known: ReadonlySet<string>,
): Promise<KeyOwner[]> {
  const ring = openKeyRing(keysPlaceOf(config), keys);
  const named = await Promise.all(
    members.map(async (client) => ({ client, person: await ring.personNamed(client, carerId) })),
  );
  const carers = named.filter((owner) => known.has(ownerName(owner)));
  if (carers.length === 0) throw new Problem('client-unknown', 'No such carer of this client is known.');
  return carers;
}

function refusal(error: unknown): never {
  throw error instanceof ClientHeld ? new Problem('client-held', error.message) : error;
}
