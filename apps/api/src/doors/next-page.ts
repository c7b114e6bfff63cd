import type { FastifyReply, FastifyRequest } from 'fastify';

/** Names the address of the next page: the same question, from after this one. `null`: this is the last. */
export function linkNext(request: FastifyRequest, reply: FastifyReply, after: string | null): void {
  if (after === null) return;
  const [path = '', query = ''] = request.url.split('?');
  const question = new URLSearchParams(query);
  question.set('after', after);
  void reply.header('link', `<${path}?${question.toString()}>; rel="next"`);
}
