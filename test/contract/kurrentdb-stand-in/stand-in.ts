import {
  Metadata,
  Server,
  ServerCredentials,
  status,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
} from '@grpc/grpc-js';
import featuresService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import gossipService from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { EventEmitter } from 'node:events';
import { FaultyProxy } from '../../servers/faulty-proxy.js';
import { StandInFaults } from './faults.js';
import { answerGossip } from './gossip.js';
import { answerRead } from './reading.js';
import { StoredLog, type Expectation, type ProposedEvent } from './stored-log.js';

/** What servers before 25.1 take in one append: bytes of data, metadata and (at two a character) type. */
export const MAX_APPEND_BYTES = 1_048_576;

type AppendCall = ServerReadableStream<streams.AppendReq, streams.AppendResp>;
type AnswerAppend = sendUnaryData<streams.AppendResp>;

/**
 * A server that speaks the protocol of EventStoreDB / KurrentDB on loopback, with the client package's own generated
 * code. It proves how the client is used, not how a server behaves; see the README beside this file.
 */
export class KurrentdbStandIn {
  readonly log = new StoredLog();
  readonly faults = new StandInFaults();
  /** What the appends that came in expected of their streams, in order. */
  readonly expectations: Expectation[] = [];
  /** After which position each subscription was asked for, in order. */
  readonly subscribedAfter: (bigint | undefined)[] = [];
  /** The streams that were read, in order. */
  readonly streamsRead: string[] = [];
  /** Who appended, by the authorization that came with each append. */
  readonly users: (string | undefined)[] = [];
  /** How many batch appends were opened. They are announced, as real servers do, and not served. */
  batchAppends = 0;

  private constructor(
    private readonly server: Server,
    private readonly ownPort: number,
    readonly proxy: FaultyProxy,
  ) {}

