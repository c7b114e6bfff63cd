/** A method and address pattern that the service answers. */
export interface Route {
  method: string;
  /** Fastify's form: `/v1/clients/:clientId/coverage`. */
  pattern: string;
}

/** The methods that an address takes, sorted; none when nothing lies there. */
export function allowedMethods(routes: readonly Route[], path: string): string[] {
  const methods = routes.filter(({ pattern }) => matches(pattern, path)).map(({ method }) => method);
  return [...new Set(methods)].sort();
}

function matches(pattern: string, path: string): boolean {
  if (pattern.includes('*')) return false; // catch-all routes are the framework's own
  const wanted = pattern.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => (part.startsWith(':') ? given[index] !== '' : part === given[index]))
  );
}
