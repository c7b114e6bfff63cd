import { services } from '@domeinbrug/terms';

const day = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const lastDay = { ...day, type: ['string', 'null'] };
const service = { type: 'string', enum: services };
const ruleSet = { type: ['string', 'object'] };

const row = (others: Record<string, unknown>, required: string[]): Record<string, unknown> => ({
  type: 'array',
  items: {
    type: 'object',
    properties: { service, firstDay: day, lastDay, ...others },
    required: ['service', 'firstDay', 'lastDay', ...required],
    additionalProperties: false,
  },
});
const text = { type: 'string' };
const minutes = { type: 'integer', minimum: 0 };

const expectation = {
  type: 'object',
  properties: {
    services: { type: 'array', items: service },
    cover: row(
      {
        funder: text,
        share: { type: 'number' },
        kind: text,
        rule: text,
        provider: { type: ['string', 'null'] },
      },
      ['funder', 'share', 'kind', 'rule'],
    ),
    gaps: row({ reason: text }, ['reason']),
    findings: { type: 'array', items: text },
    minutes: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          service,
          day,
          provider: text,
          subject: text,
          funded: minutes,
          overCap: minutes,
          outside: minutes,
        },
        required: ['funded', 'overCap', 'outside'],
        additionalProperties: false,
      },
    },
  },
  required: ['services'],
  additionalProperties: false,
};

/** The form of a case, JSON Schema 2020-12. Events are checked against the event catalogue, not here. */
export const caseSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: {
    id: text,
    title: text,
    about: text,
    ruleSet,
    events: {
      type: 'array',
      items: { type: 'object', properties: { type: text, key: text, recordedAt: text }, required: ['type'] },
    },
    expect: expectation,
    knownAt: { type: 'object', additionalProperties: expectation },
    variants: {
      type: 'array',
      items: {
        type: 'object',
        properties: { name: text, ruleSet, expect: expectation },
        required: ['name', 'ruleSet', 'expect'],
        additionalProperties: false,
      },
    },
    settlement: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          from: ruleSet,
          to: ruleSet,
          through: day,
          services: { type: 'array', items: service },
          rows: row({ from: text, to: text, days: { type: ['integer', 'null'] } }, ['from', 'to', 'days']),
        },
        required: ['from', 'to', 'rows'],
        additionalProperties: false,
      },
    },
  },
  required: ['id', 'events'],
  additionalProperties: false,
};
