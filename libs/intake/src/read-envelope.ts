import { tryParseInstant } from '@domeinbrug/calendar';
import { eventTypeOf, referenceTypeOf, wireTypes, type EventType } from '@domeinbrug/journey';
import { nearestName } from '@domeinbrug/terms';
import { coreAttributes, type AcceptedEvent, type ExtensionValue } from './accepted-event.js';
import { withoutBsn } from './bsn.js';
import { checkClient, checkMisplacedBsn, clientOf } from './check-client.js';
import { checkCorrection } from './check-correction.js';
import { checkData } from './check-data.js';
import { isObject, nestsDeeperThan, textsIn, withoutNulls, type JsonObject } from './json-values.js';
import { organisationOf, sourceForms } from './organisations.js';
import { problem, pointerTo, type Problem } from './problem.js';

/** The most bytes of one event as compact JSON. */
export const maxEventBytes = 65_536;
const maxNesting = 8;

/**
 * Reads one CloudEvent (structured JSON, already parsed): the event when its form is right, otherwise every
 * problem at once. Only form is checked; what contradicts another event is not refused.
 */
export function readEnvelope(json: unknown): AcceptedEvent | Problem[] {
  const shapeless = checkShape(json);
  if (shapeless) return [shapeless];
  // The compact text answers in one look what else every text in the event would have to be searched for.
  const text = JSON.stringify(json);
  if (Buffer.byteLength(text) > maxEventBytes) return [tooLarge];
  const envelope = text.includes(':null') ? withoutNulls(json as JsonObject) : (json as JsonObject);
  const extensions = extensionsOf(envelope);
  const problems = [
    ...checkAttributes(envelope),
    ...checkExtensions(extensions),
    ...(escapedSurrogate.test(text) ? checkTexts(envelope) : []),
    ...checkContents(envelope, text),
  ];
  return problems.length > 0 ? problems.map(unreadableBsn) : accept(envelope, extensions);
}

function checkShape(json: unknown): Problem | undefined {
  if (!isObject(json))
    return problem(
      '',
      'envelope-invalid',
      'Send each event as one JSON object with CloudEvents attributes; a list of events goes as application/cloudevents-batch+json.',
    );
  if (nestsDeeperThan(json, maxNesting)) {
    return problem(
      '',
      'envelope-invalid',
      `Nested deeper than ${maxNesting} levels; no event type needs that.`,
    );
  }
  return undefined;
}

const tooLarge = problem(
  '',
  'event-too-large',
  `An event has at most ${maxEventBytes} bytes; leave out what is no field of its type.`,
);

/** Half a surrogate pair as JSON.stringify writes it; also found where the text says so itself. */
const escapedSurrogate = /\\ud[89a-f]/;

function checkAttributes(envelope: JsonObject): Problem[] {
  return [
    checkSpecversion(envelope['specversion']),
    checkId(envelope['id']),
    checkSource(envelope['source']),
    checkType(envelope['type']),
    checkTime(envelope['time']),
    checkContentType(envelope['datacontenttype']),
    checkDataschema(envelope['dataschema']),
  ].filter((each) => each !== undefined);
}

function checkSpecversion(value: unknown): Problem | undefined {
  if (value === undefined) return absent('specversion', 'write "1.0"');
  if (value === '1.0') return undefined;
  return problem(
    '/specversion',
    'specversion-unsupported',
    'Only CloudEvents 1.0 is read; write "1.0" as a text.',
  );
}

function checkId(value: unknown): Problem | undefined {
  if (value === undefined) return absent('id', 'give each event of a source an id of its own');
  if (typeof value === 'string' && /^[^\p{Cc}]{1,256}$/u.test(value)) return undefined;
  return problem('/id', 'id-invalid', 'Must be a text of 1 to 256 characters without control characters.');
}

function checkSource(value: unknown): Problem | undefined {
  if (value === undefined) return absent('source', `write one of ${sourceForms}`);
  if (typeof value === 'string' && organisationOf(value)) return undefined;
  return problem('/source', 'source-invalid', `Must be one of ${sourceForms}.`);
}

function checkType(value: unknown): Problem | undefined {
  if (value === undefined) return absent('type', 'write nl.domeinbrug.<type>.v1');
  if (typeof value === 'string' && eventTypeOf(value)) return undefined;
  if (typeof value === 'string' && referenceTypeOf(value)) {
    return problem(
      '/type',
      'type-loaded',
      'Nobody sends this type: mergers of codes and of clients are loaded with domeinbrug import, the others are written by the service.',
    );
  }
  const near = typeof value === 'string' ? nearestName(value, wireTypes) : undefined;
  const advice = near
    ? `did you mean ${near}?`
    : 'write nl.domeinbrug.<type>.v1 with a type of the catalogue.';
  return problem('/type', 'type-unknown', `No such event type; ${advice}`);
}

