import fastify, { type FastifyInstance } from 'fastify';
import type { ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { sendEventStream, wantsEventStream, type ServerSent } from './event-stream.js';

describe('a stream of events', () => {
  let server: FastifyInstance;
  let given = 0;
  let ended: Promise<void>;
  let answered: ServerResponse | undefined;

  function* endless(): Generator<ServerSent> {
    for (;;) yield { id: String(++given), event: 'change', data: 'x'.repeat(10_000) };
  }

  async function serve(events: Iterable<ServerSent>, patienceMs?: number): Promise<number> {
    server = fastify({ forceCloseConnections: true });
    given = 0;
    let over: () => void;
    ended = new Promise((resolve) => (over = resolve));
    server.get('/', async (_request, reply) => {
      void reply.header('cache-control', 'no-store');
      const gone = new AbortController();
      answered = reply.raw;
      reply.raw.once('close', () => gone.abort());
      await sendEventStream(reply, events, { signal: gone.signal, patienceMs }).finally(over);
    });
    await server.listen({ port: 0, host: '127.0.0.1' });
    return (server.server.address() as AddressInfo).port;
  }

  afterEach(() => server.close());

  it('is written as readers expect it, with the headers that were set', async () => {
    const few = [{ retry: 2000 }, { id: '7.1', event: 'change', data: { a: 'é\n' } }, {}];
    const response = await fetch(`http://127.0.0.1:${await serve(few)}/`);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(answered?.getHeader('content-type')).toBe('text/event-stream');
    expect(await response.text()).toBe('retry: 2000\n\nid: 7.1\nevent: change\ndata: {"a":"é\\n"}\n\n:\n\n');
  });

  it('is cut off from a reader that does not read, with no more than a buffer kept for it', async () => {
    const reader = await silentReader(await serve(endless(), 200));
    await ended;
    // What the connection itself holds on both sides, a few megabytes at most.
    expect(given).toBeLessThan(3_000);
    reader.destroy();
  });

  it('ends when its reader goes', async () => {
    const reader = await silentReader(await serve(endless()));
    reader.destroy();
    await ended;
    const whenGone = given;
    await new Promise(setImmediate);
    expect(given).toBe(whenGone);
  });
});

/** Asks for the stream, and reads nothing of it. */
async function silentReader(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.pause();
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  return socket;
}

test.each([
  ['text/event-stream', true],
  ['text/html, text/event-stream;q=0.9', true],
  ['application/json', false],
  [undefined, false],
])('Accept: %s asks for one: %s', (accept, wants) => expect(wantsEventStream(accept)).toBe(wants));
