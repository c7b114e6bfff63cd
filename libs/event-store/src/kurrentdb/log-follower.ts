import type { LogHead } from '../event-log.js';
import type { LogIndex } from './log-index.js';
import { ServerTrouble, type ServedPlace, type LogServer, type PlacedEvent } from './log-server.js';
import { pauseBefore, type KurrentdbTiming } from './timing.js';
import { envelopeOf, type Envelope } from './wire-event.js';

/** What the writer wants to know of an event that it sent. */
export type Arrival = Pick<Envelope, 'contentHash' | 'append'>;

/** Events that somebody waits for, by stream and id, and those of them that have come. */
export interface Watch {
  arrivals: Map<string, Arrival>;
  release(): void;
}

export interface FollowerOptions {
  server: LogServer;
  index: LogIndex;
  /** Stands before every stream's name on the server, and not in the port. */
  namespace: string;
  /** Prefixes of the streams to follow, without the name space. */
  prefixes: string[];
  timing: KurrentdbTiming;
  /** Called after events were taken in, with the new head, before anybody who waits for them is answered. */
  onMore(head: LogHead): void;
  /** Called once, when the log can no longer be followed. */
  onFailure(error: Error): void;
  /** Called when the subscription was lost and is opened again after a pause of so many ms. */
  onReconnect(error: Error, pause: number): void;
  /** Called whenever the server ended the subscription or does not give one, and whenever it has given one. */
  onLost(error: Error): void;
  onBack(): void;
}

interface Waiter {
  stream: string;
  length: number;
  resolve(): void;
}

/**
 * Follows the log and keeps the index. A subscription that drops only says so and is gone, so this opens it again,
 * from the last place seen; what comes twice is taken once.
 */
export class LogFollower {
  private place: ServedPlace | undefined;
  private arrived: PlacedEvent[] = [];
  private readonly watches = new Set<{ stream: string; ids: Set<string>; arrivals: Map<string, Arrival> }>();
  private readonly waiters = new Set<Waiter>();
  private attempt = 0;
  private lastSign = Date.now();
  private leave = (): void => {};
  private timer: NodeJS.Timeout | undefined;
  private confirming: NodeJS.Timeout | undefined;
  private watchdog: NodeJS.Timeout | undefined;
  private probe: NodeJS.Timeout | undefined;
  private catchUp = (): void => {};
  private failure: Error | undefined;
  private stopped = false;

  constructor(private readonly options: FollowerOptions) {}

  /** Goes on after the index's last event; resolves when everything that was in the log has been taken in. */
  start(): Promise<void> {
    const { index } = this.options;
    if (index.length > 0) {
      const { position } = index.at(index.length - 1);
      this.place = { commit: position, prepare: position };
    }
    const caughtUp = new Promise<void>((resolve) => (this.catchUp = resolve));
    this.subscribe();
    const { silence } = this.options.timing;
    this.watchdog = setInterval(() => {
      if (Date.now() - this.lastSign > silence) this.renew(`it has told nothing for ${silence} ms`);
    }, silence / 4);
    this.watchdog.unref();
    return caughtUp;
  }

  /** @throws whatever ended the following */
  check(): void {
    if (this.failure) throw this.failure;
  }

  /** Notes those of a stream's events that come from now on, by id. */
  watch(stream: string, ids: Iterable<string>): Watch {
    const watched = { stream, ids: new Set(ids), arrivals: new Map<string, Arrival>() };
    this.watches.add(watched);
    return { arrivals: watched.arrivals, release: () => void this.watches.delete(watched) };
  }

  /**
   * Resolves when a stream has at least so many events here.
   * @throws ServerTrouble when that takes too long, also with a subscription opened anew
   */
  async until(stream: string, length: number): Promise<void> {
    for (let renewed = false; !(await this.comes(stream, length)); renewed = true) {
      if (renewed || this.stopped) {
        throw new ServerTrouble(`Event ${length - 1} of ${stream} has not come along in the log.`, 'unknown');
      }
      this.renew(`event ${length - 1} of ${stream} did not come`);
    }
  }

  stop(): void {
    if (this.stopped) return;
    this.takeIn();
    this.stopped = true;
    this.leave();
    clearTimeout(this.timer);
    clearTimeout(this.confirming);
    clearTimeout(this.probe);
    clearInterval(this.watchdog);
    this.answer(() => true);
  }

  private async comes(stream: string, length: number): Promise<boolean> {
    const here = (): boolean => this.options.index.lengthOf(stream) >= length;
    this.check();
    if (here()) return true;
    await new Promise<void>((resolve) => {
      const waiter: Waiter = { stream, length, resolve: () => (clearTimeout(timer), resolve()) };
      const timer = setTimeout(() => {
        this.waiters.delete(waiter);
        resolve();
      }, this.options.timing.follow);
      this.waiters.add(waiter);
    });
    this.check();
    return here();
  }

