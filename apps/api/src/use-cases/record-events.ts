import type { Asker } from '@domeinbrug/access';
import { comparePositions, START } from '@domeinbrug/event-store';
import {
  foreignSource,
  mayNotSend,
  organisationOf,
  readEnvelope,
  toNewEvent,
  type EventToStore,
  type IdentifiedEvent,
  type Organisation,
  type Problem as IntakeProblem,
  type Sender,
} from '@domeinbrug/intake';
import { streamOfClient } from '@domeinbrug/journey';
import type { ProblemError } from '@domeinbrug/problems';
import { appendTold, type ToldOutcome } from '@domeinbrug/privacy';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { setImmediate } from 'node:timers/promises';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';

/** Why an event was not taken in. */
export type Rejection =
  'invalid-event' | 'source-foreign' | 'type-not-allowed' | 'content-differs' | 'client-erased';

/** What became of one event; a rejected one may lack what could not be read of it. */
export interface EventResult {
  source?: string;
  id?: string;
  clientId?: string;
  status: 'recorded' | 'known' | 'rejected';
  /** Where it lies in the log. */
  position?: string;
  code?: Rejection;
  errors?: ProblemError[];
}

export interface EventsRecorded {
  /** The last position of what was sent, of the log when all was rejected: a read with `atLeast` this sees it. */
  position: string;
  /** One per envelope, in order. */
  results: EventResult[];
}

/** Takes in events that an organisation sent. No transaction: each has a result of its own. */
export class RecordEvents extends Command<EventsRecorded> {
  constructor(
    readonly envelopes: readonly unknown[],
    readonly asker: Asker,
  ) {
    super();
  }
}

interface Accepted {
  index: number;
  event: IdentifiedEvent;
  toStore: EventToStore;
}

/** Events read without letting other requests go first: a few milliseconds. */
const readAtOnce = 100;

@CommandHandler(RecordEvents)
export class RecordEventsHandler implements ICommandHandler<RecordEvents> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws LogBusy, AppendFailed when the log cannot take more; sending everything again doubles nothing */
  async execute({ envelopes, asker }: RecordEvents): Promise<EventsRecorded> {
    const results: EventResult[] = [];
    const accepted: Accepted[] = [];
    const sender = senderOf(asker);
    for (const [index, envelope] of envelopes.entries()) {
      if (index > 0 && index % readAtOnce === 0) await setImmediate();
      const read = await this.read(envelope, asker);
      if ('event' in read)
        accepted.push({ index, event: read.event, toStore: toNewEvent(read.event, sender) });
      else results[index] = read;
    }
    await Promise.all(
      [...byClient(accepted)].map(([clientId, events]) => this.append(clientId, events, results)),
    );
    const last = lastPosition(results);
    return { position: last === START ? (await this.stores.log.head()).position : last, results };
  }

  private async read(envelope: unknown, asker: Asker): Promise<{ event: IdentifiedEvent } | EventResult> {
    const event = readEnvelope(envelope);
    if (Array.isArray(event))
      return { ...named(envelope), status: 'rejected', code: 'invalid-event', errors: event };
    const identified = await this.stores.pseudonyms.identify(event);
    const refused = refusal(identified, asker);
    if (!refused) return { event: identified };
    const { source, id, clientId } = identified;
    return { source, id, clientId, status: 'rejected', code: refused.code as Rejection, errors: [refused] };
  }

  private async append(clientId: string, events: readonly Accepted[], results: EventResult[]): Promise<void> {
    const toStore = events.map((each) => each.toStore);
    const outcomes = await appendTold(this.stores.log, { stream: streamOfClient(clientId), events: toStore });
    events.forEach(({ index, event }, place) => (results[index] = resultOf(event, outcomes[place]!)));
  }
}

function resultOf({ source, id, clientId }: IdentifiedEvent, outcome: ToldOutcome): EventResult {
  if (outcome.status === 'erased') {
    const errors = [{ pointer: '/data/clientId', code: 'client-erased', detail: outcome.detail }];
    return { source, id, clientId, status: 'rejected', code: 'client-erased', errors };
  }
  if (outcome.status !== 'differs') return { source, id, clientId, ...outcome };
  return { source, id, clientId, status: 'rejected', code: 'content-differs', errors: [differs] };
}

const differs: ProblemError = {
  pointer: '/id',
  code: 'content-differs',
  detail:
    'This source has sent an event with this id and other content, and what is recorded stays. ' +
    'Send an event-corrected about it, or give the new event an id of its own.',
};

/** Who brought something in, as the log keeps it. */
export function senderOf({ kind, code, actedBy }: Asker): Sender {
  return { organisation: `${kind}:${code}`, ...(actedBy === undefined ? {} : { actedBy }) };
}

/** Why the asker may not send an event: its source is another's, or its type is not for it to tell. */
export function refusal(event: IdentifiedEvent, asker: Asker): IntakeProblem | undefined {
  const organisation = organisationOf(event.source)!;
  return foreignSource(organisationAsking(asker), event.source) ?? mayNotSend(organisation, event.type);
}

/** Policy staff, auditors and operators are organisations with an OIN; their scopes keep them from sending. */
function organisationAsking({ kind, code }: Asker): Organisation {
  const isStaff = kind === 'policy' || kind === 'auditor' || kind === 'operator';
  return { kind: isStaff ? 'oin' : kind, code };
}

function byClient(all: readonly Accepted[]): Map<string, Accepted[]> {
  const clients = new Map<string, Accepted[]>();
  for (const each of all) {
    const events = clients.get(each.event.clientId);
    if (events) events.push(each);
    else clients.set(each.event.clientId, [each]);
  }
  return clients;
}

/** What can be told of an envelope that was refused, so that its sender finds it back. */
function named(envelope: unknown): Pick<EventResult, 'source' | 'id'> {
  const { source, id } = (envelope ?? {}) as { source?: unknown; id?: unknown };
  return {
    ...(typeof source === 'string' && source.length <= 256 ? { source } : {}),
    ...(typeof id === 'string' && id.length <= 256 ? { id } : {}),
  };
}

function lastPosition(results: readonly EventResult[]): string {
  return results.reduce(
    (last, { position = START }) => (comparePositions(position, last) > 0 ? position : last),
    START,
  );
}
