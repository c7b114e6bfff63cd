import type { NewEvent, RecordedEvent } from '@domeinbrug/event-store';
import { clientOfStream, erasedCarer, isSealedPart, joinCarer, splitCarer } from '@domeinbrug/journey';
import { createHmac } from 'node:crypto';
import type { KeyRing, Keys } from './key-ring.js';
import type { Erasure, KeyOwner } from './key-store.js';
import { keyFor, seal, SealBroken, unseal } from './seal.js';

/** Somebody of whom the event tells was erased: nothing of it is recorded. */
export class PersonErased extends Error {
  override readonly name = 'PersonErased';

  constructor(readonly erasure: Erasure) {
    const day = new Date(erasure.at).toISOString().slice(0, 10);
    const who = erasure.person === '' ? 'This client' : 'The carer whom this event names';
    super(
      `${who} was erased on ${day}, and nothing more is recorded. Take it up with who runs this service if care begins anew.`,
    );
  }
}

type Fields = Record<string, unknown>;

/** What lies sealed under the client's key. */
interface ClientPart {
  fields: Fields;
  /** What the event's content hash is without a key; under a carer's key where a carer is named. */
  hash?: string;
  carer?: { person: string; sealed: string };
}

interface CarerPart {
  fields: Fields;
  hash: string;
}

/** An event as it was told, and where its personal part lay sealed its own content hash. */
export interface OpenedEvent extends RecordedEvent {
  /** `null` where it can no longer be known, since the carer was erased; absent where nothing was sealed. */
  toldHash?: string | null;
}

/**
 * Events of a client as they go into a log: personal fields under the client's key, a carer's under that carer's.
 *
 * A content hash can be guessed from when there are few years to be born in. So that of an event with personal fields is
 * put under the key as well: whoever sends the event again still gets the same one, and without the key it says nothing.
 *
 * @throws PersonErased
 */
export async function sealEvents(
  ring: KeyRing,
  client: string,
  stream: string,
  events: readonly NewEvent[],
): Promise<NewEvent[]> {
  const split = await Promise.all(events.map((event) => partsOf(ring, client, event)));
  const owners = split.flatMap((parts) => (parts === null ? [] : ownersOf(client, parts)));
  const keys = owners.length === 0 ? await ring.find([client]) : await ring.ensure(owners);
  refuseErased(keys, [{ client, person: '' }, ...owners]);
  return events.map((event, at) => {
    const parts = split[at]!;
    return parts === null ? event : sealEvent(keys, client, stream, event, parts);
  });
}

function refuseErased(keys: Keys, owners: readonly KeyOwner[]): void {
  for (const owner of owners) {
    const erasure = keys.erasureOf(owner);
    if (erasure) throw new PersonErased(erasure);
  }
}

interface Parts {
  client: Fields;
  carer: { person: string; fields: Fields } | null;
}

async function partsOf(ring: KeyRing, client: string, { personal }: NewEvent): Promise<Parts | null> {
  if (personal === null) return null;
  const apart = splitCarer(personal as Fields);
  if (!apart) return { client: personal as Fields, carer: null };
  const person = await ring.personNamed(client, apart.carerId);
  return { client: apart.client, carer: { person, fields: apart.carer } };
}

function ownersOf(client: string, { carer }: Parts): KeyOwner[] {
  const own = { client, person: '' };
  return carer ? [own, { client, person: carer.person }] : [own];
}

function sealEvent(keys: Keys, client: string, stream: string, event: NewEvent, parts: Parts): NewEvent {
  const { id, contentHash } = event;
  const owners = ownersOf(client, parts);
  const under = (owner: KeyOwner, part: ClientPart | CarerPart): string => {
    const plain = Buffer.from(JSON.stringify(part), 'utf8');
    return seal(fieldsKey(keys, owner), plain, placeOf(stream, id, owner)).toString('base64');
  };
  const [own, carers] = owners;
  const part: ClientPart = carers
    ? {
        fields: parts.client,
        carer: {
          person: carers.person,
          sealed: under(carers, { fields: parts.carer!.fields, hash: contentHash }),
        },
      }
    : { fields: parts.client, hash: contentHash };
  return {
    ...event,
    contentHash: hashUnder(keys.of(owners.at(-1)!)!, contentHash),
    personal: { sealed: under(own!, part) },
  };
}

/**
 * Events as they were told, each in its place. Of a client who was erased nothing is left but that an event was there;
 * what cannot be opened stays sealed, and who reads it refuses it.
 */
export function openEvents(keys: Keys, events: readonly RecordedEvent[]): OpenedEvent[] {
  return events.map((event) => {
    const client = clientOfStream(event.stream);
    if (client === null) return event;
    if (keys.erasureOf({ client, person: '' })) return event.type === erasureType ? event : emptied(event);
    return isSealedPart(event.personal) ? openEvent(keys, client, event, event.personal.sealed) : event;
  });
}

/** The event that says that a client was erased. */
export const erasureType = 'client-erased';

/** In no client's stream, so that nobody takes it for an event of one. Its place in the chain of digests stays. */
function emptied(event: RecordedEvent): RecordedEvent {
  return { ...event, stream: 'erased', type: 'erased', content: {}, personal: null, metadata: {} };
}

function openEvent(keys: Keys, client: string, event: RecordedEvent, sealed: string): OpenedEvent {
  const { stream, id, contentHash } = event;
  try {
    const own = { client, person: '' };
    const open = <Part>(owner: KeyOwner, text: string): Part => {
      const plain = unseal(fieldsKey(keys, owner), Buffer.from(text, 'base64'), placeOf(stream, id, owner));
      return JSON.parse(plain.toString('utf8')) as Part;
    };
    const { fields, hash, carer } = open<ClientPart>(own, sealed);
    if (!carer) return { ...event, personal: fields, toldHash: checked(keys.of(own)!, hash!, contentHash) };
    const owner = { client, person: carer.person };
    if (keys.erasureOf(owner))
      return { ...event, personal: withoutCarer(fields, carer.person), toldHash: null };
    const part = open<CarerPart>(owner, carer.sealed);
    const toldHash = checked(keys.of(owner)!, part.hash, contentHash);
    return { ...event, personal: joinCarer(fields, part.fields), toldHash };
  } catch (error) {
    if (error instanceof SealBroken) return event;
    throw error;
  }
}

function withoutCarer(fields: Fields, person: string): Fields {
  const standIn = { carerId: erasedCarer(person) };
  return joinCarer(fields, 'data' in fields ? { data: standIn } : standIn);
}

/** @throws SealBroken when the event is not the one that was sealed */
function checked(key: Buffer, told: string, stored: string): string {
  if (hashUnder(key, told) === stored) return told;
  throw new SealBroken('The content hash is not that of what was sealed.');
}

/** @throws SealBroken when there is none */
function fieldsKey(keys: Keys, owner: KeyOwner): Buffer {
  const key = keys.of(owner);
  if (!key) throw new SealBroken('The key is not there.');
  return keyFor('fields', key);
}

function hashUnder(key: Buffer, contentHash: string): string {
  return createHmac('sha256', keyFor('content hash', key)).update(contentHash, 'hex').digest('hex');
}

function placeOf(stream: string, id: string, { person }: KeyOwner): string {
  return JSON.stringify([stream, id, person]);
}