  private subscribe(): void {
    const { server, namespace, prefixes, timing } = this.options;
    this.lastSign = Date.now();
    this.confirming = setTimeout(() => {
      const told = `It has not confirmed a subscription for ${timing.answer} ms.`;
      this.options.onLost(new ServerTrouble(told, 'unknown'));
    }, timing.answer);
    this.leave = server.follow(this.place, prefixes.map((prefix) => namespace + prefix), {
      event: (event) => this.hear(event),
      checkpoint: (place) => {
        this.lastSign = Date.now();
        if (!isSeen(place, this.place)) this.place = place;
      },
      confirmed: () => {
        this.lastSign = Date.now();
        this.attempt = 0;
        clearTimeout(this.confirming);
        this.options.onBack();
        this.probeLater();
      },
      caughtUp: () => this.haveCaughtUp(),
      ended: (error) => {
        if (!this.stopped) this.options.onLost(error);
        this.subscribeLater(error);
      },
    }); // prettier-ignore
  }

  private renew(why: string): void {
    if (this.stopped) return;
    this.leave();
    this.subscribeLater(
      new ServerTrouble(`The subscription to the event log was opened anew: ${why}.`, 'unknown'),
    );
  }

  private subscribeLater(error: Error): void {
    clearTimeout(this.timer);
    clearTimeout(this.confirming);
    clearTimeout(this.probe);
    if (this.stopped || this.failure) return;
    const wait = pauseBefore(this.attempt++, this.options.timing);
    this.options.onReconnect(error, wait);
    this.timer = setTimeout(() => this.subscribe(), wait);
  }

  private hear(event: PlacedEvent): void {
    this.lastSign = Date.now();
    if (isSeen(event.place, this.place)) return;
    this.place = event.place;
    // One taking in for all that comes in one turn: whoever is told reads once, not once an event.
    if (this.arrived.push(event) === 1) setImmediate(() => this.takeIn());
    if (this.probe) this.probeLater();
  }

  private takeIn(): void {
    if (this.stopped || this.failure || this.arrived.length === 0) return;
    const arrived = this.arrived;
    this.arrived = [];
    try {
      for (const event of arrived) this.add(event);
    } catch (error) {
      this.fail(error as Error);
      return;
    }
    this.options.onMore(this.options.index.head());
    this.answer(({ stream, length }) => this.options.index.lengthOf(stream) >= length);
  }

  private add({ stream: wireName, revision, place, metadata }: PlacedEvent): void {
    const stream = wireName.slice(this.options.namespace.length);
    const envelope = envelopeOf(metadata);
    if (!envelope) {
      throw new Error(
        `Event ${revision} of ${wireName} on the event log's server was not written by Domeinbrug. ` +
          'Its streams must be its own: give others another name, or Domeinbrug a name space.',
      );
    }
    const { id, contentHash, moment, append } = envelope;
    this.options.index.add({ stream, revision, position: place.commit, moment, contentHash });
    for (const watched of this.watches) {
      if (watched.stream === stream && watched.ids.has(id)) watched.arrivals.set(id, { contentHash, append });
    }
  }

  private fail(error: Error): void {
    this.failure = error;
    clearTimeout(this.confirming);
    this.leave();
    this.answer(() => true);
    this.catchUp();
    this.options.onFailure(error);
  }

  /** Those who wait look for themselves whether what they wait for has come. */
  private answer(whom: (waiter: Waiter) => boolean): void {
    for (const waiter of this.waiters) {
      if (!whom(waiter)) continue;
      this.waiters.delete(waiter);
      waiter.resolve();
    }
  }

  private haveCaughtUp(): void {
    clearTimeout(this.probe);
    this.probe = undefined;
    if (this.stopped) return;
    this.takeIn();
    this.catchUp();
  }

  private probeLater(): void {
    clearTimeout(this.probe);
    this.probe = setTimeout(() => void this.probeNow(), this.options.timing.probe);
  }

  private async probeNow(): Promise<void> {
    const { server, namespace, prefixes, timing } = this.options;
    const before = this.place;
    const names = prefixes.map((prefix) => namespace + prefix);
    const more = await server.anyAfter(before, names, timing.answer).catch(() => true);
    if (this.stopped || !this.probe) return;
    if (more || this.place !== before) this.probeLater();
    else this.haveCaughtUp();
  }
}

function isSeen(place: ServedPlace, last: ServedPlace | undefined): boolean {
  if (!last) return false;
  return place.commit < last.commit || (place.commit === last.commit && place.prepare <= last.prepare);
}
