import { readFileSync } from 'node:fs';
import { parseDay } from '@domeinbrug/calendar';
import { readDelivery, readEnvelope, type AcceptedEvent } from '@domeinbrug/intake';
import { wireTypes } from '@domeinbrug/journey';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { eventExample } from '../apps/api/src/doors/open-api-bodies.js';
import { historyOf } from '../apps/cli/src/demo/person.js';
import { population } from '../apps/cli/src/demo/fill-folder.js';
import { tellPerson } from '../apps/cli/src/generate/population.js';

/** Whatever we take or send is a CloudEvent by the letter of the specification's own schema. */

const schemas = new Ajv({ strict: false, allErrors: true });
addFormats.default(schemas);
const validate = schemas.compile(
  JSON.parse(readFileSync('test/fixtures/cloudevents/cloudevents.json', 'utf8')) as object,
);

function faultsOf(envelope: unknown): string[] {
  if (validate(envelope)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

type Envelope = Record<string, unknown>;

const good: Envelope = {
  ...eventExample,
  data: { clientId: 'CLIENT0001', firstDay: '2024-03-04', provider: '65656055' },
};

const accepted = (envelope: unknown): AcceptedEvent | undefined => {
  const read = readEnvelope(envelope);
  return Array.isArray(read) ? undefined : read;
};

const period = { firstDay: parseDay('2022-01-01'), lastDay: parseDay('2025-12-31') };
const generated = Array.from({ length: 300 }, (_, number) => tellPerson(11, number, period)).flatMap(
  ({ told }) => told.map(({ line }) => JSON.parse(line) as Envelope),
);

test.each([
  ['the generated population', generated],
  ['the demo', historyOf(population)],
  ['the example in the description', [eventExample]],
])('every event of %s is one', (_, envelopes) => {
  for (const envelope of envelopes) expect(faultsOf(envelope)).toEqual([]);
});

const texts = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.constantFrom('', ' ', '1.0', '0.3', 'application/json', 'application/json; charset=utf-8', 'text/xml'),
  fc.constantFrom(
    'https://example.org/schema',
    'http://exa mple',
    '//x',
    'urn:x',
    'relative/path',
    'http://[',
    'x:é',
  ),
  fc.constantFrom(
    '2024-03-05T08:12:00+01:00',
    '2024-03-05T24:00:00Z',
    '2024-03-05t08:12:60z',
    '2024-03-05',
    'now',
  ),
  fc.constantFrom(
    'urn:nld:agb:65656055:systeem:ecd',
    'urn:nld:agb:65656055:systeem:e cd',
    'urn:nld:agb:65656055:systeem:é',
  ),
);
const values = fc.oneof(
  texts,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constant({}),
  fc.constant([]),
);
const attributes = fc.constantFrom(
  'specversion',
  'id',
  'source',
  'type',
  'time',
  'datacontenttype',
  'dataschema',
  'subject',
  'sequence',
  'traceparent',
  'data_base64',
  'dataref',
  'partitionkey',
  'Extension',
);

test('what is read as an event is one, whatever its attributes hold', () => {
  const changes = fc.array(fc.tuple(attributes, values), { maxLength: 3 });
  const laws = fc.property(changes, (changed) => {
    const envelope = { ...good, ...Object.fromEntries(changed) };
    fc.pre(accepted(envelope) !== undefined);
    expect(faultsOf(envelope)).toEqual([]);
  });
  fc.assert(laws, { seed: 20240304, numRuns: 1_500 });
});

test('each type is taken by its name on the wire', () => {
  for (const type of wireTypes) expect(faultsOf({ ...good, type })).toEqual([]);
});

/** CloudEvents HTTP binding 3.1.3.2: space, quote, percent and all outside printable ASCII as %XX. */
function headerValue(text: string): string {
  return [...text].map((sign) => (/^[!#$&-~]$/.test(sign) ? sign : encodeURIComponent(sign))).join('');
}

function inBinaryMode({ data, ...rest }: Envelope): Envelope[] {
  const headers = Object.entries(rest)
    .filter(([name]) => name !== 'datacontenttype')
    .map(([name, value]) => [`ce-${name}`, headerValue(String(value))]);
  const delivery = readDelivery({ 'content-type': 'application/json', ...Object.fromEntries(headers) }, data);
  if (Array.isArray(delivery)) throw new Error(JSON.stringify(delivery));
  return delivery.envelopes as Envelope[];
}

test('an event is the same in structured, batch and binary mode, and valid in each', () => {
  const wellFormed = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
  const laws = fc.property(wellFormed, wellFormed, (id, subject) => {
    const envelope = { ...good, id, subject };
    const structured = accepted(envelope);
    fc.pre(structured !== undefined);
    const batch = readDelivery({ 'content-type': 'application/cloudevents-batch+json' }, [
      envelope,
      envelope,
    ]);
    const read = [...(batch as { envelopes: Envelope[] }).envelopes, ...inBinaryMode(envelope)];
    expect(read.map(accepted)).toEqual([structured, structured, structured]);
    expect(read.flatMap(faultsOf)).toEqual([]);
  });
  fc.assert(laws, { seed: 20240304, numRuns: 500 });
});
