import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

/** What a network may keep back: both directions, or only what the server says. */
export type Held = 'everything' | 'answers';

interface Link {
  near: Socket;
  far: Socket;
  /** Nothing of it arrives any more, and neither side is told. */
  forgotten: boolean;
}

/** A loopback address that leads to a server, as a network does on a bad day. */
export class FaultyProxy {
  private readonly links = new Set<Link>();
  private refusing = false;
  private held: Held | undefined;
  private delay = 0;
  private waiting: (() => void)[] = [];

  private constructor(private readonly listener: Server) {}

  static async before(port: number): Promise<FaultyProxy> {
    const listener = createServer();
    const proxy = new FaultyProxy(listener);
    listener.on('connection', (near) => proxy.join(near, port));
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  /** Breaks every connection; new ones are let in. */
  cut(): void {
    for (const { near, far } of this.links) [near, far].forEach((socket) => socket.destroy());
  }

  /** Breaks every connection and lets none in, or lets them in again. */
  refuse(refusing: boolean): void {
    this.refusing = refusing;
    if (refusing) this.cut();
  }

  /** From now on everything that is sent arrives so many ms later, in order, at most 64 KiB at a time. */
  slowDown(milliseconds: number): void {
    this.delay = milliseconds;
  }

  /** A black hole: connections stay and are let in, and nothing arrives until {@link release}; then all of it does. */
  hold(held: Held = 'everything'): void {
    this.held = held;
  }

  release(): void {
    this.held = undefined;
    this.waiting.splice(0).forEach((goOn) => goOn());
  }

  /** Lets the connections of this moment die unnoticed, as a firewall does that lost track of them. New ones work. */
  forget(): void {
    for (const link of this.links) link.forgotten = true;
  }

  close(): Promise<void> {
    this.cut();
    return new Promise((resolve) => this.listener.close(() => resolve()));
  }

  private join(near: Socket, port: number): void {
    if (this.refusing) {
      near.destroy();
      return;
    }
    const link: Link = { near, far: connect(port, '127.0.0.1'), forgotten: false };
    this.links.add(link);
    this.carry(link, near, link.far);
    this.carry(link, link.far, near);
  }

  /** What one side sent before it closed still arrives at the other, and then its end. */
  private carry(link: Link, from: Socket, to: Socket): void {
    const way = new Transform({
      transform: (bytes, _encoding, arrive) => {
        void this.travel(link, from).then(() => arrive(null, bytes));
      },
    });
    from.setNoDelay(true); // else every answer waits 40 ms for an acknowledgement
    from.on('error', () => {}); // being cut is what it is for
    from.on('close', () => {
      way.end();
      if (link.near.destroyed && link.far.destroyed) this.links.delete(link);
    });
    way.on('end', () => to.destroySoon());
    from.pipe(way).pipe(to);
  }

  private async travel(link: Link, from: Socket): Promise<void> {
    if (link.forgotten) return new Promise(() => {});
    if (this.delay > 0) await pause(this.delay);
    while (this.held === 'everything' || (this.held === 'answers' && from === link.far)) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }
}
