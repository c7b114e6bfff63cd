import { wireTypes } from '@domeinbrug/journey';
import { ruleSetStatuses } from '@domeinbrug/rules';
import type { ApiBodyOptions } from '@nestjs/swagger';

type Schema = Extract<ApiBodyOptions, { schema: unknown }>['schema'];

/** One event on the wire. */
export const eventBody: Schema = {
  title: 'CloudEvent',
  type: 'object',
  required: ['specversion', 'id', 'source', 'type', 'time', 'data'],
  properties: {
    specversion: { type: 'string', enum: ['1.0'] },
    id: { type: 'string', minLength: 1, maxLength: 256, description: 'Unique per source.' },
    source: {
      type: 'string',
      description:
        'urn:nld:<agb, gemeentecode, uzovi, zorgkantoor or oin>:<code>:systeem:<name>, of the sender.',
      example: 'urn:nld:agb:65656055:systeem:ecd',
    },
    type: { type: 'string', enum: [...wireTypes] },
    time: { type: 'string', format: 'date-time', description: 'When the source registered it.' },
    datacontenttype: { type: 'string', enum: ['application/json'] },
    dataschema: { type: 'string', format: 'uri' },
    data: {
      type: 'object',
      description: 'By the schema at GET /v1/schemas/{type}.v1.json; the client as clientId or as bsn.',
    },
  },
};

/** One event as a provider might send it; the BSN is an invented one. */
export const eventExample = {
  specversion: '1.0',
  id: 'adm-1',
  source: 'urn:nld:agb:65656055:systeem:ecd',
  type: 'nl.domeinbrug.client-admitted.v1',
  time: '2024-03-05T08:12:00+01:00',
  data: { bsn: '999990019', provider: '65656055', firstDay: '2024-03-04', withTreatment: true },
};

export const batchBody: Schema = {
  title: 'Batch of CloudEvents',
  type: 'array',
  minItems: 1,
  maxItems: 1000,
  items: eventBody,
};

/** In binary mode the attributes stand in `ce-` header fields. */
export const binaryBody: Schema = {
  title: 'Data of a CloudEvent',
  type: 'object',
  description: 'The data of one event, with its attributes as header fields ce-id, ce-source and so on.',
};

export const eventExamples = {
  one: { summary: 'One event', value: eventExample },
  batch: { summary: 'A batch', value: [eventExample] },
  binary: {
    summary: 'Binary mode: the data, with the attributes in header fields',
    value: eventExample.data,
  },
};

/** A rule set, as an object (JSON) or as the text of a file (YAML). */
export const ruleSetBody: Schema = {
  title: 'Rule set as written',
  anyOf: [
    {
      type: 'object',
      description: 'As a rule-set file says it: docs/rules.md tells every key.',
      required: ['schema', 'id', 'version', 'title', 'status'],
      properties: {
        schema: { type: 'string', enum: ['domeinbrug/rule-set/1'] },
        id: { type: 'string', description: 'Lower-case words joined by hyphens.', example: 'eight-weeks' },
        version: { type: 'string', description: 'Unique with the id.', example: '2026.1' },
        title: { type: 'string', description: 'What it is called.' },
        status: { type: 'string', enum: [...ruleSetStatuses] },
        base: { description: 'The rule set that it is laid over: an id, or {id, version}.' },
      },
    },
    { type: 'string', description: 'The same in YAML.' },
  ],
};

const overlay = {
  schema: 'domeinbrug/rule-set/1',
  id: 'eight-weeks',
  version: '2026.1',
  title: 'Acht weken warme overdracht',
  status: 'hypothetical',
  base: { id: 'six-weeks', version: '2026.1' },
  parameters: { handoverLength: { national: { '2015-01-01': 56 } } },
};

export const ruleSetExamples = {
  overlay: { summary: 'A few lines over another rule set, in JSON', value: overlay },
};

/** What a funder freezes. */
export const closingBody: Schema = {
  title: 'Closing to make',
  type: 'object',
  required: ['name', 'period', 'knownAt', 'ruleSet'],
  properties: {
    name: {
      type: 'string',
      minLength: 1,
      maxLength: 80,
      description: 'How it is to be found again; unique for the funder.',
      example: 'jaarrekening 2025',
    },
    period: {
      type: 'object',
      required: ['firstDay', 'lastDay'],
      properties: {
        firstDay: { type: 'string', format: 'date', example: '2025-01-01' },
        lastDay: { type: 'string', format: 'date', example: '2025-12-31' },
      },
    },
    knownAt: {
      type: 'string',
      format: 'date-time',
      description: 'A moment that has passed.',
      example: '2026-03-31T22:00:00Z',
    },
    ruleSet: { type: 'string', description: 'An id, or id@version.', example: 'six-weeks@2026.1' },
  },
};

export const closingExample = {
  name: 'jaarrekening 2025',
  period: { firstDay: '2025-01-01', lastDay: '2025-12-31' },
  knownAt: '2026-03-31T22:00:00Z',
  ruleSet: 'six-weeks@2026.1',
};
