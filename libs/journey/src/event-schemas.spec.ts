import Ajv2020 from 'ajv/dist/2020.js';
import { eventTypes } from './event-catalogue.js';
import { eventTypeOf, fitsType, schemaOf, wireTypeOf } from './event-schemas.js';

describe('the names of event types', () => {
  it('goes from the short name to the wire and back for every type', () => {
    for (const type of eventTypes) expect(eventTypeOf(wireTypeOf(type))).toBe(type);
  });

  it.each([
    'client-admitted',
    'nl.domeinbrug.client-admitted',
    'nl.domeinbrug.client-adopted.v1',
    'nl.domeinbrug.v1',
    '',
  ])('knows no type %p on the wire', (wireType) => expect(eventTypeOf(wireType)).toBeUndefined());
});

describe('schemaOf', () => {
  const ajv = new Ajv2020.default({
    allErrors: true,
    strict: true,
    strictRequired: false,
    formats: { date: true },
  });

  it.each(eventTypes)('gives a valid JSON Schema 2020-12 for %s', (type) => {
    const schema = schemaOf(type);
    expect(schema.$id).toBe(`https://domeinbrug.example/v1/schemas/${type}.v1.json`);
    expect(schema.title && schema.description).toBeTruthy();
    expect(() => ajv.compile(schema)).not.toThrow();
  });

  it('asks for exactly one of clientId and bsn', () => {
    const validate = ajv.compile({ ...schemaOf('client-died'), $id: 'one-of-both' });
    expect(validate({ clientId: 'Client01', day: '2024-03-01' })).toBe(true);
    expect(validate({ bsn: '999990019', day: '2024-03-01' })).toBe(true);
    expect(validate({ day: '2024-03-01' })).toBe(false);
    expect(validate({ clientId: 'Client01', bsn: '999990019', day: '2024-03-01' })).toBe(false);
  });
});

describe('fitsType', () => {
  const admitted = { provider: '65656055', firstDay: '2024-03-04' };

  it.each([
    ['the required fields', admitted],
    ['optional fields', { ...admitted, withTreatment: true, decidedOn: '2024-03-01', reference: 'kamer-12' }],
    ['the client, which does not count', { ...admitted, clientId: 'Client01' }],
    ['a leap day', { ...admitted, firstDay: '2024-02-29' }],
  ])('takes %s', (_, data) => expect(fitsType('client-admitted', data)).toBe(true));

  it.each([
    ['a missing field', { provider: '65656055' }],
    ['a misspelt field', { ...admitted, withtreatment: true }],
    ['a day that does not exist', { ...admitted, firstDay: '2023-02-29' }],
    ['a wrong type', { ...admitted, crisis: 'yes' }],
    ['a code of the wrong length', { ...admitted, provider: '6565605' }],
    ['a field of the prototype', { ...admitted, constructor: 'x' }],
  ])('refuses %s', (_, data) => expect(fitsType('client-admitted', data)).toBe(false));

  it.each([
    [{ quantity: 3.5, unit: 'hours', per: 'week' }, true],
    [{ quantity: -1, unit: 'hours', per: 'week' }, false],
    [{ quantity: 3, unit: 'hours' }, false],
    [{ quantity: 3, unit: 'hours', per: 'week', extra: 1 }, false],
  ])('checks the members of a volume: %j', (volume, expected) => {
    const started = { firstDay: '2024-03-04', provider: '65656055', volume };
    expect(fitsType('case-management-started', started)).toBe(expected);
  });

  it.each([
    [['guidance'], true],
    [[], false],
    [['guidance', 'guidance'], false],
    [['aftercare'], false],
  ])('checks the list of services %j', (services, expected) => {
    expect(fitsType('joint-funding-started', { pool: 'grens', firstDay: '2024-03-04', services })).toBe(
      expected,
    );
  });

  it('checks whole numbers and their bounds', () => {
    const activity = { service: 'guidance', day: '2024-03-04', provider: '65656055' };
    expect(fitsType('activity-recorded', { ...activity, minutes: 30 })).toBe(true);
    expect(fitsType('activity-recorded', { ...activity, minutes: 30.5 })).toBe(false);
    expect(fitsType('activity-recorded', { ...activity, minutes: 1441 })).toBe(false);
  });
});
