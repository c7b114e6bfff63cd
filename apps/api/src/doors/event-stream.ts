import type { FastifyReply } from 'fastify';

export const eventStreamType = 'text/event-stream';

/** The token of the signal that answers which go on have to end. */
export const STOPPING = 'domeinbrug:stopping';

/** A comment keeps the line open through whatever stands between. */
export const quietMs = 15_000;

/** How soon a reader is to come back when the line breaks. */
export const retryMs = 2_000;

/** Whether a request would rather have a stream of events than one answer. */
export function wantsEventStream(accept: string | undefined): boolean {
  return (accept ?? '').split(',').some((each) => each.split(';')[0]!.trim() === eventStreamType);
}

/** One event of a stream (HTML, server-sent events); without fields a comment, which keeps the line open. */
export interface ServerSent {
  /** What the reader sends as `Last-Event-ID` when it comes back. */
  id?: string;
  event?: string;
  data?: unknown;
  /** Milliseconds after which the reader is to come back when the line breaks. */
  retry?: number;
}

export interface StreamLimits {
  /** That the stream is over: its reader gone, or no longer entitled to it. */
  signal: AbortSignal;
  /** How long a reader may leave what was sent to it lying before it is sent away; it can come back where it was. */
  patienceMs?: number;
}

const usualPatienceMs = 30_000;

/**
 * Writes a stream of events as the answer, until it ends or the reader goes. The next event is asked for when the
 * connection has room for it, so that what waits for a reader is one buffer of the connection.
 */
export async function sendEventStream(
  reply: FastifyReply,
  events: AsyncIterable<ServerSent> | Iterable<ServerSent>,
  { signal, patienceMs = usualPatienceMs }: StreamLimits,
): Promise<void> {
  const headers = { ...reply.getHeaders(), 'content-type': eventStreamType };
  reply.hijack();
  const { raw } = reply;
  // Set one by one, so that whoever logs the answer finds them.
  for (const [name, value] of Object.entries(headers)) raw.setHeader(name, value!);
  raw.writeHead(200);
  raw.flushHeaders();
  try {
    for await (const event of events) {
      if (raw.destroyed) break;
      if (!raw.write(written(event)) && !(await hasRoom(raw, signal, patienceMs))) break;
    }
    raw.end();
  } finally {
    if (!raw.writableFinished && !raw.writableEnded) raw.destroy();
  }
}

/**
 * When the reader goes, the service stops, or the token no longer says who reads. By a timer of its own: Node 20 may
 * collect the timeouts that `AbortSignal.any` was given before they fire.
 */
export function endOf({ raw }: FastifyReply, stopping: AbortSignal, expiresAt: number): AbortSignal {
  const over = new AbortController();
  const end = (): void => {
    clearTimeout(expiry);
    stopping.removeEventListener('abort', end);
    over.abort();
  };
  const expiry = setTimeout(end, Math.max(0, expiresAt - Date.now()));
  stopping.addEventListener('abort', end);
  raw.once('close', end);
  // It may have gone, or the stop begun, while the first page was read.
  if (raw.destroyed || stopping.aborted) end();
  return over.signal;
}

/** When the asker has gone before he was answered. */
export function leaving({ raw }: FastifyReply): AbortSignal {
  const left = new AbortController();
  const leave = (): void => left.abort();
  raw.once('close', leave);
  if (raw.destroyed) leave();
  return left.signal;
}

/** Waits until the reader has taken what lies ready; `false` when it is too slow or gone, or the stream is over. */
function hasRoom(raw: FastifyReply['raw'], signal: AbortSignal, patienceMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (room: boolean): void => {
      clearTimeout(tooSlow);
      raw.off('drain', drained).off('close', over);
      signal.removeEventListener('abort', over);
      // What lies in the buffer would keep the connection open for as long as nobody reads it.
      if (!room) raw.destroy();
      resolve(room);
    };
    const drained = (): void => settle(true);
    const over = (): void => settle(false);
    const tooSlow = setTimeout(over, patienceMs);
    raw.on('drain', drained).on('close', over);
    signal.addEventListener('abort', over);
    if (raw.destroyed || signal.aborted) over();
  });
}

function written({ id, event, data, retry }: ServerSent): string {
  const lines = [
    ...(retry === undefined ? [] : [`retry: ${retry}`]),
    ...(id === undefined ? [] : [`id: ${id}`]),
    ...(event === undefined ? [] : [`event: ${event}`]),
    ...(data === undefined ? [] : [`data: ${JSON.stringify(data)}`]),
  ];
  return `${lines.length === 0 ? ':' : lines.join('\n')}\n\n`;
}
