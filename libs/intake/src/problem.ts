/**
 * Everything that can be wrong with the form of what is sent, by code. The sentence says what the code means in
 * general; each problem's own detail says what was found and what to send instead.
 */
export const problemCodes = {
  'envelope-invalid': 'The event is not a JSON object.',
  required: 'A required attribute or field is missing.',
  'specversion-unsupported': 'The CloudEvents version is not 1.0.',
  'id-invalid': 'The event id is not a text of 1 to 256 characters.',
  'source-invalid': 'The source is not a URN of an organisation and its system.',
  'source-foreign': 'The source belongs to another organisation than the sender.',
  'type-unknown': 'The event type does not exist.',
  'type-loaded': 'Events of this type come in by a file or are written by the service; nobody may send them.',
  'type-not-allowed': 'This kind of organisation may not send this type.',
  'time-invalid': 'The time is not an RFC 3339 instant with offset.',
  'content-type-unsupported': 'The data is declared to be something else than JSON.',
  'dataschema-invalid': 'The dataschema is not an absolute URI.',
  'data-base64-unsupported': 'The data is given as base64.',
  'data-invalid': 'The data is not a JSON object.',
  'attribute-name-invalid': 'An envelope attribute has a name that CloudEvents does not allow.',
  'attribute-value-invalid': 'An envelope attribute is neither a text, a whole number nor true or false.',
  'attribute-encoding-invalid': 'A ce- header is not correctly percent-encoded.',
  'bsn-misplaced': 'A BSN stands where it would be kept or logged.',
  'bsn-invalid': 'The BSN fails the eleven-test.',
  'client-missing': 'The event does not say which client it is about.',
  'client-twice': 'The event names the client in two ways.',
  'client-id-invalid': 'The client id is none that the sender was given, nor 8 to 64 letters and digits.',
  'client-differs': 'A correction names another client than its envelope.',
  'target-foreign': 'A correction or retraction names an event of another organisation.',
  'unknown-field': 'The event type has no such field.',
  'field-type': 'A field has the wrong JSON type.',
  'field-value': 'A field is none of the values it may have.',
  'field-form': 'A code or text does not have the form it must have.',
  'field-range': 'A number is too small or too large.',
  'list-empty': 'A list that needs a value has none.',
  'list-repeats': 'A list has a value twice.',
  'day-invalid': 'A day does not exist or is not written as YYYY-MM-DD.',
  'event-too-large': 'The event is larger than 64 KB.',
  'batch-too-large': 'The batch is larger than 1 MB.',
  'batch-too-long': 'The batch has more than 1,000 events.',
  'batch-empty': 'The batch has no events.',
  'batch-invalid': 'The batch is not a JSON array.',
  'media-type-unsupported': 'The content type is none of those that carry events.',
  'json-invalid': 'The line is not JSON.',
  'recorded-at-invalid': 'A line of history lacks the instant at which it was recorded.',
  'recorded-at-in-future': 'A line of history was recorded at a moment that has yet to come.',
  'content-differs': 'The source has said something else under this id before.',
  'succession-circle': 'The codes would succeed each other in a circle.',
  'merge-impossible': 'The clients cannot be merged or separated as they are.',
  'file-form': 'The file, or a line of it, does not have the form it must have.',
  'recorded-at-decreases': 'A line of history was recorded before the line above it.',
} as const;

export type ProblemCode = keyof typeof problemCodes;

export interface Problem {
  /** JSON pointer (RFC 6901) into what was sent; empty for the whole. */
  pointer: string;
  code: ProblemCode;
  /** What was wrong and what to do instead; never a value that could tell something of a person. */
  detail: string;
}

export function problem(pointer: string, code: ProblemCode, detail: string): Problem {
  return { pointer, code, detail };
}

/** A JSON pointer to a member, with `~` and `/` escaped. */
export function pointerTo(parent: string, member: string | number): string {
  return `${parent}/${String(member).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
