import { randomBytes } from 'node:crypto';
import { compare, momentsOf } from '../append-check.js';
import { AppendFailed, InvalidAppend, type AppendResult } from '../event-log.js';
import type { WrittenAppend, WrittenEvent } from '../written-append.js';
import type { LogFollower, Watch } from './log-follower.js';
import type { LogIndex } from './log-index.js';
import { ServerTrouble, type LogServer } from './log-server.js';
import { persevere } from './persevere.js';
import { RecentStreams, type HeldStream } from './recent-streams.js';
import { pause, type KurrentdbTiming } from './timing.js';
import { envelopeOf, toWire, wireSize, type WireEvent } from './wire-event.js';

/** How often an append may find that others were first, before it gives up. */
const MAX_ROUNDS = 100;

export interface WriterOptions {
  server: LogServer;
  index: LogIndex;
  follower: LogFollower;
  namespace: string;
  /** What the server takes in one append, in bytes. */
  maxAppendBytes: number;
  timing: KurrentdbTiming;
}

/** An append under way. `name` is stored with its events: by it the writer knows its own after a lost answer. */
interface Attempt {
  append: WrittenAppend;
  name: string;
  watch: Watch;
  /** Something was sent that may be in the log: what became of it is not known, or has not come along yet. */
  unsure: boolean;
}

/**
 * Decides and stores one append: reads its stream, or remembers it, and appends what is new with the exact revision that it
 * has then, under ids that are the same whenever the same is sent. Only so does the server promise that nothing is stored
 * twice.
 */
export class KurrentdbLogWriter {
  private readonly recent = new RecentStreams();

  constructor(private readonly options: WriterOptions) {}

  /** @throws AppendFailed, InvalidAppend when it is larger than the server takes */
  async store(append: WrittenAppend): Promise<AppendResult> {
    const ids = append.events.map(({ id }) => id);
    const watch = this.options.follower.watch(append.stream, ids);
    const attempt = { append, name: randomBytes(9).toString('base64url'), watch, unsure: false };
    try {
      for (let round = 0; round < MAX_ROUNDS; round++) {
        const remembered = round === 0 ? this.remembered(append.stream) : undefined;
        const held = remembered ?? (await this.held(append.stream));
        const result = await this.decide(attempt, held);
        if (result && (held !== remembered || isCertain(result))) return result;
        if (round > 2) await pause(10 * Math.random() * Math.min(round, 10));
      }
      throw new Error(`Others were first ${MAX_ROUNDS} times on stream ${append.stream}.`);
    } catch (error) {
      this.recent.forget(append.stream);
      throw this.failure(error, attempt);
    } finally {
      watch.release();
    }
  }

  /** One round; `undefined` when the stream was no longer as it was held to be. */
  private async decide(attempt: Attempt, held: HeldStream): Promise<AppendResult | undefined> {
    const { append, name } = attempt;
    const { conflicts, fresh: places } = compare(append, (id) => held.events.get(id)?.contentHash);
    if (conflicts.length > 0) return { status: 'conflict', ids: conflicts };
    if (places.length === 0) return this.answer(attempt, held);
    const { revision } = held;
    if (append.expectedRevision !== 'any' && append.expectedRevision !== revision) {
      return { status: 'wrong-revision', revision };
    }
    const { recordedAt } = this.options.index.head();
    const moments = momentsOf(append, places, recordedAt, () => append.now!);
    if (!moments) return { status: 'too-late', lastRecordedAt: recordedAt };
    const fresh = places.map((place) => append.events[place]!);
    const wire = fresh.map((event, index) => toWire(append.stream, event, moments[index]!, name));
    this.refuseLarge(wire);
    const last = await this.send(attempt, revision, wire);
    if (last === undefined) return undefined;
    await this.options.follower.until(append.stream, last + 1);
    return this.stored(attempt, held, fresh, last);
  }

