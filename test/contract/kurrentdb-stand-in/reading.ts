import type { ServerWritableStream } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { once } from 'node:events';
import type { StandInFaults } from './faults.js';
import type { StoredEvent, StoredLog } from './stored-log.js';

type ReadCall = ServerWritableStream<streams.ReadReq, streams.ReadResp>;

/** What readings are answered from. */
export interface ReadingSource {
  log: StoredLog;
  faults: StandInFaults;
  /** After which position each subscription was asked for, in order. */
  subscribedAfter: (bigint | undefined)[];
  /** The streams that were read, in order. */
  streamsRead: string[];
}

/** Answers a read of a stream, of the whole log, or a subscription to it. */
export async function answerRead(call: ReadCall, source: ReadingSource): Promise<void> {
  const options = call.request.getOptions()!;
  if (options.hasSubscription()) await subscribe(call, options, source);
  else if (options.hasStream()) await readStream(call, options, source);
  else await readAll(call, options, source.log);
}

async function readStream(
  call: ReadCall,
  options: streams.ReadReq.Options,
  { log, streamsRead }: ReadingSource,
): Promise<void> {
  const stream = options.getStream()!;
  const name = Buffer.from(stream.getStreamIdentifier()!.getStreamName_asU8()).toString('utf8');
  streamsRead.push(name);
  const held = log.stream(name);
  if (!held) {
    const missing = new streams.ReadResp.StreamNotFound();
    missing.setStreamIdentifier(identifier(name));
    const response = new streams.ReadResp();
    response.setStreamNotFound(missing);
    call.write(response);
    call.end();
    return;
  }
  const from = stream.hasRevision() ? Number(stream.getRevision()) : 0;
  const chosen = isBackwards(options) ? [...held].reverse() : held.slice(from);
  // Servers before 22.6 give no place in the log with the events of a stream, so nothing may be built on it.
  for (const event of chosen.slice(0, Number(options.getCount())))
    await send(call, eventResponse(event, false));
  call.end();
}

async function readAll(call: ReadCall, options: streams.ReadReq.Options, log: StoredLog): Promise<void> {
  const position = options.getAll()!.getPosition();
  const from = position ? log.indexOf(BigInt(position.getCommitPosition())) : 0;
  const chosen = isBackwards(options) ? [...log.events].reverse() : log.events.slice(from);
  for (const event of chosen.slice(0, Number(options.getCount())))
    await send(call, eventResponse(event, true));
  call.end();
}

async function subscribe(
  call: ReadCall,
  options: streams.ReadReq.Options,
  { log, faults, subscribedAfter }: ReadingSource,
): Promise<void> {
  const prefixes = options.getFilter()?.getStreamIdentifier()?.getPrefixList() ?? [''];
  const checkpointEvery = checkpointInterval(options.getFilter());
  const position = options.getAll()!.getPosition();
  // What was told already is not told again: a subscription goes on after its position.
  const after = position && BigInt(position.getCommitPosition());
  subscribedAfter.push(after);
  let next = after === undefined ? 0 : log.indexOf(after + 1n);
  let wake = (): void => {};
  const forget = log.onWrite(() => wake());
  const release = faults.join(call, () => wake());
  call.on('cancelled', () => wake());
  await send(call, confirmation());
  let toldCaughtUp = false;
  while (!call.cancelled && !faults.ended(call)) {
    if (faults.mute || next >= log.events.length) {
      if (!faults.mute && !toldCaughtUp && faults.tellsCaughtUp) {
        await send(call, caughtUp());
        toldCaughtUp = true;
      }
      await new Promise<void>((resolve) => (wake = resolve));
      continue;
    }
    const event = log.events[next++]!;
    if (prefixes.some((prefix) => event.stream.startsWith(prefix))) {
      await send(call, eventResponse(event, true));
      if (faults.twice) await send(call, eventResponse(event, true));
    }
    if (next % checkpointEvery === 0) await send(call, checkpoint(event.position));
  }
  forget();
  release();
}

function checkpointInterval(filter: streams.ReadReq.Options.FilterOptions | undefined): number {
  return filter?.hasMax() ? filter.getMax() * filter.getCheckpointintervalmultiplier() : Infinity;
}

/** Waits when the client does not keep up: nothing piles up here. */
async function send(call: ReadCall, response: streams.ReadResp): Promise<void> {
  if (call.cancelled || call.write(response)) return;
  const one = new AbortController();
  await Promise.race([once(call, 'drain', one), once(call, 'cancelled', one)]).catch(() => {}); // an error on the call ends it, and it is then cancelled
  one.abort();
}

function eventResponse(event: StoredEvent, withPosition: boolean): streams.ReadResp {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  const id = new shared.UUID();
  id.setString(event.id);
  recorded.setId(id);
  recorded.setStreamIdentifier(identifier(event.stream));
  recorded.setStreamRevision(String(event.revision));
  const position = withPosition ? String(event.position) : NO_POSITION;
  recorded.setCommitPosition(position);
  recorded.setPreparePosition(position);
  recorded.setData(event.data);
  recorded.setCustomMetadata(event.metadata);
  recorded.getMetadataMap().set('type', event.type);
  recorded.getMetadataMap().set('content-type', event.contentType);
  recorded.getMetadataMap().set('created', event.created);
  const read = new streams.ReadResp.ReadEvent();
  read.setEvent(recorded);
  if (withPosition) read.setCommitPosition(position);
  else read.setNoPosition(new shared.Empty());
  const response = new streams.ReadResp();
  response.setEvent(read);
  return response;
}

const NO_POSITION = String(2n ** 64n - 1n);

function confirmation(): streams.ReadResp {
  const confirmed = new streams.ReadResp.SubscriptionConfirmation();
  confirmed.setSubscriptionId(crypto.randomUUID());
  const response = new streams.ReadResp();
  response.setConfirmation(confirmed);
  return response;
}

function caughtUp(): streams.ReadResp {
  const response = new streams.ReadResp();
  response.setCaughtUp(new streams.ReadResp.CaughtUp());
  return response;
}

function checkpoint(position: bigint): streams.ReadResp {
  const reached = new streams.ReadResp.Checkpoint();
  reached.setCommitPosition(String(position));
  reached.setPreparePosition(String(position));
  const response = new streams.ReadResp();
  response.setCheckpoint(reached);
  return response;
}

function identifier(stream: string): shared.StreamIdentifier {
  const named = new shared.StreamIdentifier();
  named.setStreamName(Uint8Array.from(Buffer.from(stream, 'utf8')));
  return named;
}

function isBackwards(options: streams.ReadReq.Options): boolean {
  return options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
}
