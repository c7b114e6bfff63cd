import type { Asker } from '@domeinbrug/access';
import { comparePositions, START, type EventLog, type RecordedEvent } from '@domeinbrug/event-store';
import {
  foreignSource,
  mayNotSend,
  organisationOf,
  readEnvelope,
  streamOf,
  toNewEvent,
  withClientId,
  type IdentifiedEvent,
  type Organisation,
  type Problem as IntakeProblem,
  type Sender,
} from '@domeinbrug/intake';
import { Problem, type ProblemError } from '@domeinbrug/platform';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { OneAtATime } from './one-at-a-time.js';

/** Why an event was not taken in. */
export type Rejection = 'invalid-event' | 'source-foreign' | 'type-not-allowed' | 'content-differs';

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

interface Identified {
  index: number;
  event: IdentifiedEvent;
}

/** How often another writer may come in between before we give up. */
const attempts = 8;

@CommandHandler(RecordEvents)
export class RecordEventsHandler implements ICommandHandler<RecordEvents> {
  private readonly streams = new OneAtATime();

  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem 503 when the log cannot take more; sending everything again doubles nothing */
  async execute({ envelopes, asker }: RecordEvents): Promise<EventsRecorded> {
    const results: EventResult[] = [];
    const accepted: Identified[] = [];
    for (const [index, envelope] of envelopes.entries()) {
      const read = this.read(envelope, asker);
      if ('event' in read) accepted.push({ index, event: read.event });
      else results[index] = read;
    }
    await Promise.all(
      [...byClient(accepted)].map(([clientId, events]) =>
        this.streams.run(clientId, () => this.append(clientId, events, asker, results)),
      ),
    );
    const last = lastPosition(results);
    return { position: last === START ? (await this.stores.log.head()).position : last, results };
  }

  private read(envelope: unknown, asker: Asker): { event: IdentifiedEvent } | EventResult {
    const event = readEnvelope(envelope);
    if (Array.isArray(event))
      return { ...named(envelope), status: 'rejected', code: 'invalid-event', errors: event };
    const identified = withClientId(event, this.stores.pseudonymKey);
    const refused = refusal(identified, asker);
    if (!refused) return { event: identified };
    const { source, id, clientId } = identified;
    return { source, id, clientId, status: 'rejected', code: refused.code as Rejection, errors: [refused] };
  }

  private async append(
    clientId: string,
    events: readonly Identified[],
    asker: Asker,
    results: EventResult[],
  ): Promise<void> {
    const { log } = this.stores;
    const stream = streamOf(clientId);
    for (let attempt = 0; attempt < attempts; attempt++) {
      const stored = await log.readStream(stream);
      const plan = planOf(events, stored, asker);
      const outcome = await appendNew(log, stream, stored, plan);
      if (!outcome) continue;
      for (const { index, result, newIndex } of plan.results) {
        const position = newIndex === undefined ? result.position : outcome[newIndex];
        results[index] = { ...result, ...(position === undefined ? {} : { position }) };
      }
      return;
    }
    throw new Problem('log-busy', 'Others kept writing about the same client; send it again.', {
      headers: { 'retry-after': '1' },
    });
  }
}

interface Plan {
  toAppend: ReturnType<typeof toNewEvent>[];
  /** `newIndex` points into `toAppend`. */
  results: { index: number; result: EventResult; newIndex?: number }[];
}

/** Which events are new, known, or known with other content, against a stream as just read and each other. */
function planOf(events: readonly Identified[], stored: readonly RecordedEvent[], asker: Asker): Plan {
  const known = new Map<string, { contentHash: string; position?: string; newIndex?: number }>(
    stored.map(({ id, contentHash, position }) => [id, { contentHash, position }]),
  );
  const plan: Plan = { toAppend: [], results: [] };
  const sender: Sender = {
    organisation: `${asker.kind}:${asker.code}`,
    ...(asker.actedBy === undefined ? {} : { actedBy: asker.actedBy }),
  };
  for (const { index, event } of events) {
    const toStore = toNewEvent(event, sender);
    const { source, id, clientId } = event;
    const earlier = known.get(toStore.id);
    if (!earlier) {
      const newIndex = plan.toAppend.push(toStore) - 1;
      known.set(toStore.id, { contentHash: toStore.contentHash, newIndex });
      plan.results.push({ index, newIndex, result: { source, id, clientId, status: 'recorded' } });
    } else if (earlier.contentHash === toStore.contentHash) {
      const { position, newIndex } = earlier;
      plan.results.push({ index, newIndex, result: { source, id, clientId, status: 'known', position } });
    } else {
      const result: EventResult = {
        source,
        id,
        clientId,
        status: 'rejected',
        code: 'content-differs',
        errors: [differs],
      };
      plan.results.push({ index, result });
    }
  }
  return plan;
}

const differs: ProblemError = {
  pointer: '/id',
  code: 'content-differs',
  detail:
    'This source has sent an event with this id and other content, and what is recorded stays. ' +
    'Send an event-corrected about it, or give the new event an id of its own.',
};

/** The positions of the new events, or `undefined` when somebody else appended in between. */
async function appendNew(
  log: EventLog,
  stream: string,
  stored: readonly RecordedEvent[],
  { toAppend }: Plan,
): Promise<string[] | undefined> {
  if (toAppend.length === 0) return [];
  const expectedRevision = stored.at(-1)?.revision ?? 'no-stream';
  const outcome = await log.append({ stream, expectedRevision, events: toAppend });
  return outcome.status === 'appended' ? outcome.positions : undefined;
}

function refusal(event: IdentifiedEvent, asker: Asker): IntakeProblem | undefined {
  const organisation = organisationOf(event.source)!;
  return foreignSource(senderOf(asker), event.source) ?? mayNotSend(organisation, event.type);
}

/** Policy staff and auditors are organisations with an OIN; their scopes keep them from sending. */
function senderOf({ kind, code }: Asker): Organisation {
  return { kind: kind === 'policy' || kind === 'auditor' ? 'oin' : kind, code };
}

function byClient(all: readonly Identified[]): Map<string, Identified[]> {
  const clients = new Map<string, Identified[]>();
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