  /** Sends until the answer is known. Returns the last event's revision; `undefined` when the stream had moved. */
  private async send(
    attempt: Attempt,
    expected: number | 'no-stream',
    events: WireEvent[],
  ): Promise<number | undefined> {
    const { server, namespace, timing } = this.options;
    const stream = namespace + attempt.append.stream;
    const send = async (): Promise<number> => {
      try {
        const last = await server.append(stream, expected, events, timing.answer);
        attempt.unsure = true;
        return last;
      } catch (error) {
        if (error instanceof ServerTrouble && error.kind === 'unknown') attempt.unsure = true;
        throw error;
      }
    };
    try {
      return await persevere(timing, send);
    } catch (error) {
      if (error instanceof ServerTrouble && error.kind === 'wrong-revision') return undefined;
      throw error;
    }
  }

  /**
   * The server took the append. It also says so when these very ids lie there already, whoever stored them and with
   * whatever content; what came along in the log tells.
   */
  private stored(
    attempt: Attempt,
    held: HeldStream,
    fresh: WrittenEvent[],
    last: number,
  ): AppendResult | undefined {
    const events = new Map(held.events);
    for (const [offset, { id, contentHash }] of fresh.entries()) {
      const arrival = attempt.watch.arrivals.get(id);
      if (arrival?.contentHash !== contentHash) return undefined;
      events.set(id, { ...arrival, revision: last - fresh.length + 1 + offset });
    }
    const now = { revision: last, events };
    this.recent.keep(attempt.append.stream, now);
    return this.answer(attempt, now);
  }

  private answer({ append, name }: Attempt, { revision, events }: HeldStream): AppendResult {
    const indexed = this.options.index.of(append.stream);
    const places = append.events.map(({ id }) => indexed[events.get(id)!.revision]!);
    const seen = new Set<string>();
    const fresh = append.events.map(({ id }) => {
      const first = !seen.has(id);
      seen.add(id);
      return first && events.get(id)!.append === name;
    });
    const answer = {
      revision: revision as number,
      positions: places.map(({ position }) => String(position)),
      recordedAt: places.map(({ recordedAt }) => recordedAt),
    };
    return fresh.includes(true) ? { status: 'appended', ...answer, fresh } : { status: 'known', ...answer };
  }

  /** As this process knows the stream; that others have not added to it is for the server to say. */
  private remembered(stream: string): HeldStream | undefined {
    const length = this.options.index.lengthOf(stream);
    const recent = this.recent.get(stream);
    if (recent && recent.revision === length - 1) return recent;
    return length === 0 ? { revision: 'no-stream', events: new Map() } : undefined;
  }

  /** The stream as the server has it, all of which the index then has as well. */
  private async held(stream: string): Promise<HeldStream> {
    const { server, follower, namespace, timing } = this.options;
    const served = await persevere(timing, () =>
      server.readStream(namespace + stream, Number.MAX_SAFE_INTEGER, timing.answer),
    );
    await follower.until(stream, served.length);
    const events: HeldStream['events'] = new Map();
    for (const { revision, metadata } of served) {
      const { id, contentHash, append } = envelopeOf(metadata)!;
      events.set(id, { revision, contentHash, append });
    }
    const held: HeldStream = { revision: served.at(-1)?.revision ?? 'no-stream', events };
    this.recent.keep(stream, held);
    return held;
  }

  private refuseLarge(events: WireEvent[]): void {
    const size = events.reduce((sum, event) => sum + wireSize(event), 0);
    const { maxAppendBytes } = this.options;
    if (size <= maxAppendBytes) return;
    throw new InvalidAppend([
      `it takes ${size} bytes, and this event log stores at most ${maxAppendBytes} at once; send its events in parts.`,
    ]);
  }

  private failure(error: unknown, { unsure }: Attempt): unknown {
    if (error instanceof InvalidAppend) return error;
    const { message, kind } = error as Partial<ServerTrouble> & Error;
    if (kind === 'too-large') return new InvalidAppend([`${message} Send its events in parts.`]);
    return unsure
      ? new AppendFailed(`${message} Whether this was stored is not known; send it again.`, 'unknown')
      : new AppendFailed(`${message} Nothing was stored; send it again.`, 'not-stored');
  }
}

/** What holds whatever others have done since: what was stored stays, and the server itself has checked the revision. */
function isCertain({ status }: AppendResult): boolean {
  return status !== 'wrong-revision' && status !== 'too-late';
}
