/**
 * Every way in which an answer can be an error: the `code` that programs read, its HTTP status, and the title
 * that stays the same. What went wrong this time stands in `detail` and `errors`.
 */
export const problemCodes = {
  'invalid-request': { status: 400, title: 'The request cannot be understood' },
  'malformed-body': { status: 400, title: 'The body is not well-formed JSON' },
  'invalid-event': { status: 400, title: 'The event is not valid' },
  'bsn-invalid': { status: 400, title: 'The citizen service number is not valid' },
  'token-missing': { status: 401, title: 'A token is needed' },
  'token-invalid': { status: 401, title: 'The token is not valid' },
  'scope-missing': { status: 403, title: 'The token does not allow this' },
  'source-foreign': { status: 403, title: 'The source belongs to another organisation' },
  'type-not-allowed': { status: 403, title: 'This organisation may not send events of this type' },
  'not-your-funder': { status: 403, title: 'The clients of another funder' },
  'not-local': { status: 403, title: 'Only for the machine itself' },
  'no-such-path': { status: 404, title: 'There is nothing at this address' },
  'client-unknown': { status: 404, title: 'No such client' },
  'funder-unknown': { status: 404, title: 'No such funder' },
  'rule-set-unknown': { status: 404, title: 'No such rule set' },
  'schema-unknown': { status: 404, title: 'No such event type' },
  'method-not-allowed': { status: 405, title: 'This address does not take this method' },
  'content-differs': { status: 409, title: 'The event is known with other content' },
  'too-large': { status: 413, title: 'The request is too large' },
  'address-too-long': { status: 414, title: 'The address is too long' },
  'unsupported-media-type': { status: 415, title: 'The body is of a kind that is not read here' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
  'log-busy': { status: 503, title: 'Too many events at once' },
  'log-failed': { status: 503, title: 'The event log cannot be written' },
  'position-not-reached': { status: 503, title: 'Not that far yet' },
  'views-not-ready': { status: 503, title: 'The read models are not ready' },
  'shutting-down': { status: 503, title: 'The service is stopping' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problemCodes;