function checkTime(value: unknown): Problem | undefined {
  if (value === undefined) return absent('time', 'give the instant at which your system registered it');
  if (typeof value === 'string' && tryParseInstant(value) !== undefined) return undefined;
  return problem(
    '/time',
    'time-invalid',
    'Must be an RFC 3339 instant with offset, such as 2024-03-05T08:12:00+01:00.',
  );
}

function checkContentType(value: unknown): Problem | undefined {
  if (value === undefined || (typeof value === 'string' && /^application\/json\s*(;.*)?$/i.test(value)))
    return undefined;
  return problem(
    '/datacontenttype',
    'content-type-unsupported',
    'Only application/json is read; write that or leave it out.',
  );
}

function checkDataschema(value: unknown): Problem | undefined {
  if (value === undefined || (typeof value === 'string' && isUri(value))) return undefined;
  return problem('/dataschema', 'dataschema-invalid', 'Must be an absolute URI, or be left out.');
}

/** RFC 3986's characters: `URL` alone also takes what it would have to encode first. */
function isUri(text: string): boolean {
  const written = /^[a-z][a-z0-9+.-]*:(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9a-f]{2})+$/i;
  return written.test(text) && URL.canParse(text);
}

const extensionName = /^[a-z0-9]{1,20}$/;

function checkExtensions(extensions: readonly [string, unknown][]): Problem[] {
  return extensions.flatMap(([name, value]): Problem[] => {
    const pointer = pointerTo('', name);
    if (name === 'data_base64') {
      return [problem(pointer, 'data-base64-unsupported', 'Give data as a JSON object, not as base64.')];
    }
    if (!extensionName.test(name)) {
      const near = nearestName(name, coreAttributes);
      const advice = near ? ` Did you mean ${near}?` : '';
      return [
        problem(
          pointer,
          'attribute-name-invalid',
          `Attribute names are 1 to 20 lower-case letters and digits.${advice}`,
        ),
      ];
    }
    if (name === 'subject' && (typeof value !== 'string' || value === '')) {
      return [problem(pointer, 'attribute-value-invalid', 'The subject must be a text that is not empty.')];
    }
    if (isExtensionValue(value)) return [];
    return [
      problem(
        pointer,
        'attribute-value-invalid',
        'Must be a text, true or false, or a whole number of 32 bits.',
      ),
    ];
  });
}

const core: ReadonlySet<string> = new Set(coreAttributes);

function extensionsOf(envelope: JsonObject): [string, unknown][] {
  return Object.entries(envelope).filter(([name]) => !core.has(name));
}

function isExtensionValue(value: unknown): value is ExtensionValue {
  if (typeof value === 'number') return Number.isInteger(value) && value === (value | 0);
  return typeof value === 'string' || typeof value === 'boolean';
}

/** Half a surrogate pair has no UTF-8 form, so its content could be neither stored nor hashed. */
function checkTexts(envelope: JsonObject): Problem[] {
  return [...textsIn(envelope)]
    .filter(({ text }) => /\p{Surrogate}/u.test(text))
    .map(({ pointer }) =>
      pointer.startsWith('/data/')
        ? problem(pointer, 'field-form', 'The text holds half a surrogate pair; send well-formed Unicode.')
        : problem(
            pointer,
            'attribute-value-invalid',
            'The text holds half a surrogate pair; send well-formed Unicode.',
          ),
    );
}

function checkContents(envelope: JsonObject, text: string): Problem[] {
  const data = envelope['data'];
  if (data === undefined) return [absent('data', 'give the fields of the event type')];
  if (!isObject(data))
    return [problem('/data', 'data-invalid', 'Must be a JSON object with the fields of the event type.')];
  const type = typeOf(envelope);
  return [
    ...checkClient(data),
    ...checkMisplacedBsn(envelope, data, text),
    ...(type ? checkData(type, data) : []),
    ...(type ? checkCorrection(type, envelope['source'], data) : []),
  ];
}

function typeOf(envelope: JsonObject): EventType | undefined {
  return typeof envelope['type'] === 'string' ? eventTypeOf(envelope['type']) : undefined;
}

function accept(envelope: JsonObject, extensions: readonly [string, unknown][]): AcceptedEvent {
  const { client, rest } = clientOf(envelope['data'] as JsonObject);
  const dataschema = envelope['dataschema'] as string | undefined;
  return {
    id: envelope['id'] as string,
    source: envelope['source'] as string,
    type: typeOf(envelope)!,
    time: envelope['time'] as string,
    ...(dataschema === undefined ? {} : { dataschema }),
    extensions: Object.fromEntries(extensions) as Record<string, ExtensionValue>,
    ...client,
    data: rest,
  };
}

function absent(attribute: string, advice: string): Problem {
  return problem(`/${attribute}`, 'required', `The attribute ${attribute} is required; ${advice}.`);
}

/** A misplaced BSN may stand in a name, and names are repeated in pointers and details. */
function unreadableBsn(each: Problem): Problem {
  return { ...each, pointer: withoutBsn(each.pointer), detail: withoutBsn(each.detail) };
}
