import { apiVersion } from '@domeinbrug/platform';
import { problemCodes, type ProblemCode } from '@domeinbrug/problems';

/** Every header field that answers carry beside those of HTTP itself, with what it says and an example. */
export const headers = {
  'api-version': { name: 'API-Version', says: 'The version of this interface.', example: apiVersion },
  'cache-control': {
    name: 'Cache-Control',
    says: 'Whether the answer may be kept; nothing about a client may.',
    example: 'no-store',
  },
  'content-language': {
    name: 'Content-Language',
    says: 'The language of the sentences: nl when Accept-Language asks for it, else en.',
    example: 'nl',
  },
  vary: {
    name: 'Vary',
    says: 'The header fields of the request that the answer depends on.',
    example: 'Accept-Language',
  },
  link: {
    name: 'Link',
    says: 'The address of the next page; absent on the last.',
    example: '</v1/funders/insurer:3311/coverage?on=2024-03-04&after=WyIxOTciXQ>; rel="next"',
  },
  location: {
    name: 'Location',
    says: 'Where what was made can be read.',
    example: '/v1/rule-sets/six-weeks/versions/2026.1',
  },
  'content-disposition': {
    name: 'Content-Disposition',
    says: 'Under which name to keep the file.',
    example: 'attachment; filename="replay-9f86d081884c.csv"',
  },
  etag: {
    name: 'ETag',
    says: 'Changes whenever the content does.',
    example: '"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"',
  },
  'retry-after': {
    name: 'Retry-After',
    says: 'After how many seconds to ask again.',
    example: '1',
  },
  'www-authenticate': {
    name: 'WWW-Authenticate',
    says: 'What kind of token is needed, and what was wrong with the one sent.',
    example: 'Bearer realm="domeinbrug"',
  },
  'access-control-allow-origin': {
    name: 'Access-Control-Allow-Origin',
    says: 'A page of any origin may read this.',
    example: '*',
  },
} as const;

export type HeaderName = keyof typeof headers;

export function isHeaderName(name: string): name is HeaderName {
  return name in headers;
}

/** What a problem carries by its code. */
export function headersOf(code: ProblemCode): HeaderName[] {
  const { status } = problemCodes[code];
  const asksForToken = status === 401 || code === 'scope-missing';
  return [
    'cache-control',
    'vary',
    ...(asksForToken ? (['www-authenticate'] as const) : []),
    ...([429, 503].includes(status) ? (['retry-after'] as const) : []),
  ];
}

/** Header fields as `components` describe them. */
export function describedHeaders(
  names: ReadonlySet<string>,
): Record<string, { description: string; schema: object; example: string }> {
  return Object.fromEntries(
    Object.values(headers)
      .filter(({ name }) => names.has(name))
      .map(({ name, says, example }) => [name, { description: says, schema: { type: 'string' }, example }]),
  );
}

export function headerReferences(names: readonly HeaderName[]): Record<string, { $ref: string }> {
  return Object.fromEntries(
    names.map((name) => [headers[name].name, { $ref: `#/components/headers/${headers[name].name}` }]),
  );
}