  /** @param tls private key and certificate in PEM; without them nothing is encrypted */
  static async start(tls?: { key: Buffer; certificate: Buffer }): Promise<KurrentdbStandIn> {
    const server = new Server();
    const credentials = tls
      ? ServerCredentials.createSsl(null, [{ private_key: tls.key, cert_chain: tls.certificate }])
      : ServerCredentials.createInsecure();
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync('127.0.0.1:0', credentials, (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    const standIn = new KurrentdbStandIn(server, port, await FaultyProxy.before(port));
    standIn.serve();
    return standIn;
  }

  /** Connection string of the address that can be cut. */
  get url(): string {
    return `esdb://127.0.0.1:${this.proxy.port}?tls=false`;
  }

  /** Stores an event of somebody else, who knows nothing of Domeinbrug. */
  storeForeign(stream: string, type = 'foreign'): void {
    const text = Buffer.from('{}');
    const event = {
      id: crypto.randomUUID(),
      type,
      contentType: 'application/json',
      data: text,
      metadata: text,
    };
    this.log.write(stream, 'any', [event]);
  }

  /** Ends every subscription with an error; the connection stays. */
  dropSubscriptions(): void {
    this.faults.dropSubscriptions({ code: status.UNAVAILABLE, details: 'The subscription was dropped.' });
  }

  async stop(): Promise<void> {
    await this.proxy.close();
    this.server.forceShutdown();
  }

  private serve(): void {
    this.server.addService(featuresService.ServerFeaturesService, {
      getSupportedMethods: (
        _call: ServerUnaryCall<shared.Empty, features.SupportedMethods>,
        answer: sendUnaryData<features.SupportedMethods>,
      ) => answer(null, supportedMethods()),
    });
    this.server.addService(gossipService.GossipService, { read: answerGossip(this.proxy.port) });
    const refuse = (_call: unknown, answer: sendUnaryData<never>): void =>
      answer({ code: status.UNIMPLEMENTED, details: 'Not part of the stand-in.' });
    this.server.addService(streamsService.StreamsService, {
      read: (call: ServerWritableStream<streams.ReadReq, streams.ReadResp>) => void answerRead(call, this),
      append: (call: AppendCall, answer: AnswerAppend) => void this.append(call, answer),
      batchAppend: (call: EventEmitter) => {
        this.batchAppends++;
        call.emit('error', { code: status.UNIMPLEMENTED, details: 'Not part of the stand-in.' });
      },
      delete: refuse,
      tombstone: refuse,
    });
  }

  private async append(call: AppendCall, answer: AnswerAppend): Promise<void> {
    let options: streams.AppendReq.Options | undefined;
    const proposed: ProposedEvent[] = [];
    try {
      for await (const request of call as AsyncIterable<streams.AppendReq>) {
        options ??= request.getOptions();
        const message = request.getProposedMessage();
        if (message) proposed.push(proposedEvent(message));
      }
    } catch {
      return; // cut while it came in: all or none, so none
    }
    if (call.cancelled || !options) return; // broken off by the client: a call that is not complete is none
    const expected = expectationOf(options);
    this.expectations.push(expected);
    this.users.push(call.metadata.get('authorization')[0]?.toString());
    const stream = Buffer.from(options.getStreamIdentifier()!.getStreamName_asU8()).toString('utf8');
    const fault = this.faults.take();
    if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
    if (fault?.kind === 'not-leader') return answer(notLeader(this.ownPort));
    if (fault?.kind === 'not-ready')
      return answer({ code: status.UNAVAILABLE, details: 'Server Is Not Ready' });
    if (fault?.kind === 'ignore') return;
    if (sizeOf(proposed) > MAX_APPEND_BYTES) return answer(tooLarge());
    const response = this.write(stream, expected, proposed);
    if (fault?.kind === 'swallow') return;
    if (fault?.kind === 'unknown') return answer({ code: status.UNKNOWN, details: 'Exception was thrown.' });
    answer(null, response);
  }

  private write(stream: string, expected: Expectation, proposed: ProposedEvent[]): streams.AppendResp {
    const written = this.log.write(stream, expected, proposed);
    const response = new streams.AppendResp();
    if (written.outcome === 'wrong-version') {
      const wrong = new streams.AppendResp.WrongExpectedVersion();
      if (written.current === undefined) wrong.setCurrentNoStream(new shared.Empty());
      else wrong.setCurrentRevision(String(written.current));
      if (typeof expected === 'bigint') wrong.setExpectedRevision(String(expected));
      else wrong.setExpectedNoStream(new shared.Empty());
      response.setWrongExpectedVersion(wrong);
      return response;
    }
    const success = new streams.AppendResp.Success();
    success.setCurrentRevision(String(written.revision));
    if (written.outcome === 'stored') {
      const position = new streams.AppendResp.Position();
      position.setCommitPosition(String(written.position));
      position.setPreparePosition(String(written.position));
      success.setPosition(position);
    } else {
      success.setNoPosition(new shared.Empty());
    }
    response.setSuccess(success);
    return response;
  }
}

function supportedMethods(): features.SupportedMethods {
  const methods = new features.SupportedMethods();
  methods.setEventStoreServerVersion('24.10.0');
  for (const name of ['read', 'append', 'batchappend']) {
    const method = new features.SupportedMethod();
    method.setServiceName('event_store.client.streams.streams');
    method.setMethodName(name);
    methods.addMethods(method);
  }
  return methods;
}

function proposedEvent(message: streams.AppendReq.ProposedMessage): ProposedEvent {
  return {
    id: message.getId()!.getString(),
    type: message.getMetadataMap().get('type')!,
    contentType: message.getMetadataMap().get('content-type')!,
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

function expectationOf(options: streams.AppendReq.Options): Expectation {
  if (options.hasRevision()) return BigInt(options.getRevision());
  if (options.hasNoStream()) return 'no-stream';
  return options.hasStreamExists() ? 'stream-exists' : 'any';
}

function sizeOf(proposed: ProposedEvent[]): number {
  return proposed.reduce(
    (sum, { data, metadata, type }) => sum + data.length + metadata.length + 2 * type.length,
    0,
  );
}

function notLeader(port: number): { code: status; details: string; metadata: Metadata } {
  const metadata = new Metadata();
  metadata.set('exception', 'not-leader');
  metadata.set('leader-endpoint-host', '127.0.0.1');
  metadata.set('leader-endpoint-port', String(port));
  return { code: status.NOT_FOUND, details: 'Leader info available', metadata };
}

function tooLarge(): { code: status; details: string; metadata: Metadata } {
  const metadata = new Metadata();
  metadata.set('exception', 'maximum-append-size-exceeded');
  metadata.set('maximum-append-size', String(MAX_APPEND_BYTES));
  return {
    code: status.INVALID_ARGUMENT,
    details: `Maximum Append Size of ${MAX_APPEND_BYTES} Exceeded.`,
    metadata,
  };
}
